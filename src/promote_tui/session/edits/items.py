"""What every list of a session allows: add, change, remove, move, park."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from promote_tui.session import text as _text
from promote_tui.session.model import MOST_ITEMS, Because, Entry, Parked, Session

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
    "initiative": "initiative",
    "resistance": "resistance",
}
"""What the room calls an item of each kind."""


AnyEntry = TypeVar("AnyEntry", bound=Entry)


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


def new_id(session: Session, kind: str) -> tuple[str, dict[str, int]]:
    """Return an id of this kind that was never used in the session, and the counts that remember it."""
    number = highest_number(session, kind) + 1
    return f"{kind}-{number}", {**session.last_used, kind: number}


def highest_number(session: Session, kind: str) -> int:
    """Return the highest number ever used for ids of this kind; 0 when none was."""
    return max([session.last_used.get(kind, 0), *_numbers(session, kind)])


def _numbers(session: Session, kind: str) -> list[int]:
    if kind == "resistance":
        ids = [item.id for initiative in session.initiatives for item in initiative.resistance]
    else:
        lists = [getattr(session, LISTS[kind]), session.future_steps if kind == "step" else ()]
        ids = [item.id for items in lists for item in items]
    return [int(id.rpartition("-")[2]) for id in ids if kind_of(id) == kind]


def add(session: Session, kind: str, make: Callable[[str], Any], at: int | None = None) -> Session:
    """Return the session with a new item of ``kind``, made from its new id, at the end or at a place."""
    name = LISTS[kind]
    items = getattr(session, name)
    if len(items) >= MOST_ITEMS:
        raise EditError(f"A session holds at most {MOST_ITEMS:,} of these. Nothing was added.")
    id, last_used = new_id(session, kind)
    at = len(items) if at is None else at
    return session.model_copy(update={name: (*items[:at], make(id), *items[at:]), "last_used": last_used})


def find(session: Session, id: str) -> Any:
    """Return the item with this id; raises EditError when it is gone."""
    for item in getattr(session, LISTS.get(kind_of(id), "steps")):
        if item.id == id:
            return item
    raise EditError("That is no longer there.")


def position(session: Session, id: str) -> int:
    """Return where the item stands in its list, counting from 0; raises EditError when it is gone."""
    return [item.id for item in getattr(session, LISTS[kind_of(id)])].index(find(session, id).id)


def replace(session: Session, item: Any) -> Session:
    """Return the session with this item in the place of the one with the same id."""
    name = LISTS[kind_of(item.id)]
    items = tuple(item if old.id == item.id else old for old in getattr(session, name))
    return session.model_copy(update={name: items})


def changed(entry: AnyEntry, **fields: Any) -> AnyEntry:
    """Return the entry with some fields set; raises EditError in words when a value does not fit.

    Text is taken through ``entered``; everything else is validated as it would be in a file.
    """
    clean = {
        name: entered(value, name.replace("_", " ").capitalize()) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    try:
        return type(entry).model_validate({**_contents(entry), **clean})
    except ValidationError as error:
        raise refusal(error) from None


def _contents(entry: Entry) -> dict[str, Any]:
    names = [*type(entry).model_fields, *(entry.__pydantic_extra__ or {})]
    return {name: getattr(entry, name) for name in names}


def change(session: Session, id: str, **fields: Any) -> Session:
    """Return the session with fields of one item set; raises EditError when they do not fit."""
    return replace(session, changed(find(session, id), **fields))


def remove(session: Session, id: str) -> Session:
    """Return the session without this item; what points at it keeps its tie, shown as gone."""
    kind = kind_of(id)
    gone = find(session, id)
    kept = tuple(item for item in getattr(session, LISTS[kind]) if item is not gone)
    # a file written by hand may have no counts: remember the number, or it would be used again
    last_used = {**session.last_used, kind: highest_number(session, kind)}
    return session.model_copy(update={LISTS[kind]: kept, "last_used": last_used})


def move(session: Session, id: str, by: int, among: tuple[str, ...] | None = None) -> Session:
    """Return the session with this item moved ``by`` places among the items that are shown together.

    ``among`` holds the ids of the list as it is shown (ideas of one column, say); default: all.
    Raises EditError at either end.
    """
    name = LISTS[kind_of(id)]
    items = list(getattr(session, name))
    shown = [item.id for item in items] if among is None else list(among)
    here = shown.index(id)
    there = here + by
    if not 0 <= there < len(shown):
        raise EditError("It is at the end already." if by > 0 else "It is at the top already.")
    target = [item.id for item in items].index(shown[there])
    item = items.pop([item.id for item in items].index(id))
    items.insert(target, item)
    return session.model_copy(update={name: tuple(items)})


def park(session: Session, id: str, because: Because) -> Session:
    """Return the session with this item's words in the parking lot and the item gone from its list."""
    item = find(session, id)
    words = next(getattr(item, name) for name in ("text", "title", "name") if getattr(item, name, ""))
    return park_text(remove(session, id), words, because)


def park_text(session: Session, words: str, because: Because) -> Session:
    """Return the session with these words in the parking lot, marked with the stage they came up in."""
    words = required(words, "What is parked")
    return add(
        session,
        "parked",
        lambda id: Parked(id=id, text=words, from_stage=session.stage, because=because),
    )


def refusal(error: ValidationError) -> EditError:
    """Return the sentence for values that do not fit a session."""
    first = error.errors(include_input=False, include_url=False)[0]
    field = str(first["loc"][-1]).replace("_", " ") if first["loc"] else "That"
    return EditError(f"{field.capitalize()}: {first['msg'][:1].lower()}{first['msg'][1:]}.")
