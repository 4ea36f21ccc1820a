"""Sessions that come of another: one that carries on, one that tries a runner elsewhere, one like it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import count

from promote_tui.session import measured
from promote_tui.session.edits import details, items, own
from promote_tui.session.edits.items import AnyEntry, EditError
from promote_tui.session.model import (
    HORIZONS,
    Agenda,
    Candidate,
    Earlier,
    Goal,
    Idea,
    Initiative,
    PerVoice,
    Plan,
    Process,
    Session,
    Step,
)
from promote_tui.session.parts import still_to_tune
from promote_tui.session.schedule import next_horizon
from promote_tui.session.text import LONGEST, one_line
from promote_tui.session.voices import remembered


def open_changes(session: Session) -> tuple[Initiative, ...]:
    """Return the changes that something is still open for: a check-in, a fine tuning, the decision.

    One that was let go is not open, one that is scaled up needs no decision any more.
    """
    return tuple(one for one in session.initiatives if _is_open(one))


def _is_open(initiative: Initiative) -> bool:
    if "let go" in (initiative.stage, initiative.decision):
        return False
    if next_horizon(initiative) or still_to_tune(initiative):
        return True
    return initiative.stage != "scaling" and initiative.decision != "ready"


def follow_on(session: Session, *, new_id: str, title: str, team: str, now: datetime) -> Session:
    """Return a new session that carries on from this one: its open changes, and what is still parked.

    ``new_id`` is its identity, ``now`` carries its time zone. Stories stay where they were told.
    Raises EditError when the title or the team does not fit.
    """
    new = details.begin(id=new_id, title=title, team=team, now=now)
    changes = open_changes(session)
    ideas, brought = _brought(session, changes, {})
    parked = [one for one in session.parked if not one.became]
    return _counted(
        new,
        follows=session.id,
        earlier=_earlier(session).model_copy(
            update={
                "attached": session.closing.attached,
                "hard_to_change": session.closing.hard_to_change,
                "done": tuple(_became(session, one) for one in session.initiatives if not _is_open(one)),
            }
        ),
        ideas=ideas,
        initiatives=tuple(
            one.model_copy(update={"carried": old.id}) for one, old in zip(brought, changes, strict=True)
        ),
        parked=_numbered("parked", (one.model_copy(update={"carried": one.id}) for one in parked)),
    )


def runner(session: Session, id: str) -> Initiative:
    """Return a change that can be tried in another place; raises EditError when it is not a runner."""
    initiative: Initiative = items.find(session, id)
    if initiative.stage not in ("runner", "scaling") and initiative.decision != "ready":
        raise EditError("Only a runner is tried in another place. d says that it is ready.")
    return initiative


def scale_up(
    session: Session, initiative_id: str, *, new_id: str, title: str, team: str, now: datetime
) -> Session:
    """Return a new session that tries a runner in another place: its process, map and plan, nobody's name.

    ``new_id`` is its identity, ``now`` carries its time zone. Who owns it there, on which days, and
    where its measure begins is for that place to say. Raises EditError when the change is no runner,
    or the title or the team does not fit.
    """
    change = runner(session, initiative_id)
    new = details.begin(id=new_id, title=title, team=team, now=now)
    steps, future, names = _maps(session)
    ideas, (brought,) = _brought(session, [change], names)
    goals: dict[str, Goal] = {
        horizon: getattr(change.plan, horizon).model_copy(update={"due_on": None}) for horizon in HORIZONS
    }
    plan: Plan = change.plan.model_copy(update=goals)
    anew = {
        **{name: Initiative.model_fields[name].get_default() for name in _LEFT_BEHIND},
        "measure": change.measure.model_copy(update={"baseline": None}),
        # how its energy was used is that place's own, and may tell of a colleague there
        "resistance": tuple(one.model_copy(update={"harness": ""}) for one in brought.resistance),
        "plan": plan,
    }
    process = session.process
    candidates = (Candidate(id="candidate-1", name=process.name),) if process.name else ()
    chosen = candidates[0].id if candidates else None
    return _counted(
        new,
        scales=session.id,
        earlier=_earlier(session).model_copy(update={"done": _found(session, change)}),
        process=process.model_copy(update={"candidate": chosen}),
        candidates=candidates,
        steps=steps,
        future_steps=future,
        ideas=ideas,
        initiatives=(brought.model_copy(update=anew),),
    )


def scaling(session: Session, id: str) -> Session:
    """Return the session with a runner marked as tried in another place."""
    return items.change(session, runner(session, id).id, stage="scaling")


def as_template(session: Session, *, new_id: str, title: str, team: str, now: datetime) -> Session:
    """Return a new session about the same process for another room: its frame, its steps, its time.

    What anybody said, felt, counted or promised stays behind, and so do ideas: they are that room's own
    to have. ``new_id`` is its identity, ``now`` carries its time zone. Raises EditError when the title or
    the team does not fit.
    """
    new = details.begin(id=new_id, title=title, team=team, now=now)
    candidates = tuple(Candidate(id=one.id, name=one.name) for one in session.candidates)
    chosen = next((one.id for one in candidates if one.id == session.process.candidate), None)
    process = {name: getattr(session.process, name) for name in _OF_A_PROCESS}
    steps, future, _ = _maps(session)
    return _counted(
        new,
        dots=session.dots,
        agenda=Agenda(minutes=session.agenda.minutes),
        process=Process(**process, candidate=chosen),
        candidates=candidates,
        steps=_bare(steps),
        future_steps=_bare(future),
    )


_OF_A_PROCESS = ("name", "purpose", "starts_with", "ends_with", "phase")
_OF_A_STEP = ("id", "title", "who", "minutes", "usual", "value", "was")
"""What a template keeps; keys that this program does not know may hold anything, so they stay behind."""


def _bare(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(Step(**{name: getattr(step, name) for name in _OF_A_STEP}) for step in steps)


_LEFT_BEHIND = (
    "owner",
    "buddy",
    "started_on",
    "stage",
    "decision",
    "decision_because",
    "learnt",
    "checkins",
    "reviews",
    "carried",
)
"""What a change that is tried in another place begins without."""


def _earlier(session: Session) -> Earlier:
    return Earlier(
        title=session.title, team=session.team, held_on=session.held_on, present=remembered(session)
    )


def _became(session: Session, change: Initiative) -> str:
    """Return in a line what became of a change that is not open any more."""
    title = own.title_of(session, change)
    if "let go" not in (change.stage, change.decision):
        return one_line(f"Done: {title}")[:LONGEST]
    learnt = f"   learnt: {one_line(change.learnt)}" if change.learnt else ""
    return f"Let go: {one_line(title)}{learnt}"[:LONGEST]


def _found(session: Session, change: Initiative) -> tuple[str, ...]:
    """Return what a runner is and what came of it where it began, each in a line."""
    counted = measured.progress(change) if measured.latest(change) is not None else ""
    lines = (own.title_of(session, change), counted, change.decision_because)
    return tuple(one_line(line)[:LONGEST] for line in lines if line)


def _brought(
    session: Session, changes: Sequence[Initiative], steps: Mapping[str, str]
) -> tuple[tuple[Idea, ...], tuple[Initiative, ...]]:
    """Return changes as they stand in a new file, and the ideas behind them; ``steps`` names its steps.

    A change whose ideas are all gone comes with words that say so.
    """
    held = {idea.id: idea for idea in session.ideas}
    ideas: dict[str, Idea] = {}
    brought: list[Initiative] = []
    objections = count(1)
    for change in changes:
        there = {id: held[id] for id in change.ideas if id in held}
        for id, idea in (there or {change.id: _gone(session, change)}).items():
            fresh = {
                "id": f"idea-{len(ideas) + 1}",
                "step": steps.get(idea.step or ""),
                "stories": (),
                "votes": PerVoice(),
                "group": None,
            }
            ideas.setdefault(id, idea.model_copy(update=fresh))
        own_ideas = tuple(ideas[id].id for id in there or (change.id,))
        resistance = tuple(
            one.model_copy(update={"id": f"resistance-{next(objections)}"}) for one in change.resistance
        )
        update = {"id": f"initiative-{len(brought) + 1}", "ideas": own_ideas, "resistance": resistance}
        brought.append(change.model_copy(update=update))
    return tuple(ideas.values()), tuple(brought)


def _gone(session: Session, change: Initiative) -> Idea:
    return Idea(id="idea-1", kind="start", text=own.title_of(session, change))


def _maps(session: Session) -> tuple[tuple[Step, ...], tuple[Step, ...], dict[str, str]]:
    """Return both maps as they stand in a new file, tied to each other alone, and the new id of each step."""
    both = (*session.steps, *session.future_steps)
    names = {step.id: f"step-{number}" for number, step in enumerate(both, 1)}
    new = [
        step.model_copy(update={"was": names.get(step.was or ""), "stories": ()})
        for step in _numbered("step", both)
    ]
    today = len(session.steps)
    return tuple(new[:today]), tuple(new[today:]), names


def _numbered(kind: str, entries: Iterable[AnyEntry]) -> tuple[AnyEntry, ...]:
    """Return entries with the first ids of a new file."""
    return tuple(one.model_copy(update={"id": f"{kind}-{number}"}) for number, one in enumerate(entries, 1))


def _counted(new: Session, **fields: object) -> Session:
    """Return a new session with these fields, and its numbers in use remembered."""
    new = new.model_copy(update=fields)
    return new.model_copy(update={"last_used": items.used(new)})
