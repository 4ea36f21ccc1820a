"""How a change is drawn: the card that its owner gets, with all that became of it so far."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from textual.content import Content

from promote_tui.session.due import in_words, passed_over
from promote_tui.session.edits import own
from promote_tui.session.measured import latest, points
from promote_tui.session.model import (
    HORIZONS,
    Checkin,
    Goal,
    Horizon,
    Idea,
    Initiative,
    PerVoice,
    Resistance,
    Session,
)
from promote_tui.session.owners import load, too_many
from promote_tui.session.schedule import NAMES, due_of, spoken
from promote_tui.session.stages import BASES, STANDINGS, title_of_change
from promote_tui.session.text import figure, number_of, one_line
from promote_tui.session.voices import hands, label, present_for
from promote_tui.ui.initiative_fields import day_note
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import Cell, columns, heading
from promote_tui.ui.run_chart import run_chart
from promote_tui.ui.widgets.item_list import Row

_WIDE = 70
_LABEL = 10


def card_row(session: Session, initiative: Initiative, today: date, *, opened: bool) -> Row:
    """Return the row of a change: its card, or only its title while its fields are open below."""
    title = own.title_of(session, initiative)
    others = tuple(title_of_change(idea.kind, idea.text) for idea in own.ideas_of(session, initiative)[1:])
    counts = {owner.casefold(): count for owner, count in load(session).items()}
    owns = counts.get(one_line(initiative.owner).casefold(), 0)
    of = (initiative, title, others, owns, present_for(session, initiative), today)
    draw = _draw_title if opened else _draw_card
    return Row(initiative.id, (*of, opened), partial(draw, *of))


def free_row(idea: Idea, present: PerVoice) -> Row:
    """Return the row of an idea that nobody has taken on."""
    return Row(idea.id, (idea, present), partial(_draw_free, idea, present))


def load_row(session: Session) -> Row:
    """Return the row that says how many changes each owner carries."""
    carried = load(session)
    free = sum(1 for one in session.initiatives if not one.owner and one.stage != "let go")
    parts = [
        f"{owner}: {count}{', a lot for one' if too_many(count) else ''}" for owner, count in carried.items()
    ]
    parts += [f"nobody yet: {free}"] if free else []
    return heading("Who carries what", "   ".join(parts))


def _draw_title(
    initiative: Initiative,
    title: str,
    _others: Sequence[str],
    owns: int,
    _present: PerVoice,
    _today: date,
    width: int,
) -> list[Content]:
    owner = (initiative.owner, "") if initiative.owner else ("no owner yet", "warn")
    many = (f"\n{number_of(owns, 'change')}: a lot for one" if too_many(owns) else "", "warn")
    who = 24 if width >= _WIDE else 18
    buddy = f", with {initiative.buddy}" if initiative.buddy else ""
    stage = (f"\n{STANDINGS[initiative.stage]}{buddy}", "muted")
    return columns([(title, "accent"), assembled(owner, stage, many)], [width - who - 4, who])


def _draw_card(
    initiative: Initiative,
    title: str,
    others: Sequence[str],
    owns: int,
    present: PerVoice,
    today: date,
    width: int,
) -> list[Content]:
    lines = _draw_title(initiative, title, others, owns, present, today, width)
    for other in others:
        lines += _pair("Also", other, width)
    lines += _pair(
        "Success", initiative.success or "what would success look like?", width, not initiative.success
    )
    lines += _pair("If-then", initiative.if_then, width) if initiative.if_then else []
    lines += _measure(initiative, width)
    for horizon in HORIZONS:
        lines += _horizon(initiative, horizon, today, width)
    for one in initiative.resistance:
        lines += _resistance(one, present, width)
    lines += _outcome(initiative, width)
    return [*lines, Content("")]


def chart_row(initiative: Initiative) -> Row:
    """Return the row that draws the measure over time; empty with fewer than three numbers."""
    counted, measure = points(initiative), initiative.measure

    def draw(width: int) -> list[Content]:
        return [plain("  ") + line for line in run_chart(counted, measure, width - 3)]

    return Row("", (counted, measure), draw)


def _measure(initiative: Initiative, width: int) -> list[Content]:
    measure = initiative.measure
    if not measure.name and not measure.unit:
        return []
    ends = (measure.baseline, measure.target)
    numbers = " → ".join(figure(number) for number in ends if number is not None)
    counted = latest(initiative)
    now = "" if counted is None else f", now {figure(counted)}"
    words = [f"{measure.name}:" if measure.name else "", numbers, measure.unit]
    return _pair("Measure", " ".join(word for word in words if word) + now, width)


def _horizon(initiative: Initiative, horizon: Horizon, today: date, width: int) -> list[Content]:
    due = due_of(initiative, horizon)
    held = next((one for one in initiative.checkins if one.horizon == horizon), None)
    goal: Goal = getattr(initiative.plan, horizon)
    mark = day_note(initiative, horizon)
    if held:
        other_day = f" {spoken(held.held_on, today)}" if held.held_on != due else ""
        state = (f"held{other_day}", "muted")
    elif initiative.stage == "let go" or due is None:
        state = ("", "")
    elif horizon in passed_over(initiative, today):
        state = ("never held", "muted")
    else:
        state = (in_words(due, today), "warn" if due < today else "muted")
    room = max(10, width - 35)
    told = plain(one_line(_told(held)) if held else "", "muted").truncate(room, ellipsis=True)
    changed = [f"→ {one.changes_plan}" for one in initiative.checkins if one.horizon == horizon]
    parts = [plain(goal.goal), told, *(plain(words) for words in changed if words != "→ ")]
    said = Content("\n").join([part for part in parts if part.plain])
    when = plain(spoken(due, today)) if due else plain("no day yet", "muted")
    for words, style in [(mark, "muted"), *([state] if said.plain else [])]:
        when += assembled("\n", (words, style)) if words else Content("")
    cells: list[Cell] = ["", (NAMES[horizon], "muted"), when, said if said.plain else state]
    return columns(cells, [2, _LABEL, 17, room], 1)


def _told(checkin: Checkin) -> str:
    """Return what a check-in found; Enter on the card shows it whole."""
    parts = [checkin.happened, *(getattr(checkin, name) for name in ("expected_good", "unexpected_bad"))]
    counted = "" if checkin.value is None else f"counted {figure(checkin.value)}"
    return " · ".join(part for part in (counted, *parts) if part)


def _resistance(one: Resistance, present: PerVoice, width: int) -> list[Content]:
    who = label(one.voice, present).casefold() if one.voice else ""
    basis = BASES[one.basis] if one.basis else ""
    protects = f"protects {one.protects}" if one.protects else ""
    said = "   ".join(part for part in (f"“{one.says}”", who, basis, protects) if part)
    lines = _pair("Resistance", said, width)
    return lines + _condition(one.changes_plan, width)


def _condition(words: str, width: int) -> list[Content]:
    return _pair("", f"→ {words}", width) if words else []


def _outcome(initiative: Initiative, width: int) -> list[Content]:
    lines: list[Content] = []
    if initiative.decision:
        because = f": {initiative.decision_because}" if initiative.decision_because else ""
        lines += _pair("Decided", f"{initiative.decision}{because}", width)
    return lines + (_pair("Learnt", initiative.learnt, width) if initiative.learnt else [])


def _pair(name: str, text: str, width: int, quiet: bool = False) -> list[Content]:
    cells: list[Cell] = ["", (name, "muted"), (text, "muted" if quiet else "")]
    return columns(cells, [2, _LABEL, max(10, width - 6 - _LABEL)], 1)


def _draw_free(idea: Idea, present: PerVoice, width: int) -> list[Content]:
    cells: list[Cell] = [(idea.kind, "muted"), plain(idea.text), (hands(idea.votes, present), "muted")]
    return columns(cells, [9, width - 9 - 15, 11])
