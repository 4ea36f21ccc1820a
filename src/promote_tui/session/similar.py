"""Which ideas of saved sessions mean the same as words of today, and what became of each.

Cheap to import and quick: it is asked for while the room types. It would rather find nothing than something
wrong: two ideas mean the same when most of their words are shared, among them a thing and not only when,
where or how, and when they do not point in opposite directions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from promote_tui.session.saved import SavedChange, SavedIdea, SavedSession
from promote_tui.session.stages import title_of_change
from promote_tui.session.stems import stems
from promote_tui.session.text import figure, in_a_list, one_line

Key = TypeVar("Key")
"""What the caller knows a session by."""

MOST_ON_A_PAGE = 50
_ALIKE = 0.75
"""The share of their words from which on two ideas mean the same."""
_LIGHT = 0.4
"""The weight of a word that says when, where or how, against 1 for a thing."""
_LIGHT_STEMS = frozenset(
    stems(
        """
        add agree allow answer arrive ask begin book bring change check choose clean close collect cover
        decide discuss eat encourage end explain finish follow give greet hand have help hold include inform
        introduce invite join learn leave let listen look make meet move note offer open order phone
        pick place play point prepare print provide put read record remind remove repeat ring run send
        serve set share show sit speak spend split stand start stay stick swap switch talk teach tell tick
        tidy turn type wait wake walk wash wear work write
        am pm clock hour half quarter noon midday midnight morning afternoon evening night today tonight
        monday tuesday wednesday thursday friday saturday sunday weekday weekend daily weekly monthly
        fortnight month shift early earlier late breakfast lunch dinner supper bedtime
        four five six seven eight nine ten eleven twelve fifteen twenty thirty hundred once twice
        room bedroom bathroom corridor office lounge door wall board table desk bed chair bay unit hospital
        floor garden kitchen station side area place home letter word words plain language
        big small large little short long quick quickly slow slowly cup gentle gently clear
        clearly extra different special simple main whole full free spare properly always sometimes
        group team member nurse doctor manager hca colleague family relative friend visitor everybody
        """
    )
)
"""Words that many ideas share which are not about the same thing."""
_SPELT_ALIKE = {
    "brought": "bring",
    "earli": "ear",
    "held": "hold",
    "medication": "medicin",
    "queue": "queu",
    "rung": "ring",
    "visitor": "visit",
    "woken": "wak",
    "written": "writ",
}
"""Stems of the commonest words that mean the same and are not cut down to the same."""
_ALL_BUT_THE_SAME = 0.4
"""The share of all words, small ones too, from which on texts with one word that says much mean the same."""
_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("on", "off"),
        ("before", "after"),
        ("more longer extra", "less fewer shorter"),
        ("early earlier sooner", "late later"),
        ("open unlock unlocked", "close closed shut lock locked"),
        ("with", "without"),
        ("loud louder noisy", "quiet quieter quietly"),
        ("day daytime morning mornings", "night nights evening evenings"),
        ("weekday weekdays", "weekend weekends"),
        ("in", "out"),
        ("up", "down"),
        ("alone", "together"),
    )
)
"""Small words that turn a sentence round."""
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"(?:please )?(?:stop|end|avoid|scrap|abolish|give up)\b")
_TURNS = re.compile(r"(?:please )?(?:no|not|never|don[’']?t|do not|no more|no longer)\b")
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
    here, called = set(_stems(name)), one_line(name).casefold()
    found = [
        (key, saved, idea)
        for key, saved in sessions
        if here & set(_stems(process := saved.process or saved.title))
        or (called and called == one_line(process).casefold())
        for idea in saved.ideas
    ]
    return [tried for _, tried in _ranked("", found, asking)][:most]


def likeness(text: str, kind: str, other: str, other_kind: str) -> float:
    """Return how alike two ideas are, 0 to 1: the share of their words that both have, by weight.

    0 when they point in opposite directions, and when a single word, or nothing but when, where and how, is
    shared. A text without a kind is taken for something to do.
    """
    here = set(_stems(text))
    there = set(_stems(other)) if here else set()
    both = here & there
    if not both or _is_to_stop(text, kind) != _is_to_stop(other, other_kind):
        return 0.0
    words, others = (set(_WORD.findall(one.casefold())) for one in (text, other))
    if _turned_round(words, others):
        return 0.0
    if here == there:
        # where one word is all that they say, the small ones around it tell them apart
        alone = len(both) == 1 and len(words & others) < _ALL_BUT_THE_SAME * len(words | others)
        return 0.0 if alone else 1.0
    if len(both) == 1 or all(stem in _LIGHT_STEMS for stem in both):
        return 0.0
    return 2 * _weigh(both) / (_weigh(here) + _weigh(there))


def _stems(text: str) -> list[str]:
    return [_SPELT_ALIKE.get(stem, stem) for stem in stems(text)]


def _weigh(found: Iterable[str]) -> float:
    return sum(_LIGHT if stem in _LIGHT_STEMS else 1 for stem in found)


def _is_to_stop(text: str, kind: str) -> bool:
    """Say whether an idea is to do less of something, whichever column it stands in."""
    words = one_line(text).casefold()
    if _ENDS.match(words):
        return True
    return (kind == "stop") != bool(_TURNS.match(words))


def _turned_round(words: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Say whether one text has a small word of a pair of opposites, and the other only its opposite."""
    sides = [(words & one, words & two, others & one, others & two) for one, two in _OPPOSITES]
    return any(
        bool(here) != bool(turned) and bool(there) != bool(back) and bool(here) != bool(there)
        for here, turned, there, back in sides
    )


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
        tried = Tried(key, saved, words, in_a_list(where), became, how, like >= _ALIKE, change, idea.id)
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
