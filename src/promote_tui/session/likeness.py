"""How alike two ideas are by their words: the same thing said in other words, or not.

It would rather call two ideas different than wrongly the same: most of their words have to be shared, among
them a thing and not only when, where or how, and they may not point in opposite directions.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from promote_tui.session.stems import stems
from promote_tui.session.text import one_line

ALIKE = 0.75
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
    stems(one)[0]: stems(other)[0]
    for one, other in (
        ("brought", "bring"),
        ("earlier", "early"),
        ("held", "hold"),
        ("medication", "medicine"),
        ("queueing", "queue"),
        ("rung", "ring"),
        ("visitor", "visit"),
        ("woken", "wake"),
        ("written", "write"),
    )
}
"""Words that mean the same and are not cut down to the same stem, the commonest of them."""
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


def likeness(text: str, kind: str, other: str, other_kind: str) -> float:
    """Return how alike two ideas are, 0 to 1: the share of their words that both have, by weight.

    0 when they point in opposite directions, and when a single word, or nothing but when, where and how, is
    shared. A text without a kind is taken for something to do.
    """
    here = set(same_stems(text))
    there = set(same_stems(other)) if here else set()
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


def same_stems(text: str) -> list[str]:
    """Return the stems of a text, those that mean the same as one."""
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
