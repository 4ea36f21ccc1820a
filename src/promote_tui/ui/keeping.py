"""What the room can do about trouble with a file: earlier versions, another folder, another window."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from promote_tui.ui.opening import OpeningApp

if TYPE_CHECKING:
    from promote_tui.session.model import Session
    from promote_tui.ui.home import Home


class KeepingApp(OpeningApp):
    """A program that finds what was lost from sight: other states of a session, in other files too."""

    def show_versions(self) -> None:
        """Show the earlier versions of the open session, and its other files."""
        from promote_tui.ui.versions import EarlierVersions, Wanted  # noqa: PLC0415 - only when asked for

        path = self.saver.file.path
        wanted = Wanted(self.session.id, path, self.library, lambda: self.session, self.read_only)
        self.push_screen(EarlierVersions(wanted, partial(self._go_on_in_copy, path)))

    async def show_versions_of(self, path: Path) -> str:
        """Show the earlier versions of a session that is not open; return why not, or nothing.

        The session is opened for it, unless nobody can.
        """
        why = await self.open_path(path)
        if not why:
            self.show_versions()
            return ""
        from promote_tui.store import copies, session_file  # noqa: PLC0415 - only when asked for
        from promote_tui.ui.versions import EarlierVersions, Wanted  # noqa: PLC0415

        try:
            id = copies.id_in(await asyncio.to_thread(session_file.read_bytes, path))
        except session_file.CannotReadError as error:
            return str(error)
        if not id:
            return f"{path.name} says nowhere which session it is, so none of its versions is known."
        wanted = Wanted(
            id, path, self.library, why_not="This file cannot be read, and nothing in it is changed."
        )
        self.push_screen(EarlierVersions(wanted, partial(self._go_on_in_copy, path)))
        return ""

    async def _go_on_in_copy(self, path: Path, session: "Session") -> None:
        """Write a state of a session to a new file beside ``path``, and open that."""
        from promote_tui.store import copies  # noqa: PLC0415 - only when asked for
        from promote_tui.store.durable import NotSavedError  # noqa: PLC0415

        if self.in_session:
            await self.action_home()
        try:
            new = await asyncio.to_thread(copies.write_beside, path, session, self.now())
            why = await self.open_path(new)
        except NotSavedError as error:
            why = str(error)
        if why:
            cast("Home", self.screen).refuse(why)
        else:
            self.stage_screen.say(f"This is a copy now: {new.name}. {path.name} stays as it is.")

    async def take_over(self) -> str:
        """Open the session once more, for changes, when the other window is closed; return why not."""
        if not self.lock or not self.read_only:
            return self.read_only or "This session can be changed here already."
        if not self.lock.is_free():
            return "The other window still has it open."
        path = self.saver.file.path
        await self.action_home()
        if why := await self.open_path(path):
            cast("Home", self.screen).refuse(why)
        return ""

    async def save_elsewhere(self, folder: str) -> str:
        """Go on in a new file in another folder; return why not, or nothing."""
        if not folder.strip():
            return "Which folder shall it be?"
        place = Path(folder.strip()).expanduser().absolute()
        return await asyncio.to_thread(self.saver.save_copy, place)

    def on_app_focus(self) -> None:
        """Look whether somebody changed the file while the room looked elsewhere."""
        if self.in_session:
            self.saver.recheck()
