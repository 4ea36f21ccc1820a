"""How a map is drawn: one step a line, the strip of feeling at the left, its time at the foot."""

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from promote_tui.session.model import Session, Step
from promote_tui.session.stages import VALUES, in_view, minutes
from promote_tui.session.text import number_of
from promote_tui.session.voices import balance, heard_at, present_for
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import Cell, columns, gap, heading, note
from promote_tui.ui.widgets.item_list import Row

_SIGNS = {-2: "--", -1: "-", 0: "·", 1: "+", 2: "++"}
_WIDE = 74
"""Columns of a list that shows a step on one line."""
_STRIP = 40


def map_rows(steps: Sequence[Step]) -> list[Row]:
    """Return the rows of one map: the usual steps, then under a heading those that happen now and then."""
    rows: list[Row] = []
    if any(step.feeling is not None for step in steps):
        rows.append(Row("", ("strip",), _draw_head))
    kept_aside = False
    for place, step in enumerate(in_view(steps), 1):
        if not step.usual and not kept_aside:
            kept_aside = True
            rows += [gap(), heading("Now and then", "kept aside, not counted")]
        rows.append(Row(step.id, (step, place), partial(_draw, step, place)))
    return rows


def origin_rows(session: Session) -> list[Row]:
    """Return the row that says from where the map of a session that tries another place's change came."""
    earlier = session.earlier
    if not (session.scales and session.steps and earlier.title):
        return []
    where = ", ".join(part for part in (earlier.title, earlier.team) if part)
    return [note(f"from {where}: change it to how it is here"), gap()]


def summary(steps: Sequence[Step]) -> str:
    """Return how many usual steps a map has, how long they take, and how much of that adds value."""
    usual = [step for step in steps if step.usual]
    time, seen = minutes(steps), sum(1 for step in usual if step.value)
    parts = [number_of(len(usual), "step")]
    if len(usual) < len(steps):
        parts.append(f"{len(steps) - len(usual)} now and then")
    if time.total:
        parts.append(f"{time.total} min")
    if time.total and seen:
        parts.append(f"{time.share} % adds value{'' if seen == len(usual) else ' so far'}")
    return "   ".join(parts)


def coverage(steps: Sequence[Step]) -> str:
    """Return how many of the usual steps were under the microscope."""
    usual = [step for step in steps if step.usual]
    return f"{sum(1 for step in usual if step.value)} of {len(usual)} looked at"


def released(today: Sequence[Step], future: Sequence[Step]) -> str:
    """Return how many minutes the map of how it could be would save each time; nothing when it is none."""
    less = minutes(today).total - minutes(future).total
    if not less:
        return ""
    return f"{less} min released each time" if less > 0 else f"{-less} min more each time"


def _strip(step: Step) -> Content:
    """Return where a step stands between very low, at the left, and very good."""
    if step.feeling is None:
        return plain(" " * 5)
    place = step.feeling + 2
    return assembled(("·" * place, "muted"), "●", ("·" * (4 - place), "muted"))


def _draw_head(width: int) -> list[Content]:
    """Return the line over the strip of feeling that says which end is which; none on a narrow screen."""
    return [plain("    low good", "muted")] if width >= _STRIP else []


def _draw(step: Step, place: int, width: int) -> list[Content]:
    value = plain(VALUES[step.value], "" if step.value else "muted")
    time = f"{step.minutes} min" if step.minutes is not None else ""
    told = number_of(len(step.stories), "story", "stories") if step.stories else ""
    number = (f"{place}", "muted")
    if width >= _WIDE:
        feel, who = 5, 22 if width >= 96 else 14
        indent = 3 + feel + 2
        rest = width - indent - 1
        title = rest - who - 7 - 17 - 3
        title_told = assembled(step.title, (f"  {told}" if told else "", "muted"))
        cells: list[Cell] = [number, _strip(step), title_told, (step.who, "muted"), time, value]
        lines = columns(cells, [3, feel, title, who, 7, 17], 1)
    else:
        sign = plain("" if step.feeling is None else _SIGNS[step.feeling], "muted")
        felt, feel = (_strip(step), 5) if width >= _STRIP else (sign, 2)
        indent = 3 + feel + 2
        rest = width - indent - 1
        under = "   ".join(part for part in (step.who, time, VALUES[step.value], told) if part)
        lines = columns([number, felt, step.title], [3, feel, rest], 1)
        lines += columns(["", (under, "muted")], [indent, rest], 0)
    if step.smallest_change:
        lines += columns(["", ("→", "accent"), step.smallest_change], [indent - 1, 1, rest - 2], 1)
    return lines


def heard_row(session: Session, step: Step) -> Row:
    """Return the row that says whose stories are tied to the step, and who was not heard on it yet."""
    tied = [story for story in session.stories if story.id in step.stories]
    told = heard_at(session, step)
    words = balance(told, present_for(session, *tied)) if any(told.values()) else ""
    shown = (words, "") if words else ("nobody yet: Enter ties stories to it", "muted")
    return Row(
        "lens:heard",
        (words,),
        lambda width: columns([("Heard here", "muted"), shown], [16, max(10, width - 19)], 1),
    )
