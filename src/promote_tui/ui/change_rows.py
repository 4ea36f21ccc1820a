"""How a change of another session is drawn: a row in a list, or all that is known of it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from math import isfinite

from textual.content import Content

from promote_tui.session.due import in_words, name_of, skipped_in_words, standing
from promote_tui.session.measured import points, progress
from promote_tui.session.model import Checkin, Initiative, Measure
from promote_tui.session.portfolio import STALLS, Change, lasting
from promote_tui.session.saved import SavedChange
from promote_tui.session.schedule import spoken
from promote_tui.session.stages import SIGNS, STANDINGS
from promote_tui.ui.plain import plain
from promote_tui.ui.rows import Cell, columns, gap, heading
from promote_tui.ui.run_chart import run_chart
from promote_tui.ui.widgets.item_list import Row

_WIDE = 70


def change_row(change: Change, today: date, within: str = "", since: str = "") -> Row:
    """Return the row of a change; ``within`` tells its rows apart, ``since`` is how long it waits."""
    of = (change, today, since, 2 if within else 0)
    return Row(f"{within}{change.key}", of, partial(_draw, *of))


def sign_of(change: Change) -> tuple[str, str]:
    """Return the sign of a change's rating and its style; none for what was let go."""
    if change.status == "let go":
        return "", ""
    rating = change.saved.rating
    return next(sign for name, sign in SIGNS.items() if (name or "") == rating), rating


def status_of(change: Change) -> str:
    """Return how far a change has come, as the room reads it."""
    return next(name for status, name in STANDINGS.items() if status == change.status)


def _draw(change: Change, today: date, since: str, indent: int, width: int) -> list[Content]:
    """Draw a change in two lines or more: its words and its owner, then where it stands and of which team."""
    sign, width = plain(*sign_of(change)), width - indent
    when = since or (in_words(change.next.day, today) if change.next else "")
    late = bool(since) or (change.next is not None and standing(change.next.day, today) == "late")
    told: Cell = (when, "warn" if late else "muted")
    owner: Cell = change.owner or ("no owner yet", "muted")
    where = " · ".join(filter(None, [status_of(change), change.source.team]))
    if width >= _WIDE:
        title = width - 20 - 16 - 4
        lines = columns([(change.title, "strong"), owner, told], [title, 20, 16])
        lines += columns([(where, "muted"), sign], [title, 38])
    else:
        lines = columns([(change.title, "strong"), told], [width - 18, 16])
        lines += columns([owner, sign], [width - 18, 16])
        lines += columns([(where, "muted")], [width])
    return [plain(" " * indent) + line for line in lines]


def all_of(change: Change, today: date) -> list[Row]:
    """Return all that is known of a change: where it stands, its reviews, its words, its measure."""
    rows = [heading(change.title), gap()]
    for place, (name, words, style) in enumerate(_told(change, today)):
        rows.append(Row(f"told/{place}", (name, words), partial(_draw_told, name, words, style)))
    initiative = as_initiative(change.saved)
    said = progress(initiative)
    if said:
        of = (change.saved.points, initiative.measure)
        name = change.saved.measure or "Measure"
        rows += [gap(), heading("Measure", change.saved.measure)]
        rows.append(Row("measure", (name, said), lambda width: plain(said).wrap(width)))
        rows.append(
            Row("chart", of, lambda width: run_chart(points(initiative), initiative.measure, width - 2))
        )
    return rows


def _told(change: Change, today: date) -> Iterator[tuple[str, str, str]]:
    """Yield what is known: its name, the words, their style."""
    saved, session = change.saved, change.source.saved
    day = spoken(session.held_on, today) if session.held_on else ""
    away = "put away" if change.source.put_away else ""
    yield "Session", " · ".join(filter(None, [session.title, session.team, day, away])), ""
    buddy = f" (buddy: {saved.buddy})" if saved.buddy else ""
    yield "Owner", f"{change.owner or 'no owner yet'}{buddy}", "" if change.owner else "warn"
    began = f", began {spoken(saved.started_on, today)}" if saved.started_on else ""
    yield "How far", f"{status_of(change)}{began}", ""
    if change.next:
        skipped = skipped_in_words(change.next)
        when = f"{name_of(change.next)}: {in_words(change.next.day, today)}"
        yield "Check-in", ", ".join(filter(None, [when, skipped])), ""
    for stall, days in change.stalls.items():
        since = lasting(days)
        yield "Stuck", f"{STALLS[stall]}: {since}", "warn"
    for held_on, rating in saved.ratings:
        sign = next(sign for name, sign in SIGNS.items() if (name or "") == rating)
        yield "Review", f"{sign}  {spoken(held_on, today) if held_on else ''}".rstrip(), rating
    for name, words in (("Because", saved.because), ("Happened", saved.happened), ("Learnt", saved.learnt)):
        if words:
            yield name, words, ""


def _draw_told(name: str, words: str, style: str, width: int) -> list[Content]:
    return columns([(name, "muted"), (words, style)], [10, width - 12])


def as_initiative(saved: SavedChange) -> Initiative:
    """Return as much of a change as its measure is told from; what is no number is left out."""
    counted = [(day, value) for day, value in saved.points if isfinite(value)]
    baseline = saved.baseline if saved.baseline is not None and isfinite(saved.baseline) else None
    target = saved.target if saved.target is not None and isfinite(saved.target) else None
    if saved.started_on and baseline is not None and (saved.started_on, baseline) in counted:
        counted.remove((saved.started_on, baseline))
    better = saved.better if saved.better in ("up", "down") else None
    measure = Measure.model_construct(
        name=saved.measure, unit=saved.unit, better=better, baseline=baseline, target=target
    )
    # not validated: a file that the model would refuse still has numbers to look at
    return Initiative.model_construct(
        id=saved.promise.id,
        started_on=saved.started_on,
        measure=measure,
        checkins=tuple(
            Checkin.model_construct(horizon="three_days", held_on=day, value=value) for day, value in counted
        ),
    )
