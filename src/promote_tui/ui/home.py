"""Home: the saved sessions, newest first; open one, or start a new one."""

import asyncio
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from promote_tui.session.stages import NUMBERED, RATINGS, SIGNS
from promote_tui.session.text import number_of
from promote_tui.store import durable
from promote_tui.store.library import Card, Library, LibraryError
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import columns, gap, note
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, TitleLine
from promote_tui.ui.widgets.item_list import ItemList, Row

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from promote_tui.ui.asking import Ask
    from promote_tui.ui.widgets.capture_line import CaptureLine


class Home(RoomScreen):
    """The saved sessions of a library."""

    BINDINGS = [
        key("enter", "open", "open", "open the highlighted session"),
        key("n", "new", "new", "start a new session"),
        key("o", "follow", "carry on", "start a session that carries on from the highlighted one"),
        key("slash", "search", "search", "show only sessions with these words"),
        key("e", "examples", "examples", "look at worked examples; nothing there is kept"),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("escape", "all", "all", "show all sessions again", footer=False),
        key("q", "leave", "leave", "leave the program, or the worked examples"),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] | None = None
        self._words = ""
        self._waiting = 0

    def compose(self) -> ComposeResult:
        """Lay out title, list, message and key hints; the capture line comes when it is needed."""
        yield TitleLine()
        yield MessageLine(id="rule")
        yield ItemList(id="sessions")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what is known at once; the files are read after the first paint."""
        self.active_list.focus()
        self.show_hints()

    async def on_screen_resume(self) -> None:
        """Read the library again: coming back from a session it may have changed."""
        await self.read()

    @property
    def active_list(self) -> ItemList:
        """Return the list of sessions."""
        return self.query_one("#sessions", ItemList)

    async def read(self) -> None:
        """Read the library on a thread and show it."""
        library: Library = self.room.library
        title = self.query_one(TitleLine)
        title.title = "PROMOTE: worked examples" if self.room.demo else "PROMOTE"
        title.state = "nothing is kept here" if self.room.demo else f"{library.folder}"
        try:
            await asyncio.to_thread(durable.sweep, library.folder, time.time())
            self._cards = await asyncio.to_thread(library.cards)
            self._waiting = await asyncio.to_thread(library.waiting)
            trouble = await asyncio.to_thread(library.trouble)
        except LibraryError as error:
            self._cards, trouble = [], str(error)
        if self.is_attached:
            self.show()
            if trouble:
                self.refuse(trouble)
            elif self.room.parting_words:
                self.say(self.room.parting_words)
            self.room.parting_words = ""

    def show(self) -> None:
        """Show the sessions, or what to do when there are none."""
        cards = self._cards or []
        words = self._words.casefold().split()
        shown = [
            card
            for card in cards
            if all(word in f"{card.title} {card.team} {card.path.stem}".casefold() for word in words)
        ]
        if self._words:
            found = f"{number_of(len(shown), 'session')} with “{self._words}”   Esc shows all"
        else:
            found = number_of(len(cards), "example" if self.room.demo else "session") if cards else ""
            if self._waiting:
                inbox = f"{number_of(self._waiting, 'comment')} in the inbox"
                found = "   ".join(part for part in (found, inbox) if part)
        top = Row(
            "", ("Sessions", found), lambda _: [assembled(("Sessions", "strong"), (f"   {found}", "muted"))]
        )
        rows = [Row(str(card.path), (card,), partial(_draw, card)) for card in shown]
        if not cards:
            rows = [
                gap(),
                note("No sessions yet."),
                gap(),
                Row("new", (), lambda _: [assembled(("Start a new session", "strong"), ("   n", "muted"))]),
                Row(
                    "examples",
                    (),
                    lambda _: [assembled(("Look at worked examples", "strong"), ("   e", "muted"))],
                ),
            ]
        self.active_list.show([top, gap(), *rows])

    def show_hints(self) -> None:
        """Show the keys that work now."""
        hints = self.query_one(KeyHints)
        if self.focused is not None and self.focused.id == "typing":
            masks = [Hint("F3", "mask", "mask_typed")] if self._line.warning else []
            hints.show([Hint("Enter", "keep", "keep_typed"), *masks, Hint("Esc", "back", "stop_typing")])
            return
        keys = self.hints_of_keys()
        if self.room.visiting:
            keys = [replace(hint, does="your sessions") if hint.action == "leave" else hint for hint in keys]
            keys = [hint for hint in keys if hint.action != "follow"]
        hints.show(keys[:-1], keys[-1])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002
        """Show the keys that work now."""
        self.show_hints()

    # ---- keys

    @on(ItemList.Chosen)
    async def chosen(self, event: ItemList.Chosen) -> None:
        """Open the session that Enter or a second click means; Enter pressed twice opens it once."""
        if self.app.screen is not self:
            return
        if event.key in ("new", "examples"):
            await self.run_action(event.key)
            return
        card = next((card for card in self._cards or [] if str(card.path) == event.key), None)
        if card:
            why = await self.room.open_path(card.path)
            if why:
                self._explain(why)

    def _explain(self, why: str) -> None:
        from promote_tui.ui.help import Help  # noqa: PLC0415 - only when something is wrong

        self.app.push_screen(
            Help(
                "This file cannot be opened",
                [("It was not changed.", ""), ("", ""), *((line, "") for line in why.split("\n"))],
            )
        )

    def action_open(self) -> None:
        """Open the highlighted session."""
        self.active_list.action_choose()

    async def action_new(self) -> None:
        """Ask for a title and a team, then open the new session; never among the examples."""
        if self.room.visiting:
            await self.action_examples()
        elif self.room.demo:
            self.refuse("Nothing is kept here. Leave with q, then promote starts your own sessions.")
            return
        await self._start({}, self.room.new_session)

    async def action_follow(self) -> None:
        """Ask the same for a session that carries on from the highlighted one; never among the examples."""
        key = self.active_list.highlighted
        # what is due stands above the sessions: its row means the session that it belongs to
        card = next((card for card in self._cards or [] if str(card.path) in key), None)
        if self.room.demo:
            self.refuse("Nothing is kept here. q leaves the examples; o carries on a session of your own.")
        elif card is None:
            self.refuse("Highlight the session to carry on from.")
        elif card.problem:
            self.refuse(f"No session can carry on from this one: {card.problem}.")
        else:
            await self._start(
                {"title": card.title, "team": card.team}, partial(self.room.follow_session, card.path)
            )

    async def _start(
        self, answers: dict[str, str], make: "Callable[[str, str, str], Awaitable[str]]"
    ) -> None:
        """Ask what is to be known before a session begins, then have it made and opened."""
        if trouble := await asyncio.to_thread(self.room.library.trouble):
            self.refuse(trouble)
            return
        from promote_tui.ui import starting  # noqa: PLC0415 - not for the first paint

        async def start() -> None:
            why = await make(*(answers.get(name, "") for name in ("title", "team", "present")))
            if why:
                self.refuse(why)

        await self._ask(start, *starting.asks(answers))

    async def action_search(self) -> None:
        """Ask for words and show the sessions that have them."""
        from promote_tui.ui.asking import Ask  # noqa: PLC0415 - not for the first paint

        def words(text: str) -> str:
            self._words = text.strip()
            self.show()
            return ""

        await self._ask(
            None, lambda: Ask("Search", "Which words are in the title, team or file name?", words)
        )

    def action_all(self) -> None:
        """Show all sessions again."""
        self._words = ""
        self.show()

    async def action_examples(self) -> None:
        """Go to the worked examples, or back to the sessions."""
        await self.room.toggle_examples()
        self.active_list.highlighted = ""
        await self.read()
        self.show_hints()

    async def action_leave(self) -> None:
        """Leave the program, or the worked examples for one's own sessions."""
        if self.room.visiting:
            await self.action_examples()
        else:
            await self.room.action_quit()

    # ---- typing

    async def _ask(self, done: Any, *asks: "Callable[[], Ask]") -> None:
        from promote_tui.ui.widgets.capture_line import CaptureLine  # noqa: PLC0415 - not for the first paint

        found = list(self.query(CaptureLine))
        if found:
            line = found[0]
        else:
            line = CaptureLine("")
            await self.mount(line, before=self.query_one(KeyHints))
        self._done = done
        line.start_asking(asks)

    @property
    def _line(self) -> "CaptureLine":
        from promote_tui.ui.widgets.capture_line import CaptureLine  # noqa: PLC0415

        return self.query_one(CaptureLine)

    async def on_capture_line_asking(self, event: Any) -> None:
        """Show the question being answered; after the last one do what was asked for."""
        if event.ask:
            self.say(event.ask.question, ".accent")
            return
        if not self.query("#capture"):  # gone already: Escape was pressed twice
            return
        self.say("")
        self.active_list.focus()
        await self._line.remove()
        self.show_hints()
        done, self._done = self._done, None
        if done:
            await done()

    def on_capture_line_noticed(self, event: Any) -> None:
        """Say what the line looks like to the privacy guard."""
        self.warn_of(event.warning)
        self.show_hints()

    def on_typing_refused(self, event: Any) -> None:
        """Say why typing was not taken."""
        self.refuse(event.why)

    def on_typing_left(self) -> None:
        """Stop asking: a new session is not started after all."""
        self.action_stop_typing()

    def action_stop_typing(self) -> None:
        """Stop asking, forgetting what was asked for."""
        if not self.query("#capture"):
            return
        self._done = None
        self._line.clear()
        self._line.post_message(self._line.Asking(None))

    def action_keep_typed(self) -> None:
        """Keep what was typed, as Enter does."""
        self._line.typing.action_keep()

    def action_mask_typed(self) -> None:
        """Mask what looks like an identifier, as F3 does."""
        self._line.mask()

    _done: Any = None


def _draw(card: Card, width: int) -> list[Content]:
    """Draw one session: title, team, stage, where its changes stand, its day."""
    if card.problem:
        return columns([card.title, (f"cannot be opened: {card.problem}", "warn")], [width - 36, 34])
    day = f"{card.held_on:%d %b %Y}".lstrip("0") if card.held_on else ""
    ratings = Content("  ").join(plain(SIGNS[rating], rating) for rating in RATINGS if rating in card.ratings)
    team = 16 if width >= 76 else 0
    marks = 25 if width >= 96 else 0
    title = width - 9 - 11 - 6 - (team and team + 2) - (marks and marks + 2)
    return columns(
        [(card.title, "strong"), (card.team, "muted"), NUMBERED[card.stage], ratings, (day, "muted")],
        [title, team, 9, marks, 11],
    )
