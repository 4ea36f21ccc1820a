"""Which sessions home lists: a search, a filter, all that is due, a preview, and all of them again."""

from dataclasses import replace

from promote_tui.ui.background import in_background
from promote_tui.ui.due_rows import key_of
from promote_tui.ui.home_reading import HomeReading


class HomeSearching(HomeReading):
    """A screen whose list of sessions is narrowed by keys."""

    def __init__(self) -> None:
        super().__init__()
        self._searching = False
        self._left_at = ""
        """The row that was highlighted when all that is due was asked for."""

    async def action_search(self) -> None:
        """Ask for words and list the sessions that have them, while they are typed."""
        from promote_tui.ui.asking import Ask  # noqa: PLC0415 - not for the first paint

        words = self._wanted.words if self._wanted else ""
        question = "Which words? Each one narrows the list; the beginning of a word is enough."
        self._searching = True
        await self._ask(
            self._searched, lambda: Ask("Search", question, lambda _: "", words, whole=True, live=True)
        )

    def on_capture_line_typed(self) -> None:
        """List the sessions that have the words of the search as they stand now."""
        if self._searching and self._line.ask:
            self._search(self._line.text)

    def _search(self, words: str) -> None:
        from promote_tui.store.catalogue import Wanted  # noqa: PLC0415 - not for the first paint

        wanted = replace(self._wanted or Wanted(), words=words.strip())
        if wanted != (self._wanted or Wanted()):
            self.active_list.highlighted = ""
            self.want(None if wanted == Wanted() else wanted)

    def action_stop_typing(self) -> None:
        """Stop asking. What a search has found stays listed."""
        self._searching = False
        super().action_stop_typing()

    async def _searched(self) -> None:
        self._searching = False

    def action_filter(self) -> None:
        """Choose a team, a stage, an owner, a rating … that the list is narrowed to."""
        from promote_tui.store.catalogue import Wanted  # noqa: PLC0415 - not for the first paint
        from promote_tui.ui.filtering import Filtering  # noqa: PLC0415

        catalogue = self.room.library.catalogue

        def narrow(wanted: Wanted) -> int:
            # shown when the page is closed: home is read again then
            self._wanted = None if wanted == Wanted() else wanted
            return catalogue.count(wanted)

        self.active_list.highlighted = ""
        self.app.push_screen(Filtering(self._wanted or Wanted(), catalogue.choices, narrow))

    def action_preview(self) -> None:
        """Show or hide what is known of the highlighted session."""
        self._previewing = not self.previews
        self._look_closer()

    def action_all(self) -> None:
        """Show all sessions again, with what is due above them."""
        if self._all_due:
            self._all_due, self.active_list.highlighted = (), self._left_at
            self.show()
        elif self._wanted:
            card = self._card()
            self.want(None)
            self.active_list.highlighted = str(card.path) if card else ""

    async def action_due(self) -> None:
        """Show all that is due, also what is still ahead, or the sessions again."""
        if self._all_due:
            self.action_all()
            return
        found = await in_background(self.room.library.catalogue.due, self.room.today())
        if not found:
            self.say("Nothing is due or ahead. What is taken on in 4 Own shows here on its days.")
            return
        self._left_at, self._all_due = self.active_list.highlighted, found
        self.active_list.highlighted = key_of(*found[0])
        self.show()
