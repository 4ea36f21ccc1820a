"""Home: what was promised, then the saved sessions, newest first; open one, or start a new one."""

import asyncio
import time
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult

from promote_tui.session.text import number_of
from promote_tui.store import durable
from promote_tui.store.library import Card, Library, LibraryError
from promote_tui.store.promises import carried_on_in
from promote_tui.ui.due_rows import MORE, Dues, all_promised, first_to_do, key_of, promised
from promote_tui.ui.home_typing import HomeTyping
from promote_tui.ui.keys import key
from promote_tui.ui.rows import gap
from promote_tui.ui.session_rows import nothing_yet, session_rows, sessions_title
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, TitleLine
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Home(HomeTyping):
    """What is due in a library, and its sessions."""

    BINDINGS = [
        key("enter", "open", "open", "open the highlighted session"),
        key("n", "new", "new", "start a new session"),
        key("d", "due", "due", "all that is due, also what is still ahead; once more goes back"),
        key("q", "leave", "leave", "leave the program, or the worked examples"),
        key("o", "follow", "carry on", "start a session that carries on from the highlighted one"),
        key("slash", "search", "search", "show only sessions with these words"),
        key("V", "versions", "versions", "earlier versions of the highlighted session", footer=False),
        key("R", "put_back", "put back", "put a session back whose file is gone", footer=False),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("escape", "all", "all", "show all sessions again", footer=False),
        key("e", "examples", "examples", "look at worked examples; nothing there is kept"),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] | None = None
        self._words = ""
        self._waiting = 0
        self._dues: Dues = ()
        self._today = date.min
        self._all_due = False
        self._seen: object = None
        """The session that was open when the library was shown last."""
        self._left_at = ""
        """The row that was highlighted when all that is due was asked for."""

    def compose(self) -> ComposeResult:
        """Lay out title, list, message and key hints; the capture line comes when it is needed."""
        yield TitleLine()
        yield MessageLine(id="rule")
        yield ItemList(id="sessions")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what is known at once; the files are read after the first paint."""
        self.set_focus(self.active_list)
        self.show_hints()

    def on_resize(self) -> None:
        """Show as many promises as fit the new size."""
        if self._cards is not None:
            self.show()

    async def on_screen_resume(self) -> None:
        """Read the library again: coming back from a session it may have changed."""
        if not self.query("#capture"):  # what was said before is over, but a question still stands
            self.say("")
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
        today, cards, dues = self.room.today(), [], []
        try:
            await asyncio.to_thread(durable.sweep, library.folder, time.time())
            cards = await asyncio.to_thread(library.cards)
            dues = await asyncio.to_thread(library.dues, cards, today)
            self._waiting = await asyncio.to_thread(library.waiting)
            trouble = await asyncio.to_thread(library.trouble)
        except LibraryError as error:
            trouble = str(error)
        self._cards, self._dues, self._today = cards, dues, today
        if self.is_attached:
            self._point_at_what_was_left()
            self.show()
            self.show_hints()
            if trouble:
                self.refuse(trouble)
            elif self.room.parting_words:
                self.say(self.room.parting_words)
            self.room.parting_words = ""
            self.call_after_refresh(self._look_for_work_left)

    def _point_at_what_was_left(self) -> None:
        """Highlight the session that the room comes from, or leave the highlight on what is due of it."""
        opened = self.room.opened
        if opened is None or opened is self._seen:
            return
        self._seen, path = opened, opened.saver.file.path
        rows, of_it = self.active_list, {key_of(card, due) for card, due in self._dues if card.path == path}
        now = rows.highlighted or first_to_do(self._dues, self._today)
        if now not in of_it and any(card.path == path for card in self._cards or []):
            rows.highlighted = str(path)

    def point_at(self, path: Path) -> None:
        """Highlight the session of a file."""
        self.active_list.highlighted = str(path)

    def _look_for_work_left(self) -> None:
        self.run_worker(self.room.look_for_work_left(), exit_on_error=False)

    def show(self) -> None:
        """Show the sessions below what was promised, or all that is due, or what to do first."""
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
        if self._all_due and self._dues:
            rows = all_promised(self._dues, self._today)
        else:
            promises = [] if self._words else promised(self._dues, self._today, self.size.height)
            rows = [
                *promises,
                sessions_title(found),
                gap(),
                *(session_rows(shown) if cards else nothing_yet()),
            ]
        if not self.active_list.highlighted:
            first = first_to_do(self._dues, self._today) or (str(shown[0].path) if shown else "")
            self.active_list.highlighted = first
        self.active_list.show(rows)

    def show_hints(self) -> None:
        """Show the keys that work now."""
        hints = self.query_one(KeyHints)
        if self.focused is not None and self.focused.id == "typing":
            masks = [Hint("F3", "mask", "mask_typed")] if self._line.warning else []
            hints.show([Hint("Enter", "keep", "keep_typed"), *masks, Hint("Esc", "back", "stop_typing")])
            return
        idle = {"examples"} if self.room.visiting else set()
        idle |= set() if self._dues else {"due"}
        keys = [hint for hint in self.hints_of_keys() if hint.action not in idle]
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
        if event.key in ("new", "examples", MORE):
            await self.run_action(event.key)
            return
        why = ""
        if due := next((one for one in self._dues if key_of(*one) == event.key), None):
            why = await self.room.open_due(due[0].path, due[1])
        elif card := next((card for card in self._cards or [] if str(card.path) == event.key), None):
            why = await self.room.open_path(card.path)
        if why:
            self._explain(why)

    def _explain(self, why: str) -> None:
        from promote_tui.ui.help import Help  # noqa: PLC0415 - only when something is wrong

        self.app.push_screen(
            Help(
                "This file cannot be opened",
                [
                    ("It was not changed. Back at home, V shows its earlier versions.", ""),
                    ("", ""),
                    *((line, "") for line in why.split("\n")),
                ],
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
        of_due = next((str(card.path) for card, due in self._dues if key_of(card, due) == key), key)
        card = next((card for card in self._cards or [] if str(card.path) == of_due), None)
        if self.room.demo:
            self.refuse("Nothing is kept here. q leaves the examples; o carries on a session of your own.")
        elif card is None:
            self.refuse("Highlight the session to carry on from.")
        elif card.problem:
            self.refuse(f"No session can carry on from this one: {card.problem}.")
        else:
            said = ""
            if other := carried_on_in(self._cards or [], card.id):
                said = f"{other.named} carries it on already. Enter goes on all the same, Esc leaves."
            await self._start(
                {"title": card.title, "team": card.team}, partial(self.room.follow_session, card.path), said
            )

    async def action_put_back(self) -> None:
        """Put a session back whose file is gone."""
        if why := await self.room.put_back():
            self.refuse(why)

    async def action_versions(self) -> None:
        """Show the earlier versions of the highlighted session, also of one that cannot be opened."""
        key = self.active_list.highlighted
        card = next((card for card in self._cards or [] if str(card.path) == key), None)
        if card is None:
            self.refuse("Highlight a session first.")
        elif why := await self.room.show_versions_of(card.path):
            self.refuse(why)

    async def _start(
        self, answers: dict[str, str], make: "Callable[[str, str, str], Awaitable[str]]", said: str = ""
    ) -> None:
        """Ask what is to be known before a session begins, then have it made and opened.

        ``said`` stands before the first question.
        """
        if trouble := await asyncio.to_thread(self.room.library.trouble):
            self.refuse(trouble)
            return
        from promote_tui.ui import starting  # noqa: PLC0415 - not for the first paint

        async def start() -> None:
            why = await make(*(answers.get(name, "") for name in ("title", "team", "present")))
            if why:
                self.refuse(why)

        await self._ask(start, *starting.asks(answers, said))

    async def action_search(self) -> None:
        """Ask for words and show the sessions that have them."""
        from promote_tui.ui.asking import Ask  # noqa: PLC0415 - not for the first paint

        def words(text: str) -> str:
            self._words, self._all_due = text.strip(), False
            self.show()
            return ""

        await self._ask(
            None, lambda: Ask("Search", "Which words are in the title, team or file name?", words)
        )

    def action_all(self) -> None:
        """Show all sessions again, with what is due above them."""
        self._words = ""
        self._show_dues(all=False)

    def action_due(self) -> None:
        """Show all that is due, also what is still ahead, or the sessions again."""
        if not self._dues:
            self.say("Nothing is due or ahead. What is taken on in 4 Own shows here on its days.")
            return
        self._words = ""
        self._show_dues(all=not self._all_due)

    def _show_dues(self, *, all: bool) -> None:
        rows = self.active_list
        if all and not self._all_due:
            self._left_at, rows.highlighted = rows.highlighted, key_of(*self._dues[0])
        elif self._all_due and not all:
            rows.highlighted = self._left_at
        self._all_due = all
        self.show()

    async def action_examples(self) -> None:
        """Go to the worked examples, or back to the sessions."""
        await self.room.toggle_examples()
        self._all_due = False
        self.active_list.highlighted = ""
        await self.read()
        self.show_hints()

    async def action_leave(self) -> None:
        """Leave the program, or the worked examples for one's own sessions."""
        if self.room.visiting:
            await self.action_examples()
        else:
            await self.room.action_quit()
