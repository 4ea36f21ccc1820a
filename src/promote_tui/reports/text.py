"""A whole session as plain text, for reading aloud and for screen readers."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from promote_tui.reports.text_changes import owning, reviewing
from promote_tui.reports.wording import (
    answer,
    group_of,
    joined,
    per_voice,
    said_by,
    sentence,
    told_in,
    votes,
    words,
)
from promote_tui.session.model import (
    KINDS,
    Candidate,
    Earlier,
    Idea,
    Kind,
    Session,
    Sharing,
    Stage,
    Step,
    Story,
)
from promote_tui.session.schedule import spoken
from promote_tui.session.stages import FEELINGS, TITLES, VALUES, in_view, minutes, number, numbers
from promote_tui.session.text import number_of
from promote_tui.session.voices import present_for

_SHARING: dict[Sharing | None, str] = {
    "own words agreed": "These words may be shared.",
    "paraphrased": "It may be shared as it is told here, in other words.",
    "composite": "It is put together from more than one story.",
    "already public": "It is public already.",
    None: "Nobody has said yet if it may be shared.",
}
_COLUMNS: dict[Kind, str] = {"stop": "Stop", "start": "Start", "continue": "Continue"}


def text_report(session: Session, today: date) -> str:
    """Return every stage of a session as plain lines, each a heading or complete short sentences.

    Dates of the year of ``today`` are said without the year. What is empty is said to be empty.
    """
    blocks = [_opening(session, today)]
    stages: dict[Stage, Callable[[Session, date], Iterator[str]]] = {
        "choose": _choosing,
        "map": _mapping,
        "ideas": _ideas,
        "own": owning,
        "review": reviewing,
    }
    for stage, lines in stages.items():
        blocks.append(iter([f"Stage {number(stage)}: {TITLES[stage]}", ""]))
        blocks.append(lines(session, today))
    blocks += [_parked(session), _closing(session)]
    return "\n\n".join("\n".join(block).rstrip("\n") for block in blocks) + "\n"


def _opening(session: Session, today: date) -> Iterator[str]:
    yield words(session.title)
    yield from answer("Team", session.team)
    yield from answer("Facilitator", session.facilitator)
    held = f"Held on {spoken(session.held_on, today)}." if session.held_on else ""
    yield held or "Nobody wrote down the day it was held on."
    if session.updated_at:
        yield f"Last changed on {spoken(session.updated_at.date(), today)}."
    yield from _earlier(session, today)
    yield f"The room is at stage {number(session.stage)}, {TITLES[session.stage]}."
    people = per_voice(session.present)
    yield f"In the room: {people}." if people else "Nobody wrote down how many people are in the room."
    if session.agenda.minutes:
        yield f"Time planned: {number_of(session.agenda.minutes, 'minute')}."


def _earlier(session: Session, today: date) -> Iterator[str]:
    """Yield which session this one carries on from, or tries a runner of, and what was said there."""
    earlier = session.earlier
    day = f", held on {spoken(earlier.held_on, today)}" if earlier.held_on else ""
    title = f"“{words(earlier.title)}”" if earlier.title.strip() else "an earlier session"
    if session.scales:
        yield f"It tries a runner of another place, from {title}{day}."
    elif session.follows or earlier != Earlier():
        yield f"It carries on from {title}{day}."
    yield from answer("The team then", earlier.team)
    for became in earlier.done:
        yield from answer("Done by then", became)
    yield from answer("Last time: are we too fond of any of it?", earlier.attached)
    yield from answer("Last time: what would make it hard to change later?", earlier.hard_to_change)


def _choosing(session: Session, _today: date) -> Iterator[str]:
    yield "Stories"
    if not session.stories:
        yield "No story was written down."
    # never in the order of telling, which would show who spoke when
    for story in sorted(
        session.stories, key=lambda story: (story.feeling is None, story.feeling or 0, story.text)
    ):
        yield from _story(session, story)
    yield from ("", "Processes we considered")
    if not session.candidates:
        yield "No process was considered."
    for candidate in session.candidates:
        yield _candidate(session, candidate)
    yield from ("", "The process we chose")
    yield from _process(session)


def _story(session: Session, story: Story) -> Iterator[str]:
    felt = f" It felt {FEELINGS[story.feeling]}." if story.feeling is not None else ""
    voice = said_by(story.voice, present_for(session, story))
    yield f"From {voice}: {sentence(story.text)}{felt} {_SHARING[story.sharing]}"
    names = {candidate.id: words(candidate.name) for candidate in session.candidates}
    about = [names.get(id, "a process that was removed") for id in story.candidates]
    if about:
        yield f"It is about {joined(about)}."
    yield from answer("Where it comes from", story.source)


def _candidate(session: Session, candidate: Candidate) -> str:
    chosen = " This one was chosen." if candidate.id == session.process.candidate else ""
    note = "".join(f" {line}" for line in answer("Note", candidate.note))
    return f"{sentence(candidate.name)} {votes(candidate.votes, session.present)}{chosen}{note}"


def _process(session: Session) -> Iterator[str]:
    process = session.process
    if not process.name:
        yield "No process was chosen."
        return
    yield sentence(process.name)
    yield from answer("What it is for", process.purpose) or ["Nobody wrote down what it is for."]
    yield from answer("It starts with", process.starts_with)
    yield from answer("It ends with", process.ends_with)
    yield from answer("Part of the journey", process.phase or "")
    yield from answer("Why this one", process.chosen_because)


def _parked(session: Session) -> Iterator[str]:
    yield "Parked"
    if not session.parked:
        yield "Nothing was parked."
    for item in session.parked:
        came = f" It came up in {TITLES[item.from_stage]}." if item.from_stage else ""
        column = f" It was an idea under {_COLUMNS[item.kind]}." if item.kind else ""
        present = present_for(session, item)
        voice = f" {group_of(item.voice, present).capitalize()} brought it up." if item.voice else ""
        because = f" Why it is parked: {item.because}." if item.because else ""
        carried = " It was parked last time too." if item.carried else ""
        became = " A session was made of it." if item.became else ""
        yield f"{sentence(item.text)}{came}{column}{voice}{because}{carried}{became}"


def _mapping(session: Session, _today: date) -> Iterator[str]:
    usual, exceptions = _numbered(session.steps)
    yield "What happens most of the time"
    if not usual:
        yield "No step was written down."
    yield from _time(session.steps, "These steps")
    yield from _steps(session, usual, "Step")
    yield from ("", "What happens only now and then")
    if not exceptions:
        yield "No exception was kept aside."
    yield from _steps(session, exceptions, "Step")
    yield from ("", "The new map")
    usual, exceptions = _numbered(session.future_steps)
    if not session.future_steps:
        yield "No new map was made."
    yield from _time(session.future_steps, "The new steps")
    yield from _released(minutes(session.steps).total, minutes(session.future_steps).total)
    yield from _steps(session, usual, "New step")
    if exceptions:
        yield from ("", "Only now and then on the new map")
    yield from _steps(session, exceptions, "New step")


def _numbered(steps: Sequence[Step]) -> tuple[list[tuple[int, Step]], list[tuple[int, Step]]]:
    """Return the usual steps and the exceptions of a map, each with its number on that map."""
    numbered = list(enumerate(in_view(steps), 1))
    return [pair for pair in numbered if pair[1].usual], [pair for pair in numbered if not pair[1].usual]


def _time(steps: Sequence[Step], name: str) -> Iterator[str]:
    taken, values = minutes(steps), [step.value for step in steps if step.usual]
    if not taken.total:
        return
    said = f"{name} take {number_of(taken.total, 'minute')} in all."
    if any(values):
        adding = f"{number_of(taken.adding, 'minute')} of that {'adds' if taken.adding == 1 else 'add'} value"
        said += f" {adding}{' so far' if None in values else ''}."
    yield said


def _released(today: int, new: int) -> Iterator[str]:
    """Yield how many minutes the new map takes against today; nothing unless both are known."""
    if today and new:
        apart = number_of(abs(today - new), "minute")
        than = "as long as" if today == new else f"{apart} {'less' if new < today else 'more'} than"
        yield f"That is {than} today."


def _steps(session: Session, steps: Sequence[tuple[int, Step]], name: str) -> Iterator[str]:
    places = _places(session)
    for place, step in steps:
        yield ""
        yield f"{name} {place}: {sentence(step.title)}"
        yield from answer("Who", step.who)
        if step.minutes is not None:
            yield f"It takes {number_of(step.minutes, 'minute')}."
        yield f"It {'is ' if step.value in ('needed', None) else ''}{VALUES[step.value]}."
        if step.feeling is not None:
            yield f"For the person it feels {FEELINGS[step.feeling]}."
        if step.best_we_can is not None:
            yield f"This is {'' if step.best_we_can else 'not '}the best we can do."
        yield from answer("Smallest change", step.smallest_change)
        yield from answer("What we thought about it", step.reflection)
        yield from told_in(session, step.stories)
        if step.was:
            yield f"It comes from {sentence(places.get(step.was, 'a step that was removed'))}"


def _ideas(session: Session, _today: date) -> Iterator[str]:
    places = _places(session)
    groups = {group.id: words(group.name) for group in session.groups}
    for kind in KINDS:
        yield _COLUMNS[kind]
        column = [idea for idea in session.ideas if idea.kind == kind]
        if not column:
            yield f"Nothing to {kind} was written down."
        for idea in column:
            yield from _idea(session, idea, places, groups)
        yield ""
    yield "Groups of ideas"
    if not groups:
        yield "No ideas were grouped."
    for id, name in groups.items():
        inside = [words(idea.text) for idea in session.ideas if idea.group == id]
        yield f"{name}: {sentence('; '.join(inside)) if inside else 'no idea is in it.'}"


def _places(session: Session) -> dict[str, str]:
    """Return how each step is named where an idea is tied to it."""
    titles = {step.id: words(step.title) for step in (*session.steps, *session.future_steps)}
    new = {id: f"new step {place}, {titles[id]}" for id, place in numbers(session.future_steps).items()}
    old = {id: f"step {place}, {titles[id]}" for id, place in numbers(session.steps).items()}
    return {**new, **old}


def _idea(session: Session, idea: Idea, places: dict[str, str], groups: dict[str, str]) -> Iterator[str]:
    said = [sentence(idea.text), votes(idea.votes, session.present)]
    if idea.smallest:
        said.append("It is marked as a smallest change.")
    if idea.step:
        said.append(f"It is tied to {sentence(places.get(idea.step, 'a step that was removed'))}")
    if idea.voice:
        said.append(f"It came from {said_by(idea.voice, present_for(session, idea))}.")
    if idea.group:
        said.append(f"Group: {sentence(groups.get(idea.group, 'one that was removed'))}")
    yield " ".join([*said, *told_in(session, idea.stories)])


def _closing(session: Session) -> Iterator[str]:
    yield "Closing"
    answers = [
        *answer("Are we too fond of any of it?", session.closing.attached),
        *answer("What would make it hard to change later?", session.closing.hard_to_change),
    ]
    yield from answers or ["The closing questions have no answer yet."]
