"""The fields of an initiative, its resistance and its check-ins, with what is asked for each."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from promote_tui.session.advice import about_measure
from promote_tui.session.days import Place, odd_days
from promote_tui.session.edits import items, own
from promote_tui.session.holidays import mark
from promote_tui.session.model import HORIZONS, Goal, Horizon, Initiative, PerVoice, Session
from promote_tui.session.owners import about_owner
from promote_tui.session.schedule import NAMES, due_of, spoken
from promote_tui.session.stages import BASES, STANDINGS, title_of_change
from promote_tui.session.voices import present_for, together_with
from promote_tui.ui.checkin_fields import checkin_rows
from promote_tui.ui.fields import Field

_LET_GO = (("let go", STANDINGS["let go"]),)
"""A status that only 5 Review gives, where it is asked what was learnt."""
_STAGES = tuple(one for one in STANDINGS.items() if one not in _LET_GO)
_VOICES = tuple((word, word) for word in ("patient", "carer", "staff"))
_BASES = tuple(BASES.items())
_BETTER = (("up", "more is better"), ("down", "less is better"))
_GOALS: dict[Horizon, str] = {
    "three_days": "what gets it off the ground? Who tries it first, with whom, when?",
    "three_weeks": "what will be running by then, and what will you watch for?",
    "three_months": "what will tell you that it is a runner?",
}


def fields_of(session: Session, initiative: Initiative, today: date) -> list[Field]:
    """Return every field of an initiative, in the order in which a room fills them.

    Gentle words stand under the field that they are about: an owner who is nobody, a day out of order.
    """
    fields = [*_main(initiative), *_ideas(session, initiative), *_measure(initiative), *_standing(initiative)]
    for one in initiative.resistance:
        fields += resistance_fields(initiative, one.id, present_for(session, initiative))
    for place, checkin in enumerate(initiative.checkins):
        fields += checkin_rows(initiative, place, checkin.horizon, checkin.held_on)
    warnings = _warnings(initiative, today)
    return [replace(field, warning=warnings.get(field.key.partition(":")[2], "")) for field in fields]


def _warnings(initiative: Initiative, today: date) -> dict[str, str]:
    """Return gentle words by the field that they stand under."""
    hints = {"owner": about_owner(initiative.owner)}
    if gentle := about_measure(initiative.measure):
        hints["target"] = gentle[0]
    for place, hint in odd_days(initiative, today):
        hints[_field_of(place)] = hint
    return {name: hint.words for name, hint in hints.items() if hint}


def _field_of(place: Place) -> str:
    """Return the field at a place of an initiative: ``checkin/0/held_on``, ``three_weeks_due``."""
    if place[0] == "checkins":
        return f"checkin/{place[1]}/held_on"
    return f"{place[1]}_due" if place[0] == "plan" else ""


def _main(initiative: Initiative) -> list[Field]:
    id = initiative.id

    def own_field(name: str, label: str, question: str, hint: str = "") -> Field:
        setter = _setter(own.set_initiative, id, name)
        return Field(f"{id}:{name}", label, question, getattr(initiative, name), setter, hint=hint)

    plan: list[Field] = []
    for horizon in HORIZONS:
        goal: Goal = getattr(initiative.plan, horizon)
        name = NAMES[horizon]
        due = due_of(initiative, horizon)
        by = f"{name}, {spoken(due, initiative.started_on or due)}" if due else name
        question = f"{by}: {_GOALS[horizon]}"
        plan += [
            Field(f"{id}:{horizon}", name, question, goal.goal, _goal_setter(id, horizon, "goal")),
            Field(
                f"{id}:{horizon}_due",
                "  by",
                f"{name}: by which day?",
                goal.due_on,
                _due_setter(id, horizon),
                "day",
                note=day_note(initiative, horizon),
                worked_out=True,
            ),
        ]
    day_0 = "When does it start? Enter keeps the day; those not moved by hand follow."
    start = _setter(own.start_on, id, "day")
    return [
        own_field("owner", "Owner", "Who wants to own this?", "a role, such as HCA, nights"),
        own_field("success", "Success", "What would success look like?"),
        Field(f"{id}:started_on", "Day 0", day_0, initiative.started_on, start, "day"),
        *plan,
        own_field("if_then", "If-then", "What could get in the way, and what then?", "If …, then I will …"),
        own_field("buddy", "Buddy", "Who helps the owner?", "a role, such as Night nurse"),
    ]


def day_note(initiative: Initiative, horizon: Horizon) -> str:
    """Return what is special about the due day of a horizon: a weekend, a bank holiday, moved by hand."""
    goal: Goal = getattr(initiative.plan, horizon)
    due = due_of(initiative, horizon)
    marks = [mark(due) if due else "", "moved" if own.is_moved(goal, horizon, initiative.started_on) else ""]
    return ", ".join(one for one in marks if one)


def _ideas(session: Session, initiative: Initiative) -> list[Field]:
    """Return the ideas that a change is made of; a change of one idea is named by it already."""
    ideas = {idea.id: idea for idea in session.ideas}

    def reword(id: str) -> Callable[[Session, Any], Session]:
        return lambda session, value: items.change(session, id, text=items.required(value, "An idea"))

    there = [ideas[id] for id in initiative.ideas if id in ideas]
    return [
        Field(
            f"{initiative.id}:idea/{idea.id}",
            # said before the words, as in titles: else what is to stop reads as a promise
            "Stop:" if title_of_change(idea.kind, idea.text) != idea.text else "Idea",
            "The idea, in other words.",
            idea.text,
            reword(idea.id),
            group="Made of these ideas (j takes in more)",
        )
        for idea in there
    ][: len(there) if len(there) > 1 else 0]


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
        field("target", "Target", "How much would be a success?", kind="number"),
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
            choices=_STAGES + (_LET_GO if initiative.stage == "let go" else ()),
            group="Where it stands",
        )
    ]


def resistance_fields(initiative: Initiative, resistance_id: str, present: PerVoice) -> list[Field]:
    """Return the fields of one objection: what is said first. ``present`` is who it is shown by."""
    id = initiative.id
    one = next((one for one in initiative.resistance if one.id == resistance_id), None)
    if one is None:
        return []

    def field(name: str, label: str, question: str, **more: Any) -> Field:
        def setter(session: Session, value: Any) -> Session:
            return own.set_resistance(session, id, resistance_id, **{name: value})

        key = f"{id}:resistance/{resistance_id}/{name}"
        return Field(key, label, question, getattr(one, name), setter, group=group, **more)

    together = together_with(one.voice, present) if one.voice else ()
    group = f"Resistance {initiative.resistance.index(one) + 1}"
    return [
        field("says", "Said", "What is said against it?"),
        field("voice", "Said by", "Which group says so?", choices=_VOICES, alike=together),
        field("basis", "Rests on", "What does it rest on?", choices=_BASES),
        field("protects", "Protects", "What does it protect?"),
        field("harness", "Can help by", "How can we use the energy behind it?"),
        field("changes_plan", "Changes", "What does it change in the plan? It will be rated in 5 Review."),
    ]


def _setter(edit: Callable[..., Session], id: str, name: str) -> Callable[[Session, Any], Session]:
    return lambda session, value: edit(session, id, **{name: value})


def _due_setter(id: str, horizon: Horizon) -> Callable[[Session, Any], Session]:
    return lambda session, day: own.move_due(session, id, horizon, day)


def _goal_setter(id: str, horizon: Horizon, name: str) -> Callable[[Session, Any], Session]:
    return lambda session, value: own.set_goal(session, id, horizon, **{name: value})
