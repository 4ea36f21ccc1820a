"""Edits of the parking lot: put aside what belongs elsewhere, take it back, make a session of it."""

from datetime import datetime
from typing import Any

from promote_tui.session.edits import choose, details, items
from promote_tui.session.edits.items import EditError, required
from promote_tui.session.model import Because, Candidate, Earlier, Idea, Parked, Session, Step
from promote_tui.session.text import one_line
from promote_tui.session.voices import remembered

_LONGEST_TITLE = 100


def park(session: Session, id: str, because: Because | None = None) -> Session:
    """Return the session with this item's words in the parking lot and the item gone from its list."""
    item = items.find(session, id)
    if items.kind_of(id) == "parked":
        raise EditError("It is parked already.")
    fields = type(item).model_fields
    words = next((getattr(item, name) for name in ("text", "title", "name") if name in fields), None)
    if words is None:
        raise EditError("An initiative cannot be parked; its idea can.")
    kept = {name: getattr(item, name) for name in ("voice", "kind", "inbox", "carried") if name in fields}
    return park_text(items.remove(session, id), words, because, **kept)


def park_text(session: Session, words: str, because: Because | None = None, **fields: Any) -> Session:
    """Return the session with these words in the parking lot, marked with the stage they came up in."""
    words = required(words, "What is parked")
    return items.add(
        session,
        "parked",
        lambda id: Parked(id=id, text=words, from_stage=session.stage, because=because, **fields),
    )


def take_back(session: Session, id: str) -> Session:
    """Return the session with a parked item as what it was: a story, an idea, a step, or else a process."""
    parked: Parked = items.find(session, id)
    session, text = items.remove(session, id), parked.text
    if parked.kind:
        idea: dict[str, Any] = {"kind": parked.kind, "voice": parked.voice, "text": text}
        return items.add(session, "idea", lambda id: Idea(id=id, **idea))
    if parked.voice:
        session = choose.add_story(session, parked.voice, text, inbox=parked.inbox)
        return items.change(session, items.newest(session, "story"), carried=parked.carried)
    if parked.from_stage == "map":
        return items.add(session, "step", lambda id: Step(id=id, title=text))
    return items.add(session, "candidate", lambda id: Candidate(id=id, name=text))


def next_session(session: Session, id: str, *, new_id: str, now: datetime) -> Session:
    """Return a new session that carries on from this one: a parked story is told, anything else is chosen.

    ``new_id`` is its identity, ``now`` carries its time zone. Raises EditError when there is one already.
    """
    parked: Parked = items.find(session, id)
    if parked.became:
        raise EditError("It has a session of its own already.")
    title = one_line(parked.text)[:_LONGEST_TITLE]
    new = details.begin(id=new_id, title=title, team=session.team, now=now)
    if parked.voice and not parked.kind:
        new = choose.add_story(new, parked.voice, parked.text)
        new = items.change(new, new.stories[0].id, carried=id)
    else:
        new = choose.add_candidate(new, parked.text)
        new = choose.choose_process(new, new.candidates[0].id)
    earlier = Earlier(present=remembered(session))
    return new.model_copy(update={"follows": session.id, "earlier": earlier})


def became(session: Session, id: str, other: str) -> Session:
    """Return the session with a parked item marked as the beginning of another one, ``other`` its id."""
    return items.change(session, id, became=other)
