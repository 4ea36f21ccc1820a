"""Undo and redo that outlive the program: the states of a session, packed small, on this computer."""

import functools
import hashlib
import json
import zlib
from pathlib import Path
from typing import Any, get_args

from promote_tui.session.history import Change, History
from promote_tui.session.model import Entry, Session
from promote_tui.store import durable, places, toml_text
from promote_tui.store.durable import NotSavedError
from promote_tui.store.own_files import is_id, read_own

VERSION = 1
MOST = 200
"""Most changes that are kept to undo, and most to do again; the oldest go first."""
LARGEST = 20_000_000
"""Most bytes of a file of states once it is unpacked."""
SINCE = "everything since the program was last left"
"""What is undone first when the session is not as the program left it."""
_HEAD = b"promote-undo sha256:"
_LISTS: dict[str, type[Entry]] = {
    name: kinds[0]
    for name, field in Session.model_fields.items()
    if (kinds := get_args(field.annotation)) and isinstance(kinds[0], type) and issubclass(kinds[0], Entry)
}
"""The lists of a session that hold entries, and what those are."""


def write(id: str, history: History, session: Session) -> None:
    """Keep what can be undone and done again from this state on; a history without changes keeps nothing.

    Raises NotSavedError; what was kept before is then still there.
    """
    if not is_id(id) or session.id != id:
        raise NotSavedError("This is another session than the one whose changes are kept here.")
    if not history.past and not history.future:
        return
    path, most = places.undo_folder() / id, MOST
    while len(text := _text(history, session, most)) > LARGEST and most:
        most //= 2
    packed = zlib.compress(text)
    try:
        durable.make_folder(path.parent)
    except OSError as error:
        raise NotSavedError(durable.reason(error, path.parent)) from error
    durable.write(path, _HEAD + hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed)


def read(id: str, session: Session) -> History:
    """Return what can be undone and done again from this state on; an empty history when that is not sure.

    When the session was changed since, undo first leads back to the state in which the program was
    left, and nothing can be done again. Never raises.
    """
    if not is_id(id) or session.id != id:
        return History()
    try:
        left, history = _states(_unpacked(places.undo_folder() / id))
    except Exception:  # whatever is wrong with the file: all of it, or nothing
        return History()
    if any(state.id != id for state in (left, *(one.before for one in (*history.past, *history.future)))):
        return History()
    # where the room is and the time it took are nothing that undo takes back
    if left.model_copy(update={"stage": session.stage, "agenda": session.agenda}) == session:
        return history
    return History((*history.past, Change(left, SINCE)))


def _text(history: History, session: Session, most: int) -> bytes:
    """Return the newest changes as JSON: the entries of all states are kept once, in one pool."""
    pool: dict[str, int] = {}
    known: dict[int, int] = {}

    def place(entry: Entry) -> int:
        return pool.setdefault(toml_text.write(entry), len(pool))

    def listed(entry: Entry) -> int:
        # most states hold the very same object: it is written out once
        if id(entry) not in known:
            known[id(entry)] = place(entry)
        return known[id(entry)]

    def state(one: Session) -> list[Any]:
        lists = {name: [listed(entry) for entry in getattr(one, name)] for name in _LISTS}
        rest = one.model_copy(update=dict.fromkeys(_LISTS, ()))
        return [place(rest), {name: numbers for name, numbers in lists.items() if numbers}]

    def steps(changes: tuple[Change, ...]) -> list[Any]:
        newest = changes[max(0, len(changes) - most) :]
        return [[change.done, state(change.before)] for change in newest]

    document = {
        "version": VERSION,
        "left": state(session),
        "past": steps(history.past),
        "future": steps(history.future),
        "pool": list(pool),
    }
    return json.dumps(document, separators=(",", ":")).encode()


def _unpacked(path: Path) -> Any:
    """Return the JSON of a file that is whole; raises OSError, or ValueError for anything else."""
    head, _, packed = read_own(path, LARGEST).partition(b"\n")
    if head != _HEAD + hashlib.sha256(packed).hexdigest().encode():
        raise ValueError("not whole")
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(packed, LARGEST)
    if not unpacking.eof:
        raise ValueError("too large")
    return json.loads(text)


def _states(document: Any) -> tuple[Session, History]:
    """Return the state that the program was left in and the history; raises all kinds of exceptions."""
    if document["version"] != VERSION:
        raise ValueError("of another version")
    pool = dict(enumerate(document["pool"]))

    @functools.cache
    def entry(kind: type[Entry], number: int) -> Entry:
        return kind.model_validate(toml_text.parsed(pool[number].encode())[0])

    def state(packed: Any) -> Session:
        rest, lists = packed
        inner = {name: tuple(entry(_LISTS[name], number) for number in lists[name]) for name in lists}
        return Session.model_validate({**dict(entry(Session, rest)), **inner})

    def changes(steps: Any) -> tuple[Change, ...]:
        return tuple(Change(state(packed), str(done)) for done, packed in steps)

    return state(document["left"]), History(changes(document["past"]), changes(document["future"]))
