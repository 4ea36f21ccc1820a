"""The fields of an initiative, its resistance and its check-ins, with what is asked for each."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from promote_tui.session.edits import own
from promote_tui.session.model import HORIZONS, Checkin, Goal, Horizon, Initiative, Session
from promote_tui.session.schedule import NAMES, spoken
from promote_tui.ui.fields import Field

_STAGES = tuple((word, word) for word in ("planned", "trying", "runner", "scaling", "let go"))
_VOICES = tuple((word, word) for word in ("patient", "carer", "staff"))
_BASES = (
    ("content as is", "content as it is"),
    ("unconvinced", "not convinced"),
    ("unable", "not able"),
    ("leadership", "leadership"),
)
_BETTER = (("up", "more is better"), ("down", "less is better"))
_GOALS: dict[Horizon, str] = {
    "three_days": "3 days: what gets it off the ground? Who tries it first, with whom, when?",
    "three_weeks": "3 weeks: what will be running by then, and what will you watch for?",
    "three_months": "3 months: what will tell you that it is a runner?",
}
CHECKIN_QUESTIONS: dict[Horizon, tuple[tuple[str, str, str], ...]] = {
    "three_days": (
        ("happened", "Happened", "What was tried, and what happened?"),
        ("advice", "Advice", "What did colleagues advise?"),
    ),
    "three_weeks": (
        ("happened", "Happened", "What is running now?"),
        ("value", "Measured", "How much is it now?"),
        ("expected_good", "Hoped for", "What did we hope for, and got?"),
        ("unexpected_good", "Pleasant", "What was a pleasant surprise?"),
        ("trade_offs", "Traded off", "What did we give up for it?"),
        ("unexpected_bad", "Unpleasant", "What was an unpleasant surprise? Whom did it touch?"),
        ("challenges", "Challenges", "What needs talking through with the team?"),
    ),
    "three_months": (
        ("happened", "Happened", "Against what we set out to do: is it a runner?"),
        ("value", "Measured", "How much is it now?"),
        ("advice", "Next", "Which pilot would test whether it can grow?"),
    ),
}
"""What a check-in asks at each horizon: field, label, question."""


def fields_of(initiative: Initiative) -> list[Field]:
    """Return every field of an initiative, in the order in which a room fills them."""
    fields = [*_main(initiative), *_measure(initiative), *_standing(initiative)]
    for one in initiative.resistance:
        fields += resistance_fields(initiative, one.id)
    for place, checkin in enumerate(initiative.checkins):
        fields += checkin_fields(initiative, place, checkin.horizon, checkin.held_on)
    return fields


def _main(initiative: Initiative) -> list[Field]:
    id = initiative.id

    def own_field(name: str, label: str, question: str, hint: str = "") -> Field:
        setter = _setter(own.set_initiative, id, name)
        return Field(f"{id}:{name}", label, question, getattr(initiative, name), setter, hint=hint)

    def start(session: Session, value: date | None) -> Session:
        return own.start_on(session, id, value) if value else own.set_initiative(session, id, started_on=None)

    plan: list[Field] = []
    for horizon in HORIZONS:
        goal: Goal = getattr(initiative.plan, horizon)
        name = NAMES[horizon]
        plan += [
            Field(f"{id}:{horizon}", name, _GOALS[horizon], goal.goal, _goal_setter(id, horizon, "goal")),
            Field(
                f"{id}:{horizon}_due",
                "  by",
                f"{name}: by which day?",
                goal.due_on,
                _goal_setter(id, horizon, "due_on"),
                "day",
            ),
        ]
    day_0 = "When does it start? The other days follow."
    return [
        own_field("owner", "Owner", "Who wants to own this?", "a role, such as HCA, nights"),
        own_field("success", "Success", "What would success look like?"),
        Field(f"{id}:started_on", "Day 0", day_0, initiative.started_on, start, "day"),
        *plan,
        own_field("if_then", "If-then", "What could get in the way, and what then?", "If …, then I will …"),
        own_field("buddy", "Buddy", "Who helps the owner?", "a role, such as Night nurse"),
    ]


def _measure(initiative: Initiative) -> list[Field]:
    id, measure = initiative.id, initiative.measure

    def field(name: str, label: str, question: str, **more: Any) -> Field:
        setter = _setter(own.set_measure, id, name)
        return Field(f"{id}:{name}", label, question, getattr(measure, name), setter, group="Measure", **more)

    return [
        field("name", "Measure", "What could we count to see a difference?"),
        field("unit", "Unit", "Counted in what?", hint="such as people a day"),
        field("better", "Better", "Is more better, or less?", choices=_BETTER),
        field("baseline", "Now", "How much is it today?", kind="number"),
        field("target", "Hoped for", "How much would be a success?", kind="number"),
    ]


def _standing(initiative: Initiative) -> list[Field]:
    progress = _setter(own.set_initiative, initiative.id, "stage")
    return [
        Field(
            f"{initiative.id}:stage",
            "Status",
            "How far is it?",
            initiative.stage,
            lambda session, value: progress(session, value or "planned"),
            choices=_STAGES,
            group="Where it stands",
        )
    ]


def resistance_fields(initiative: Initiative, resistance_id: str) -> list[Field]:
    """Return the fields of one objection: what is said first."""
    id = initiative.id
    one = next((one for one in initiative.resistance if one.id == resistance_id), None)
    if one is None:
        return []

    def field(name: str, label: str, question: str, **more: Any) -> Field:
        def setter(session: Session, value: Any) -> Session:
            return own.set_resistance(session, id, resistance_id, **{name: value})

        key = f"{id}:resistance/{resistance_id}/{name}"
        return Field(key, label, question, getattr(one, name), setter, group=group, **more)

    group = f"Resistance {initiative.resistance.index(one) + 1}"
    return [
        field("says", "Said", "What is said against it?"),
        field("voice", "Said by", "Which group says so?", choices=_VOICES),
        field("basis", "Rests on", "What does it rest on?", choices=_BASES),
        field("protects", "Protects", "What does it protect?"),
        field("harness", "Can help by", "How can the energy behind it help?"),
        field("changes_plan", "Changes", "What does it change in the plan?"),
    ]


def checkin_fields(initiative: Initiative, place: int, horizon: Horizon, held_on: date) -> Sequence[Field]:
    """Return the fields of a check-in, held or about to be; ``place`` counts from 0."""
    id = initiative.id
    checkin = next(
        (one for one in initiative.checkins if (one.horizon, one.held_on) == (horizon, held_on)),
        Checkin(horizon=horizon, held_on=held_on),
    )

    def field(name: str, label: str, question: str) -> Field:
        def setter(session: Session, value: Any) -> Session:
            return own.check_in(session, id, horizon, held_on, **{name: value})

        key = f"{id}:checkin/{place}/{name}"
        kind = "number" if name == "value" else "text"
        asked = f"{NAMES[horizon]}: {question[0].casefold()}{question[1:]}"
        group = f"Check-in after {NAMES[horizon]}, held {spoken(held_on)}"
        return Field(key, label, asked, getattr(checkin, name), setter, kind, group=group)

    counted = bool(initiative.measure.name or initiative.measure.unit)
    asked = [entry for entry in CHECKIN_QUESTIONS[horizon] if counted or entry[0] != "value"]
    known = {entry[0] for entry in asked}
    more = [
        (name, name.replace("_", " ").capitalize(), "What else is there to say?")
        for name in Checkin.model_fields
        if name not in (*known, "horizon", "held_on") and getattr(checkin, name) not in ("", None)
    ]
    fields = [field(*entry) for entry in (*asked, *more)]
    if checkin not in initiative.checkins:
        return fields
    held = Field(
        f"{id}:checkin/{place}/held_on",
        "Held on",
        "On which day was it held?",
        held_on,
        lambda session, day: own.move_checkin(session, id, place, day or held_on),
        "day",
        group=fields[0].group,
    )
    return [*fields, held]


def _setter(edit: Callable[..., Session], id: str, name: str) -> Callable[[Session, Any], Session]:
    return lambda session, value: edit(session, id, **{name: value})


def _goal_setter(id: str, horizon: Horizon, name: str) -> Callable[[Session, Any], Session]:
    return lambda session, value: own.set_goal(session, id, horizon, **{name: value})
