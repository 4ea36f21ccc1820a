"""Keeping the library tidy from home: rename, put away, throw away, copy as a template, take in."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from promote_tui.session.text import number_of
from promote_tui.store.library import Card
from promote_tui.ui.background import in_background
from promote_tui.ui.home_searching import HomeSearching
from promote_tui.ui.keys import key

_Result = TypeVar("_Result")
_NEEDS_TITLE = "A session needs a title."


class Tidying(HomeSearching):
    """A list of sessions in which the highlighted one can be tidied."""

    BINDINGS = [
        key("N", "rename", "rename", "give the highlighted session another title", footer=False),
        key(
            "D", "template", "template", "a new session with its process, nothing that was said", footer=False
        ),
        key("A", "put_away", "put away", "put the highlighted session away, or take it back", footer=False),
        key("x,delete", "throw_away", "throw away", "throw the highlighted session away", footer=False),
        key("u,ctrl+z", "move_back", "undo", "take back what was put away last", footer=False),
        key("I", "take_in", "take in", "take sessions in, from a folder or a .zip", footer=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._moved: Card | None = None
        """The session that was put away or taken back last, as it lies now."""

    @property
    def enter_does(self) -> str:
        """Return what Enter does with the question that stands, as the footer says it."""
        ask = self._line.ask if self.query("#capture") else None
        return _ENTER_DOES.get(ask.label, "keep") if ask else "keep"

    def _tidied(self) -> "Card | None":
        """Return the highlighted session if it can be tidied, or say why not."""
        card = self._card()
        if self.room.demo:
            self.refuse(_IN_EXAMPLES)
        elif card is None:
            self.refuse("Highlight a session first.")
        elif self.active_list.highlighted != str(card.path):
            self.refuse("Highlight the session itself, below what was promised in it.")
        elif card.problem:
            self.refuse(f"This file stays as it is: {card.problem}.")
        else:
            return card
        return None

    async def _do(self, work: "Callable[[], _Result]") -> "_Result | None":
        """Do something on a thread and return what came of it; when it is refused, say why."""
        from promote_tui.store.tidying import StaysError  # noqa: PLC0415 - pydantic

        try:
            return await in_background(work)
        except StaysError as error:
            self.refuse(str(error))
            return None

    def _show_at(self, path: Path, words: str) -> None:
        """Show the library as it is now with this file highlighted, and say what was done."""
        self.point_at(path)
        self.read()
        self.say(words)

    async def action_rename(self) -> None:
        """Ask for another title for the highlighted session, and give it to it."""
        card = self._tidied()
        if card is None:
            return
        from promote_tui.store import tidying  # noqa: PLC0415 - pydantic
        from promote_tui.ui.asking import Ask  # noqa: PLC0415

        path, answers = card.path, {"title": card.title}

        async def rename() -> None:
            title = answers["title"]
            if title == card.title:
                self.say("The title stays as it is.")
            elif saved := await self._do(partial(tidying.rename, path, title, self.room.now())):
                self._show_at(saved.path, saved.note or f"It is called “{title}” now.")

        await self._ask(
            rename,
            lambda: Ask(
                "Title",
                "What shall this session be called?",
                partial(_keep, answers, "title"),
                card.title,
                needed=_NEEDS_TITLE,
            ),
        )

    async def action_template(self) -> None:
        """Ask for title and team, and make a session with the process of the highlighted one."""
        card = self._tidied()
        if card is None:
            return
        from promote_tui.store import tidying  # noqa: PLC0415 - pydantic
        from promote_tui.ui.asking import Ask  # noqa: PLC0415

        path, answers = card.path, {"title": card.title, "team": ""}

        async def copy() -> None:
            make = partial(
                tidying.copy_as_template,
                self.room.library,
                path,
                **answers,
                now=self.room.now(),
                new_id=str(uuid.uuid4()),
            )
            if made := await self._do(make):
                words = f"“{answers['title']}” has the same process, and nothing that was said."
                if made.looks_like:
                    places = number_of(len(made.looks_like), "place looks", "places look")
                    words += f" {places} as if it could show who a person is: open it, k takes that out."
                self.want(None)  # the new one need not have what was searched for
                self._show_at(made.file.path, words)

        await self._ask(
            copy,
            lambda: Ask(
                "Title",
                "The same process again, without what was said. What shall it be called?",
                partial(_keep, answers, "title"),
                card.title,
                needed=_NEEDS_TITLE,
            ),
            lambda: Ask(
                "Team",
                "Which ward or team is it for? Enter leaves it open.",
                partial(_keep, answers, "team"),
            ),
        )

    async def action_put_away(self) -> None:
        """Put the highlighted session away, or take it back."""
        card = self._tidied()
        if card is None:
            return
        from promote_tui.store import tidying  # noqa: PLC0415 - pydantic

        move = tidying.take_back if card.put_away else tidying.put_away
        if path := await self._do(partial(move, self.room.library, card.path)):
            self._moved = replace(card, path=path, put_away=not card.put_away)
            words = "is back among the sessions" if card.put_away else "is put away: f lists those"
            self._show_at(path, f"{card.named} {words}.   u undo")

    async def action_move_back(self) -> None:
        """Take back the last putting away, or the last taking back."""
        from promote_tui.store import tidying  # noqa: PLC0415 - pydantic

        if (card := self._moved) is None:
            self.refuse("Nothing to undo here: u takes back what was put away last.")
            return
        move = tidying.take_back if card.put_away else tidying.put_away
        if path := await self._do(partial(move, self.room.library, card.path)):
            self._moved = None
            self._show_at(path, f"{card.named} is where it was.")

    async def action_throw_away(self) -> None:
        """Ask once more, then throw the highlighted session away."""
        card = self._tidied()
        if card is None:
            return
        from promote_tui.store import tidying  # noqa: PLC0415 - pydantic
        from promote_tui.ui.asking import Ask  # noqa: PLC0415

        path, title = card.path, card.named

        def throw_away() -> bool:
            tidying.throw_away(path)
            return True

        async def sure() -> None:
            if await self._do(throw_away):
                self.read()
                self.say(f"{title} is in the bin of this computer.")

        await self._ask(
            sure,
            lambda: Ask(
                "Throw away",
                f"{title} goes to the bin of this computer. Enter throws it away, Esc keeps it.",
                lambda text: "" if text == _SURE else "Enter alone throws it away, Esc keeps it.",
                hint="Enter, or Esc",
                enter=_SURE,
                whole=True,
            ),
        )

    async def action_take_in(self) -> None:
        """Ask where sessions come from, then take them in on a page of their own."""
        if self.room.demo:
            self.refuse(_IN_EXAMPLES)
            return
        from promote_tui.ui.asking import Ask  # noqa: PLC0415 - not for the first paint

        sources: list[Path] = []

        def found(text: str) -> str:
            source = _path_in(text)
            if not source.exists():
                return f"There is no folder and no file {source}."
            sources.append(source)
            return ""

        async def take_in() -> None:
            from promote_tui.ui.taking_in import TakingIn  # noqa: PLC0415

            self.app.push_screen(TakingIn(sources[-1], self.point_at))

        await self._ask(
            take_in,
            lambda: Ask(
                "From",
                "Which folder, or which .zip, do the sessions come from?",
                found,
                hint="its path; a folder can be dragged in here",
                needed="Type a folder or a .zip, or press Esc.",
            ),
        )


_IN_EXAMPLES = "Nothing is kept here. q leaves the examples."
_ENTER_DOES = {"Throw away": "throw away", "From": "take in", "Tried": "show"}
"""What Enter does with the answer to a question, by its label; others keep it."""
_SURE = "yes, throw it away"
"""What Enter alone answers; nobody types it by accident."""


def _keep(answers: dict[str, str], name: str, text: str) -> str:
    answers[name] = text
    return ""


def _path_in(text: str) -> Path:
    """Return the path that was typed, or dragged in, which puts quotation marks around it."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    path = Path(text)
    try:
        return path.expanduser().absolute()
    except RuntimeError:  # nobody here has that name, so it is just a "~"
        return path.absolute()
