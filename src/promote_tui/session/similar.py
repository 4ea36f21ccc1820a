"""Which ideas of saved sessions mean the same as words of today, and what became of each.

Cheap to import and quick: it is asked for while the room types.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from promote_tui.session.likeness import ALIKE, likeness, same_stems
from promote_tui.session.saved import SavedChange, SavedIdea, SavedSession
from promote_tui.session.stages import title_of_change
from promote_tui.session.text import figure, in_a_list, one_line

Key = TypeVar("Key")
"""What the caller knows a session by."""

MOST_ON_A_PAGE = 50
_RUNNER, _LET_GO, _RATED, _TRIED, _TAKEN, _LEFT = range(6)
"""How much can be learnt from what became of an idea, the most first."""


@dataclass(frozen=True)
class Tried(Generic[Key]):
    """An idea that another session had, and what became of it."""

    key: Key
    saved: SavedSession
    words: str
    """The idea on one line; one to stop says so."""
    where: str
    """The team, or the title where no team is named; ``you, last time`` for the session that is followed."""
    became: str
    """In plain words, such as ``runner`` or ``let go: no one at weekends``."""
    measured: str = ""
    """How the measure went, such as ``from 4 to 9 a day``."""
    alike: bool = True
    """Whether it means the same; on a page it may only be about the same."""
    change: SavedChange | None = None
    id: str = ""
    """The id of the idea in its session."""

    @property
    def month(self) -> str:
        """Return the month of the session, such as ``Mar 2026``; empty when it has no day."""
        return f"{self.saved.held_on:%b %Y}" if self.saved.held_on else ""


@dataclass(frozen=True)
class Asking:
    """Who asks: on which day, in which session and the one that it follows, about which kind of idea."""

    today: date
    own: str = ""
    follows: str = ""
    kind: str = ""


Found = Iterable[tuple[Key, SavedSession, SavedIdea]]
"""Ideas that may mean the same, each with its session and what the caller knows that by."""


def closest(text: str, found: Found[Key], asking: Asking, most: int = 3) -> list[Tried[Key]]:
    """Return ideas that mean the same as a text, the closest first: at most one of a line of sessions."""
    lines: set[str] = set()
    kept = []
    for line, tried in _ranked(text, found, asking):
        if tried.alike and line not in lines:
            lines.add(line)
            kept.append(tried)
    return kept[:most]


def about(text: str, found: Found[Key], asking: Asking, most: int = MOST_ON_A_PAGE) -> list[Tried[Key]]:
    """Return ideas that share words with a text, those that mean the same first."""
    return [tried for _, tried in _ranked(text, found, asking)][:most]


def of_process(
    name: str, sessions: Iterable[tuple[Key, SavedSession]], asking: Asking, most: int = MOST_ON_A_PAGE
) -> list[Tried[Key]]:
    """Return the ideas of sessions on a process that is called alike, what can be learnt from first."""
    here, called = set(same_stems(name)), one_line(name).casefold()
    found = [
        (key, saved, idea)
        for key, saved in sessions
        if here & set(same_stems(process := saved.process or saved.title))
        or (called and called == one_line(process).casefold())
        for idea in saved.ideas
    ]
    return [tried for _, tried in _ranked("", found, asking)][:most]


def _ranked(text: str, found: Found[Key], asking: Asking) -> list[tuple[str, Tried[Key]]]:
    """Return each idea of other sessions with its line of sessions: the closest, then what teaches most.

    An idea that a line of sessions has said more than once stands there once.
    """
    candidates = [one for one in found if not asking.own or one[1].id != asking.own]
    follows = {saved.id: saved.follows for _, saved, _ in candidates if saved.id}
    if asking.own:
        follows[asking.own] = asking.follows
    ours = _line(asking.own, follows) if asking.own else ""
    carried = {
        (saved.follows, change.promise.carried)
        for _, saved, _ in candidates
        for change in saved.changes
        if saved.follows and change.promise.carried
    }
    ranked = []
    for key, saved, idea in candidates:
        change = next((one for one in saved.changes if idea.change and one.promise.id == idea.change), None)
        if change and (saved.id, change.promise.id) in carried:
            continue  # it goes on in a later session, which knows more
        like = likeness(text, asking.kind, idea.text, idea.kind)
        line = _line(saved.id, follows) or f"{saved.title}\n{saved.team}\n{saved.held_on}"
        place, became = _became(change, asking.today)
        where = saved.team or saved.title or "no team"
        if ours and line == ours:
            where = "you, last time" if saved.id == asking.follows else "you, another time"
        words = in_a_list(title_of_change(idea.kind, idea.text))
        how = _measured(change) if change else ""
        tried = Tried(key, saved, words, in_a_list(where), became, how, like >= ALIKE, change, idea.id)
        order = (-round(like, 1), place, -_day(saved), -saved.revision, saved.id, words)
        ranked.append((order, line, tried))
    ranked.sort(key=lambda one: one[0])
    return list(_once((line, tried) for _, line, tried in ranked))


def _once(ranked: Iterable[tuple[str, Tried[Key]]]) -> Iterator[tuple[str, Tried[Key]]]:
    said: set[tuple[str, str]] = set()
    for line, tried in ranked:
        same = (line, tried.words.casefold())
        if same not in said:
            said.add(same)
            yield line, tried


def _line(id: str, follows: Mapping[str, str]) -> str:
    """Return the first session, as far as known, of the line that one carries on; a file may say anything."""
    seen: set[str] = set()
    while id not in seen and follows.get(id):
        seen.add(id)
        id = follows[id]
    return min(seen) if id in seen else id


def _day(saved: SavedSession) -> int:
    return saved.held_on.toordinal() if saved.held_on else 0


# ---- what became of it


def _became(change: SavedChange | None, today: date) -> tuple[int, str]:
    """Return how much can be learnt from what became of an idea, and that in plain words."""
    if change is None:
        return _LEFT, "not taken on"
    promise, why = change.promise, in_a_list(change.learnt or change.because)
    if change.is_let_go:
        return _LET_GO, f"let go: {why}" if why else "let go"
    if promise.stage in ("runner", "scaling"):
        return _RUNNER, "runner, tried elsewhere too" if promise.stage == "scaling" else "runner"
    if promise.decision == "ready":
        return _RUNNER, "ready for proof of feasibility"
    if change.rating:
        tunes = promise.decision == "fine tune" or bool(promise.tunings)
        return _RATED, f"tried, {change.rating}{': fine tune' if tunes else ''}"
    started = change.started_on
    if started is None:
        return _TAKEN, "taken on, no start day yet"
    day = spoken_day(started, today)
    return (_TRIED, f"being tried since {day}") if started <= today else (_TAKEN, f"starts on {day}")


def spoken_day(day: date, today: date) -> str:
    """Return a day without its weekday, such as ``3 Mar``; with the year when it is not this one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"


def _measured(change: SavedChange) -> str:
    """Return how the measure went from its first number to its last; nothing before there are two."""
    if len(change.points) < 2:
        return ""
    return said_of(change.points, change.unit)


def said_of(points: Sequence[tuple[date, float]], unit: str) -> str:
    """Return the first and the last number of a measure in words, such as ``from 4 to 9 a day``."""
    first, last = figure(points[0][1]), figure(points[-1][1])
    return " ".join(filter(None, [f"from {first} to {last}", in_a_list(unit).rstrip(".")]))
