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
_THING, _LIGHT = 5, 2
"""The weight of a word for a thing, and of one that says when, where or how."""
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
        group team member nurse doctor manager hca colleague family relative friend everybody whoever
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
_WHOLE = 0.45
"""The share of all their words, small ones like “before” and “who” too, that such ideas have at least."""
_EMPTY = frozenset(
    """
    a all am an and anybody anyone are be been being can could do does each every everybody everyone had has
    have he her his is it its let must need needs of or our patient patients people person please s she should
    somebody someone staff that the their them these they this those to was we were will would you your
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""Words that change nothing."""
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
_BEFORE = r"(?:(?:please|just|let[’']?s|(?:we|they|staff|everyone) (?:should|must|need to|could)) )*"
_ENDS = re.compile(rf"{_BEFORE}(?:stop|end|avoid|scrap|abolish|give up)\b")
_TURNS = re.compile(rf"{_BEFORE}(?:no|not|never|nobody|nothing|don[’']?t|do not|no more|no longer)\b")


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
    words, others = (set(_WORD.findall(one.casefold())) - _EMPTY for one in (text, other))
    if _turned_round(words, others):
        return 0.0
    # one shared word says little, unless it is all that either of them says; nor does when, where and how
    if here != there and (len(both) == 1 or all(stem in _LIGHT_STEMS for stem in both)):
        return 0.0
    # the same things can be said of in quite another way: the small words around them tell
    whole, of_other = ({_stem(word) for word in one} for one in (words, others))
    if len(whole & of_other) < _WHOLE * len(whole | of_other):
        return 0.0
    return 2 * _weigh(both) / (_weigh(here) + _weigh(there))


def same_stems(text: str) -> list[str]:
    """Return the stems of a text, those that mean the same as one."""
    return [_SPELT_ALIKE.get(stem, stem) for stem in stems(text)]


def _stem(word: str) -> str:
    """Return the stem of one word; a small word is its own."""
    return next(iter(same_stems(word)), word)


def _weigh(found: Iterable[str]) -> int:
    return sum(_LIGHT if stem in _LIGHT_STEMS else _THING for stem in found)


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
