"""What the capture line understands, all optional: ``p:``, ``@``, ``10m``, ``-``, ``+``, ``=``, ``#3``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from promote_tui.session.model import Idea, Kind, Step, Story, Voice
from promote_tui.session.text import one_line, tidy

_VOICES: dict[str, Voice] = {"p": "patient", "c": "carer", "s": "staff"}
_KINDS: dict[str, Kind] = {"-": "stop", "+": "start", "=": "continue"}
_VOICE = re.compile(r"\s*(p(?:atient)?|c(?:arer)?|s(?:taff)?)\s*:\s*", re.ASCII | re.IGNORECASE)
_KIND = re.compile(r"\s*([-+=])\s*")
_MINUTES = re.compile(r"(?:^|(?<=\s))(\d{1,4})\s?m(?:in(?:ute)?s?)?(?=\s|$)", re.IGNORECASE)
_AT = re.compile(r"(?<!\S)@+")
# “• ”, “1. ”, “(2) ”; word processors have private signs, and an “o” before a tab, for theirs
_BULLET = r"[•◦▪▫●○■□‣⁃∙·*–—\uf0a7\uf0b7]|\(?[0-9]{1,3}[.)]|o(?=\t)"
_LISTED = re.compile(rf"^(?:(?:{_BULLET})(?:\s+|$))+")
_LISTED_WITH_DASHES = re.compile(rf"^(?:(?:{_BULLET}|-)(?:\s+|$))+")
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
        return StoryLine(_VOICES[found[1][0].lower()], line[found.end() :].strip())
    return StoryLine(None, line.strip())


def write_story(story: Story) -> str:
    """Return a story as it would be typed."""
    return f"{story.voice[0]}: {story.text}"


def read_step(line: str) -> StepLine:
    """Read ``Lights on @HCA, nights 5m``: ``@`` goes to the end of the line or to the minutes.

    Of several minutes the first after ``@`` count, or else the last; the others stay in the words.
    """
    at = _AT.search(line)
    before, after = (line[: at.start()], line[at.start() :]) if at else (line, "")
    if found := _MINUTES.search(after):
        title, who = f"{before} {_AT.sub(' ', after[found.end() :])}", after[: found.start()]
    elif found := _last(_MINUTES.finditer(before)):
        title, who = f"{before[: found.start()]} {before[found.end() :]}", after
    else:
        title, who = before, after
    return StepLine(one_line(title), one_line(_AT.sub(" ", who)), int(found[1]) if found else None)


def write_step(step: Step) -> str:
    """Return a step as it would be typed."""
    who = f" @{one_line(step.who)}" if step.who else ""
    minutes = f" {step.minutes}m" if step.minutes is not None else ""
    return one_line(step.title) + who + minutes


def read_idea(line: str) -> IdeaLine:
    """Read ``+ Tea ten minutes earlier #1``; of several ties the last one counts."""
    kind, step = None, None
    if found := _KIND.match(line):
        kind, line = _KINDS[found[1]], line[found.end() :]
    if tie := _last(_STEP.finditer(line)):
        step = int(tie[1])
        line = f"{line[: tie.start()].rstrip()} {line[tie.end() :].lstrip()}"
    return IdeaLine(kind, line.strip(), step)


def read_idea_words(line: str) -> str:
    """Return the words of an idea without its sign, ``#9`` and all."""
    found = _KIND.match(line)
    return (line[found.end() :] if found else line).strip()


def _last(found: Iterable[re.Match[str]]) -> re.Match[str] | None:
    return max(found, key=lambda match: match.start(), default=None)


def write_idea(idea: Idea, step_number: int | None) -> str:
    """Return an idea as it would be typed; ``step_number`` counts from 1, None when it has no step."""
    sign = next(sign for sign, kind in _KINDS.items() if kind == idea.kind)
    return f"{sign} {idea.text}" + (f" #{step_number}" if step_number else "")


def spread(before: str, pasted: str, *, ideas: bool = False) -> list[str]:
    """Return pasted lines as captures: empty ones dropped, a sign typed before the paste put on each.

    ``p: `` and three pasted lines are three patient stories, unless a line has a sign of its own.
    Bullets and numbers of a list are dropped. A dash is a bullet too, but among ``ideas`` it means stop.
    """
    sort, listed = (_KIND, _LISTED) if ideas else (_VOICE, _LISTED_WITH_DASHES)
    found = sort.match(before)
    sign = before[: found.end()] if found and not before[found.end() :].strip() else ""
    pasted = pasted if sign else before + pasted
    lines = [listed.sub("", line.strip()) for line in tidy(pasted).split("\n")]
    return [line if not sign or sort.match(line) else f"{sign}{line}" for line in lines if line]
