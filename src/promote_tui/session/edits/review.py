"""Edits of stage 5: parts rated red, amber or green, fine tuning, the decision."""

from datetime import date
from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, changed, required
from promote_tui.session.model import Decision, Initiative, Part, Progress, Rating, Review, Session

DEFAULT_PARTS = (
    "People notice a difference",
    "Every shift can do it",
    "No unintended harm",
    "Resistance understood",
    "It would last without its champion",
)
"""What an initiative is broken into unless the room says otherwise."""
_PROGRESS: dict[Decision, Progress] = {"ready": "runner", "fine tune": "trying", "let go": "let go"}


def parts_of(initiative: Initiative) -> tuple[Part, ...]:
    """Return the parts to rate: those of the newest review, or the default set before the first."""
    if initiative.reviews:
        return initiative.reviews[-1].parts
    return tuple(Part(name=name) for name in DEFAULT_PARTS)


def worst(parts: tuple[Part, ...]) -> Rating | None:
    """Return the rating that an initiative as a whole stands at: that of its worst rated part."""
    rated = {part.rating for part in parts}
    ratings: tuple[Rating, ...] = ("red", "amber", "green")
    return next((rating for rating in ratings if rating in rated), None)


def start_review(session: Session, id: str, today: date) -> Session:
    """Return the session with a new review of the same parts, none of them rated yet."""
    initiative: Initiative = items.find(session, id)
    if initiative.reviews and initiative.reviews[-1].held_on >= today:
        raise EditError("There is a review of today already.")
    parts = tuple(Part(name=part.name) for part in parts_of(initiative))
    return _with_review(session, initiative, Review(held_on=today, parts=parts), new=True)


def set_part(session: Session, id: str, place: int, today: date, **fields: Any) -> Session:
    """Return the session with fields of one part set in the newest review; the first rating starts one.

    ``place`` counts from 0.
    """
    if "name" in fields:
        fields["name"] = required(fields["name"], "A part")
    initiative: Initiative = items.find(session, id)
    parts = list(parts_of(initiative))
    parts[place] = changed(items.at(parts, place), **fields)
    return _with_parts(session, initiative, tuple(parts), today)


def add_part(session: Session, id: str, name: str, today: date) -> Session:
    """Return the session with one more part to rate."""
    name = required(name, "A part")
    initiative: Initiative = items.find(session, id)
    return _with_parts(session, initiative, (*parts_of(initiative), Part(name=name)), today)


def remove_part(session: Session, id: str, place: int, today: date) -> Session:
    """Return the session without one part; ``place`` counts from 0."""
    initiative: Initiative = items.find(session, id)
    parts = parts_of(initiative)
    return _with_parts(session, initiative, parts[:place] + parts[place + 1 :], today)


def move_part(session: Session, id: str, place: int, by: int, today: date) -> Session:
    """Return the session with one part moved ``by`` places; ``place`` counts from 0."""
    initiative: Initiative = items.find(session, id)
    parts = list(parts_of(initiative))
    items.at(parts, place)
    if not 0 <= place + by < len(parts):
        raise EditError("It is at the end already." if by > 0 else "It is at the top already.")
    parts.insert(place + by, parts.pop(place))
    return _with_parts(session, initiative, tuple(parts), today)


def decide(session: Session, id: str, decision: Decision, because: str = "") -> Session:
    """Return the session with the room's word on the gate, and the initiative's stage to match."""
    stage = _PROGRESS[decision]
    return items.change(session, id, decision=decision, decision_because=because, stage=stage)


def _with_parts(session: Session, initiative: Initiative, parts: tuple[Part, ...], today: date) -> Session:
    if not initiative.reviews:
        return _with_review(session, initiative, Review(held_on=today, parts=parts), new=True)
    review = initiative.reviews[-1].model_copy(update={"parts": parts})
    return _with_review(session, initiative, review, new=False)


def _with_review(session: Session, initiative: Initiative, review: Review, *, new: bool) -> Session:
    earlier = initiative.reviews if new else initiative.reviews[:-1]
    return items.change(session, initiative.id, reviews=(*earlier, review))
