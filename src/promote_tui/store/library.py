"""A folder of session files: their names, what is in it, new ones."""

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from promote_tui.session.due import Promise
from promote_tui.session.lines import seconds
from promote_tui.session.saved import SavedSession
from promote_tui.session.text import in_a_list
from promote_tui.store import durable
from promote_tui.store.places import INBOX, catalogue_file
from promote_tui.store.summaries import summary_of
from promote_tui.store.toml_lines import overlong_key

if TYPE_CHECKING:
    from promote_tui.session.model import Session, Stage
    from promote_tui.store.catalogue import Catalogue
    from promote_tui.store.session_file import SessionFile

_LONGEST_NAME = 80
_LARGEST = 5_000_000
"""Most bytes of a file that can be a session."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|inbox)", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending, and the one of the inbox."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of sessions says about one file; ``problem`` says why it cannot be opened."""

    path: Path
    title: str
    team: str = ""
    stage: "Stage" = "choose"
    held_on: date | None = None
    updated_at: datetime | None = None
    ratings: tuple[str, ...] = ()
    problem: str = ""
    id: str = ""
    follows: str = ""
    """The id of the session that this one carries on from."""
    promises: tuple[Promise, ...] = ()
    revision: int = 0
    """How often it was changed; of several files of one session the highest is the newest."""
    process: str = ""
    put_away: bool = False
    copy_of_above: bool = False
    """Whether it is another file of the session whose newest file stands above it in the list."""

    scales: str = ""
    """The id of the session whose runner this one tries in another place."""

    @property
    def file_name(self) -> str:
        """Return the name of its file."""
        return self.path.name

    @property
    def named(self) -> str:
        """Return its title and its day, as a sentence names it."""
        day = f", {self.held_on:%d %b %Y}".replace(" 0", " ") if self.held_on else ""
        return f"“{self.title}”{day}"

    @property
    def updated(self) -> float:
        """Return when the session was last changed, in seconds since 1970."""
        return seconds(self.updated_at)


class LibraryError(Exception):
    """The folder of sessions cannot be used as asked; the message is a sentence."""


@dataclass(frozen=True)
class Library:
    """A folder of session files; it need not exist yet."""

    folder: Path
    throw_away: bool = False
    """Whether nothing of it is to be kept, as of the worked examples."""

    @cached_property
    def catalogue(self) -> "Catalogue":
        """Return what is known of the sessions without opening them; kept on this computer between starts."""
        from promote_tui.store.catalogue import Catalogue  # noqa: PLC0415 - not for the first paint

        return Catalogue(self.folder, None if self.throw_away else catalogue_file(self.folder))

    def cards(self) -> list[Card]:
        """Return a card for each session file as it is now, newest first, those that cannot be read last.

        Several files of one session stand together. Raises LibraryError when the folder cannot be listed.
        """
        self.catalogue.refresh()
        return self.catalogue.cards()

    def waiting(self) -> int:
        """Return how many comments wait in the inbox; none when it cannot be read."""
        import tomli  # noqa: PLC0415 - not for the first paint

        try:
            document = tomli.loads((self.folder / INBOX).read_bytes().decode("utf-8-sig"))
        except (OSError, ValueError, RecursionError, MemoryError):
            return 0
        entries = document.get("entries", [])
        return len(entries) if isinstance(entries, list) else 0

    def trouble(self) -> str:
        """Return why no session can be kept in this folder, as a sentence; empty when one can.

        The default folder need not exist: it is made with the first session.
        """
        nearest = self.folder
        try:
            while not nearest.exists() and nearest != nearest.parent:
                nearest = nearest.parent
            if not nearest.is_dir():
                return f"{nearest} is not a folder, so no session can be kept there."
            probe = durable.temporary_name(nearest)
            probe.touch(exist_ok=False, mode=0o600)
            probe.unlink()
        except OSError:
            return f"{nearest} cannot be written to, so no session can be kept there."
        return ""

    def make(self) -> None:
        """Make the folder, open to this account alone; raises LibraryError."""
        try:
            durable.make_folder(self.folder)
        except OSError as error:
            raise LibraryError(f"{self.folder} cannot be made: {error.strerror}.") from error

    def add(self, session: "Session") -> "SessionFile":
        """Write a new session to a file named after its day and title.

        Raises LibraryError, or NotSavedError when the disk refuses.
        """
        from promote_tui.store.session_file import SessionFile  # noqa: PLC0415 - pydantic, only on use

        self.make()
        for number in range(1, 1_000):
            path = self.folder / file_name(session.title, session.held_on, number)
            if os.path.lexists(path):
                continue
            try:
                return SessionFile.create(path, session)
            except FileExistsError:
                continue
        raise LibraryError(f"{self.folder} holds too many sessions of this name.")


def file_name(title: str, held_on: date | None, number: int = 1) -> str:
    """Return a file name that every system takes: the day, the title as a slug, a number when taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "session"
    day = f"{held_on.isoformat()}-" if held_on else ""
    if not day and _RESERVED.fullmatch(slug):
        slug = f"session-{slug}"
    end = f"-{number}.toml" if number > 1 else ".toml"
    return f"{day}{slug}"[: _LONGEST_NAME - len(end)].rstrip("-") + end


def card_of(path: Path) -> Card:
    """Return the card of one file, read leniently: a list should show a session that has a mistake in it."""
    saved, problem = saved_in(path)[:2]
    return card_from(path, saved) if saved else Card(path, in_a_list(path.stem), problem=problem)


def saved_in(path: Path) -> tuple[SavedSession | None, str, dict[str, Any]]:
    """Return what a list knows of a session file, or the reason why there is nothing, and its document."""
    import tomli  # noqa: PLC0415 - a list out of the catalogue reads no file

    try:
        if not path.is_file():
            return None, "not a file", {}
        if path.stat().st_size > _LARGEST:
            return None, "too large", {}
        written = path.read_bytes().decode("utf-8-sig")
        if overlong_key(written):
            return None, "not readable as TOML", {}
        document = tomli.loads(written)
    except OSError as error:
        return None, (error.strerror or "cannot be read").lower(), {}
    except (ValueError, RecursionError, MemoryError):
        return None, "not readable as TOML", {}
    if document.get("format") != "promote-session":
        return None, "not a session", {}
    return summary_of(document), "", document


def card_from(path: Path, saved: SavedSession) -> Card:
    """Return the card of a session that is known; a change that was let go has no rating on it."""
    return Card(
        path,
        saved.title or in_a_list(path.stem),
        saved.team,
        cast("Stage", saved.stage),
        saved.held_on,
        saved.updated_at,
        tuple(change.rating for change in saved.changes if not change.is_let_go),
        id=saved.id,
        follows=saved.follows,
        promises=tuple(change.promise for change in saved.changes),
        revision=saved.revision,
        process=saved.process,
        scales=saved.scales,
    )
