"""The text of a recovery slot: what was not saved yet, as a session file with one more line at its head."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from promote_tui.session.model import Session, Stage
from promote_tui.session.stages import STAGES
from promote_tui.session.text import made_visible, tidy
from promote_tui.store import toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.seal import seal_of, sealed

VERSION = 1
LARGEST = 100_000_000
"""Most bytes that are read of a slot: a session, and a paste of the longest kind at each stage."""
_LONGEST_TYPED = 1_000_000
_UNSAID = ("stage", "agenda", "updated_at")
_HEAD = "# promote-recovery "


@dataclass(frozen=True)
class Typed:
    """A line half typed at a stage; ``label`` is the question it answers, if it answers one."""

    stage: Stage
    text: str
    label: str = ""


@dataclass(frozen=True)
class Slot:
    """What a session was at one moment, with the lines half typed then.

    ``base`` is the sha256 of the session file's bytes that the work stands on, ``path`` that file.
    """

    session: Session
    typed: tuple[Typed, ...]
    base: str
    path: Path
    kept_at: datetime
    number: int

    def is_in(self, data: bytes) -> bool:
        """Say whether the bytes of a session file hold all of this: nothing half typed, or a newer session.

        Where the room is and how long it took is nothing that can be lost.
        """
        found = toml_text.read(data).session
        if found is None or found.id != self.session.id:
            return False
        if found.revision != self.session.revision:
            return found.revision > self.session.revision
        alike = found.model_copy(update={name: getattr(self.session, name) for name in _UNSAID})
        return alike == self.session and not any(line.text.strip() for line in self.typed)


def write(
    session: Session, typed: Iterable[Typed], base: str, path: Path, kept_at: datetime, number: int
) -> bytes:
    """Return the bytes of a slot; half-typed text may hold anything. Raises NotSavedError if it is too large.

    Number and time come first: they tell one slot from another within its first bytes.
    """
    head = {
        "version": VERSION,
        "number": number,
        "kept_at": kept_at.isoformat(),
        "base": base,
        "path": str(path),
        "typed": [
            {"stage": line.stage, "text": line.text[:_LONGEST_TYPED], "label": line.label[:_LONGEST_TYPED]}
            for line in typed
        ],
    }
    text = toml_text.write(session)
    # plain ASCII: neither half a character nor a control can break the line
    data = sealed(f"{_HEAD}{json.dumps(head)}\n{text}")
    if len(text.encode()) + 100 > toml_text.LARGEST or len(data) > LARGEST:
        raise NotSavedError("recovery: this is too large to be kept.")
    return data


def read(data: bytes) -> Slot | None:
    """Return the slot that these bytes hold; None when this program cannot fully understand them."""
    first, _, rest = data.partition(b"\n")
    reading = toml_text.read(rest)
    if reading.session is None or reading.newer:
        return None
    try:
        head = json.loads(first.decode("ascii").removeprefix(_HEAD))
        kept_at = datetime.fromisoformat(head["kept_at"])
        if head["version"] != VERSION or kept_at.tzinfo is None:
            return None
        return Slot(
            reading.session,
            tuple(map(_typed, head["typed"])),
            str(head["base"]),
            Path(head["path"]),
            kept_at,
            int(head["number"]),
        )
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None


def _typed(line: Any) -> Typed:
    text, label = (made_visible(tidy(str(line[name]))) for name in ("text", "label"))
    return Typed(STAGES[STAGES.index(line["stage"])], text, label)


def is_whole(data: bytes) -> bool:
    """Say whether these bytes end in their own seal: nothing is missing, nothing was changed."""
    return seal_of(data) == "whole"
