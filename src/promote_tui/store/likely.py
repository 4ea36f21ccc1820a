"""Which other session is most likely meant, when one is to be compared with another."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import Literal

from promote_tui.session.stems import ALIKE, overlap, stems
from promote_tui.store.library import Card

Kinship = Literal["one line", "like words", "one team", "one session", "another"]
"""Carried on from each other or tried in another place; a process of like words; the same team;
another file of the very same session, such as a conflict copy; nothing in common."""
_ORDER: tuple[Kinship, ...] = ("one line", "like words", "one team", "one session", "another")


def others_to_compare(card: Card, cards: Iterable[Card]) -> list[tuple[Kinship, Card]]:
    """Return the other sessions of a library, the most likely one first, each with what it has in common.

    Of those of one kind the nearest comes first, then the newest. One that cannot be opened is left out.
    """
    others = [one for one in cards if one.path != card.path and not one.problem]
    away = _steps_away(card, others)
    about = _about(card)
    found = []
    for other in others:
        near, alike = away.get(other.id, 0), overlap(about, _about(other))
        kinship = _kinship(card, other, near, alike)
        # of a line the next one counts, of processes that of the same team, then the most like words
        ours = kinship == "like words" and _is_one_team(card, other)
        nearest = float(near) if kinship == "one line" else -alike - 2 * ours
        newest = -other.held_on.toordinal() if other.held_on else 0
        found.append(((_ORDER.index(kinship), nearest, newest, other.path.name), kinship, other))
    return [(kinship, other) for _, kinship, other in sorted(found, key=lambda one: one[0])]


def _kinship(card: Card, other: Card, near: int, alike: float) -> Kinship:
    if card.id and other.id == card.id:
        return "one session"
    if near:
        return "one line"
    if alike >= ALIKE:
        return "like words"
    return "one team" if _is_one_team(card, other) else "another"


def _is_one_team(card: Card, other: Card) -> bool:
    return bool(card.team) and other.team.casefold() == card.team.casefold()


def _steps_away(card: Card, others: Sequence[Card]) -> dict[str, int]:
    """Return how many sessions of its line lie between, by id: 1 for the one that it carries on from."""
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for one in (card, *others):
        for before in filter(None, (one.follows, one.scales)):
            joined[one.id].add(before)
            joined[before].add(one.id)
    away, to_do = {card.id: 0}, deque([card.id])
    while to_do:
        here = to_do.popleft()
        # a card without an id is in no line
        for there in joined[here] - away.keys() if here else ():
            away[there] = away[here] + 1
            to_do.append(there)
    return away


def _about(card: Card) -> frozenset[str]:
    return frozenset(stems(card.process or card.title))
