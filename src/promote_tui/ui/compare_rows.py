"""How two sessions are shown beside each other: their days, their maps step by step, the ideas."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from textual.content import Content

from promote_tui.session.compare import Comparison, Fate, summary
from promote_tui.session.compare_maps import Maps, StepPair, What
from promote_tui.session.model import Session, Step
from promote_tui.session.schedule import spoken
from promote_tui.session.stages import FEELINGS, SIGNS, VALUES
from promote_tui.session.text import number_of, one_line
from promote_tui.ui.focus import Seen
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, gap, heading, note
from promote_tui.ui.widgets.item_list import Row

_WIDE = 96
"""Columns of a list on a screen of 100, from which two maps stand side by side."""
_MIDDLE = 70
"""Columns from which an idea and what became of it stand side by side."""
_SIGN, _KIND = 14, 9
_MARKS: dict[What, str] = {"same": "=", "changed": "~", "only then": "-", "only now": "+"}
_PLANNED = "planned"
"""What ``then`` is called where what was planned is compared."""
ONE_SESSION = "Both are one and the same session, in two files."


def compared_rows(found: Comparison, names: tuple[str, str], today: date) -> list[Row]:
    """Return the rows of two sessions; ``names`` are those of their files."""
    rows = [_head("Then", found.then, names[0], today), _head("Now", found.now, names[1], today), gap()]
    said = f"{summary(found)} {ONE_SESSION if found.then.id == found.now.id else ''}".rstrip()
    rows += [Row("said", (said,), lambda width: plain(said).wrap(width - 1)), gap()]
    rows += _map_rows(found)
    if found.fates:
        rows += [heading("What became of the ideas", number_of(len(found.fates), "idea")), gap()]
        rows += [_fate(f"idea/{place}", fate) for place, fate in enumerate(found.fates)]
        rows.append(gap())
    if found.new:
        rows += [heading("New ideas", f"{len(found.new)}"), gap()]
        rows += [_fate(f"new/{place}", fate) for place, fate in enumerate(found.new)]
        rows.append(gap())
    rows.append(heading("Who was heard"))
    rows.append(Row("heard", found.heard, partial(_draw_heard, found.heard)))
    return rows


def seen_in(found: Comparison, row: Row) -> Seen:
    """Return the words of a row as the focus view shows them, and what became of it."""
    part, _, place = row.key.partition("/")
    maps = {"step": found.maps, "plan": found.planned}.get(part)
    if maps:
        pair, then = maps.pairs[int(place)], "then" if part == "step" else _PLANNED
        ended = [f"{label}: {words}" for label, words in _told(pair, then)]
        return "\n".join([pair.title, *ended]), _named(pair.what, then)
    if part in ("idea", "new"):
        fate = (found.fates if part == "idea" else found.new)[int(place)]
        return fate.idea.text, " ".join(filter(None, [fate.words, SIGNS[fate.rating] if fate.rating else ""]))
    return one_line(" ".join(line.plain for line in row.draw(10_000))), ""


def _head(word: str, session: Session, name: str, today: date) -> Row:
    day = spoken(session.held_on, today) if session.held_on else "no day"
    of = (word, session.title, session.team, day, name)
    return Row(word.casefold(), of, partial(_draw_head, *of))


def _draw_head(word: str, title: str, team: str, day: str, name: str, width: int) -> list[Content]:
    rest = width - 6 - 16 - 4
    under = "   ".join(part for part in (team, name) if part)
    return [
        *columns([(word, "accent"), (title, "strong"), (day, "muted")], [6, rest, 16]),
        *columns(["", (under, "muted")], [6, width - 9]),
    ]


# ---- maps


def _map_rows(found: Comparison) -> list[Row]:
    rows: list[Row] = []
    if found.then.steps and found.now.steps:
        rows += [*_pairs("step", "Step by step", found.maps, "then"), gap()]
    if found.planned:
        rows += [*_pairs("plan", "What was planned, and how it is now", found.planned, _PLANNED), gap()]
    return rows


def _pairs(key: str, title: str, maps: Maps, then: str) -> list[Row]:
    counts = [(what, maps.counted(what)) for what in _MARKS]
    rows = [heading(title, "   ".join(f"{count} {_named(what, then)}" for what, count in counts if count))]
    if maps.reordered:
        rows.append(note("The order of the steps is not the same."))
    times = (then.capitalize(), maps.then.total, maps.now.total)
    rows.append(Row("", times, partial(_draw_times, *times)))
    for place, pair in enumerate(maps.pairs):
        rows.append(Row(f"{key}/{place}", (pair, then), partial(_draw_pair, pair, then)))
    return rows


def _named(what: What, then: str) -> str:
    return f"only {then}" if what == "only then" else what


def _draw_times(then: str, was: int, is_now: int, width: int) -> list[Content]:
    """Draw the line over two maps: how long each takes."""
    sides = [f"{then}  {was} min" if was else then, f"Now  {is_now} min" if is_now else "Now"]
    if width < _WIDE:
        return [plain("   ".join(sides), "muted")] if was or is_now else [Content("")]
    half = (width - _SIGN - 5) // 2
    return columns(["", (sides[0], "muted"), (sides[1], "muted")], [_SIGN, half, half])


def _draw_pair(pair: StepPair, then: str, width: int) -> list[Content]:
    quiet = "muted" if pair.what == "same" else "strong"
    sign = plain(f"{_MARKS[pair.what]} {_named(pair.what, then)}", quiet)
    if width >= _WIDE:
        half = (width - _SIGN - 5) // 2
        if pair.turned:
            sign += plain("\n" + ", ".join(one.label.casefold() for one in pair.turned), "muted")
        cells = [_step(pair.then), _step(pair.now, pair.then)]
        return columns([sign, *cells], [_SIGN, half, half])
    rest = width - _SIGN - 3
    step = pair.now or pair.then
    if pair.what != "changed":
        return columns([sign, _step(step)], [_SIGN, rest])
    said = plain(pair.title)
    for label, words in _told(pair, then):
        said += assembled((f"\n{label}: ", "muted"), words)
    return columns([sign, said], [_SIGN, rest])


def _told(pair: StepPair, then: str) -> list[tuple[str, str]]:
    """Return what is different of a step, each thing with its label; its words now stand above."""
    return [
        (one.label, f"{then} “{one.then}”" if one.label == "Words" else f"{then} {one.then}, now {one.now}")
        for one in pair.turned
    ]


def _step(step: Step | None, than: Step | None = None) -> Content:
    """Return a step with who does it, its minutes and what the microscope showed.

    What ``than`` says otherwise stands out.
    """
    if step is None:
        return plain("–", "muted")
    known = _facts(than) if than else _facts(step)
    facts = [plain(fact, "muted" if fact in known else "strong") for fact in _facts(step)]
    title = plain(step.title, "strong" if than and than.title != step.title else "")
    return title + plain("\n") + plain("   ").join(facts) if facts else title


def _facts(step: Step) -> list[str]:
    facts = [
        one_line(step.who),
        f"{step.minutes} min" if step.minutes is not None else "",
        VALUES[step.value] if step.value else "",
        f"feels {FEELINGS[step.feeling]}" if step.feeling is not None else "",
        "" if step.usual else "kept aside",
    ]
    return [fact for fact in facts if fact]


# ---- ideas and voices


def _fate(key: str, fate: Fate) -> Row:
    return Row(key, (fate,), partial(_draw_fate, fate))


def _draw_fate(fate: Fate, width: int) -> list[Content]:
    kind = (fate.idea.kind.capitalize(), "muted")
    words = plain(fate.idea.text)
    if fate.then and fate.then.text != fate.idea.text:
        words += assembled(("\nthen ", "muted"), f"“{fate.then.text}”")
    became = plain(fate.words, "" if fate.change or fate.was else "muted")
    if fate.rating:
        became += plain("\n") + plain(SIGNS[fate.rating], fate.rating)
    rest = width - _KIND - 3
    if width < _MIDDLE:
        return columns([kind, words + plain("\n→ ", "muted") + became], [_KIND, rest])
    right = rest * 2 // 5
    return columns([kind, words, became], [_KIND, rest - right - 2, right])


def _draw_heard(heard: Sequence[str], width: int) -> list[Content]:
    lines: list[Content] = []
    for word, said in zip(("Then", "Now"), heard, strict=True):
        lines += columns([(word, "muted"), said], [6, width - 9])
    return lines
