"""What has become of a change, in turn: resistance, check-ins, the measure, reviews, the decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from promote_tui.session.due import next_checkin, passed_over
from promote_tui.session.measured import progress
from promote_tui.session.model import Checkin, Initiative, Part, Rating
from promote_tui.session.parts import parts_of, worst
from promote_tui.session.schedule import NAMES, due_of, next_horizon, spoken
from promote_tui.session.stages import BASES, SIGNS
from promote_tui.session.text import figure, one_line


@dataclass(frozen=True)
class Outcome:
    """One thing that has become of a change: what it is, its words, and a short note on when or how far."""

    key: str
    """Its place in the change, such as ``checkin/0``; empty when there is nothing to go to."""
    what: str
    words: str
    note: str = ""
    rating: Rating | None = None


def outcomes(initiative: Initiative, today: date) -> Iterator[Outcome]:
    """Yield what has become of a change so far, and what is due next."""
    for one in initiative.resistance:
        said = _so(f"“{one.says}”", one.changes_plan)
        yield Outcome(f"resistance/{one.id}", "Resistance", said, BASES[one.basis] if one.basis else "")
    for place, checkin in enumerate(initiative.checkins):
        held = f"held {spoken(checkin.held_on, today)}"
        words = "\n".join(_told(initiative, checkin)) or "Nothing was written down."
        yield Outcome(f"checkin/{place}", NAMES[checkin.horizon], words, held)
    yield from _not_held(initiative, today)
    if said := progress(initiative):
        yield Outcome("measure", "Measure", said)
    for place, held_review in enumerate(initiative.reviews):
        rating = worst(held_review.parts)
        day = f"held {spoken(held_review.held_on, today)}"
        yield Outcome(f"review/{place}", "Review", SIGNS[rating], day, rating)
    if not initiative.reviews:
        yield Outcome("", "Review", "No review yet.")
    for place, part in enumerate(parts_of(initiative)):
        if part.fine_tune:
            yield Outcome(f"tuning/{place}", "Tuning", part.fine_tune, _tuned(initiative, part, today))
    if initiative.decision:
        because = [initiative.decision, initiative.decision_because]
        yield Outcome("decision", "Decided", " · ".join(filter(None, because)))
    if initiative.learnt:
        yield Outcome("learnt", "Learnt", initiative.learnt)


def _so(words: str, condition: str) -> str:
    """Return words, and the condition that they add to the plan."""
    return f"{words} → {condition}".lstrip() if condition else words


def _told(initiative: Initiative, checkin: Checkin) -> Iterator[str]:
    """Yield the words of a check-in that matter for what comes next, each for a line of its own."""
    if checkin.happened:
        yield checkin.happened
    if checkin.value is not None:
        yield " ".join(filter(None, ["now", figure(checkin.value), one_line(initiative.measure.unit)]))
    surprise = f"surprise: {checkin.unexpected_bad}" if checkin.unexpected_bad else ""
    if surprise or checkin.changes_plan:
        yield _so(surprise, checkin.changes_plan)
    if checkin.runner is not None:
        yield "a runner" if checkin.runner else "not a runner"
    if checkin.pilot:
        yield f"pilot: {checkin.pilot}"


def _not_held(initiative: Initiative, today: date) -> Iterator[Outcome]:
    """Yield the check-ins that were skipped, and the next one unless the change was let go."""
    left_out = passed_over(initiative, today)
    following = next_checkin(initiative, today) or next_horizon(initiative)
    for horizon in left_out:
        due = due_of(initiative, horizon)
        when = f"was due {spoken(due, today)}" if due else ""
        yield Outcome(f"skipped/{horizon}", NAMES[horizon], "This check-in was never held.", when)
    if following and "let go" not in (initiative.decision, initiative.stage):
        due = due_of(initiative, following)
        when = f"due {spoken(due, today)}" if due else "no day yet"
        yield Outcome("next", NAMES[following], "No check-in yet.", when)


def _tuned(initiative: Initiative, part: Part, today: date) -> str:
    if part.fine_tuned_on:
        return f"done {spoken(part.fine_tuned_on, today)}"
    if part.rating == "green" or "let go" in (initiative.decision, initiative.stage):
        return "not needed any more"
    return f"open, by {spoken(part.fine_tune_by, today)}" if part.fine_tune_by else "open"
