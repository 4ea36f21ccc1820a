"""Tell other programs on this computer that a session is open here."""

import contextlib
import os
from pathlib import Path

from promote_tui.store import durable, places


class SessionLock:
    """The lock of one session file, under whatever name the file is reached.

    It is a word to other windows and no guard: what guards the file is that no version is overwritten
    unseen. So where locks cannot be had it counts as taken. The system itself frees it when the program
    that holds it ends, however that ends; a lock file that is left over means nothing.
    """

    def __init__(self, path: Path) -> None:
        from filelock import FileLock  # noqa: PLC0415 - only where a session is opened

        self.path = path
        self._file = places.lock_file("session", path)
        # it may be taken on one thread and released on another
        self._lock = FileLock(self._file, timeout=0, mode=0o600, thread_local=False)

    def take(self) -> bool:
        """Take the lock and say so; False when another program, or another window of this one, holds it.

        Never waits and never raises: where the folder of locks cannot be used, the lock counts as taken.
        """
        from filelock import Timeout  # noqa: PLC0415

        if self._lock.is_locked:
            return True
        try:
            durable.make_folder(self._file.parent)
            self._lock.acquire()
        except Timeout:
            return False
        except (OSError, NotImplementedError):
            return True
        return True

    def release(self) -> None:
        """Let others have the lock; harmless when it was never taken."""
        with contextlib.suppress(OSError):
            self._lock.release()

    def is_free(self) -> bool:
        """Say whether nobody holds the lock, this object included; a lock that cannot be had is free."""
        if not os.path.lexists(self._file):
            return True
        if self._lock.is_locked:
            return False
        taken = self.take()
        self.release()
        return taken
