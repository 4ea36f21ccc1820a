"""Reports of errors of ours that can be sent on: where it went wrong, and nothing that anybody typed."""

import contextlib
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path

from promote_tui import __version__
from promote_tui.store import durable, places

MOST = 5
"""How many reports are kept; the oldest go."""
_LONGEST = 20
_PACKAGE = Path(__file__).parents[1]


def places_of(error: BaseException) -> list[str]:
    """Return each place in the code that an error went through, such as ``ui/map.py:31 in add``.

    The innermost is the last; of very many only the last are given. Code of others is told by its
    file's name alone, since folders may be named after people.
    """
    found = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        name = path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE) else path.name
        found.append(f"{name}:{line} in {frame.f_code.co_name}")
    return found[-_LONGEST:]


def write(error: BaseException, now: datetime) -> Path | None:
    """Keep a report of an error; return where it is, or None when there is none. Never raises.

    It holds the kinds of the error and of what it came from, places in our code and versions: no
    message, since a message may quote what people typed, and no path.
    """
    try:
        lines = [
            f"promote {__version__}, {_textual()}, Python {sys.version.split()[0]}, {sys.platform}",
            f"{now:%Y-%m-%d %H:%M}",
        ]
        one: BaseException | None = error
        while one is not None and len(lines) < 3 * _LONGEST:
            lines += [type(one).__name__, *(f"  {place}" for place in places_of(one))]
            one = one.__cause__ or one.__context__
        where = places.logs_folder()
        durable.make_folder(where)
        path = where / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        durable.create(path, "".join(f"{line}\n" for line in lines).encode())
        _remove_old(where)
    except Exception:  # an error about an error helps nobody
        return None
    return path


def _textual() -> str:
    from importlib import metadata  # noqa: PLC0415 - slow, and only needed here

    try:
        return f"textual {metadata.version('textual')}"
    except metadata.PackageNotFoundError:
        return "textual without a version"


def _remove_old(where: Path) -> None:
    for path in sorted(where.glob("crash-*.txt"))[:-MOST]:
        with contextlib.suppress(OSError):
            path.unlink()
