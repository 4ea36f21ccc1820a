"""The edit that takes what could show who a person is out of an item."""

from typing import Any

from promote_tui.session import privacy
from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import Entry, Session
from promote_tui.session.owners import looks_like_a_name
from promote_tui.session.text import LONGEST


def mask(session: Session, id: str) -> Session:
    """Return the session with an item's words masked, those of an initiative with its ideas.

    The process that is chosen goes by one name, here and among those to consider.
    """
    if id == session.process.candidate:
        return mask_process(session)
    item = items.find(session, id)
    there = {idea.id for idea in session.ideas}
    ids = [id, *(idea for idea in getattr(item, "ideas", ()) if idea in there)]
    masked = session
    for one in ids:
        masked = items.replace(masked, _masked(items.find(masked, one)))
    if masked == session and looks_like_a_name(getattr(item, "owner", "")):
        raise EditError("The owner may be a person’s name. Enter changes it to a role, such as HCA, nights.")
    return _something_done(session, masked)


def mask_process(session: Session) -> Session:
    """Return the session with what is said of the chosen process masked, also where it is considered."""
    masked = session.model_copy(update={"process": _masked(session.process)})
    for candidate in session.candidates:
        if candidate.id == session.process.candidate:
            masked = items.replace(masked, _masked(candidate))
    return _something_done(session, masked)


def mask_earlier(session: Session) -> Session:
    """Return the session with what it kept of the session before it masked."""
    return _something_done(session, session.model_copy(update={"earlier": _masked(session.earlier)}))


def _something_done(before: Session, after: Session) -> Session:
    if after == before:
        raise EditError("Nothing here looks as if it could show who a person is.")
    return after


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        text = privacy.mask(value)
        if len(text) > LONGEST:
            raise EditError("Masked, these words are too long. Enter changes them by hand.")
        return text
    if isinstance(value, tuple):
        return tuple(map(_masked, value))
    if isinstance(value, Entry):
        return value.model_copy(
            update={name: _masked(getattr(value, name)) for name in type(value).model_fields}
        )
    return value
