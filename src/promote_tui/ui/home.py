"""Home: what was promised, then the saved sessions, newest first; open one, or start a new one."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from promote_tui.store.library import Card
from promote_tui.ui.background import in_background
from promote_tui.ui.due_rows import MORE, key_of
from promote_tui.ui.keys import key
from promote_tui.ui.tidying import Tidying
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, TitleLine
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Home(Tidying):
    """What is due in a library, and its sessions."""

    BINDINGS = [
        key("enter", "open", "open", "open the highlighted session"),
        key("n", "new", "new", "start a new session"),
        key("d", "due", "due", "all that is due, also what is still ahead; once more goes back"),
        key("q", "leave", "leave", "leave the program, or the worked examples"),
        key("slash", "search", "search", "list only sessions with these words"),
        key(
            "p",
            "portfolio",
            "portfolio",
            "all changes of all sessions: what is stuck, what works, who is missing",
        ),
        key("r", "look_back", "look back", "walk through the highlighted session; nothing can change"),
        key("o", "follow", "carry on", "start a session that carries on from the highlighted one"),
        key("f", "filter", "filter", "list only one team, stage, owner, rating, or what is put away"),
        key("e", "examples", "examples", "look at worked examples; nothing there is kept"),
        key("space", "preview", "preview", "what is known of the highlighted session", footer=False),
        key("c", "compare", "compare", "the highlighted session beside another one", footer=False),
        key(
            "t", "tried", "tried before", "what was tried for something, and what became of it", footer=False
        ),
        key("V", "versions", "versions", "earlier versions of the highlighted session", footer=False),
        key("R", "put_back", "put back", "put a session back whose file is gone", footer=False),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("escape", "all", "all", "show all sessions again", footer=False),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._opening = False

    def compose(self) -> ComposeResult:
        """Lay out title, list, message and key hints; preview and capture line come when they are needed."""
        yield TitleLine()
        yield MessageLine(id="rule")
        with Horizontal(id="shelf"):
            yield ItemList(id="sessions")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show what is known at once; the files are read after the first paint."""
        self.set_focus(self.active_list)
        self.show_hints()

    def on_resize(self) -> None:
        """Show as many promises as fit the new size."""
        self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Read the library again: coming back from a session it may have changed."""
        if not self.query("#capture"):  # what was said before is over, but a question still stands
            self.say("")
        self.read()

    def show_hints(self) -> None:
        """Show the keys that work now."""
        hints = self.query_one(KeyHints)
        if self.focused is not None and self.focused.id == "typing":
            masks = [Hint("F3", "mask", "mask_typed")] if self._line.warning else []
            if self._searching:
                hints.show([Hint("Enter ↓ Esc", "to the list", "keep_typed")])
                return
            hints.show(
                [Hint("Enter", self.enter_does, "keep_typed"), *masks, Hint("Esc", "back", "stop_typing")]
            )
            return
        idle = {"examples"} if self.room.visiting else set()
        idle |= set() if self._read and any(self._read.counts.values()) else {"due"}
        keys = [hint for hint in self.hints_of_keys() if hint.action not in idle]
        if self._all_due or self._wanted:
            keys = [replace(hint, does="all sessions") if hint.action == "leave" else hint for hint in keys]
        elif self.room.visiting:
            keys = [replace(hint, does="your sessions") if hint.action == "leave" else hint for hint in keys]
            keys = [hint for hint in keys if hint.action != "follow"]
        hints.show(keys[:-1], keys[-1])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002
        """Show the keys that work now."""
        self.show_hints()

    def on_item_list_highlighted(self, event: ItemList.Highlighted) -> None:
        """Show what is known of the session that is highlighted now."""
        if event.list is self.active_list:
            self._look_closer()

    # ---- keys

    @on(ItemList.Chosen)
    async def chosen(self, event: ItemList.Chosen) -> None:
        """Open the session that Enter or a second click means; Enter pressed twice opens it once."""
        if self.app.screen is not self or self._opening:
            return
        if event.key in ("new", "take_in", "examples", MORE):
            await self.run_action(event.key)
        elif due := next((one for one in self._dues if key_of(*one) == event.key), None):
            self._open(due[0], partial(self.room.open_due, due[0].path, due[1]))
        elif card := self._card():
            self._open(card, partial(self.room.open_path, card.path))

    def _open(self, card: Card, opening: "Callable[[], Awaitable[str]]") -> None:
        """Open a session, or say why not; on a slow folder home goes on meanwhile."""

        async def do() -> None:
            try:
                if why := await opening():
                    self._explain(why)
            finally:
                self._opening = False

        self._opening = True
        self.say(f"Opening {card.named} …")
        self.in_turn("opening", do)

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
        card = self._card()
        if self.room.demo:
            self.refuse("Nothing is kept here. q leaves the examples; o carries on a session of your own.")
        elif card is None:
            self.refuse("Highlight the session to carry on from.")
        elif card.problem:
            self.refuse(f"No session can carry on from this one: {card.problem}.")
        else:
            said = f"It carries on from {card.named}: what is open there comes along."
            catalogue = self.room.library.catalogue
            if other := await in_background(catalogue.carried_on_in, card.id):
                said = f"{other.named} carries it on already. Enter carries on all the same, Esc leaves."
            await self._start(
                {"title": card.title, "team": card.team}, partial(self.room.follow_session, card.path), said
            )

    async def action_put_back(self) -> None:
        """Put a session back whose file is gone."""
        if why := await self.room.put_back():
            self.refuse(why)

    async def action_versions(self) -> None:
        """Show the earlier versions of the highlighted session, also of one that cannot be opened."""
        card = self._card()
        if card is None:
            self.refuse("Highlight a session first.")
        elif why := await self.room.show_versions_of(card.path, card.id):
            self.refuse(why)

    async def _start(
        self, answers: dict[str, str], make: "Callable[[str, str, str], Awaitable[str]]", said: str = ""
    ) -> None:
        """Ask what is to be known before a session begins, then have it made and opened.

        ``said`` stands before the first question.
        """
        folder = self.room.library.folder
        if self._read and self._read.total and not await in_background(folder.is_dir):
            self.refuse(f"{folder} is not there just now, so no session can be kept in it.")
            return
        if trouble := await in_background(self.room.library.trouble):
            self.refuse(trouble)
            return
        from promote_tui.ui import starting  # noqa: PLC0415 - not for the first paint

        async def start() -> None:
            why = await make(*(answers.get(name, "") for name in ("title", "team", "present")))
            if why:
                self.refuse(why)

        await self._ask(start, *starting.asks(answers, said))

    def action_portfolio(self) -> None:
        """Show all changes over all sessions."""
        from promote_tui.ui.portfolio import PortfolioPage  # noqa: PLC0415 - not for the first paint

        self.app.push_screen(PortfolioPage(self.room.saved_sessions, self.room.open_change))

    def action_look_back(self) -> None:
        """Walk through the highlighted session without changing anything."""
        if (card := self._card()) is None:
            self.refuse("Highlight a session first.")
        elif not self._opening:
            self._open(card, partial(self.room.look_back, card.path))

    def action_compare(self) -> None:
        """Choose another session, and show both beside each other."""
        from promote_tui.ui.choose_other import ChooseOther  # noqa: PLC0415 - not for the first paint
        from promote_tui.ui.compare import show_compared  # noqa: PLC0415

        if (card := self._card()) is None:
            self.refuse("Highlight a session first.")
            return
        cards = self.room.library.catalogue.cards()
        self.app.push_screen(ChooseOther(card, cards, partial(show_compared, self.app, card)))

    async def action_tried(self) -> None:
        """Ask for words, and show what was tried for something like it."""
        from promote_tui.session.similar import Asking  # noqa: PLC0415 - not for the first paint
        from promote_tui.ui.asking import Ask  # noqa: PLC0415
        from promote_tui.ui.tried_before import page_of_words  # noqa: PLC0415

        asked: list[str] = []

        def words(text: str) -> str:
            asked.append(text)
            return ""

        async def look(path: Path) -> None:
            if why := await self.room.look_back(path):
                self._explain(why)

        async def show() -> None:
            self.app.push_screen(page_of_words(self.room, asked[-1], Asking(self.room.today()), look))

        question = "What would you like to try? Here is what others did about it."
        await self._ask(show, lambda: Ask("Tried", question, words, needed="Type what it is about, or Esc."))

    async def action_examples(self) -> None:
        """Go to the worked examples, or back to the sessions."""
        await self.room.toggle_examples()
        self._all_due, self._wanted, self._read, self._all = (), None, None, None
        self.active_list.highlighted = ""
        self.read()
        self.show_hints()

    async def action_leave(self) -> None:
        """Leave the program, or the worked examples for one's own sessions."""
        if self._all_due or self._wanted:
            self.action_all()
        elif self.room.visiting:
            await self.action_examples()
        else:
            await self.room.action_quit()
