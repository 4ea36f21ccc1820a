"""Edits of stage 4: initiatives with an owner, a 3-3-3 plan, resistance and check-ins."""

from datetime import date
from typing import Any

from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError, changed, required
from promote_tui.session.model import (
    HORIZONS,
    Checkin,
    Goal,
    Horizon,
    Initiative,
    Plan,
    Resistance,
    Session,
)
from promote_tui.session.schedule import due_on


def take_on(session: Session, idea_id: str, today: date) -> Session:
    """Return the session with an idea taken on as an initiative whose day 0 is ``today``."""
    items.find(session, idea_id)
    if any(idea_id in initiative.ideas for initiative in session.initiatives):
        raise EditError("It is taken on already. 4 shows it.")
    return items.add(
        session,
        "initiative",
        lambda id: Initiative(id=id, ideas=(idea_id,), started_on=today, plan=_dates(Plan(), None, today)),
    )


def title_of(session: Session, initiative: Initiative) -> str:
    """Return what an initiative is called: the words of its first idea that is still there."""
    texts = {idea.id: idea.text for idea in session.ideas}
    known = [texts[id] for id in initiative.ideas if id in texts]
    return known[0] if known else "(its idea was removed)"


def set_initiative(session: Session, id: str, **fields: Any) -> Session:
    """Return the session with fields of an initiative set."""
    return items.change(session, id, **fields)


def set_measure(session: Session, id: str, **fields: Any) -> Session:
    """Return the session with fields of an initiative's measure set."""
    measure = items.find(session, id).measure
    return items.change(session, id, measure=changed(measure, **fields))


def set_goal(session: Session, id: str, horizon: Horizon, **fields: Any) -> Session:
    """Return the session with the goal or the due day of one horizon set."""
    plan: Plan = items.find(session, id).plan
    goal = changed(getattr(plan, horizon), **fields)
    return items.change(session, id, plan=changed(plan, **{horizon: goal}))


def start_on(session: Session, id: str, day: date) -> Session:
    """Return the session with day 0 of an initiative set; due days follow, those moved by hand stay."""
    initiative: Initiative = items.find(session, id)
    plan = _dates(initiative.plan, initiative.started_on, day)
    return items.change(session, id, started_on=day, plan=plan)


def _dates(plan: Plan, old: date | None, new: date) -> Plan:
    moved: dict[str, Goal] = {}
    for horizon in HORIZONS:
        goal: Goal = getattr(plan, horizon)
        if goal.due_on is None or (old and goal.due_on == due_on(old, horizon)):
            moved[horizon] = goal.model_copy(update={"due_on": due_on(new, horizon)})
    return plan.model_copy(update=moved)


def add_resistance(session: Session, id: str, says: str) -> Session:
    """Return the session with an objection recorded on an initiative."""
    says = required(says, "What is said")
    initiative: Initiative = items.find(session, id)
    new, last_used = items.new_id(session, "resistance")
    session = items.change(session, id, resistance=(*initiative.resistance, Resistance(id=new, says=says)))
    return session.model_copy(update={"last_used": last_used})


def set_resistance(session: Session, id: str, resistance_id: str, **fields: Any) -> Session:
    """Return the session with fields of one objection set."""
    if "says" in fields:
        fields["says"] = required(fields["says"], "What is said")
    initiative: Initiative = items.find(session, id)
    if all(item.id != resistance_id for item in initiative.resistance):
        raise EditError("That is no longer there.")
    kept = tuple(
        changed(item, **fields) if item.id == resistance_id else item for item in initiative.resistance
    )
    return items.change(session, id, resistance=kept)


def remove_resistance(session: Session, id: str, resistance_id: str) -> Session:
    """Return the session without one objection."""
    initiative: Initiative = items.find(session, id)
    kept = tuple(item for item in initiative.resistance if item.id != resistance_id)
    counts = items.used(session)
    return items.change(session, id, resistance=kept).model_copy(update={"last_used": counts})


def check_in(session: Session, id: str, horizon: Horizon, today: date, **fields: Any) -> Session:
    """Return the session with a check-in of one horizon: the one held on ``today`` changed, or a new one."""
    initiative: Initiative = items.find(session, id)
    held = list(initiative.checkins)
    for place, checkin in enumerate(held):
        if checkin.horizon == horizon and checkin.held_on == today:
            held[place] = changed(checkin, **fields)
            break
    else:
        held.append(changed(Checkin(horizon=horizon, held_on=today), **fields))
    stage = "trying" if initiative.stage == "planned" else initiative.stage
    return items.change(session, id, checkins=tuple(held), stage=stage)


def move_checkin(session: Session, id: str, place: int, held_on: date) -> Session:
    """Return the session with a check-in said to be held on another day; ``place`` counts from 0."""
    held = list(items.find(session, id).checkins)
    held[place] = changed(held[place], held_on=held_on)
    return items.change(session, id, checkins=tuple(held))


def remove_checkin(session: Session, id: str, place: int) -> Session:
    """Return the session without one check-in; ``place`` counts from 0."""
    held = items.find(session, id).checkins
    return items.change(session, id, checkins=held[:place] + held[place + 1 :])
