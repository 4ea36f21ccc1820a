"""Every folder this program uses, and nothing else."""

import contextlib
import hashlib
import os
from pathlib import Path

import platformdirs

NAME = "promote"
LIBRARY_VARIABLE = "PROMOTE_LIBRARY"
INBOX = "inbox.toml"
"""The one file in a library that is not a session."""
ARCHIVE = "archive"
"""The folder inside a library for the sessions that were put away."""


def library_folder(named: str | None = None) -> Path:
    """Return the folder of sessions: the one named, else PROMOTE_LIBRARY, else PROMOTE in Documents."""
    chosen = named or os.environ.get(LIBRARY_VARIABLE)
    if chosen:
        path = Path(chosen)
        with contextlib.suppress(RuntimeError):  # nobody here has that name, so it is just a "~"
            path = path.expanduser()
        return path.absolute()
    return Path(platformdirs.user_documents_path()) / "PROMOTE"


def state_folder() -> Path:
    """Return the folder of this computer's own state, never synchronised with another."""
    return Path(platformdirs.user_state_path(NAME, appauthor=False, roaming=False))


def config_folder() -> Path:
    """Return the folder of this person's settings."""
    return Path(platformdirs.user_config_path(NAME, appauthor=False, roaming=False))


def own_questions() -> Path:
    """Return the file in which a trust keeps questions of its own; it need not be there."""
    return config_folder() / "questions.toml"


def history_folder() -> Path:
    """Return the folder that keeps files as they were before this program first rewrote them."""
    return state_folder() / "history"


def recovery_folder() -> Path:
    """Return the folder that keeps what is typed until it is saved."""
    return state_folder() / "recovery"


def undo_folder() -> Path:
    """Return the folder that keeps what can be undone, also after the program was left."""
    return state_folder() / "undo"


def logs_folder() -> Path:
    """Return the folder of reports of errors, which hold nothing that was typed."""
    return state_folder() / "logs"


def cache_folder() -> Path:
    """Return the folder of what can be made anew at any time."""
    return Path(platformdirs.user_cache_path(NAME, appauthor=False))


def catalogue_file(folder: Path) -> Path:
    """Return the catalogue of a library, the same one for all names under which its folder is reached."""
    return cache_folder() / f"catalogue-{_short_name(folder)}" / "index.sqlite"


def locks_folder() -> Path:
    """Return the folder of the locks that keep two programs from writing one file at once."""
    return state_folder() / "locks"


def lock_file(kind: str, path: Path) -> Path:
    """Return the lock of a file, the same one for all names under which the file is reached."""
    return locks_folder() / f"{kind}-{_short_name(path)}.lock"


def _short_name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]


def examples_folder() -> Path:
    """Return the folder of the worked examples: inside the installed package, or beside its source."""
    package = Path(__file__).parent.parent
    installed = package / "examples"
    return installed if installed.is_dir() else package.parent.parent / "examples"


def all_places(library: Path) -> dict[str, Path]:
    """Return every place by what it is for."""
    return {
        "sessions": library,
        "inbox": library / INBOX,
        "put-away": library / ARCHIVE,
        "history": history_folder(),
        "recovery": recovery_folder(),
        "undo": undo_folder(),
        "logs": logs_folder(),
        "catalogue": catalogue_file(library).parent,
        "settings": config_folder(),
        "questions": own_questions(),
        "examples": examples_folder(),
    }
