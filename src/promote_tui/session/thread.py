"""The golden thread: what led to an item of a session, and what came of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from promote_tui.session.edits import items, own
from promote_tui.session.model import Candidate, Idea, Initiative, Parked, Rating, Session, Stage, Step, Story
from promote_tui.session.outcomes import Outcome, outcomes
from promote_tui.session.schedule import spoken
from promote_tui.session.stages import FEELINGS, NUMBERED, STANDINGS, VALUES, numbers
from promote_tui.session.text import number_of
from promote_tui.session.voices import label, present_for

STAGE_OF: dict[str, Stage] = {
    "story": "choose",
    "candidate": "choose",
    "parked": "choose",
    "step": "map",
    "idea": "ideas",
    "initiative": "own",
}
"""The stage at which the items of each kind stand."""
_WHAT = {
    "story": "Story",
    "candidate": "Process",
    "step": "Step",
    "idea": "Idea",
    "initiative": "Change",
    "parked": "Parked",
}
_ORDER = list(_WHAT)
_BETWEEN = " · "


@dataclass(frozen=True)
class Bead:
    """One thing on the thread: what it is, its words, and a short note on where it stands."""

    id: str
    """Empty when there is nothing to go to: it is gone, or it is no item of its own."""
    what: str
    words: str
    note: str = ""
    rating: Rating | None = None
    gone: bool = False
    """Whether something is tied to it that was removed."""
    inside: bool = False
    """Whether it belongs to the change above it: a check-in, a review, a decision."""


@dataclass(frozen=True)
class Thread:
    """An item with what led to it and what came of it, each from stories to outcomes."""

    here: Bead
    before: tuple[Bead, ...]
    after: tuple[Bead, ...]


def thread_of(session: Session, id: str, today: date) -> Thread:
    """Return the thread through one item, both ways; raises EditError when the item is gone.

    Days in another year than ``today`` are shown with theirs.
    """
    known = _known(session)
    if id not in known:
        raise items.EditError("That is no longer there.")
    back: dict[str, list[str]] = {}
    onward: dict[str, list[str]] = {}
    for earlier, later in _ties(session):
        back.setdefault(later, []).append(earlier)
        onward.setdefault(earlier, []).append(later)
    places = {one: place for place, one in enumerate(known)}

    def order(found: str) -> tuple[int, int]:
        kind = items.kind_of(found)
        return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), places.get(found, 0)

    def beads(found: Iterable[str]) -> list[Bead]:
        return [bead(one) if one in known else _gone(one) for one in sorted(found, key=order)]

    def bead(one: str) -> Bead:
        return Bead(one, _WHAT[items.kind_of(one)], *_said(session, known[one]))

    before = beads(_reached(id, back))
    if items.kind_of(id) in ("step", "idea", "initiative") and session.process.name:
        first = next((n for n, one in enumerate(before) if one.what != _WHAT["story"]), len(before))
        before.insert(first, _process(session, known))
    before[:0] = _last_time(session, known[id], today)
    if id == session.process.candidate:  # one session holds one process: all that was mapped is about it
        onward[id] = [one for one in known if items.kind_of(one) in ("step", "idea")]
    after: list[Bead] = []
    for one in [bead(id), *beads(_reached(id, onward))]:
        after += [one] if one.id != id else []
        if items.kind_of(one.id) == "initiative":
            after += [_inside(one.id, outcome) for outcome in outcomes(known[one.id], today)]
    if isinstance(parked := known[id], Parked) and parked.became:
        after.append(Bead("", "Session", "A session of its own was made from it."))
    return Thread(bead(id), tuple(before), tuple(after))


def _known(session: Session) -> dict[str, Any]:
    names = ("stories", "candidates", "steps", "future_steps", "ideas", "initiatives", "parked")
    return {item.id: item for name in names for item in getattr(session, name)}


def _ties(session: Session) -> Iterator[tuple[str, str]]:
    """Yield every tie of a session: what came first, and what came of it."""
    for story in session.stories:
        yield from ((story.id, id) for id in story.candidates)
    for step in (*session.steps, *session.future_steps):
        yield from ((id, step.id) for id in (*step.stories, step.was) if id)
    for idea in session.ideas:
        yield from ((id, idea.id) for id in (*idea.stories, idea.step) if id)
    for initiative in session.initiatives:
        yield from ((id, initiative.id) for id in initiative.ideas)


def _reached(id: str, ties: dict[str, list[str]]) -> set[str]:
    """Return all that ties lead to from an item, near and far."""
    found: set[str] = set()
    ahead = [id]
    while ahead:
        new = [one for one in ties.get(ahead.pop(), ()) if one not in found and one != id]
        found.update(new)
        ahead += new
    return found


def _gone(id: str) -> Bead:
    noun = items.NOUNS.get(items.kind_of(id), "item")
    article = "an" if noun[0] in "aeiou" else "a"
    return Bead(
        "", _WHAT.get(items.kind_of(id), "Item"), f"{article} {noun} that was removed", "gone", gone=True
    )


def _process(session: Session, known: dict[str, Any]) -> Bead:
    """Return the chosen process, also when it was never a candidate."""
    candidate = session.process.candidate or ""
    note = _candidate(session, known[candidate])[1] if candidate in known else "chosen"
    return Bead(candidate if candidate in known else "", _WHAT["candidate"], session.process.name, note)


def _said(session: Session, item: Any) -> tuple[str, str]:
    """Return the words of an item and a note on where it stands."""
    return _SAID[type(item)](session, item)


def _joined(*parts: str) -> str:
    return _BETWEEN.join(part for part in parts if part)


def _story(session: Session, story: Story) -> tuple[str, str]:
    voice = label(story.voice, present_for(session, story)).casefold()
    return story.text, _joined(voice, "" if story.feeling is None else FEELINGS[story.feeling])


def _candidate(session: Session, candidate: Candidate) -> tuple[str, str]:
    told = sum(1 for story in session.stories if candidate.id in story.candidates)
    chosen = "chosen" if candidate.id == session.process.candidate else "not chosen"
    return candidate.name, _joined(chosen, number_of(told, "story", "stories") if told else "")


def _step(session: Session, step: Step) -> tuple[str, str]:
    number = numbers(session.steps).get(step.id)
    place = f"step {number}" if number else "on the new map"
    return step.title, _joined(place, VALUES[step.value] if step.usual else "an exception")


def _idea(session: Session, idea: Idea) -> tuple[str, str]:
    taken = any(idea.id in initiative.ideas for initiative in session.initiatives)
    group = next(
        (f"with “{one.name}”" for one in session.groups if one.id == idea.group), "its group is gone"
    )
    return idea.text, _joined(
        idea.kind,
        group if idea.group else "",
        "smallest" if idea.smallest else "",
        "taken on" if taken else "",
    )


def _initiative(session: Session, initiative: Initiative) -> tuple[str, str]:
    owner = f"owner {initiative.owner}" if initiative.owner else "no owner yet"
    carried = "carried on" if initiative.carried else ""
    return own.title_of(session, initiative), _joined(owner, STANDINGS[initiative.stage], carried)


def _parked(session: Session, parked: Parked) -> tuple[str, str]:
    voice = label(parked.voice, present_for(session, parked)).casefold() if parked.voice else ""
    came = f"from {NUMBERED[parked.from_stage]}" if parked.from_stage else ""
    return parked.text, _joined(came, parked.because or "", voice, "carried on" if parked.carried else "")


_SAID: dict[type, Callable[[Session, Any], tuple[str, str]]] = {
    Story: _story,
    Candidate: _candidate,
    Step: _step,
    Idea: _idea,
    Initiative: _initiative,
    Parked: _parked,
}


def _inside(id: str, one: Outcome) -> Bead:
    """Return an outcome of a change as a bead; to go there is to go to the change."""
    return Bead(f"{id}:{one.key}" if one.key else "", one.what, one.words, one.note, one.rating, inside=True)


def _last_time(session: Session, item: Any, today: date) -> Iterator[Bead]:
    """Yield the session that an item was carried on from; for a runner tried here, that of another ward."""
    tried_here = isinstance(item, Initiative) or item.id == session.process.candidate
    if (isinstance(item, Initiative | Parked) and item.carried) or (session.scales and tried_here):
        earlier = session.earlier
        day = f"held {spoken(earlier.held_on, today)}" if earlier.held_on else ""
        what = "Another ward" if session.scales else "Last time"
        yield Bead("", what, earlier.title or "An earlier session", _joined(earlier.team, day))
