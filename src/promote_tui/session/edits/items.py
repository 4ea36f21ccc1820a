"""What every list of a session allows: add, change, remove, move."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from promote_tui.session import text as _text
from promote_tui.session.fields import MOST_ITEMS
from promote_tui.session.model import Entry, Session

LISTS = {
    "candidate": "candidates",
    "story": "stories",
    "step": "steps",
    "idea": "ideas",
    "group": "groups",
    "parked": "parked",
    "initiative": "initiatives",
}
"""Which list of the session holds the items of each kind of id."""
NOUNS = {
    "candidate": "process",
    "story": "story",
    "step": "step",
    "idea": "idea",
    "group": "group",
    "parked": "parked item",
    "initiative": "change",
    "resistance": "resistance",
}
"""What the room calls an item of each kind."""


AnyEntry = TypeVar("AnyEntry", bound=Entry)
_ID = re.compile(r"([a-z]+)-([0-9]{1,9})", re.ASCII)
_PARTS = re.compile(r"\||\s/\s")
_HIGHEST = 999_999_999


class EditError(Exception):
    """A change that cannot be made, with the sentence that says why."""


def kind_of(id: str) -> str:
    """Return the kind of an id: ``story`` for ``story-3``."""
    return id.rpartition("-")[0]


def entered(text: str, what: str = "The text") -> str:
    """Return typed text as it is kept: composed, without space around it.

    Raises EditError when it is too long or holds characters that no screen can show.
    """
    text = _text.tidy(text).strip()
    if len(text) > _text.LONGEST:
        raise EditError(f"{what} has {len(text):,} characters; {_text.LONGEST:,} fit. Nothing was changed.")
    if _text.has_unshowable(text):
        raise EditError(f"{what} has control characters in it. Nothing was changed.")
    return text


def required(text: str, what: str) -> str:
    """Return typed text that may not be empty; raises EditError when it is."""
    text = entered(text, what)
    if not text:
        raise EditError(f"{what} cannot be empty. x in the list removes it.")
    return text


def list_of(session: Session, id: str) -> str:
    """Return the name of the list that holds the item with this id, or would; steps have two maps."""
    if any(step.id == id for step in session.future_steps):
        return "future_steps"
    return LISTS.get(kind_of(id), "steps")


def parts(line: str) -> list[str]:
    """Return what ``|``, or a ``/`` between spaces, parts in a line; empty parts are left out."""
    return [part.strip() for part in _PARTS.split(line) if part.strip()]


def new_id(session: Session, kind: str) -> tuple[str, dict[str, int]]:
    """Return an id of this kind that was never used in the session, and the counts that remember it."""
    return next_id(used(session), kind)


def next_id(counts: Mapping[str, int], kind: str) -> tuple[str, dict[str, int]]:
    """Return the id of this kind that comes after these counts, and the counts that remember it."""
    number = counts.get(kind, 0) + 1
    if number > _HIGHEST:
        raise EditError(f"Every number for a new {NOUNS[kind]} is used up. Nothing was added.")
    return f"{kind}-{number}", {**counts, kind: number}


def used(session: Session) -> dict[str, int]:
    """Return the highest number ever used, by kind of id: counted, in a list, or only pointed at.

    A file written by hand may have no counts, and ties to what was never there.
    """
    counts = dict(session.last_used)
    for id in _mentioned(session):
        if (found := _ID.fullmatch(id)) and found[1] in NOUNS:
            counts[found[1]] = max(counts.get(found[1], 0), int(found[2]))
    return counts


def _mentioned(session: Session) -> Iterator[str]:
    """Walk a session: every id in it, and every id that something is tied to."""
    yield session.process.candidate or ""
    for name in LISTS.values():
        yield from (item.id for item in getattr(session, name))
    for story in session.stories:
        yield from story.candidates
    yield from (step.id for step in session.future_steps)
    for step in (*session.steps, *session.future_steps):
        yield from (step.was or "", *step.stories)
    for idea in session.ideas:
        yield from (idea.step or "", idea.group or "", *idea.stories)
    for initiative in session.initiatives:
        yield from (*initiative.ideas, *(item.id for item in initiative.resistance))


def add(
    session: Session, kind: str, make: Callable[[str], Any], at: int | None = None, to: str = ""
) -> Session:
    """Return the session with a new item of ``kind``, made from its new id, at the end or at a place.

    ``to`` names the list where a kind has more than one.
    """
    name = to or LISTS[kind]
    items = getattr(session, name)
    if len(items) >= MOST_ITEMS:
        raise EditError(f"A session holds at most {MOST_ITEMS:,} of these. Nothing was added.")
    id, last_used = new_id(session, kind)
    at = len(items) if at is None else at
    return session.model_copy(update={name: (*items[:at], make(id), *items[at:]), "last_used": last_used})


def newest(session: Session, kind: str) -> str:
    """Return the id of the item of this kind that was added last."""
    return f"{kind}-{session.last_used.get(kind, 0)}"


def find(session: Session, id: str) -> Any:
    """Return the item with this id; raises EditError when it is gone."""
    for item in getattr(session, list_of(session, id)):
        if item.id == id:
            return item
    raise EditError("That is no longer there.")


def at(held: Sequence[AnyEntry], place: int) -> AnyEntry:
    """Return the entry at a place, counting from 0; raises EditError when there is none."""
    if not 0 <= place < len(held):
        raise EditError("That is no longer there.")
    return held[place]


def position(session: Session, id: str) -> int:
    """Return where the item stands in its list, counting from 0; raises EditError when it is gone."""
    return [item.id for item in getattr(session, list_of(session, id))].index(find(session, id).id)


def replace(session: Session, item: Any) -> Session:
    """Return the session with this item in the place of the one with the same id."""
    name = list_of(session, item.id)
    items = tuple(item if old.id == item.id else old for old in getattr(session, name))
    return session.model_copy(update={name: items})


def changed(entry: AnyEntry, **fields: Any) -> AnyEntry:
    """Return the entry with some fields set; raises EditError in words when a value does not fit.

    Text is taken through ``entered``; everything else is validated as it would be in a file.
    """
    for name in fields.keys() - type(entry).model_fields:
        raise EditError(f"There is no {name.replace('_', ' ')} to set here.")
    clean = {
        name: entered(value, name.replace("_", " ").capitalize()) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    try:
        return type(entry).model_validate({**_contents(entry), **clean})
    except ValidationError as error:
        raise refusal(error) from None


def _contents(entry: Entry) -> dict[str, Any]:
    # unknown keys are taken from where they are kept: one named "copy" would be found as a method
    known = {name: getattr(entry, name) for name in type(entry).model_fields}
    return {**(entry.__pydantic_extra__ or {}), **known}


def change(session: Session, id: str, **fields: Any) -> Session:
    """Return the session with fields of one item set; raises EditError when they do not fit."""
    return replace(session, changed(find(session, id), **fields))


def remove(session: Session, id: str) -> Session:
    """Return the session without this item; what points at it keeps its tie, shown as gone.

    Raises EditError for an idea that somebody owns: with its words the promise would be gone.
    """
    name = list_of(session, id)
    gone = find(session, id)
    if any(id in initiative.ideas for initiative in session.initiatives):
        raise EditError("A change is made of this idea, so it stays. In 4 Own the change can be removed.")
    kept = tuple(item for item in getattr(session, name) if item is not gone)
    # remember the numbers in use, or they would be used again
    return session.model_copy(update={name: kept, "last_used": used(session)})


def move(session: Session, id: str, by: int, among: tuple[str, ...] | None = None) -> Session:
    """Return the session with this item moved ``by`` places among the items that are shown together.

    ``among`` holds the ids of the list as it is shown (ideas of one column, say); default: all.
    Raises EditError at either end, and when it is gone.
    """
    item = find(session, id)
    name = list_of(session, id)
    items = list(getattr(session, name))
    there_are = [other.id for other in items]
    shown = [other for other in (there_are if among is None else among) if other in there_are]
    if id not in shown:
        raise EditError("That is no longer there.")
    there = shown.index(id) + by
    if not 0 <= there < len(shown):
        raise EditError("It is at the end already." if by > 0 else "It is at the top already.")
    target = there_are.index(shown[there])
    items.remove(item)
    items.insert(target, item)
    return session.model_copy(update={name: tuple(items)})


def refusal(error: ValidationError) -> EditError:
    """Return the sentence for values that do not fit a session."""
    first = error.errors(include_input=False, include_url=False)[0]
    names = [part for part in first["loc"] if isinstance(part, str) and part not in ("int", "float")]
    field = names[-1].replace("_", " ").capitalize() if names else "That"
    limits = first.get("ctx", {})
    words = {
        "less_than_equal": f"at most {limits.get('le')} fits",
        "greater_than_equal": f"at least {limits.get('ge')} is needed",
        "literal_error": f"it is one of {str(limits.get('expected')).replace(chr(39), '')}",
        "too_long": f"at most {limits.get('max_length')} fit",
        "int_type": "a whole number is needed",
        "float_type": "a number is needed",
        "date_type": "a day is needed",
        "string_type": "words are needed",
        "finite_number": "a number is needed",
    }
    return EditError(f"{field}: {words.get(first['type'], 'that does not fit')}. Nothing was changed.")
