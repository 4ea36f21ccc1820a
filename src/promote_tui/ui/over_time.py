"""A change over time on a page: its parts from review to review, and all that check-ins found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from promote_tui.session.edits import items, own
from promote_tui.session.measured import progress
from promote_tui.session.model import Initiative, Part, Session
from promote_tui.session.parts import parts_of, worst
from promote_tui.session.schedule import NAMES, spoken
from promote_tui.session.text import number_of
from promote_tui.session.voices import present_for
from promote_tui.ui.checkin_fields import checkin_rows
from promote_tui.ui.own_rows import chart_row
from promote_tui.ui.plain import plain
from promote_tui.ui.review_rows import View, behind, fine_tuning, shown_as, sign, views_of, worst_first
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import Cell, columns, gap, heading, note
from promote_tui.ui.typing_screen import cut
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList, Row

if TYPE_CHECKING:
    from promote_tui.ui.typing_screen import TypingScreen

OVER_TIME = "how it was rated from review to review, and what check-ins found (a capital letter)"
"""What the help says of the key that shows this page."""
_SIGN = 11
_NAME = 18
"""Columns of a part's name at least; the reviews that fit beside it are shown across."""
_WIDEST_NAME = 44
_WHOLE = "As a whole"


@dataclass(frozen=True)
class _Rated:
    """A part as one review saw it, with how groups saw it differently."""

    held_on: date
    part: Part
    views: tuple[View, ...]


_Line = tuple[str, tuple[_Rated | None, ...]]
"""A part's name, and what each review says of it, the oldest first; None where a review has no such part."""


class OverTime(RoomScreen, ModalScreen[None]):
    """The reviews of a change across, its parts down; the words behind the highlighted one stand under it."""

    INSTEAD = "Esc goes back."
    BINDINGS = [
        Binding("escape,q,R,alt+q", "close", show=False),
        Binding("b,alt+b", "app.curtain", show=False),
        Binding("space", "walk", show=False),
    ]

    def __init__(self, session: Session, initiative: Initiative, today: date, part: str = "") -> None:
        """Take a change; ``part`` is the name of the part to begin at."""
        super().__init__()
        self._initiative, self._today = initiative, today
        self._title = cut(own.title_of(session, initiative))
        self._lines = _lines(session, initiative)
        names = [name.casefold() for name, _ in self._lines]
        self._first = f"part/{names.index(part.casefold())}" if part.casefold() in names else ""

    def compose(self) -> ComposeResult:
        """Lay out the question, the change over time and the keys."""
        yield QuestionBand()
        yield ItemList(id="over-time")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what there is, from the part that was meant."""
        self.query_one(QuestionBand).question = f"“{self._title}”: how did it go over time?"
        keys = [Hint("↑↓", "walk", "walk"), Hint("b", "curtain", "app.curtain")]
        self.query_one(KeyHints).show(keys, Hint("Esc", "back", "close"))
        found = self.query_one(ItemList)
        found.focus()
        found.highlighted = self._first
        self.show()

    @on(ItemList.Highlighted)
    def show(self) -> None:
        """Show the change, with the words behind what is highlighted."""
        found = self.query_one(ItemList)
        found.show([*self._reviews(found.highlighted), gap(), *self._checkins(), *self._measure()])

    def _reviews(self, here: str) -> list[Row]:
        """Return the rows of the reviews: their days, how the change stood, its parts."""
        reviews, today = self._initiative.reviews, self._today
        if not reviews:
            return [heading("Red, amber, green"), note("No review yet. 5 Review rates its parts.")]
        let_go = self._initiative.stage == "let go"
        days = tuple(spoken(one.held_on, today) for one in reviews)
        stood = tuple(worst(one.parts) for one in reviews)
        rows = [
            heading("Red, amber, green", f"{number_of(len(reviews), 'review')}, told in full on a part"),
            Row("", days, partial(_draw_days, days)),
            Row("whole", stood, partial(_draw_rated, _WHOLE, tuple(map(sign, stood)))),
        ]
        for place, (name, rated) in enumerate(self._lines):
            key, signs = f"part/{place}", tuple(sign(one.part.rating) if one else plain("–") for one in rated)
            is_here = key == here
            words = rated if is_here else ()
            draw = partial(_draw_part, name, signs, words, today, let_go)
            rows.append(Row(key, (name, rated, is_here), draw))
        return rows

    def _checkins(self) -> list[Row]:
        """Return the rows of the check-ins, with all that each of them holds."""
        held = self._initiative.checkins
        rows = [heading("Check-ins", "" if held else "none held yet")]
        for place, checkin in enumerate(held):
            # alone, so that none is taken for another of that day
            change = self._initiative.model_copy(update={"checkins": (checkin,)})
            fields = checkin_rows(change, 0, checkin.horizon, checkin.held_on)
            said = [
                (field.label, field.written())
                for field in fields
                if field.written() and not field.key.endswith("/held_on")
            ]
            head = f"{NAMES[checkin.horizon]}, held {spoken(checkin.held_on, self._today)}"
            of = (head, tuple(said))
            rows.append(Row(f"checkin/{place}", of, partial(_draw_checkin, *of)))
        return rows

    def _measure(self) -> list[Row]:
        """Return the rows of the measure, if anything is counted: how far it has come, and its drawing."""
        far = progress(self._initiative)
        row = Row("measure", (far,), lambda width: plain(far).wrap(width - 1))
        return [gap(), heading("Measure"), row, chart_row(self._initiative)] if far else []

    def action_walk(self) -> None:
        """Highlight the next row."""
        self.query_one(ItemList).action_down()

    def action_close(self) -> None:
        """Go back to the stage."""
        self.dismiss()


def show_over_time(stage: "TypingScreen", key: str) -> None:
    """Show the change that a row of a stage is about over time, from the part that the row is about."""
    id, _, place = key.partition(":part/")
    id = id.partition(":")[0]
    if items.kind_of(id) != "initiative":
        stage.refuse("Highlight a change first, then R shows how it went over time.")
        return
    change: Initiative = items.find(stage.session, id)
    parts = parts_of(change)
    part = parts[int(place)].name if place and int(place) < len(parts) else ""
    stage.app.push_screen(OverTime(stage.session, change, stage.room.today(), part))


def _lines(session: Session, initiative: Initiative) -> list[_Line]:
    """Return each part with what the reviews say of it: those of the newest first, the worst on top.

    A part is the same in two reviews when it is called the same, the second of a name the second there.
    """
    present = present_for(session, initiative)
    rated: dict[tuple[str, int], dict[int, _Rated]] = {}
    names: dict[tuple[str, int], str] = {}
    for place in reversed(range(len(initiative.reviews))):
        review = initiative.reviews[place]
        seen: dict[str, int] = {}
        for part in (review.parts[number] for number in worst_first(review.parts)):
            name = part.name.casefold()
            key = (name, seen.setdefault(name, 0))
            seen[name] += 1
            names.setdefault(key, part.name)
            rated.setdefault(key, {})[place] = _Rated(review.held_on, part, views_of(part, present))
    count = range(len(initiative.reviews))
    return [(names[key], tuple(by_review.get(place) for place in count)) for key, by_review in rated.items()]


def _across(width: int, cells: Sequence[Content]) -> tuple[list[Content], int]:
    """Return the newest cells that fit across, and the columns left for a name before them."""
    fits = max(1, (width - _NAME - 1) // (_SIGN + 2))
    shown = list(cells[-fits:])
    return shown, min(_WIDEST_NAME, width - 1 - len(shown) * (_SIGN + 2))


def _draw_days(days: Sequence[str], width: int) -> list[Content]:
    shown, name = _across(width, [plain(day, "muted") for day in days])
    before = len(days) - len(shown)
    told = f"{before} earlier" if before else ""
    return columns([(told, "muted"), *shown], [name, *[_SIGN] * len(shown)])


def _draw_rated(name: str, signs: Sequence[Content], width: int) -> list[Content]:
    shown, room = _across(width, signs)
    return columns([plain(name), *shown], [room, *[_SIGN] * len(shown)])


def _draw_part(
    name: str,
    signs: Sequence[Content],
    words: Sequence[_Rated | None],
    today: date,
    let_go: bool,
    width: int,
) -> list[Content]:
    lines = _draw_rated(name, signs, width)
    reviews = [one for one in words if one]
    for one in reviews:
        told = [sign(one.part.rating) + plain("   ") + behind(one.part, comes_next=False)]
        if one.part.fine_tune:
            newest = one is words[-1]
            told.append(fine_tuning(one.part, today, let_go or not newest))
        told += [shown_as(view) for view in one.views]
        cells: list[Cell] = ["", (spoken(one.held_on, today), "muted"), Content("\n").join(told)]
        lines += columns(cells, [2, _SIGN, width - _SIGN - 7])
    return [*lines, Content("")] if reviews else lines


def _draw_checkin(head: str, said: Sequence[tuple[str, str]], width: int) -> list[Content]:
    lines = plain(head, "strong").wrap(width - 1)
    for label, words in said:
        lines += columns(["", (label, "muted"), words], [2, 16, max(10, width - 23)])
    if not said:
        lines += columns(["", ("Nothing was written down.", "muted")], [2, width - 5])
    return lines
