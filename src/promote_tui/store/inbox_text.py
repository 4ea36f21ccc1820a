"""What the inbox file holds: words that wait for a session, and a sign of all that ever came in."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from promote_tui.session import model, privacy
from promote_tui.session.edits import items
from promote_tui.session.fields import Name, Text
from promote_tui.session.model import Voice
from promote_tui.session.text import one_line, tidy
from promote_tui.store import problems as _problems
from promote_tui.store import toml_text
from promote_tui.store.problems import Problem

FORMAT = "promote-inbox"
VERSION = 1
MOST_ENTRIES = 10_000
"""Most entries that may wait at once."""

Kind = Literal["jot", "comment"]
"""How an entry came in: jotted by hand, or out of a table of comments."""


class Entry(model.Entry):
    """What one person said, waiting for a session; without a voice when nobody knows whose it is."""

    id: Annotated[str, Field(pattern=r"^jot-[0-9]{1,9}$|^comment-[0-9]{1,9}$")]
    text: Name
    voice: Voice | None = None
    source: Text = ""
    received_on: date | None = None


class Seen(model.Entry):
    """The fingerprints of all that ever came in, so that nothing comes in twice."""

    fingerprints: tuple[str, ...] = ()


class Contents(model.Entry):
    """Everything that an inbox file holds."""

    format: Literal["promote-inbox"]
    version: int = Field(ge=1)
    entries: tuple[Entry, ...] = Field(default=(), max_length=MOST_ENTRIES)
    seen: Seen = Seen()
    last_used: dict[str, Annotated[int, Field(ge=0, le=999_999_999)]] = Field(default={})


@dataclass(frozen=True)
class Draft:
    """What is to become an entry."""

    text: str
    voice: Voice | None = None
    source: str = ""
    received_on: date | None = None


@dataclass(frozen=True)
class Reading:
    """What came of reading an inbox file: its contents, or the problems that keep it from being one."""

    contents: Contents | None
    problems: tuple[Problem, ...] = ()


def empty() -> Contents:
    """Return an inbox that nothing ever came into."""
    return Contents(format="promote-inbox", version=VERSION)


def is_inbox(data: bytes) -> bool:
    """Say whether the bytes of a file say of themselves that they are an inbox."""
    try:
        return toml_text.parsed(data)[0].get("format") == FORMAT
    except toml_text.NotTomlError:
        return False


def read(data: bytes) -> Reading:
    """Read the bytes of an inbox file; every problem is reported, not only the first."""
    try:
        document, lines = toml_text.parsed(data)
    except toml_text.NotTomlError as error:
        return Reading(None, (error.problem,))
    if document.get("format") != FORMAT:
        message = f'this is not an inbox: format should be "{FORMAT}"'
        return Reading(None, (Problem("error", message, line=lines.of(("format",))),))
    try:
        contents = Contents.model_validate(document)
    except ValidationError as error:
        return Reading(None, tuple(_problems.from_validation(error, lines)))
    doubles = tuple(toml_text.double_ids(contents, lines))
    newer = (toml_text.newer(contents.version, lines),) if contents.version > VERSION else ()
    return Reading(
        None if doubles else contents, (*newer, *doubles, *toml_text.unknown_keys(contents, lines))
    )


def write(contents: Contents) -> str:
    """Return the text of an inbox file."""
    return toml_text.write(contents)


def fingerprint(text: str) -> str:
    """Return sixteen characters by which words are known again, from which nobody can get them back.

    Spaces, punctuation and capitals make no difference, and neither does what looks like an
    identifier: the words are masked first, so that they are the same before and after masking, and
    no number of a person can be guessed from a fingerprint.
    """
    plain = unicodedata.normalize("NFKC", privacy.mask(tidy(text))).casefold()
    words = "".join(char for char in plain if unicodedata.category(char)[0] not in "CPZ")
    return hashlib.sha256((words or one_line(plain)).encode()).hexdigest()[:16]


def with_new(contents: Contents, drafts: Iterable[Draft], kind: Kind) -> Contents:
    """Return the contents with those drafts as entries whose words never came in before.

    Raises EditError when words do not fit or too many wait.
    """
    used = [number for other, number in map(_place, contents.entries) if other == kind]
    number = max([contents.last_used.get(kind, 0), *used])
    seen = dict.fromkeys(contents.seen.fingerprints)
    new: list[Entry] = []
    for draft in drafts:
        sign = fingerprint(draft.text)
        if sign in seen:
            continue
        seen[sign] = None
        number += 1
        try:
            new.append(Entry.model_validate({"id": f"{kind}-{number}", **vars(draft)}))
        except ValidationError as error:
            raise items.refusal(error) from None
    if not new:
        return contents
    return items.changed(
        contents,
        entries=(*contents.entries, *new),
        seen=items.changed(contents.seen, fingerprints=tuple(seen)),
        last_used={**contents.last_used, kind: number},
    )


def without(contents: Contents, ids: Collection[str]) -> Contents:
    """Return the contents without these entries; of their words only the fingerprints are kept."""
    gone = [entry for entry in contents.entries if entry.id in ids]
    # entries that were written into the file by hand have left no fingerprint yet
    seen = dict.fromkeys((*contents.seen.fingerprints, *(fingerprint(entry.text) for entry in gone)))
    used = dict(contents.last_used)
    for kind, number in map(_place, gone):
        used[kind] = max(used.get(kind, 0), number)
    return items.changed(
        contents,
        entries=tuple(entry for entry in contents.entries if entry.id not in ids),
        seen=items.changed(contents.seen, fingerprints=tuple(seen)),
        last_used=used,
    )


def _place(entry: Entry) -> tuple[str, int]:
    """Return the kind and the number out of an id."""
    kind, _, number = entry.id.partition("-")
    return kind, int(number)
