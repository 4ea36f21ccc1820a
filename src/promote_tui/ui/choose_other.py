"""The page on which the session to compare with is chosen, the most likely ones first."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby

from textual import on
from textual.app import ComposeResult

from promote_tui.store.library import Card
from promote_tui.store.likely import Kinship, others_to_compare
from promote_tui.ui.asking import Ask
from promote_tui.ui.home_typing import HomeTyping
from promote_tui.ui.keys import key
from promote_tui.ui.plain import plain
from promote_tui.ui.rows import gap, heading, note
from promote_tui.ui.session_rows import session_rows
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.item_list import ItemList, Row

_MOST = 50
"""Sessions that are listed at once: whoever wants another one knows a word of it."""
_MORE = "more"
"""The key of the row that says how many are not listed."""
_HEADINGS: dict[Kinship, str] = {
    "one line": "Carried on from one another, or tried elsewhere",
    "like words": "A process of that name, or nearly",
    "one team": "The same team",
    "one session": "Other files of the very same session",
    "another": "Other sessions",
}


class ChooseOther(HomeTyping):
    """The other sessions of a library; ``done`` gets the one that is chosen, and returns why not.

    The page stays under what is shown then, so that another one can be chosen.
    """

    help_title = "Which session to compare with"
    BINDINGS = [
        key("enter", "choose", "compare", "compare with the highlighted session"),
        key("slash", "search", "search", "show only sessions with these words"),
        key("b", "app.curtain", "curtain", "blank the screen at once", shown="b F2", footer=False),
        key("escape", "back", "back", "all of them again, or back to the sessions", shown="Esc"),
        key("q", "close", "close", "back to the sessions", footer=False),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self, card: Card, cards: Sequence[Card], done: Callable[[Card], Awaitable[str]]) -> None:
        super().__init__()
        self._card, self._cards, self._done_with = card, cards, done
        self._others: list[tuple[Kinship, Card]] | None = None
        self._words = ""

    def compose(self) -> ComposeResult:
        """Lay out title, question, sessions, message and key hints."""
        yield TitleLine()
        yield QuestionBand()
        yield ItemList(id="others")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the question at once; which sessions are likely is worked out on a thread."""
        self.query_one(TitleLine).title = "Then and now"
        self.query_one(QuestionBand).question = f"Which session do you want beside {self._card.named}?"
        self.active_list.focus()
        self.show_hints()
        self.show()
        self.run_worker(self._look(), exit_on_error=False)

    async def _look(self) -> None:
        self._others = await asyncio.to_thread(others_to_compare, self._card, self._cards)
        self.show()

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on."""
        return self.query_one("#others", ItemList)

    def show_hints(self) -> None:
        """Show the keys that work now."""
        hints = self.query_one(KeyHints)
        if self.query("#capture"):
            masks = [Hint("F3", "mask", "mask_typed")] if self._line.warning else []
            hints.show([Hint("Enter", "keep", "keep_typed"), *masks, Hint("Esc", "back", "stop_typing")])
        else:
            keys = self.hints_of_keys()
            hints.show(keys[:-1], keys[-1])

    def show(self) -> None:
        """Show the likely sessions, or those with the words that were searched for."""
        if self._others is None:
            self.active_list.show([note("…")])
            return
        words = self._words.casefold().split()
        found = [one for one in self._others if all(word in _text(one[1]) for word in words)]
        rows: list[Row] = []
        for kinship, some in groupby(found[:_MOST], key=lambda one: one[0]):
            rows += [gap()] if rows else []
            rows += [
                heading(_HEADINGS[kinship]),
                *session_rows([card for _, card in some], self.active_list.size.width),
            ]
        if len(found) > _MOST:
            more = f"and {len(found) - _MOST:,} more   / finds them by a word"
            rows += [gap(), Row(_MORE, (more,), lambda _: [plain(more, "muted")])]
        if not found:
            there = f"No other session has “{self._words}”." if self._words else "There is no other session."
            rows = [note(there)]
        self.active_list.show(rows)

    @on(ItemList.Chosen)
    async def action_choose(self) -> None:
        """Hand over the highlighted session."""
        path = self.active_list.highlighted
        if path == _MORE:
            await self.action_search()
            return
        card = next((one for _, one in self._others or [] if str(one.path) == path), None)
        if card is None:
            self.refuse("There is no session to compare with.")
        elif self.app.screen is self:  # Enter pressed twice opens one page
            self.refuse(await self._done_with(card))

    async def action_search(self) -> None:
        """Ask for words and show the sessions that have them."""

        def words(text: str) -> str:
            self._words = text.strip()
            self.active_list.highlighted = ""
            self.show()
            return ""

        ask = Ask("Search", "Which words are in the title, team, process or file name?", words)
        await self._ask(None, lambda: ask)
        self.show_hints()

    def action_back(self) -> None:
        """Show all sessions again, or go back."""
        if not self._words:
            self.dismiss()
            return
        self._words = ""
        self.show()
        self.say("All sessions again.")

    def action_close(self) -> None:
        """Go back to the sessions."""
        self.dismiss()


def _text(card: Card) -> str:
    return f"{card.title} {card.team} {card.process} {card.path.stem}".casefold()
