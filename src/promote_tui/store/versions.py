"""Earlier versions of one session, kept whole on this computer and thinned out as they grow old."""

import contextlib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from promote_tui.store import durable, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.own_files import is_id, read_own
from promote_tui.store.problems import Problem
from promote_tui.store.toml_text import Reading

_EVERY = timedelta(minutes=10)
_LAST = 20
_HOURLY = timedelta(days=1)
_DAILY = timedelta(days=30)
_NAME = re.compile(r"([0-9]{8}T[0-9]{6}Z)-([0-9]{9})-([0-9a-f]{16})\.toml")
"""When it was kept, its revision, and the beginning of the sha256 of its bytes."""
_BY_HAND = re.compile(r"([0-9a-f]{16})\.toml")
_REVISION = re.compile(rb"^revision *= *([0-9]{1,9}) *\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Version:
    """One earlier version; ``trouble`` says why it cannot be read, as a sentence."""

    path: Path
    kept_at: datetime
    revision: int
    trouble: str = ""
    by_hand: bool = False
    """Whether these are the exact bytes that a person wrote; such a version never grows too old."""


def is_due(last: datetime | None, now: datetime) -> bool:
    """Say whether it is time to keep another version: ten minutes after the last, or when there is none."""
    # a clock that was put back says nothing about how long ago the last one was
    return last is None or now < last or now - last >= _EVERY


def staying(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which of these times stay: the last 20, then one an hour for a day, one a day for 30 days.

    Times still to come stay too: they are of a clock that was put back since.
    """
    newest_first = sorted(times, reverse=True)
    past = [time for time in newest_first if time <= now]
    stay = {*newest_first[: len(newest_first) - len(past)], *past[:_LAST]}
    taken = set()
    for time in past[_LAST:]:
        hourly = now - time < _HOURLY
        span = f"{time.astimezone(UTC):%Y-%m-%d %H}" if hourly else f"{time.astimezone(UTC):%Y-%m-%d}"
        if now - time <= _DAILY and span not in taken:
            taken.add(span)
            stay.add(time)
    return stay


@dataclass
class Versions:
    """The earlier versions of the session of this id; ``folder`` is the one of all histories.

    Files under other names than ours are neither read nor removed.
    """

    id: str
    folder: Path | None = None
    trouble: str = ""
    """Why the versions cannot be listed, as a sentence; ``all`` sets it."""

    def keep(self, data: bytes, now: datetime, *, revision: int) -> Path | None:
        """Keep the bytes of a session file and return where, or None when the newest version is the same.

        Raises NotSavedError.
        """
        newest = next(iter(self.all()), None)
        if newest and not newest.trouble and newest.path.stem.endswith(_fingerprint(data)):
            return None
        stamp = now.astimezone(UTC).isoformat(timespec="seconds")[:19].translate({ord("-"): "", ord(":"): ""})
        return self._write(f"{stamp}Z-{revision:09}-{_fingerprint(data)}.toml", data)

    def keep_original(self, data: bytes) -> Path:
        """Keep what a person wrote by hand, for good, and return where; raises NotSavedError."""
        return self._write(f"{_fingerprint(data)}.toml", data)

    def all(self) -> list[Version]:
        """Return every version, newest first: by revision, then by time, as clocks may be put back.

        One that is damaged is among them and says so. Raises nothing: see ``trouble``.
        """
        self.trouble = ""
        try:
            found = [version for path in self._place().iterdir() if (version := _version(path))]
        except FileNotFoundError:
            return []
        except NotSavedError as error:
            self.trouble = str(error)
            return []
        except OSError as error:
            self.trouble = f"The earlier versions cannot be listed. {_why(error, self._place())}"
            return []
        return sorted(found, key=lambda one: (one.revision, one.kept_at, one.path.name), reverse=True)

    def read(self, version: Version) -> Reading:
        """Return what a version holds; one that is not whole as it was kept is a problem."""
        data, trouble = _whole(version.path)
        return Reading(None, (Problem("error", trouble),)) if trouble else toml_text.read(data)

    def thin(self, now: datetime) -> int:
        """Remove versions that are too old, and return how many; what cannot be removed stays."""
        removed = 0
        versions = [version for version in self.all() if not version.by_hand]
        # a damaged version must not push out a whole one
        for group in ([one for one in versions if not one.trouble], [one for one in versions if one.trouble]):
            stay = staying((one.kept_at for one in group), now)
            for version in group:
                if version.kept_at not in stay:
                    with contextlib.suppress(OSError):
                        version.path.unlink()
                        removed += 1
        with contextlib.suppress(NotSavedError):
            durable.sweep(self._place(), now.timestamp())
        return removed

    def _place(self) -> Path:
        if not is_id(self.id):
            raise NotSavedError("The session has no id of its own, so it has no earlier versions.")
        return (self.folder or places.history_folder()) / self.id

    def _write(self, name: str, data: bytes) -> Path:
        path = self._place() / name
        try:
            durable.make_folder(path.parent)
            if not path.exists() or _whole(path)[0] != data:
                durable.write(path, data)
        except OSError as error:
            raise NotSavedError(durable.reason(error, path)) from error
        return path


def _version(path: Path) -> Version | None:
    """Return the version that a file holds; None for a file that is not ours."""
    by_hand = _BY_HAND.fullmatch(path.name) is not None
    name = _NAME.fullmatch(path.name)
    if not by_hand and not name:
        return None
    data, trouble = _whole(path)
    if name:
        try:
            return Version(path, datetime.fromisoformat(name[1]), int(name[2]), trouble)
        except ValueError:  # no such day or time: not a name of ours
            return None
    revision = _REVISION.search(data)
    return Version(path, _changed_at(path), int(revision[1]) if revision else 0, trouble, by_hand=True)


def _whole(path: Path) -> tuple[bytes, str]:
    """Return the bytes of a version, or none and the sentence why it is not as it was kept."""
    try:
        data = read_own(path, toml_text.LARGEST)
    except OSError as error:
        return b"", f"This version cannot be read. {_why(error, path)}"
    if not path.stem.endswith(_fingerprint(data)):
        return b"", "This version was changed or damaged after it was kept."
    return data, ""


def _changed_at(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def _why(error: OSError, path: Path) -> str:
    return durable.reason(error, path).replace(" write there", " read it")


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
