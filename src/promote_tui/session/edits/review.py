"""Edits of stage 5: parts rated red, amber or green, fine tuning, the decision."""

from datetime import date
from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, changed, entered, required
from promote_tui.session.gate import gate
from promote_tui.session.model import (
    VOICES,
    Decision,
    Dissent,
    Initiative,
    Part,
    Progress,
    Rating,
    Review,
    Session,
    Voice,
)
from promote_tui.session.parts import is_to_tune, parts_of, unmet

_BEHIND_GREEN = {"rating", "evidence", "exception"}
"""What must not leave a part green with nothing behind it; its other fields may be mended all the same."""
_PROGRESS: dict[Decision, Progress] = {"ready": "runner", "fine tune": "trying", "let go": "let go"}


def start_review(session: Session, id: str, today: date) -> Session:
    """Return the session with a new review of the same parts, none of them rated yet.

    Fine tuning that is not done comes along.
    """
    initiative: Initiative = items.find(session, id)
    if initiative.reviews and (newest := initiative.reviews[-1].held_on) >= today:
        raise EditError(f"There is a review of {'today' if newest == today else 'a later day'} already.")
    parts = tuple(_again(part) for part in parts_of(initiative))
    return _with_review(session, initiative, Review(held_on=today), parts)


def set_part(session: Session, id: str, place: int, today: date, **fields: Any) -> Session:
    """Return the session with fields of one part set in the newest review; the first rating starts one.

    ``place`` counts from 0, among ``parts_of``. Raises EditError when a part would be green with neither
    evidence nor an exception.
    """
    if "name" in fields:
        fields["name"] = required(fields["name"], "A part")
    initiative: Initiative = items.find(session, id)
    parts = list(parts_of(initiative))
    old = items.at(parts, place)
    new = changed(old, **fields)
    if new.rating != "green" and fields.get("exception"):
        raise EditError("Only a green part can be an exception.")
    if new.rating != "green" and old.rating == "green":
        new = changed(new, exception="")
    if new.rating == "green" and not (new.evidence or new.exception) and (fields.keys() & _BEHIND_GREEN):
        raise EditError("Green needs what was seen, or a word on why it is green all the same.")
    if new.fine_tune != old.fine_tune and new.fine_tuned_on == old.fine_tuned_on:
        new = changed(new, fine_tuned_on=None)
    parts[place] = new
    return _with_parts(session, initiative, tuple(parts), today)


def rate(session: Session, id: str, place: int, rating: Rating, today: date, **fields: Any) -> Session:
    """Return the session with one part rated, and other fields of it set at once; ``place`` counts from 0.

    Green needs ``evidence`` or an ``exception``, there already or given here.
    """
    return set_part(session, id, place, today, rating=rating, **fields)


def set_dissent(
    session: Session,
    id: str,
    place: int,
    voice: Voice,
    today: date,
    rating: Rating | None = None,
    says: str = "",
) -> Session:
    """Return the session with how one group sees a part differently, instead of what it said before."""
    part = items.at(parts_of(items.find(session, id)), place)
    said = changed(Dissent(voice=voice), rating=rating, says=says)
    kept = [one for one in part.dissent if one.voice != voice]
    # told in any order, shown in one: nobody can tell who spoke first
    in_turn = sorted([*kept, said], key=lambda one: VOICES.index(one.voice))
    return set_part(session, id, place, today, dissent=tuple(in_turn))


def drop_dissent(session: Session, id: str, place: int, voice: Voice, today: date) -> Session:
    """Return the session with one group agreeing about a part again."""
    part = items.at(parts_of(items.find(session, id)), place)
    kept = tuple(one for one in part.dissent if one.voice != voice)
    return set_part(session, id, place, today, dissent=kept)


def tuned(session: Session, id: str, place: int, day: date | None) -> Session:
    """Return the session with the fine tuning of one part done on a day, or (None) not done after all."""
    initiative: Initiative = items.find(session, id)
    if not items.at(parts_of(initiative), place).fine_tune:
        raise EditError("No fine tuning is written down for this part.")
    return set_part(session, id, place, initiative.reviews[-1].held_on, fine_tuned_on=day)


def add_part(session: Session, id: str, name: str, today: date) -> Session:
    """Return the session with one more part to rate."""
    name = required(name, "A part")
    initiative: Initiative = items.find(session, id)
    return _with_parts(session, initiative, (*parts_of(initiative), Part(name=name)), today)


def remove_part(session: Session, id: str, place: int, today: date) -> Session:
    """Return the session without one part; ``place`` counts from 0.

    Raises EditError for the only part that stands for a condition of the plan.
    """
    initiative: Initiative = items.find(session, id)
    parts = parts_of(initiative)
    items.at(parts, place)
    kept = parts[:place] + parts[place + 1 :]
    if unmet(initiative, kept):
        raise EditError("This part is a condition of the plan. It goes when the plan changes, in 4 Own.")
    return _with_parts(session, initiative, kept, today)


def move_part(session: Session, id: str, place: int, by: int, today: date) -> Session:
    """Return the session with one part moved ``by`` places; ``place`` counts from 0."""
    initiative: Initiative = items.find(session, id)
    parts = list(parts_of(initiative))
    items.at(parts, place)
    if not 0 <= place + by < len(parts):
        raise EditError("It is at the end already." if by > 0 else "It is at the top already.")
    parts.insert(place + by, parts.pop(place))
    return _with_parts(session, initiative, tuple(parts), today)


def decide(session: Session, id: str, decision: Decision | None, because: str = "") -> Session:
    """Return the session with the room's word on the gate, or (None) without one, and the stage to match.

    Raises EditError when the room decides otherwise than the gate and does not say why.
    """
    initiative: Initiative = items.find(session, id)
    old, stage = initiative.decision, initiative.stage
    says = gate(initiative).decision
    if decision and decision != says and not entered(because):
        why = "That is not what the gate says, so it" if says else "Nothing is rated yet, so a decision"
        raise EditError(f"{why} needs a reason.")
    # another reason for the same decision moves nothing: it may be on its way to other wards by now
    if decision and decision != old:
        stage = _PROGRESS[decision]
    elif old and not decision and stage == _PROGRESS[old]:
        stage = "trying"
    return items.change(session, id, decision=decision, decision_because=because, stage=stage)


def _again(part: Part) -> Part:
    again = Part(name=part.name, condition=part.condition)
    if not is_to_tune(part):
        return again
    return again.model_copy(update={"fine_tune": part.fine_tune, "fine_tune_by": part.fine_tune_by})


def _with_parts(session: Session, initiative: Initiative, parts: tuple[Part, ...], today: date) -> Session:
    newest = initiative.reviews[-1] if initiative.reviews else Review(held_on=today)
    return _with_review(session, initiative, newest, parts)


def _with_review(
    session: Session, initiative: Initiative, review: Review, parts: tuple[Part, ...]
) -> Session:
    held = changed(review, parts=parts)
    earlier = tuple(one for one in initiative.reviews if one is not review)
    return items.change(session, initiative.id, reviews=(*earlier, held))
