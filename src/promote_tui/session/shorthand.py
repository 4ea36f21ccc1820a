"""What the capture line understands, all optional: ``p:``, ``@``, ``10m``, ``-``, ``+``, ``=``, ``#3``."""

import re
from dataclasses import dataclass

from promote_tui.session.model import Idea, Kind, Step, Story, Voice
from promote_tui.session.text import one_line

_VOICES: dict[str, Voice] = {"p": "patient", "c": "carer", "s": "staff"}
_KINDS: dict[str, Kind] = {"-": "stop", "+": "start", "=": "continue"}
_VOICE = re.compile(r"\s*([pcs])\s*:\s*", re.IGNORECASE)
_KIND = re.compile(r"\s*([-+=])\s*")
_MINUTES = re.compile(r"(?:^|(?<=\s))(\d{1,4})\s?m(?:in)?(?=\s|$)", re.IGNORECASE)
_WHO = re.compile(r"(?:^|(?<=\s))@\s*(\S.*)$", re.DOTALL)
_STEP = re.compile(r"(?:^|(?<=\s))#(\d{1,4})(?=[\s.,;]|$)")


@dataclass(frozen=True)
class StoryLine:
    """A line of stage 1: a story of one voice, or (``voice`` None) a process to consider."""

    voice: Voice | None
    text: str


@dataclass(frozen=True)
class StepLine:
    """A line of stage 2; ``minutes`` is None when none were said."""

    title: str
    who: str
    minutes: int | None


@dataclass(frozen=True)
class IdeaLine:
    """A line of stage 3; ``kind`` None means the column in focus, ``step`` counts from 1."""

    kind: Kind | None
    text: str
    step: int | None


def read_story(line: str) -> StoryLine:
    """Read ``p: The lights come on``; without a prefix it is a process to consider."""
    if found := _VOICE.match(line):
        return StoryLine(_VOICES[found[1].lower()], line[found.end() :].strip())
    return StoryLine(None, line.strip())


def write_story(story: Story) -> str:
    """Return a story as it would be typed."""
    return f"{story.voice[0]}: {story.text}"


def read_step(line: str) -> StepLine:
    """Read ``Lights on @HCA, nights 5m``: ``@`` goes to the end of the line or to the minutes."""
    minutes = None
    if found := _MINUTES.search(line):
        minutes = int(found[1])
        line = f"{line[: found.start()].rstrip()}\n{line[found.end() :].lstrip()}"
    before, _, after = line.partition("\n")
    who = ""
    if at := _WHO.search(before):
        before, who = before[: at.start()], at[1]
    elif at := _WHO.search(after):
        after, who = after[: at.start()], at[1]
    return StepLine(one_line(f"{before} {after}"), one_line(who), minutes)


def write_step(step: Step) -> str:
    """Return a step as it would be typed."""
    who = f" @{one_line(step.who)}" if step.who else ""
    minutes = f" {step.minutes}m" if step.minutes is not None else ""
    return one_line(step.title) + who + minutes


def read_idea(line: str) -> IdeaLine:
    """Read ``+ Tea ten minutes earlier #1``."""
    kind, step = None, None
    if found := _KIND.match(line):
        kind, line = _KINDS[found[1]], line[found.end() :]
    if tie := _STEP.search(line):
        step = int(tie[1])
        line = f"{line[: tie.start()].rstrip()} {line[tie.end() :].lstrip()}"
    return IdeaLine(kind, line.strip(), step)


def write_idea(idea: Idea, step_number: int | None) -> str:
    """Return an idea as it would be typed; ``step_number`` counts from 1, None when it has no step."""
    sign = next(sign for sign, kind in _KINDS.items() if kind == idea.kind)
    return f"{sign} {idea.text}" + (f" #{step_number}" if step_number else "")


def spread(before: str, pasted: str) -> list[str]:
    """Return pasted lines as captures: empty ones dropped, a sign typed before the paste put on each.

    ``p: `` and three pasted lines are three patient stories, unless a line has a sign of its own.
    """
    found = _VOICE.match(before) or _KIND.match(before)
    sign = before[: found.end()] if found and not before[found.end() :].strip() else ""
    lines = [line.strip() for line in f"{before if not sign else ''}{pasted}".split("\n")]
    kept = [line for line in lines if line]
    return [line if _VOICE.match(line) or _KIND.match(line) or not sign else f"{sign}{line}" for line in kept]
