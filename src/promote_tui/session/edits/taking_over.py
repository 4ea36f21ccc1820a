"""Edits that bring in what another state of the session holds: one thing, what is missing, or all."""

from collections.abc import Mapping
from typing import Any

from promote_tui.session.differences import Difference, Place, differences
from promote_tui.session.edits import items
from promote_tui.session.edits.items import EditError
from promote_tui.session.fields import MOST_ITEMS
from promote_tui.session.model import Initiative, Session
from promote_tui.session.pairing import LISTS, TIES, Ties, ids_in, keyed, ties_between

_STAYS = ("format", "version", "id", "revision", "created_at", "updated_at", "stage", "agenda")
"""What a session keeps when it goes back to another state: what it is, its time, where the room is."""
_GONE = "That is no longer there."


def take_over(session: Session, there: Session, difference: Difference) -> Session:
    """Return the session with one thing as it is in ``there``.

    An item that is only there comes in where it stood, with its id when that is free and else with
    the next free one; its ties to items that are not here are left out. A change brings the ideas
    that it is made of. An item that is different takes the words from there. Raises EditError when
    it is only here, or when either state has moved on.
    """
    if difference.what == "only here":
        raise EditError("It is only here, so there is nothing to take over.")
    taking = _Taking(session, there)
    taking.take(difference.place)
    return taking.done()


def take_over_all(session: Session, there: Session) -> Session:
    """Return the session with all that is only in ``there``; what is different or only here stays.

    Raises EditError when nothing is missing here.
    """
    missing = [one for one in differences(session, there) if one.what == "only there"]
    if not missing:
        raise EditError("Nothing is missing here.")
    taking = _Taking(session, there)
    for one in missing:
        taking.take(one.place)
    taking.tie([one.place for one in missing])
    return taking.done()


def as_it_was(session: Session, there: Session) -> Session:
    """Return the session as it is in ``there``, as one change: nobody's number is used again for another.

    Raises EditError when nothing differs.
    """
    if not differences(session, there):
        raise EditError("Nothing differs, so nothing was changed.")
    stays = {name: getattr(session, name) for name in _STAYS}
    return there.model_copy(update={**stays, "last_used": _used_in(session, there)})


def _used_in(*states: Session) -> dict[str, int]:
    """Return the highest number ever used in any of these states, by kind of id."""
    counts: dict[str, int] = {}
    for state in states:
        for kind, number in items.used(state).items():
            counts[kind] = max(counts.get(kind, 0), number)
    return counts


class _Taking:
    """A session while things from ``there`` come into it."""

    def __init__(self, session: Session, there: Session) -> None:
        self._session, self._there = session, there
        self._ties = ties_between(session, there)
        self._ids = set(ids_in(session))
        self._counts = _used_in(session, there)

    def done(self) -> Session:
        """Return the session, with every number in use remembered."""
        return self._session.model_copy(update={"last_used": _used_in(self._session, self._there)})

    def take(self, place: tuple[Place, ...]) -> None:
        """Take over what stands at a place there; raises EditError."""
        first = place[0]
        if first.name == "initiatives" and not first.here and first.there:
            change = _at(keyed(self._there.initiatives), first.there)
            known = keyed(self._there.ideas)
            for id in change.ideas:
                if id in known and id not in self._ties.same:
                    self.take((Place("ideas", there=id),))
        self._session = self._put(self._session, self._there, place)

    def tie(self, places: list[tuple[Place, ...]]) -> None:
        """Tie the items that came in to each other, now that all of them are here."""
        for first in (place[0] for place in places if len(place) == 1):
            told = self._ties.told(keyed(getattr(self._there, first.name))[first.there])
            item = items.find(self._session, self._ties.same[first.there])
            held = {name: getattr(told, name) for name in TIES & type(told).model_fields.keys()}
            self._session = items.replace(self._session, item.model_copy(update=held))

    def _put(self, ours: Any, theirs: Any, place: tuple[Place, ...]) -> Any:
        """Return an entry with what stands at a place inside it taken over."""
        first, rest = place[0], place[1:]
        name = first.name
        if not name:  # what no field stands for
            known = {field: getattr(ours, field) for field in type(ours).model_fields}
            return theirs.model_copy(update=known)
        if name not in LISTS[type(ours)]:
            told = self._ties.told(getattr(theirs, name), getattr(ours, name))
            return ours.model_copy(update={name: told})
        held, others = keyed(getattr(ours, name)), keyed(getattr(theirs, name))
        if first.here:
            one, other = _at(held, first.here), _at(others, first.there)
            held[first.here] = self._put(one, other, rest) if rest else self._reworded(one, other)
            new = list(held.values())
        elif first.there:
            new = self._with(name, held, others, first.there)
        else:
            new = _in_order(held, self._ties.pairs(name, held.values(), others.values()))
        return ours.model_copy(update={name: tuple(new)})

    def _reworded(self, ours: Any, theirs: Any) -> Any:
        """Return an entry with the fields of there; its id, and what its lists hold, stay."""
        stays = [name for name in ("id", *LISTS.get(type(ours), ())) if name in type(ours).model_fields]
        told = self._ties.told(theirs, ours)
        return told.model_copy(update={name: getattr(ours, name) for name in stays})

    def _with(self, name: str, held: dict[str, Any], others: dict[str, Any], key: str) -> list[Any]:
        """Return a list with an item from there, behind the item that it stands behind there."""
        if len(held) >= MOST_ITEMS:
            raise EditError(f"A session holds at most {MOST_ITEMS:,} of these. Nothing was taken over.")
        item, same = _at(others, key), self._ties.pairs(name, held.values(), others.values())
        if key in same:
            raise EditError("It is here already.")
        before = [same[one] for one in list(others)[: list(others).index(key)] if one in same]
        at = list(held).index(before[-1]) + 1 if before else 0
        new = list(held.values())
        new.insert(at, self._come_in(name, item))
        return new

    def _come_in(self, name: str, item: Any) -> Any:
        """Return an item from there as it can stand here: with a free id, tied to what is here."""
        told: Any = self._ties.told(item)
        if isinstance(told, Initiative):
            freed = tuple(one.model_copy(update={"id": self._free(one.id)}) for one in told.resistance)
            told = told.model_copy(update={"resistance": freed})
        if "id" in type(told).model_fields:
            old, new = told.id, self._free(told.id)
            told = told.model_copy(update={"id": new})
            if name in LISTS[Session]:
                same, here = {**self._ties.same, old: new}, self._ties.here | {new}
                self._ties = Ties(same, here, self._ties.there)
        return told

    def _free(self, id: str) -> str:
        """Return the id itself when no item here has it, else one that was never used."""
        if id in self._ids:
            id, self._counts = items.next_id(self._counts, items.kind_of(id))
        self._ids.add(id)
        return id


def _at(held: Mapping[str, Any], key: str) -> Any:
    if key not in held:
        raise EditError(_GONE)
    return held[key]


def _in_order(held: Mapping[str, Any], same: Mapping[str, str]) -> list[Any]:
    """Return a list in the order of there; what is only here stays at its place."""
    met, in_order = set(same.values()), iter(same.values())
    return [held[next(in_order)] if key in met else item for key, item in held.items()]
