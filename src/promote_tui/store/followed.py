"""A session file that another program writes, looked at again and again and never touched."""

from dataclasses import dataclass, replace
from pathlib import Path

from promote_tui.session.model import Session
from promote_tui.store import session_file, toml_text


@dataclass(frozen=True)
class Seen:
    """The newest session that could be read, and a word when the file is not to be read just now."""

    session: Session
    trouble: str = ""


class Followed:
    """Follows one file. ``seen`` is replaced as a whole, so that another thread may look."""

    def __init__(self, path: Path, session: Session) -> None:
        """Take the file, and the session that was read from it to begin with."""
        self.path = path
        self.seen = Seen(session)
        self._mark: tuple[int, ...] = ()

    def look(self) -> None:
        """Read the file again if it changed; one that is gone or broken leaves the last session seen."""
        try:
            found = self.path.stat()
            mark = (found.st_mtime_ns, found.st_size, found.st_ino)
            if mark == self._mark:
                return
            reading = toml_text.read(session_file.read_bytes(self.path))
        except (OSError, ValueError, session_file.CannotReadError):
            self._mark = ()
            self._say("The file is not to be read just now; this is how it was.")
            return
        self._mark = mark
        if reading.session and not reading.cut_short:
            self.seen = Seen(reading.session)
        else:
            self._say("The file has a mistake in it just now; this is how it was.")

    def _say(self, trouble: str) -> None:
        self.seen = replace(self.seen, trouble=trouble)
