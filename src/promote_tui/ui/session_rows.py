"""How home shows the saved sessions, or what to do when there are none."""

import re
from collections.abc import Sequence
from functools import partial

from textual.content import Content

from promote_tui.session.stages import NUMBERED, RATINGS, SIGNS
from promote_tui.store.library import Card
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, gap, note
from promote_tui.ui.widgets.item_list import Row

_COPY = re.compile(r" ((?:conflict|version) \d[0-9 -]*)$")
"""How the name of another file of one session ends."""


def sessions_title(found: str) -> Row:
    """Return the row above the sessions, with how many there are."""
    return Row(
        "", ("Sessions", found), lambda _: [assembled(("Sessions", "strong"), (f"   {found}", "muted"))]
    )


def session_rows(cards: Sequence[Card]) -> list[Row]:
    """Return a row for each session; its key is the path."""
    return [Row(str(card.path), (card,), partial(_draw, card)) for card in cards]


def nothing_yet() -> list[Row]:
    """Return the rows of an empty library: what to do first."""
    return [
        gap(),
        note("No sessions yet."),
        gap(),
        Row("new", (), lambda _: [assembled(("Start a new session", "strong"), ("   n", "muted"))]),
        Row("examples", (), lambda _: [assembled(("Look at worked examples", "strong"), ("   e", "muted"))]),
    ]


def _draw(card: Card, width: int) -> list[Content]:
    """Draw one session: title, team, stage, where its changes stand, its day."""
    if card.problem:
        return columns([card.title, (f"cannot be opened: {card.problem}", "warn")], [width - 36, 34])
    day = f"{card.held_on:%d %b %Y}".lstrip("0") if card.held_on else ""
    ratings = Content("  ").join(plain(SIGNS[rating], rating) for rating in RATINGS if rating in card.ratings)
    team = 16 if width >= 76 else 0
    marks = 25 if width >= 96 else 0
    title = width - 9 - 11 - 6 - (team and team + 2) - (marks and marks + 2)
    lines = columns(
        [(card.title, "strong"), (card.team, "muted"), NUMBERED[card.stage], ratings, (day, "muted")],
        [title, team, 9, marks, 11],
    )
    if copy := _COPY.search(card.path.stem):
        lines.append(plain(f"  {copy[1]}", "muted"))
    return lines
