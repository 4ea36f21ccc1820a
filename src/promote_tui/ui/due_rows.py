"""How home shows what was promised: what is due now in a few lines, or all of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from textual.content import Content

from promote_tui.session.due import (
    FINE_TUNE,
    NOTHING_SOON,
    ORDER,
    SOON,
    Due,
    Standing,
    in_words,
    is_now,
    name_of,
    skipped_in_words,
    standing,
)
from promote_tui.store.library import Card
from promote_tui.ui.plain import plain
from promote_tui.ui.rows import columns, gap, heading, note
from promote_tui.ui.widgets.item_list import Row

MORE = "due"
"""The key of the row that shows all that is due."""
_FEWEST_LINES = 5
"""Lines of promises above the sessions on a small screen; a taller one has room for more."""
_MOST_IN_A_GROUP = 300
"""Promises of a group that the page of all that is due lists."""
_WIDE = 93
"""Columns of a list on a screen of 96, which shows a long role whole."""
_GROUPS: dict[Standing, str] = {
    "late": "Late",
    "today": "Today",
    "soon": f"In the next {SOON} days",
    "long ago": "Long ago",
    "later": "Further ahead",
}

Dues = Sequence[tuple[Card, Due]]
"""What is due, in its order, with the session that each belongs to."""


def key_of(card: Card, due: Due) -> str:
    """Return the key of the row of something that is due."""
    part = f"/{due.place}" if due.what == FINE_TUNE else ""
    return f"due:{card.path}|{due.id}|{due.what}{part}"


def first_to_do(dues: Dues, today: date) -> str:
    """Return the key of what is to be done first: late or due today; empty when nothing is."""
    found = [one for one in dues[:1] if standing(one[1].day, today) in ("late", "today")]
    return key_of(*found[0]) if found else ""


def promised(
    dues: Dues, counts: Mapping[Standing, int], today: date, height: int, *, whole: bool = True
) -> list[Row]:
    """Return the rows above the sessions: what is due now, as much as fits a third of the screen's height.

    ``counts`` says how much is due in all, which may be far more than ``dues`` holds. Home is still a
    list of sessions. Unless it is the ``whole``, some sessions are still being read.
    """
    now = [one for one in dues if is_now(one[1], today)]
    if not now:
        return [note(NOTHING_SOON), gap()] if any(counts.values()) else []
    shown, lines = 0, 0
    # the heading, a gap and the line below the promises stand in that third, too
    most = max(_FEWEST_LINES, height // 3 - 3)
    for _, due in now:
        lines += 2 if due.skipped else 1
        if lines > most:
            break
        shown += 1
    told = [f"{counts[one]:,} {one}" for one in ORDER if counts.get(one)]
    title = heading("What did we promise?", "   ".join([*told, *([] if whole else ["so far"])]))
    rows = [title, gap(), *(_row(card, due, today) for card, due in now[:shown])]
    hidden = sum(count for stands, count in counts.items() if stands != "later") - shown
    if hidden > 0:
        seen = sum(1 for _, due in now[:shown] if standing(due.day, today) == "long ago")
        old = counts.get("long ago", 0) - seen
        among = f", {old:,} of them long ago" if old else ""
        words = f"and {hidden:,} more{among}   d shows all"
        rows.append(Row(MORE, (words,), lambda _: [plain(words, "muted")]))
    return [*rows, Row("", (), lambda width: [plain("─" * width, "line")])]


def all_promised(dues: Dues, today: date) -> list[Row]:
    """Return the rows of all that is due, also what is still ahead, in groups: of a long one a part."""
    rows = [heading("What did we promise?", "Esc goes back"), gap()]
    for stands, found in groupby(dues, lambda one: standing(one[1].day, today)):
        group = list(found)
        rows.append(note(f"{_GROUPS[stands]}   {len(group):,}"))
        rows += [_row(card, due, today, whole=True) for card, due in group[:_MOST_IN_A_GROUP]]
        if (more := len(group) - _MOST_IN_A_GROUP) > 0:
            rows.append(note(f"and {more:,} more"))
        rows.append(gap())
    return rows


def _row(card: Card, due: Due, today: date, *, whole: bool = False) -> Row:
    of = (due, card.title, today, whole)
    return Row(key_of(card, due), of, partial(_draw, *of))


def _draw(due: Due, session: str, today: date, whole: bool, width: int) -> list[Content]:
    """Draw what is due: horizon, title, owner, when; one line each unless the whole is wanted."""
    name, when = 11, 15
    owner = 24 if width >= _WIDE else 16 if width >= 70 else 0
    title = width - name - when - 4 - (owner and owner + 2)
    quiet = "muted" if standing(due.day, today) in ("long ago", "later") else ""
    cells = [
        plain(name_of(due), "muted"),
        plain(due.words or due.title, quiet or "strong"),
        plain(due.owner, quiet) if due.owner else plain("no owner yet", "muted"),
        plain(in_words(due.day, today), "warn" if standing(due.day, today) == "late" else quiet),
    ]
    widths = [name, title, owner, when]
    if not whole:
        cells = [cell.truncate(max(1, most), ellipsis=True) for cell, most in zip(cells, widths, strict=True)]
    lines = columns(cells, widths)
    more = [skipped_in_words(due)]
    if whole:
        more += ["" if owner else due.owner, due.title if due.words else "", session]
    for words in filter(None, more):
        lines += columns(["", plain(words, "muted")], [name, width - name - 2])
    return lines
