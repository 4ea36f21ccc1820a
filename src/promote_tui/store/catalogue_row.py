"""One file as the catalogue keeps it: read once, into columns, words and days."""

import time
from pathlib import Path
from typing import Any, NamedTuple

from promote_tui.session.saved import SavedSession
from promote_tui.session.stems import spelt
from promote_tui.session.text import in_a_list
from promote_tui.store.catalogue_due import spans
from promote_tui.store.catalogue_record import packed
from promote_tui.store.catalogue_words import words_in, words_of
from promote_tui.store.library import Card, card_from, saved_in
from promote_tui.store.summaries import summary_of
from promote_tui.store.toml_lines import overlong_key

MOST_IDEAS = 1_024
_HEAD = 4_096
_LARGEST_NUMBER = 2**62
_SETTLED = 2_000_000_000
"""How many nanoseconds old a change must be: a file may change twice within what its time can tell."""


class Row(NamedTuple):
    """What is kept of a file: plain values, so that it can be handed from one program to another."""

    mark: int | None
    """Tells this state of the file from others; None when it has to be read again."""
    title: str
    team: str
    process: str
    phase: str
    stage: str
    day: int
    """The day it was held, as a number of days; 0 for none."""
    updated_at: str
    at: float
    ratings: str
    problem: str
    id: str
    follows: str
    scales: str
    revision: int
    carries: bool
    """Whether it carries a change on from the session that it follows."""
    record: bytes
    changes: tuple[tuple[str, str, str, str, str | None], ...]
    """Id, title, owner, status and rating of each change; one that was let go has no rating."""
    words: str
    ideas: tuple[str, ...]
    """The stems of each idea, with spaces between."""
    spans: tuple[tuple[int | str, ...], ...]
    """When what is due, as long as no other session carries it on."""


def mark_of(found: Any) -> int:
    """Return what tells one state of a file from another, out of what ``stat`` says about it."""
    return hash((found.st_mtime_ns, found.st_ctime_ns, found.st_size))


def row_of(path: Path) -> Row:
    """Return the row of a file, whatever is in it."""
    before = _mark(path)
    saved, problem, document = saved_in(path)
    # a file that changes while it is read is read again the next time
    mark = before if before == _mark(path) else None
    if not saved:
        return row_from(Card(path, in_a_list(path.stem), problem=problem), None, {}, mark)
    return row_from(card_from(path, saved), saved, document, mark)


def head_of(path: Path) -> Row | None:
    """Return what the first lines of a file say, for the list until it is read; None for too little."""
    import tomli  # noqa: PLC0415

    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            start = file.read(_HEAD)
        text = start.decode("utf-8-sig", errors="ignore")
        # up to the first list of tables, or to the last line that is whole
        end = text.find("\n[[") if "\n[[" in text else text.rfind("\n")
        if overlong_key(text := text[: end + 1]):
            return None
        document = tomli.loads(text)
    except (OSError, ValueError, RecursionError, MemoryError):
        return None
    if document.get("format") != "promote-session":
        return None
    saved = summary_of(document)
    return row_from(card_from(path, saved), saved, None, None)


def row_from(
    card: Card, saved: SavedSession | None, document: dict[str, Any] | None, mark: int | None
) -> Row:
    """Return the row of a file out of what is known of it: without its document, only for the list."""
    whole = None if document is None else saved
    changes, ideas = (whole.changes, whole.ideas) if whole else ((), ())
    return Row(
        mark,
        card.title,
        card.team,
        card.process,
        saved.phase if saved else "",
        card.stage,
        card.held_on.toordinal() if card.held_on else 0,
        card.updated_at.isoformat() if card.updated_at else "",
        card.updated,
        "".join(f"{rating}," for rating in card.ratings),
        card.problem,
        card.id,
        card.follows,
        card.scales,
        max(-_LARGEST_NUMBER, min(card.revision, _LARGEST_NUMBER)),
        any(promise.carried for promise in card.promises),
        packed(whole) if whole else b"",
        tuple(
            (
                *(change.promise.id, change.promise.title, change.promise.owner),
                *(("let go", None) if change.is_let_go else (change.promise.stage, change.rating)),
            )
            for change in changes
        ),
        "" if document is None else words_of(document, (card.title, card.team, card.process)),
        tuple(" ".join(words_in(" ".join(dict(spelt(idea.text))))) for idea in ideas[:MOST_IDEAS]),
        tuple(tuple(span) for _, span in spans([card])) if whole else (),
    )


def _mark(path: Path) -> int | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return mark_of(found) if abs(time.time_ns() - found.st_mtime_ns) > _SETTLED else None
