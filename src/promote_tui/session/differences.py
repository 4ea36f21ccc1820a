"""What differs between two states of one session, in the words of the room."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from promote_tui.session.differing import (
    NOUNS,
    UNKNOWN,
    WHOLES,
    Detail,
    details,
    in_words,
    kind_of,
    title_of,
)
from promote_tui.session.model import Entry, Session
from promote_tui.session.pairing import LISTS, Ties, keyed, ties_between

What = Literal["only there", "only here", "different"]
IN_ORDER: tuple[What, ...] = ("only there", "different", "only here")
"""In the order in which they matter: what could be missing comes first."""
SINCE: dict[What, str] = {"only here": "added", "different": "changed", "only there": "removed"}
"""What became of it since, when ``there`` is an earlier state."""


@dataclass(frozen=True)
class Place:
    """Where something stands: a list with the key of an item here and there, or a field without keys."""

    name: str
    here: str = ""
    there: str = ""


@dataclass(frozen=True)
class Difference:
    """One thing that differs, and the words to show it with."""

    what: What
    kind: str
    """What the room calls it, such as ``a patient's story`` or ``the order of the steps``."""
    place: tuple[Place, ...]
    here: str = ""
    """The words of the item, or of the field, here; nothing when it is not here."""
    there: str = ""
    details: tuple[Detail, ...] = ()
    """Of an item that is different: each field that is."""
    under: str = ""
    """The change that it belongs to."""

    @property
    def id(self) -> str:
        """Return what tells this difference from the others of the same two states."""
        return "/".join(f"{one.name}:{one.here}:{one.there}" for one in self.place)


def differences(here: Session, there: Session) -> tuple[Difference, ...]:
    """Return what differs, in the order of the stages; what belongs to a change follows it.

    Bookkeeping is no difference: when and how often it was saved, its time, where the room is.
    """
    ties = ties_between(here, there)
    return (*_wholes(here, there, ties), *_Walk(here, there, ties).lists(here, there))


def _wholes(here: Session, there: Session, ties: Ties) -> Iterator[Difference]:
    for name, kind in WHOLES.items():
        ours, theirs = getattr(here, name), getattr(there, name)
        told = ties.told(theirs, ours)
        if ours == told:
            continue
        inside = isinstance(ours, Entry) and name != "present"
        yield Difference(
            "different",
            kind,
            (Place(name),),
            "" if inside else in_words(here, name, ours),
            "" if inside else in_words(there, name, theirs),
            tuple(details(here, ours, there, theirs, told)) if inside else (),
        )
    if (here.__pydantic_extra__ or {}) != (there.__pydantic_extra__ or {}):
        yield Difference("different", UNKNOWN, (Place(""),))


@dataclass(frozen=True)
class _Walk:
    """A walk through the lists of two states."""

    here: Session
    there: Session
    ties: Ties
    place: tuple[Place, ...] = ()
    under: str = ""

    def lists(self, ours: Entry, theirs: Entry) -> Iterator[Difference]:
        """Yield what differs in the lists of two entries that are the same one."""
        for name in LISTS.get(type(ours), ()):
            yield from self._list(name, getattr(ours, name), getattr(theirs, name))

    def _list(self, name: str, ours: Sequence[Any], theirs: Sequence[Any]) -> Iterator[Difference]:
        here, there = keyed(ours), keyed(theirs)
        same = self.ties.pairs(name, ours, theirs)
        for key, item in there.items():
            if key in same:
                yield from self._both(Place(name, same[key], key), here[same[key]], item)
            else:
                yield self._told("only there", Place(name, there=key), there=item)
        met = set(same.values())
        for key, item in here.items():
            if key not in met:
                yield self._told("only here", Place(name, here=key), here=item)
        if [key for key in here if key in met] != [same[key] for key in there if key in same]:
            kind = f"the order of the {NOUNS[name][1]}"
            yield Difference("different", kind, (*self.place, Place(name)), under=self.under)

    def _both(self, place: Place, ours: Entry, theirs: Entry) -> Iterator[Difference]:
        told = self.ties.told(theirs, ours)
        if ours == theirs == told:
            return
        found = tuple(details(self.here, ours, self.there, theirs, told))
        if found:
            yield self._told("different", place, ours, theirs, found)
        under = " › ".join(filter(None, (self.under, title_of(self.here, ours))))
        inside = _Walk(self.here, self.there, self.ties, (*self.place, place), under)
        yield from inside.lists(ours, theirs)

    def _told(
        self,
        what: What,
        place: Place,
        here: Any = None,
        there: Any = None,
        found: tuple[Detail, ...] = (),
    ) -> Difference:
        words = title_of(self.here, here) if here else "", title_of(self.there, there) if there else ""
        session, item = (self.here, here) if here else (self.there, there)
        kind = kind_of(session, place.name, item)
        return Difference(what, kind, (*self.place, place), *words, found, self.under)


def summary(found: Iterable[Difference], words: dict[What, str] | None = None) -> str:
    """Return differences in a line: ``3 stories and one step only there; the title different``.

    ``words`` says what else the three ways to differ are called; nothing differs: an empty text.
    """
    found = list(found)
    parts = []
    for what in IN_ORDER if words is None else words:
        counted = _counted([one for one in found if one.what == what])
        if counted:
            parts.append(f"{_joined(counted)} {(words or {}).get(what, what)}")
    return "; ".join(parts)


def _counted(found: Sequence[Difference]) -> list[str]:
    """Return how many items of each list there are among differences, and each whole by its name."""
    counts: Counter[str] = Counter()
    for one in found:
        last = one.place[-1]
        counts[last.name if last.here or last.there else one.kind] += 1
    return [
        (f"one {NOUNS[name][0]}" if count == 1 else f"{count} {NOUNS[name][1]}") if name in NOUNS else name
        for name, count in counts.items()
    ]


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
