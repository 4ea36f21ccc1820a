"""What the facilitator alone needs at a stage: time, open ends, questions, pitfalls, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from promote_tui.session.agenda import Slot, slots, too_short, whole_minutes
from promote_tui.session.due import checkin_due
from promote_tui.session.edits import own
from promote_tui.session.model import VOICES, Session, Stage, Voice
from promote_tui.session.questions import ANY, MOMENTS, PROMISED, START, Questions, moment_of
from promote_tui.session.schedule import distance, spoken
from promote_tui.session.stages import NUMBERED, STAGES, open_ends
from promote_tui.session.text import number_of
from promote_tui.session.voices import present_for, together_with

_GROUPS: dict[Voice, str] = {"patient": "Patients", "carer": "Carers", "staff": "Staff"}
_WHEN = {
    "opening": "Ask when the session opens",
    "promised": "Ask when it carries on from another session",
    "empty": "Ask while the map is empty",
    "long": "Ask when the map is long",
    "microscope": "Ask about a step under the microscope",
    "could-be": "Ask about how it could be",
    "missing-stop": "Ask when there is nothing to stop",
    "missing-start": "Ask when there is nothing to start",
    "missing-continue": "Ask when there is nothing to continue",
    "resistance": "Ask when somebody objects",
    "three_days": "Ask at the 3-day check-in",
    "three_weeks": "Ask at the 3-week check-in",
    "three_months": "Ask at the 3-month check-in",
    "closing": "Ask at the end",
}
_SOON = 3


@dataclass(frozen=True)
class Part:
    """One part of the script: a heading, and what stands under it."""

    heading: str
    lines: tuple[str, ...]
    glance: bool = False
    """Whether it is short enough to stand beside its heading."""


def script_of(session: Session, stage: Stage, questions: Questions, now: datetime) -> tuple[Part, ...]:
    """Return the script of a stage, the most urgent first; ``now`` carries its time zone."""
    moment = moment_of(session, stage)
    asked = questions.at(stage, moment)
    parts = [
        Part("Time", tuple(_time(session, stage, now)), glance=True),
        Part("Still open", (_open(session, stage),), glance=True),
        Part("Not heard yet", tuple(_not_heard(session)), glance=True),
        Part("Ask now" if stage == session.stage else "Ask there", tuple(asked)),
        Part("Watch for", tuple(questions.watch_for(stage))),
    ]
    for other in MOMENTS[stage]:
        texts = [one.text for one in questions.all if one.stage == stage and one.moment == other]
        can_come = other != PROMISED or session.follows
        if can_come and other not in (START, ANY, moment):
            parts.append(Part(_WHEN[other], tuple(texts)))
    parts += [
        Part("The whole plan", tuple(f"{NUMBERED[one.stage]}: {_told(one)}" for one in slots(session, now))),
        Part("What comes next", tuple(_next(session, stage, questions, now.date()))),
    ]
    return tuple(part for part in parts if part.lines)


def _open(session: Session, stage: Stage) -> str:
    missing = open_ends(session, stage).partition(": ")[2]
    return f"{missing[:1].upper()}{missing[1:]}" or "Nothing."


def _time(session: Session, stage: Stage, now: datetime) -> Iterator[str]:
    found = next((one for one in slots(session, now) if one.stage == stage), None)
    if found is None:
        yield "No time is planned."
        return
    yield f"{_told(found)}."
    if short := too_short(session, now):
        yield short


def _told(slot: Slot) -> str:
    has = number_of(whole_minutes(slot.planned), "minute")
    left = f"{whole_minutes(slot.left)} left" if slot.left >= 0 else f"{whole_minutes(-slot.left)} too long"
    return f"{has} planned, {whole_minutes(slot.spent)} spent, {left}"


def _not_heard(session: Session) -> Iterator[str]:
    """Yield a line for each group that has told nothing; groups only, never people.

    What is not said of a story that came along must not tell whose it is either.
    """
    told = {
        voice
        for one in session.stories
        for voice in (together_with(one.voice, present_for(session, one)) if one.carried else (one.voice,))
    }
    counted = any(getattr(session.present, voice) for voice in VOICES)
    for voice in VOICES:
        if voice not in told:
            nobody = counted and not getattr(session.present, voice)
            yield f"{_GROUPS[voice]}: no story yet{', and nobody of them is in the room' if nobody else ''}."


def _next(session: Session, stage: Stage, questions: Questions, today: date) -> Iterator[str]:
    """Yield the next stage with its first question; after the last one the check-ins that are due first."""
    following = STAGES[STAGES.index(stage) + 1 :]
    if following:
        first = questions.at(following[0], START)[:1]
        yield ": ".join([NUMBERED[following[0]], *first])
        return
    due = [
        (day, own.title_of(session, one)) for one in session.initiatives if (day := checkin_due(one, today))
    ]
    for day, title in sorted(due)[:_SOON]:
        yield f"Check-in {spoken(day, today)}, {distance(day, today)}: {title}"
