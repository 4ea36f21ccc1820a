"""How home shows the saved sessions, or what to do when there are none."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from textual.content import Content

from promote_tui.session.stages import NUMBERED, RATINGS, SIGNS
from promote_tui.store.library import Card
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import Cell, columns, gap, note
from promote_tui.ui.widgets.item_list import Row

_COPY = re.compile(r" ((?:conflict|version) \d[0-9 -]*)$")
"""How the name of another file of one session ends."""
_MOST_WHOLE = 300
"""In a longer list titles are cut; the preview shows them whole."""
_MOST_FOUND_WHOLE = 30
"""The same for a list that changes with each letter of a search."""
_GUTTER = 2
_PROBLEM = 38
"""Columns for why a file cannot be opened."""


def sessions_title(found: str) -> Row:
    """Return the row above the sessions, with how many there are."""
    return Row(
        "",
        ("Sessions", found),
        lambda width: assembled(("Sessions", "strong"), (f"   {found}", "muted")).wrap(width),
    )


def session_rows(
    cards: Sequence[Card], width: int, found: Mapping[Path, Sequence[Content]] | None = None
) -> list[Row]:
    """Return a row for each session; its key is the path.

    Titles of a long list are cut, so that it need not be drawn to know how long it is. ``found`` holds the
    places where the words of a search stand, as far as they were looked up: the first is shown.
    """
    whole = len(cards) <= (_MOST_WHOLE if found is None else _MOST_FOUND_WHOLE)
    rows = []
    for card in cards:
        passage = next(iter(found.get(card.path, ())), Content("")) if found is not None else None
        lines = 1 + (passage is not None) + bool(_other_file(card))
        if whole and (card.problem or len(card.title) > _columns(width - _GUTTER)[0]):
            lines = 0
        rows.append(
            Row(str(card.path), (card, whole, passage), partial(_draw, card, whole, passage), lines=lines)
        )
    return rows


def nothing_yet() -> list[Row]:
    """Return the rows of an empty library: what to do first."""
    return [
        gap(),
        note("No sessions yet."),
        gap(),
        Row("new", (), lambda _: [assembled(("Start a new session", "strong"), ("   n", "muted"))]),
        Row(
            "take_in",
            (),
            lambda _: [assembled(("Take sessions in", "strong"), ("   I", "muted"))],
        ),
        Row("examples", (), lambda _: [assembled(("Look at worked examples", "strong"), ("   e", "muted"))]),
    ]


def nothing_found() -> list[Row]:
    """Return the rows of a search without an answer."""
    return [note("No session has all of that. Fewer words, or only how they begin, find more.")]


def _draw(card: Card, whole: bool, passage: Content | None, width: int) -> list[Content]:
    """Draw one session: title, team, stage, where its changes stand, its day; then what else there is."""
    widths = _columns(width)
    title = plain(f"  {card.title}" if card.copy_of_above else card.title, "strong")
    if card.problem:
        room = max(16, width - _PROBLEM - 2)
        cells: list[Cell] = [title, (f"cannot be opened: {card.problem}", "warn")]
        lines = columns([title if whole else title.truncate(room, ellipsis=True), cells[1]], [room, _PROBLEM])
        return lines if whole else lines[:1]
    day = f"{card.held_on:%d %b %Y}".lstrip("0") if card.held_on else ""
    ratings = Content("  ").join(plain(SIGNS[rating], rating) for rating in RATINGS if rating in card.ratings)
    team = plain(card.team, "muted")
    if not whole:
        title = title.truncate(widths[0], ellipsis=True)
    lines = columns(
        [
            title,
            team.truncate(widths[1], ellipsis=True) if widths[1] else team,
            NUMBERED[card.stage],
            ratings,
            (day, "muted"),
        ],
        widths,
    )
    if other := _other_file(card):
        lines.append(plain(f"  {other}", "muted"))
    if passage is not None:
        lines.append(Content("  ") + passage.truncate(width - 2, ellipsis=True))
    return lines


def _columns(width: int) -> list[int]:
    """Return the widths of title, team, stage, ratings and day."""
    team = 16 if width >= 76 else 0
    marks = 25 if width >= 96 else 0
    title = width - 9 - 11 - 6 - (team and team + 2) - (marks and marks + 2)
    return [title, team, 9, marks, 11]


def _other_file(card: Card) -> str:
    """Return what is said of another file of a session, or of one that is put away."""
    copy = _COPY.search(card.path.stem)
    return copy[1] if copy else "another file of the session above" if card.copy_of_above else ""


def marked(passage: str, words: str) -> Content:
    """Return a passage with the words that were searched for marked, as far as they are spelt so."""
    found = plain(passage, "muted")
    for word in words.split():
        for match in re.finditer(re.escape(word), passage, re.IGNORECASE):
            found = found.stylize("accent", match.start(), match.end())
    return found
