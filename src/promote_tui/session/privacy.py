"""What in a text could show who a person is: found, said in a sentence, masked.

The patterns stand in ``privacy_rules.py``.
"""

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from promote_tui.session.privacy_rules import ONE_SPELLING, RULES, Rule, Sort

_SAYS: dict[Sort, tuple[str, str]] = {
    "NHS number": ("an NHS number", "ten digits that pass its check"),
    "date of birth": ("a date of birth", "a full date of long ago, or one after a word like born"),
    "phone number": ("a phone number", "the digits of one, or a number after a word like ext or bleep"),
    "e-mail address": ("an e-mail address", "two parts with an @ sign between them"),
    "postcode": ("a postcode", "letters and digits in the order of one"),
    "name": ("a person’s name", "a name after a word like Mrs, Dr or called"),
    "bed number": ("a bed or room number", "a number after a word like bed or room"),
}


@dataclass(frozen=True)
class Finding:
    """A place in a text that looks like something about a person; it never holds the text itself."""

    kind: Sort
    start: int
    end: int

    @property
    def what(self) -> str:
        """Return what it looks like, such as ``an NHS number``."""
        return _SAYS[self.kind][0]

    @property
    def why(self) -> str:
        """Return why it looks so, as half a sentence."""
        return _SAYS[self.kind][1]


@lru_cache(maxsize=256)
def find(text: str) -> tuple[Finding, ...]:
    """Return what looks like something about a person, in order and never overlapping."""
    seen = text.translate(ONE_SPELLING)  # one character for one: places stay the same
    small = seen.lower()
    found: list[Finding] = []
    for rule in RULES:
        if any(hint in small for hint in rule.hints):
            seen = rule.pattern.sub(partial(_blanked, rule=rule, found=found), seen)
    return tuple(sorted(found, key=lambda one: one.start))


def _blanked(match: re.Match[str], rule: Rule, found: list[Finding]) -> str:
    """Note a match that holds, and return its words with blanks in its place: no later rule sees them."""
    if not rule.holds(match):
        return match[0]
    start, end = match.span("it")
    found.append(Finding(rule.sort, start, end))
    return match.string[match.start() : start] + "\0" * (end - start) + match.string[end : match.end()]


def mask(text: str) -> str:
    """Return ``text`` with a plain sign such as ``[NHS number]`` in place of every finding."""
    # what stood beside a finding may stand alone only now: look again until nothing is left
    while found := find(text):
        for one in reversed(found):
            text = f"{text[: one.start]}[{one.kind}]{text[one.end :]}"
    return text


def warning(text: str) -> str:
    """Return one sentence for the room about what ``text`` looks like; empty when it holds no finding.

    It says what and why, and never repeats the words themselves.
    """
    kinds = list({one.kind: one for one in find(text)}.values())
    if not kinds:
        return ""
    first, *others = kinds
    also = f", and like {' and '.join(one.what for one in others)}" if others else ""
    return f"This looks like {first.what}: {first.why}{also}."
