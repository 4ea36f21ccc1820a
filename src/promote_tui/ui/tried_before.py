"""The page of what other sessions tried: for an idea, a step, a change, a process, or words typed at home."""

import contextlib
import contextvars
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen

from promote_tui.session.saved import SavedChange
from promote_tui.session.schedule import spoken
from promote_tui.session.similar import Asking, Tried, about, of_process
from promote_tui.session.stages import SIGNS
from promote_tui.session.stems import stems
from promote_tui.session.text import figure, number_of, one_line
from promote_tui.store.library import Card
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import Cell, columns, gap, heading, note, warned
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.item_list import ItemList, Row

if TYPE_CHECKING:
    from promote_tui.ui.room import Room
    from promote_tui.ui.stage_screen import StageScreen

_NOTHING = "No other saved session tried anything like it yet."
_TROUBLE = "The other sessions cannot be looked at just now."

Find = Callable[[], Sequence[Tried[Card]]]
"""Finds what was tried; called on a thread of its own."""


@dataclass
class Found(Message):
    """What was found for something that was asked; None when the sessions could not be looked at."""

    asked: object
    tried: Sequence[Tried[Card]] | None


def find_aside(screen: Screen[Any], asked: object, find: Find) -> None:
    """Find something on a thread that nobody waits for, however slow; the screen is told by ``Found``."""

    def work() -> None:
        try:
            tried = find()
        except Exception:  # whatever is wrong with what was saved, the room goes on
            tried = None
        with contextlib.suppress(Exception):  # the program may be gone by now
            screen.post_message(Found(asked, tried))

    threading.Thread(target=contextvars.copy_context().run, args=(work,), daemon=True).start()


class TriedBefore(RoomScreen, ModalScreen[None]):
    """Ideas of other sessions and what became of them, the closest first; Enter shows the whole record.

    Where no session is open, ``look`` opens the highlighted one for looking back at it.
    """

    INSTEAD = "Esc goes back."
    BINDINGS = [
        Binding("escape,q,f4,B", "close", show=False),
        key("enter", "open", "the whole record", "all that is known of it"),
        key("r", "look", "look back", "walk through its session, from home", footer=False),
        key("question_mark,f1", "help", "help", "every key of this page"),
    ]
    help_title = "Tried before"

    def __init__(self, question: str, find: Find, look: Callable[[Path], object] | None = None) -> None:
        super().__init__()
        self._question, self._find, self._look = question, find, look
        self._tried: dict[str, Tried[Card]] = {}
        self._opened = ""
        """The row whose whole record is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the title, what it is about, what was tried and the keys."""
        yield TitleLine()
        yield MessageLine(id="rule")
        yield QuestionBand()
        yield ItemList(id="tried")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Look for it; the page need not wait."""
        self.query_one(TitleLine).title = "Tried before"
        self.query_one(QuestionBand).question = self._question
        look = [Hint("r", "look back at its session", "look")] if self._look else []
        keys = [Hint("Enter", "the whole record", "open"), *look, Hint("Esc", "back", "close")]
        self.query_one(KeyHints).show(keys, Hint("?", "help", "help"))
        rows = self.query_one(ItemList)
        rows.focus()
        rows.show([note("Looking…")])
        find_aside(self, self, self._find)

    @on(Found)
    def show_found(self, event: Found) -> None:
        """Show what was found."""
        if event.tried is None:
            self.query_one(ItemList).show([warned(_TROUBLE)])
            return
        self._tried = {f"tried-{place}": one for place, one in enumerate(event.tried)}
        sessions = {id(one.saved) if not one.saved.id else one.saved.id for one in event.tried}
        state = f"{number_of(len(self._tried), 'idea')} of {number_of(len(sessions), 'session')}"
        self.query_one(TitleLine).state = state if self._tried else ""
        self.show()

    def show(self) -> None:
        """Show what was tried: what means the same, then what is about the same."""
        rows: list[Row] = []
        for alike, title in ((True, "Much the same"), (False, "With some of the same words")):
            group = [(name, one) for name, one in self._tried.items() if one.alike == alike]
            # a heading tells two groups apart
            if group and (len(group) < len(self._tried) or not alike):
                rows += [heading(title, f"{len(group)}"), gap()]
            for name, one in group:
                of = (one, name == self._opened)
                rows += [Row(name, of, partial(self._draw, *of)), gap()]
        self.query_one(ItemList).show(rows or [note(_NOTHING)])

    def _draw(self, tried: Tried[Card], opened: bool, width: int) -> list[Content]:
        """Draw an idea and what became of it; opened, all that is known of it."""
        where = ", ".join(filter(None, [tried.where, tried.month]))
        lines = plain(tried.words, "strong").wrap(width)
        became = ", ".join(filter(None, [tried.became, tried.measured]))
        lines += [
            plain("  ") + line for line in assembled((f"{where}: ", "muted"), became).wrap(max(10, width - 2))
        ]
        if opened:
            label = 10
            for name, cell in record_of(tried):
                lines += columns([("  " + name, "muted"), cell], [label, width - label - 2])
        return lines

    @on(ItemList.Chosen)
    async def action_open(self) -> None:
        """Show the whole record of the highlighted idea, or hide it; or look back at its session."""
        name = self.query_one(ItemList).highlighted
        if name not in self._tried:
            self.refuse("There is nothing to look at.")
        else:
            self._opened = "" if self._opened == name else name
            self.show()

    def action_look(self) -> None:
        """Look back at the session of the highlighted idea."""
        name = self.query_one(ItemList).highlighted
        if name not in self._tried or not self._look:
            self.refuse("There is nothing to look at.")
            return
        path = self._tried[name].key.path
        self.dismiss()
        self.app.call_later(self._look, path)

    def action_help(self) -> None:
        """Show every key of this page."""
        from promote_tui.ui.help import Help  # noqa: PLC0415 - only when asked for

        self.app.push_screen(Help.for_screen(self))

    def action_close(self) -> None:
        """Go back to where the room was."""
        self.dismiss()


def record_of(tried: Tried[Card]) -> Iterator[tuple[str, Cell]]:
    """Yield all that is known of an idea that was tried: what it is called, and it."""
    saved, change = tried.saved, tried.change
    title = ", ".join(filter(None, [one_line(saved.title), spoken(saved.held_on) if saved.held_on else ""]))
    idea = next((one for one in saved.ideas if one.id == tried.id), None)
    told: list[tuple[str, Cell]] = [
        ("Session", title),
        ("Team", saved.team),
        ("Process", saved.process),
        ("Step", idea.step if idea else ""),
        *(_of_change(change) if change else ()),
    ]
    yield from ((name, cell) for name, cell in told if cell)


def _of_change(change: SavedChange) -> Iterator[tuple[str, Cell]]:
    promise = change.promise
    yield "Owner", promise.owner or "no owner"
    yield "Began", spoken(change.started_on) if change.started_on else ""
    yield "Measure", _measure(change)
    rated = [(SIGNS[one], one, spoken(day) if day else "") for day, one in change.ratings if one in SIGNS]
    yield "Reviews", assembled(*(piece for sign, one, day in rated for piece in ((sign, one), f" {day}   ")))
    yield "Happened", change.happened
    yield "Decided", ": ".join(filter(None, [promise.decision, change.because]))
    yield "Learnt", change.learnt


def _measure(change: SavedChange) -> str:
    """Return the numbers of a measure with their days, and the number hoped for."""
    numbers = [f"{figure(value)} on {spoken(day)}" for day, value in change.points]
    hoped = f"{figure(change.target)} hoped for" if change.target is not None else ""
    counted = ", ".join(filter(None, [*numbers, hoped]))
    name = " ".join(filter(None, [change.measure, f"({change.unit})" if change.unit else ""]))
    return ": ".join(filter(None, [name, counted]))


# ---- what it is about


def page_of_words(
    room: "Room", words: str, asking: Asking, look: Callable[[Path], object] | None = None
) -> TriedBefore:
    """Return the page of what other sessions tried that is about these words."""

    def find() -> Sequence[Tried[Card]]:
        return about(words, room.ideas_with(stems(words)), asking)

    return TriedBefore(f"Who tried something like “{one_line(words)}”?", find, look)


def page_of_process(room: "Room", name: str, asking: Asking) -> TriedBefore:
    """Return the page of what other sessions tried for a process that is called alike."""

    def find() -> Sequence[Tried[Card]]:
        return of_process(name, room.saved_sessions(), asking)

    return TriedBefore(f"What did others try for a process like “{one_line(name)}”?", find)


def asking_of(stage: "StageScreen", kind: str = "") -> Asking:
    """Return who asks at a stage of an open session."""
    session = stage.session
    return Asking(stage.room.today(), session.id, session.follows or "", kind)


def show_tried(stage: "StageScreen") -> None:
    """Show what other sessions tried for the highlighted item of a stage, or for the process it is about."""
    from promote_tui.session.edits import items, own  # noqa: PLC0415 - home shows this page, too

    session, id = stage.session, stage.item_here
    kind, page = items.kind_of(id), None
    if kind == "initiative" and (ideas := own.ideas_of(session, items.find(session, id))):
        kind, id = "idea", ideas[0].id
    if kind == "idea":
        idea = items.find(session, id)
        page = page_of_words(stage.room, idea.text, asking_of(stage, idea.kind))
    elif kind == "step":
        page = page_of_words(stage.room, items.find(session, id).title, asking_of(stage))
    elif name := items.find(session, id).name if kind == "candidate" else session.process.name:
        page = page_of_process(stage.room, name, asking_of(stage))
    if page:
        stage.app.push_screen(page)
    else:
        stage.refuse("Highlight a process, a step or an idea first, then B shows what others tried.")
