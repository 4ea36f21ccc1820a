"""The room vote: hands raised for one item after the other, counted group by group."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from promote_tui.session.advice import about_votes, dots_shown
from promote_tui.session.edits import choose, items
from promote_tui.session.edits.details import read_hands
from promote_tui.session.model import PerVoice
from promote_tui.ui.asking import Ask
from promote_tui.ui.fields import Field, ask_for
from promote_tui.ui.typing_screen import TypingScreen


class Voting(TypingScreen):
    """A screen where hands can be counted: never one merged number, and nobody is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self._counting: Sequence[str] = ()

    def ask_for_hands(self, id: str, among: Sequence[str]) -> None:
        """Count the hands raised for an item, group by group, then for all the others; Esc ends."""
        here = among.index(id)
        self._counting = among
        self.capture.start_asking([partial(self._hands_ask, one) for one in (*among[here:], *among[:here])])

    def last_word(self) -> str:
        """Return for how many items hands are counted, after a vote."""
        among, self._counting = self._counting, ()
        votes = self._votes()
        voted = sum(1 for id in among if votes.get(id, PerVoice()) != PerVoice())
        said = super().last_word()
        return f"Hands are counted for {voted} of {len(among)}." if among else said

    def _hands_ask(self, id: str) -> Ask | None:
        if id not in self._votes():
            return None
        question = f"Hands up for “{self.words_of(id)}”: how many patients, carers, staff?"
        dots = dots_shown(self.session, "ideas" if items.kind_of(id) == "idea" else "candidates")
        votes = Field(
            id,
            "Hands",
            f"{question}   {dots}".rstrip(),
            self._votes()[id],
            lambda session, value: choose.vote(session, id, value),
            "hands",
            hint="three numbers in one line, such as 3 1 5",
        )
        ask = ask_for(votes, self.edit, self.room.today())
        doubted = ""

        def answer(text: str) -> str:
            nonlocal doubted
            hint = self._doubt(text)
            if hint and text != doubted:  # asked once; whoever keeps it means it
                doubted = text
                return f"{hint} Enter keeps it."
            return ask.answer(text)

        return replace(ask, answer=answer)

    def _votes(self) -> dict[str, PerVoice]:
        """Return the hands counted so far, for every item that can have some."""
        votes = {one.id: one.votes for one in self.session.candidates}
        return votes | {one.id: one.votes for one in self.session.ideas}

    def _doubt(self, text: str) -> str:
        """Return what is odd about hands as they were typed; nothing when they are no hands at all."""
        try:
            hint = about_votes(self.session, read_hands(text))
        except items.EditError:
            return ""
        return hint.words if hint else ""
