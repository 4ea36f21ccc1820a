"""Files in this computer's own state that belong to one session: their folder, and reading them with care."""

import errno
import os
import re
import stat
from pathlib import Path

# the pattern of the model's ids; a file read leniently may claim any id, and only these become a path
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_id(id: str) -> bool:
    """Say whether this can be the id of a session; nothing else may become part of a path."""
    return _ID.fullmatch(id) is not None


def read_own(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file, one more than ``most`` if it is larger; raises OSError.

    A link is not followed, and a pipe or a device is not waited for.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "this is not a file")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(most + 1)
    finally:
        os.close(descriptor)
