"""What a check-in asks at each horizon of the 3-3-3 plan: three or four questions, a minute in all."""

from datetime import date
from typing import Any

from promote_tui.session.edits import own
from promote_tui.session.model import Checkin, Horizon, Initiative, Session
from promote_tui.session.schedule import NAMES, spoken
from promote_tui.session.text import figure
from promote_tui.ui.fields import Field

_RUNNER = ((True, "a runner"), (False, "not a runner"))
_HAPPENED = ("happened", "Happened", "What was tried, and what happened?")
_CHALLENGES = ("challenges", "Challenges", "What needs talking through with the team?")
_ADVICE = ("advice", "Advice", "What did colleagues advise?")
_ASKED: dict[Horizon, tuple[tuple[str, str, str], ...]] = {
    "three_days": (
        _HAPPENED,
        ("success", "Success", "Is it clear what success would look like? Enter keeps it as it is."),
        _ADVICE,
        ("value", "Counted", ""),
    ),
    "three_weeks": (
        ("value", "Counted", ""),
        ("expected_good", "Hoped for", "What did we hope for that came true?"),
        ("unexpected_good", "Good surprise", "What was a pleasant surprise?"),
        ("trade_offs", "Given up for it", "What did we give up for it?"),
        ("unexpected_bad", "Bad surprise", "What was an unpleasant surprise? Whom did it touch?"),
        ("changes_plan", "Changes", "What does that change in the plan? It will be rated in 5 Review."),
    ),
    "three_months": (
        ("value", "Counted", ""),
        ("happened", "Happened", "What became of it?"),
        ("runner", "Runner?", "Against what we set out to do: is it a runner?"),
        ("pilot", "Next pilot", "Which pilot would test whether it can be scaled up?"),
        ("learnt", "Learnt", "What did trying it teach us?"),
    ),
}
"""Field, label and question, in the order in which they are asked."""
MOST_ASKED = max(map(len, _ASKED.values()))
"""How many questions a check-in has at most."""
_KEPT = (_HAPPENED, _ADVICE, _CHALLENGES)
"""What is not asked at every horizon but has its row on the card: Enter there fills it."""


def checkin_fields(initiative: Initiative, place: int, horizon: Horizon, held_on: date) -> list[Field]:
    """Return the fields of a check-in, held or about to be; ``place`` counts from 0.

    Those that are asked come first; what only some answers lead to is there when they were given.
    """
    checkin = next(
        (one for one in initiative.checkins if (one.horizon, one.held_on) == (horizon, held_on)),
        Checkin(horizon=horizon, held_on=held_on),
    )
    leads_to = {
        "value": bool(initiative.measure.name or initiative.measure.unit) or checkin.value is not None,
        "changes_plan": bool(checkin.unexpected_bad or checkin.changes_plan),
        "pilot": bool(checkin.runner or checkin.pilot),
        "learnt": checkin.runner is False,
    }
    asked = [entry for entry in _ASKED[horizon] if leads_to.get(entry[0], True)]
    return [_field(initiative, checkin, place, *entry) for entry in asked]


def asked_at(horizon: Horizon) -> list[str]:
    """Return the names of all that may be asked at a horizon, in order."""
    return [name for name, _, _ in _ASKED[horizon]]


def checkin_rows(initiative: Initiative, place: int, horizon: Horizon, held_on: date) -> list[Field]:
    """Return the fields of a check-in that was held, for its card: also those that are not asked for."""
    fields = [
        field
        for field in checkin_fields(initiative, place, horizon, held_on)
        if not field.key.endswith(("/success", "/learnt"))  # these stand on the card itself
    ]
    checkin = initiative.checkins[place]
    there = {field.key.rpartition("/")[2] for field in fields}
    more = [entry for entry in _KEPT if entry[0] not in there]
    more += [
        (name, label, question)
        for entries in _ASKED.values()
        for name, label, question in entries
        if name not in there and name in Checkin.model_fields and getattr(checkin, name) not in ("", None)
        if name not in {entry[0] for entry in _KEPT}
    ]
    held = Field(
        f"{initiative.id}:checkin/{place}/held_on",
        "Held on",
        "On which day was it held?",
        held_on,
        lambda session, day: own.move_checkin(session, initiative.id, place, day or held_on),
        "day",
        group=_group(horizon, held_on),
        worked_out=True,
    )
    return [*fields, *(_field(initiative, checkin, place, *entry) for entry in more), held]


def _field(
    initiative: Initiative, checkin: Checkin, place: int, name: str, label: str, question: str
) -> Field:
    id, horizon, held_on = initiative.id, checkin.horizon, checkin.held_on
    on_the_change = name in ("success", "learnt")

    def setter(session: Session, value: Any) -> Session:
        if on_the_change:
            return own.set_initiative(session, id, **{name: value})
        return own.check_in(session, id, horizon, held_on, **{name: value})

    question = _with_what_was_set(initiative, name, question)
    return Field(
        f"{id}:checkin/{place}/{name}",
        label,
        f"{NAMES[horizon]}: {question[:1].casefold()}{question[1:]}",
        getattr(initiative if on_the_change else checkin, name),
        setter,
        "number" if name == "value" else "text",
        _RUNNER if name == "runner" else (),
        group=_group(horizon, held_on),
    )


def _with_what_was_set(initiative: Initiative, name: str, question: str) -> str:
    """Return a question with what the change set out to do, where it is asked against that."""
    if name == "value":
        return _how_much(initiative)
    if name == "happened" and initiative.success and question == "What became of it?":
        return f"We hoped for “{initiative.success}”. What became of it?"
    return question


def _how_much(initiative: Initiative) -> str:
    measure = initiative.measure
    counted = ", ".join(part for part in (measure.name, measure.unit) if part)
    known = (("it was", measure.baseline), ("we hope for", measure.target))
    numbers = ", ".join(f"{words} {figure(number)}" for words, number in known if number is not None)
    return f"How much is it now? {counted}{f' ({numbers})' if numbers else ''}"


def _group(horizon: Horizon, held_on: date) -> str:
    return f"Check-in after {NAMES[horizon]}, held {spoken(held_on)}"
