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
    Idea,
    Initiative,
    Plan,
    Progress,
    Resistance,
    Session,
)
from promote_tui.session.schedule import due_on
from promote_tui.session.stages import title_of_change


def taken_on(session: Session, idea_id: str) -> Initiative | None:
    """Return the initiative that an idea belongs to, if there is one."""
    return next((one for one in session.initiatives if idea_id in one.ideas), None)


def take_on(session: Session, idea_id: str, today: date) -> Session:
    """Return the session with an idea taken on as an initiative whose day 0 is ``today``."""
    items.find(session, idea_id)
    if taken_on(session, idea_id):
        raise EditError("It is taken on already. 4 shows it.")
    return items.add(
        session,
        "initiative",
        lambda id: Initiative(id=id, ideas=(idea_id,), started_on=today, plan=_dates(Plan(), None, today)),
    )


def join(session: Session, id: str, idea_id: str) -> Session:
    """Return the session with an idea in this initiative; it leaves the one that it was part of."""
    items.find(session, idea_id)
    before = taken_on(session, idea_id)
    if before and before.id == id:
        return session
    if before:
        session = leave(session, before.id, idea_id)
    return items.change(session, id, ideas=(*items.find(session, id).ideas, idea_id))


def leave(session: Session, id: str, idea_id: str) -> Session:
    """Return the session with an idea no longer part of this initiative; the last one stays."""
    kept = tuple(one for one in items.find(session, id).ideas if one != idea_id)
    if not kept:
        raise EditError("A change needs an idea. x on the change itself removes it; its idea stays.")
    return items.change(session, id, ideas=kept)


def title_of(session: Session, initiative: Initiative) -> str:
    """Return what an initiative is called: the words of its first idea that is still there."""
    there = ideas_of(session, initiative)
    return title_of_change(there[0].kind, there[0].text) if there else "(its idea was removed)"


def ideas_of(session: Session, initiative: Initiative) -> list[Idea]:
    """Return the ideas that an initiative is made of, those that are still there, in its order."""
    known = {idea.id: idea for idea in session.ideas}
    return [known[id] for id in initiative.ideas if id in known]


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


def move_due(session: Session, id: str, horizon: Horizon, day: date | None) -> Session:
    """Return the session with the due day of one horizon moved by hand, or (None) as day 0 says again."""
    started_on = items.find(session, id).started_on
    return set_goal(session, id, horizon, due_on=day or (started_on and due_on(started_on, horizon)))


def start_on(session: Session, id: str, day: date | None) -> Session:
    """Return the session with day 0 of an initiative set; due days follow, those moved by hand stay.

    Without a day 0 there are no due days but those moved by hand.
    """
    initiative: Initiative = items.find(session, id)
    plan = _dates(initiative.plan, initiative.started_on, day)
    return items.change(session, id, started_on=day, plan=plan)


def _dates(plan: Plan, old: date | None, new: date | None) -> Plan:
    moved: dict[str, Goal] = {}
    for horizon in HORIZONS:
        goal: Goal = getattr(plan, horizon)
        if not is_moved(goal, horizon, old):
            follows = due_on(new, horizon) if new else None
            moved[horizon] = goal.model_copy(update={"due_on": follows})
    return plan.model_copy(update=moved)


def is_moved(goal: Goal, horizon: Horizon, started_on: date | None) -> bool:
    """Say whether the due day of a horizon was moved by hand, away from what day 0 says."""
    return goal.due_on is not None and not (started_on and goal.due_on == due_on(started_on, horizon))


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
    """Return the session with a check-in of one horizon: the one held on ``today`` changed, or a new one.

    The first one says that the initiative is being tried, and the word ``runner`` that it is one, or not.
    """
    initiative: Initiative = items.find(session, id)
    held = list(initiative.checkins)
    for place, checkin in enumerate(held):
        if checkin.horizon == horizon and checkin.held_on == today:
            held[place] = changed(checkin, **fields)
            break
    else:
        held.append(changed(Checkin(horizon=horizon, held_on=today), **fields))
    stage: Progress = "trying" if initiative.stage == "planned" else initiative.stage
    if fields.get("runner"):
        stage = "runner" if stage == "trying" else stage
    elif "runner" in fields and stage == "runner":
        stage = "trying"
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
