"""What the room can do about trouble with a file: earlier versions, another folder, another window."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from promote_tui.store import places
from promote_tui.ui.background import in_background
from promote_tui.ui.looking_app import LookingApp

if TYPE_CHECKING:
    from promote_tui.session.model import Session
    from promote_tui.store.recovery import Slot
    from promote_tui.ui.home import Home


class KeepingApp(LookingApp):
    """A program that finds what was lost from sight: other states of a session, in other files too."""

    _left: "list[Slot] | None" = None
    """What was left of sessions whose file is gone; None before it was looked for."""

    def show_versions(self, then: Callable[[object], None] | None = None) -> None:
        """Show the earlier versions of the open session, and its other files; then do what follows."""
        from promote_tui.ui.versions import EarlierVersions, Wanted  # noqa: PLC0415 - only when asked for

        path = self.saver.file.path
        wanted = Wanted(self.session.id, path, self.library, lambda: self.session, self.read_only)
        go_on = None if self.looking else partial(self._go_on_in_copy, path)
        self.push_screen(EarlierVersions(wanted, go_on), then)

    async def show_versions_of(self, path: Path, known_as: str = "") -> str:
        """Show the earlier versions of a session that is not open; return why not, or nothing.

        The session is opened for it, unless nobody can; ``known_as`` is its id if its file was read before.
        """
        why = await self.open_path(path)
        if not why:
            opened = self.opened

            def home_again(_: object) -> None:
                # nothing was taken over: home is where the room was
                if opened is self.opened and opened and not opened.touched:
                    self.call_later(self.action_home)

            self.show_versions(home_again)
            return ""
        from promote_tui.store import copies, session_file  # noqa: PLC0415 - only when asked for
        from promote_tui.ui.versions import EarlierVersions, Wanted  # noqa: PLC0415

        try:
            id = copies.id_in(await in_background(session_file.read_bytes, path)) or known_as
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

    async def look_for_work_left(self) -> None:
        """Say at home what a program that was cut off had not saved; looked for once, after home is shown."""
        if self._left is not None or self.demo:
            return
        self._left = []
        home = cast("Home", self.screen_stack[0])
        left = await in_background(self._work_left)
        self._left = [slot for slot in left if not slot.path.exists()]
        if not left or self.in_session:
            return
        from promote_tui.ui.typing_screen import cut  # noqa: PLC0415 - hardly ever needed
        from promote_tui.ui.versions import said_at  # noqa: PLC0415

        first = (self._left or left)[0]
        title, when = cut(first.session.title), said_at(first.kept_at, self.now())
        more = f" {len(left) - 1} more like this." if len(left) > 1 else ""
        if self._left:
            home.refuse(f"“{title}” ({when}) has no file any more. R puts it among your sessions.{more}")
        else:
            home.point_at(first.path)
            home.refuse(f"“{title}” was cut off {when}. Open it: what was typed last is back then.{more}")

    def _work_left(self) -> "list[Slot]":
        try:
            if not any(places.recovery_folder().iterdir()):
                return []  # as on most days: nothing needs to be loaded to know it
        except OSError:
            return []
        from promote_tui.store.recovery import left_over  # noqa: PLC0415 - pydantic
        from promote_tui.store.session_lock import SessionLock  # noqa: PLC0415

        # another folder's sessions have a home of their own
        left = [slot for slot in left_over(self.now()) if slot.path.parent == self.library.folder]
        return [slot for slot in left if SessionLock(slot.path).is_free()]

    async def put_back(self) -> str:
        """Write a session whose file is gone to a new one, and open it; return why not, or nothing."""
        from promote_tui.store.durable import NotSavedError  # noqa: PLC0415 - hardly ever needed
        from promote_tui.store.library import LibraryError  # noqa: PLC0415

        if not self._left:
            return "Nothing is left to be put back."
        try:
            file = await asyncio.to_thread(self.library.add, self._left[0].session)
        except (LibraryError, NotSavedError) as error:
            return str(error)
        del self._left[0]
        return await self.open_path(file.path)

    async def take_over(self) -> str:
        """Open the session once more, for changes, when the other window is closed; return why not."""
        if not self.lock or not self.read_only:
            return self.read_only or "This session can be changed here already."
        if not self.lock.is_free():
            return "The other window still has it open."
        path, typed = self.saver.file.path, self.stage_screen.capture.text
        self.stage_screen.capture.clear()
        await self.action_home()
        if why := await self.open_path(path):
            cast("Home", self.screen).refuse(why)
        elif typed:
            self.stage_screen.capture.put_back(typed)
        return ""

    async def save_elsewhere(self, folder: str) -> str:
        """Go on in a new file in another folder; return why not, or nothing."""
        place = Path(folder.strip()).expanduser().absolute()
        if not await in_background(place.is_dir):
            return f"There is no folder {place}. W asks again."
        return await asyncio.to_thread(self.saver.save_copy, place)

    def on_app_focus(self) -> None:
        """Look whether somebody changed the file while the room looked elsewhere."""
        if self.in_session:
            self.saver.recheck()
