"""Looking back at a saved session without danger, and starting to edit it where the room stands."""

import asyncio
from pathlib import Path

from promote_tui.ui.opening import OpeningApp


class LookingApp(OpeningApp):
    """A program that shows a session as the room left it: no lock is taken and nothing is written."""

    async def look_back(self, path: Path) -> str:
        """Look back at a session from its first stage to its last; return why that cannot be, or nothing."""
        return await self.open_path(path, looking=True)

    async def start_editing(self) -> str:
        """Open the session that is looked back at for changes, where the room is; return why not.

        What was half-typed there, or not saved when the program was cut off, is given back now.
        """
        from promote_tui.store.session_file import CannotReadError, SessionFile  # noqa: PLC0415 - pydantic

        screen, known = self.stage_screen, self.saver.file
        try:
            file = await asyncio.to_thread(SessionFile.open, known.path)
        except CannotReadError as error:
            return str(error)
        if why := file.read_only or await asyncio.to_thread(self._open_elsewhere, file.path):
            self.warn("reading", why)
            return why
        here = screen.active_list.highlighted
        await asyncio.to_thread(self._at_work.leave, all_saved=True)
        await self._take_up(file)
        if file.known_hash != known.known_hash:  # what was open there may be gone
            for stage in self._stages():
                stage.forget()
        await self._begin_at(screen.STAGE)
        screen.highlight_any({here})
        if not screen.said:
            screen.say("This session can be changed now.")
        return ""
