"""Which items of two sessions are the same ones: by id and words, else by what their words say."""

from collections.abc import Sequence
from heapq import nsmallest
from typing import Any

from promote_tui.session.pairing import keyed, paired, words_of
from promote_tui.session.stems import ALIKE, overlap, stems

_MOST_LIKELY = 20
"""Candidates that are looked at for one item; a long list of the same words would have thousands."""


def matched(then: Sequence[Any], now: Sequence[Any]) -> dict[str, str]:
    """Return the key now of each item then that is the same one, by its key then.

    The same id means so only with words that are alike, as the very same words do; else those are the
    same that share most of what they say, the nearest in their order first.
    """
    found = paired(now, then)
    taken = set(found.values())
    free = [(place, key, item) for place, (key, item) in enumerate(keyed(then).items()) if key not in found]
    left = [(place, key, item) for place, (key, item) in enumerate(keyed(now).items()) if key not in taken]
    told = {key: frozenset(stems(words_of(item))) for _, key, item in left}
    likely: list[tuple[float, int, int, str, str]] = []
    for place, key, item in free:
        said = frozenset(stems(words_of(item)))
        likely += nsmallest(
            _MOST_LIKELY,
            (
                (-alike, abs(place - there), place, key, other)
                for there, other, of in left
                # to stop a thing is not to start it
                if (alike := overlap(said, told[other])) >= ALIKE
                and getattr(item, "kind", "") == getattr(of, "kind", "")
            ),
        )
    for *_, key, other in sorted(likely):
        if key not in found and other not in taken:
            found[key] = other
            taken.add(other)
    return found
