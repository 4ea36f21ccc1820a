"""Which items of two states of one session are the same item, and what a tie of one means in the other."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from promote_tui.session.model import Checkin, Entry, Initiative, Part, Review, Session
from promote_tui.session.text import one_line

LISTS: dict[type[Entry], tuple[str, ...]] = {
    Session: (
        "candidates",
        "stories",
        "steps",
        "future_steps",
        "ideas",
        "groups",
        "parked",
        "initiatives",
    ),
    Initiative: ("resistance", "checkins", "reviews"),
    Review: ("parts",),
}
"""The lists of items inside each kind of entry, in the order of the stages."""
TIES = {"candidate", "candidates", "stories", "step", "was", "group", "ideas"}
"""Fields that hold ids of other items of the same session."""
_WORD = re.compile(r"\w+")
_OPENING = 100
_MOST = _NEARLY = 0.75


def keyed(entries: Iterable[Any]) -> dict[str, Any]:
    """Return entries by what tells them apart in their list: their id, else their day or name.

    Of several that share a day or a name each gets a key of its own, in their order.
    """
    seen: Counter[str] = Counter()
    found: dict[str, Any] = {}
    for entry in entries:
        key = _key(entry)
        # no name holds this character, so no two keys are alike
        found[f"{key}\0{seen[key]}" if seen[key] else key] = entry
        seen[key] += 1
    return found


def _key(entry: Any) -> str:
    if isinstance(entry, Checkin):
        return f"{entry.horizon} {entry.held_on}"
    if isinstance(entry, Review):
        return str(entry.held_on)
    return entry.name if isinstance(entry, Part) else str(entry.id)


def words_of(item: Any) -> str:
    """Return the words that an item of a list is known by; nothing for one that is known by its day."""
    fields = type(item).model_fields
    return next((getattr(item, name) for name in ("text", "title", "name", "says") if name in fields), "")


def paired(here: Sequence[Any], there: Sequence[Any]) -> dict[str, str]:
    """Return the key here of each entry there that is the same one, by its key there.

    Two files that grew apart may have given one id to two different items. So the same id means the
    same item only when the words are alike; and without the same id, the very same words do, as
    they have when an item was taken over and its id was not free.
    """
    ours, theirs = keyed(here), keyed(there)
    found = {key: key for key, item in theirs.items() if key in ours and _is_same(ours[key], item)}
    free: dict[object, list[str]] = {}
    for key, item in ours.items():
        if key not in found:
            free.setdefault(_very_words(item), []).append(key)
    for key, item in theirs.items():
        if key not in found and (words := _very_words(item)) and (keys := free.get(words)):
            found[key] = keys.pop(0)
    return found


def _is_same(one: Any, other: Any) -> bool:
    """Say whether two entries of one key are one item; a change is the same while an idea of it is."""
    if isinstance(one, Initiative):
        return not set(one.ideas).isdisjoint(other.ideas)
    if isinstance(one, (Checkin, Review, Part)):
        return True
    return are_alike(words_of(one), words_of(other))


def _very_words(item: Any) -> object:
    if isinstance(item, Initiative):
        return item.ideas
    if isinstance(item, (Checkin, Review, Part)):
        return None
    # one sentence told by two groups is two stories, and to stop a thing is not to start it
    return one_line(words_of(item)).casefold(), getattr(item, "voice", None), getattr(item, "kind", None)


def are_alike(one: str, other: str) -> bool:
    """Say whether one text can have become the other by rewording.

    That is so when most words of the shorter one stand in the longer one (three out of four), or when
    they begin in nearly the same letters: a slip of the finger that was put right. In doubt they
    are two: to have both loses nothing.
    """
    one, other = one_line(one).casefold(), one_line(other).casefold()
    if one == other:
        return True
    shorter, longer = sorted((set(_WORD.findall(one)), set(_WORD.findall(other))), key=len)
    if shorter and len(shorter & longer) >= _MOST * len(shorter):
        return True
    return SequenceMatcher(None, one[:_OPENING], other[:_OPENING]).ratio() >= _NEARLY


def ids_in(session: Session) -> Iterator[str]:
    """Walk the ids of every item that stands in a list of the session, resistance too."""
    for name in LISTS[Session]:
        yield from (item.id for item in getattr(session, name))
    for initiative in session.initiatives:
        yield from (item.id for item in initiative.resistance)


@dataclass(frozen=True)
class Ties:
    """What the ids of one state of a session mean in another one: ``there`` told in the ids of ``here``."""

    same: dict[str, str]
    """The id here of each item there that is in both."""
    here: frozenset[str]
    there: frozenset[str]

    def told(self, theirs: Any, ours: Any = None) -> Any:
        """Return an entry from there with its ties as they are here.

        A tie to an item that is only there is left out, but for one that ``ours``, the same entry
        here, still has: it then leads to something that was removed here.
        """
        if not isinstance(theirs, Entry):
            return theirs
        held = {name: getattr(theirs, name) for name in TIES & type(theirs).model_fields.keys()}
        told = {name: self._of(value, getattr(ours, name, None)) for name, value in held.items() if value}
        return theirs.model_copy(update=told) if told else theirs

    def pairs(self, name: str, ours: Iterable[Any], theirs: Iterable[Any]) -> dict[str, str]:
        """Return, in the order of there, the keys of what is the same in two lists of this name."""
        ours, theirs = list(ours), list(theirs)
        if name not in LISTS[Session]:
            same = paired(ours, theirs)
            return {key: same[key] for key in keyed(theirs) if key in same}
        here = {item.id for item in ours}
        return {item.id: id for item in theirs if (id := self.same.get(item.id)) in here and id}

    def _of(self, value: Any, ours: Any) -> Any:
        if isinstance(value, str):
            return self._tie(value, (ours,))
        kept = tuple(tie for one in value if (tie := self._tie(one, ours or ())))
        return tuple(dict.fromkeys(kept))

    def _tie(self, tie: str, ours: Sequence[str | None]) -> str | None:
        if tie in self.same:
            return self.same[tie]
        removed_here = tie in ours and tie not in self.here
        return tie if tie not in self.there or removed_here else None


def ties_between(here: Session, there: Session) -> Ties:
    """Return what the ids of ``there`` mean in ``here``."""
    same: dict[str, str] = {}
    for name in LISTS[Session][:-1]:
        same |= paired(getattr(here, name), getattr(there, name))
    ties = Ties(same, frozenset(ids_in(here)), frozenset(ids_in(there)))
    changes = paired(here.initiatives, [_by_ideas(ties, one) for one in there.initiatives])
    return Ties({**same, **changes}, ties.here, ties.there)


def _by_ideas(ties: Ties, change: Initiative) -> Initiative:
    """Return a change from there with ideas as they are here; an id of another idea here is like none."""
    others = ties.there & ties.here - set(ties.same.values())
    ideas = tuple(ties.same.get(id, f"{id} there" if id in others else id) for id in change.ideas)
    return change.model_copy(update={"ideas": ideas})
