"""How the app makes a session: a new one, one of what is parked, one that carries on, one for elsewhere."""

import asyncio
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from promote_tui.store.library import LibraryError
from promote_tui.ui.background import in_background
from promote_tui.ui.keeping import KeepingApp

if TYPE_CHECKING:
    from promote_tui.session.model import Session
    from promote_tui.store.session_file import SessionFile


class NewSessions(KeepingApp):
    """A program that makes sessions in its library."""

    async def new_session(self, title: str, team: str, present: str = "") -> str:
        """Make a session in the library and open it; return why not, or nothing.

        ``present`` says who is in the room, as ``3 1 5``.
        """
        from promote_tui.session.edits import details  # noqa: PLC0415 - pydantic

        return await self._begin(
            lambda id: details.begin(id=id, title=title, team=team, now=self.now()), present
        )

    async def follow_session(self, path: Path, title: str, team: str, present: str = "") -> str:
        """Make a session that carries on from the one in a file, and open it; return why not, or nothing."""
        from promote_tui.session.edits import carrying  # noqa: PLC0415 - pydantic
        from promote_tui.store.session_file import CannotReadError, SessionFile  # noqa: PLC0415

        try:
            reading = (await in_background(SessionFile.open, path)).reading
        except CannotReadError as error:
            return str(error)
        if reading.cut_short:
            return "The end of this file is missing, so nothing carries on from it. V shows earlier versions."
        if (old := reading.session) is None:
            return "There are mistakes in this file, so no session can carry on from it. Enter names them."
        return await self._begin(
            lambda id: carrying.follow_on(old, new_id=id, title=title, team=team, now=self.now()), present
        )

    async def make_next_session(self, id: str) -> str:
        """Make a session of a parked item and mark it so; return why not, or nothing."""
        from promote_tui.session.edits import parking  # noqa: PLC0415 - pydantic

        return await self._make_beside(
            lambda new: parking.next_session(self.session, id, new_id=new, now=self.now()),
            "make a session of it",
            lambda session, new: parking.became(session, id, new),
        )

    async def try_elsewhere(self, id: str, title: str, team: str) -> str:
        """Make a session that tries a runner in another place, and mark it so; return why not, or nothing."""
        from promote_tui.session.edits import carrying  # noqa: PLC0415 - pydantic

        return await self._make_beside(
            lambda new: carrying.scale_up(
                self.session, id, new_id=new, title=title, team=team, now=self.now()
            ),
            "try it in another place",
            lambda session, _: carrying.scaling(session, id),
        )

    async def _begin(self, make: "Callable[[str], Session]", present: str) -> str:
        """Make a session, given its identity, and open it; return why not, or nothing."""
        from promote_tui.session.edits import details  # noqa: PLC0415 - pydantic

        made = await self._add(
            lambda id: details.set_present(make(id), details.read_hands(present)), str(uuid.uuid4())
        )
        if isinstance(made, str):
            return made
        await self.open_file(made)
        self._at_work.touched = True
        return ""

    async def _make_beside(
        self, make: "Callable[[str], Session]", words: str, mark: "Callable[[Session, str], Session]"
    ) -> str:
        """Make a session that waits at home, and mark the open one; return why not, or nothing."""
        if self.read_only:
            return self.read_only
        made = await self._add(make, id := str(uuid.uuid4()))
        return made if isinstance(made, str) else self.edit(words, lambda session: mark(session, id))

    async def _add(self, make: "Callable[[str], Session]", id: str) -> "SessionFile | str":
        """Write a session to the library; return its file, or why there is none."""
        from promote_tui.session.edits.items import EditError  # noqa: PLC0415 - pydantic
        from promote_tui.store.durable import NotSavedError  # noqa: PLC0415

        try:
            return await asyncio.to_thread(self.library.add, make(id))
        except (EditError, LibraryError, NotSavedError) as error:
            return str(error)
