"""The words of a sentence that say what it is about: without small words, endings and accents.

Cheap to import. Two sentences that share such words are about the same thing more often than not.
"""

import re
import unicodedata
from collections.abc import Iterable, Set
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = "".join(chr(code).lower() if chr(code).isalpha() else " " for code in range(128))
"""What each character of a plain text becomes: a capital a small letter, all but letters a space."""
_SMALL = frozenset(
    """
    a about after again all also always am an and another any anyone anything are as ask asked at away back
    be because been before being better both but by call came can cannot carer carers come continue could
    day days did do does doing done down each else even ever every everyone everything few find first for
    from get gets getting give given go goes going gone good got had has have having he her here him his how
    i if in instead into is it its just keep know last later less let like long look made make makes many
    may me might minute minutes more most much must my need needs never new next no nobody not nothing now
    of off often ok on once one only or other our out over own patient patients people per person put really
    right round said same say says see seen shall she should since so some someone something soon staff
    start still stop such sure take taken than that the their them then there these they thing things this
    those three through till time times to today together told too try two under until up us use used usual
    usually very want ward was way we well went were what when where whether which while who whole why will
    with without would year yes yet you your
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""What nearly every sentence of a ward holds, so that it says nothing about any."""
_ENDINGS = ("ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "ly", "s", "e", "y")
_SHORTEST_STEM = 3
ALIKE = 0.5
"""What ``overlap`` says from which on two texts tell of the same thing."""


def stems(text: str) -> list[str]:
    """Return the words that say what a text is about, in their order, each cut down to its stem.

    A letter of a script without case or endings stays as it is; accents are folded.
    """
    folded = text.casefold()
    if not folded.isascii():
        split = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in split if not unicodedata.combining(char))
    words = (word for word in _WORD.findall(folded.replace("’", "'").replace("'s ", " ")) if len(word) > 1)
    return [_stem(word) for word in words if word not in _SMALL]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without its ending: waking, wakes and wake are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            cut = word[: -len(ending)]
            doubled = len(cut) > _SHORTEST_STEM and cut[-1] == cut[-2] and ending in ("ing", "ed", "er")
            return cut[:-1] if doubled else cut
    return word


def shared(texts: Iterable[str]) -> dict[str, str]:
    """Return the stems that at least two of these texts hold, each with a word that shows it."""
    seen: dict[str, int] = {}
    shown: dict[str, str] = {}
    for text in texts:
        for stem, word in dict(spelt(text)).items():
            if stem in shown:
                seen[stem] += 1
            else:
                seen[stem], shown[stem] = 1, word
    return {stem: shown[stem] for stem, count in seen.items() if count > 1}


def spelt(text: str) -> list[tuple[str, str]]:
    """Return each stem of a text with the word as it was written, in small letters."""
    # nearly every text is a plain one, and its words are found faster so
    words = text.translate(_PLAIN).split() if text.isascii() else _WORD.findall(text.casefold())
    return [pair for word in words if word not in _SMALL for pair in _spelt(word)]


@lru_cache(maxsize=20_000)
def _spelt(word: str) -> tuple[tuple[str, str], ...]:
    return tuple((stem, word) for stem in stems(word))


def overlap(one: Set[str], other: Set[str]) -> float:
    """Return how many of their stems two texts share, from 0 to 1; 0 for a text that says nothing."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
