"""The words of made-up sessions, and the chance that picks them; they stand in ``made_words.toml``."""

import itertools
import random
import re
import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_FILE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
VOICES = ("patient", "carer", "staff")


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("\n", " ").split("|")]


WORDS = {name: _words(text) for name, text in _FILE["words"].items()}
PROCESSES = {phase: _words(text) for phase, text in _FILE["processes"].items()}
SAID: dict[str, str] = _FILE["sentences"]
"""Sentences, one in a line, by what they are for."""
ENDINGS = [f" {ending}".rstrip() for ending in WORDS["endings"]]
"""What may stand after the name of a process in a title."""
_HEADS = (
    "bran cor dal fen gar hol jas kel lum mar nor osk pel quil ras sel tam ulv ver wex yar zan brim clo dru"
)
_TAILS = "dow bit tle mer nock pin rath sel ton vane wick zel lo ra mi que by dran fitch gole"
_RARE = ["".join(parts) for parts in itertools.product(_HEADS.split(), ("", "a", "en", "o"), _TAILS.split())]
"""What wards call their own charts, rooms and schemes: two thousand words that nobody else has."""
_VERBS = [forms.split() for forms in WORDS["verbs"]]
_GAPS = {
    **WORDS,
    "role": WORDS["roles"],
    "number_start": [number.capitalize() for number in WORDS["number"]],
    "verb": [forms[0] for forms in _VERBS],
    "past": [forms[1] for forms in _VERBS],
    "ing": [forms[2] for forms in _VERBS],
    "ing_start": [forms[2].capitalize() for forms in _VERBS],
    "rare": _RARE,
}


@cache
def _sentences(lines: str) -> list[list[str | list[str]]]:
    """Return sentences as their parts: words as they are, and for a gap the list that fills it."""
    cut = [re.split(r"\{(\w+)\}", line) for line in lines.split("\n")]
    return [[_GAPS[part] if place % 2 else part for place, part in enumerate(one)] for one in cut]


class Chance:
    """Picks words, numbers and days, the same ones for the same random numbers."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def some(self, items: list[str]) -> str:
        """Return one of a list, of which the first are drawn most often."""
        return items[int(len(items) * self.chance.random() ** 2)]

    def say(self, lines: str, least: int = 1, most: int = 1) -> str:
        """Return some sentences, one after the other."""
        said = []
        sentences = _sentences(lines)
        for _ in range(least if least == most else self.chance.randint(least, most)):
            parts = sentences[int(len(sentences) * self.chance.random())]
            said.append("".join(part if isinstance(part, str) else self.some(part) for part in parts))
        if most > 1 and self.is_so(0.004):
            said.append(self.chance.choice(WORDS["sentences_now_and_then"]))
        return " ".join(said)

    def is_so(self, often: float) -> bool:
        """Say yes as often as asked, between 0 and 1."""
        return self.chance.random() < often

    def maybe(self, often: float, lines: str, least: int = 1, most: int = 1) -> str:
        """Return some sentences, or nothing."""
        return self.say(lines, least, most) if self.is_so(often) else ""

    def days_after(self, day: date, least: int, most: int) -> date:
        """Return a day that many days later."""
        return day + timedelta(days=self.chance.randint(least, most))

    def hands(self, *most: int) -> dict[str, int]:
        """Return a number for each voice group, without those that are 0."""
        counts = {voice: self.chance.randint(0, up) for voice, up in zip(VOICES, most, strict=True)}
        return {voice: count for voice, count in counts.items() if count}
