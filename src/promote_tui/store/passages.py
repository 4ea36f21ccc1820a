"""Where the words of a search stand in a session file: the texts that hold them, cut around the first one.

Reads without the models: a list of sessions asks for it.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomli

from promote_tui.session.text import LONGEST, made_visible, one_line, tidy
from promote_tui.store import durable
from promote_tui.store.toml_lines import overlong_key

_LARGEST = 5_000_000
_LONGEST_PASSAGE = 120
_BEFORE = 40
"""How many characters of a passage stand before the word that was found."""
_WORD = re.compile(r"[^\W_]+")
_NOT_WORDS = frozenset(
    """
    format id stage follows scales phase candidate voice sharing inbox value was kind step group from because
    became carried decision basis horizon rating better
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""Keys whose text is a tie, or a choice that the program offers: nobody said it."""


def passages(path: Path, words: str, most: int) -> list[str]:
    """Return at most ``most`` texts of a session file that hold these words, or words that begin so.

    Those that hold most of the words come first. Case and accents make no difference. Each is on one
    line, cut around the first word found, and nothing in it can act on a terminal. A file that cannot
    be read has none.
    """
    wanted = _wanted(words)
    if not wanted or most < 1:
        return []
    texts = list(dict.fromkeys(one_line(made_visible(tidy(text[:LONGEST]))) for text in _texts(_read(path))))
    folded = [(text, _folded(text)) for text in texts]
    # words of a script without spaces between them are never at the beginning of one
    for begins in (r"(?<![^\W_])", ""):
        patterns = [re.compile(begins + re.escape(word)) for word in wanted]
        found = [
            (sum(1 for pattern in patterns if pattern.search(small)), text, small) for text, small in folded
        ]
        held = sorted((one for one in found if one[0]), key=lambda one: -one[0])
        if held:
            return [_cut(text, _first(text, small, patterns)) for _, text, small in held[:most]]
    return []


def _wanted(words: str) -> list[str]:
    """Return the words to look for; signs that are no letters are looked for when there is nothing else."""
    folded = _folded(one_line(tidy(words[:LONGEST])))
    return list(dict.fromkeys(_WORD.findall(folded) or folded.split()))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(map(_folded_character, text))


def _folded_character(character: str) -> str:
    """Return a character in small letters and without its accents: nothing for an accent alone."""
    apart = unicodedata.normalize("NFKD", character.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _first(text: str, small: str, patterns: list[re.Pattern[str]]) -> int:
    """Return where in a text the first word stands, found in the same text folded."""
    place = min(match.start() for pattern in patterns if (match := pattern.search(small)))
    if text.isascii():
        return place
    length = 0
    for at, character in enumerate(text):
        length += len(_folded_character(character))
        if length > place:
            return at
    return 0


def _cut(text: str, place: int) -> str:
    """Return a passage around a place in a text, between spaces where there are any."""
    if len(text) <= _LONGEST_PASSAGE:
        return text
    start = max(0, min(place - _BEFORE, len(text) - _LONGEST_PASSAGE))
    if start:
        space = text.find(" ", start, place)
        start = start if space < 0 else space + 1
    end = min(len(text), start + _LONGEST_PASSAGE)
    if end < len(text):
        space = text.rfind(" ", place + 1, end)
        end = end if space < 0 else space
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _read(path: Path) -> dict[str, Any]:
    try:
        written = durable.read(path, _LARGEST + 1)
        if len(written) > _LARGEST:
            return {}
        text = written.decode("utf-8-sig").replace("\r\n", "\n")
        return {} if overlong_key(text) else tomli.loads(text)
    except (OSError, ValueError, RecursionError, MemoryError):
        return {}


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """Walk a document: every text in it that a person may have written, in the order of the file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_WORDS:
                yield from _texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            # texts right in a list are ids, but for what became of the changes of an earlier session
            if not isinstance(inner, str) or key == "done":
                yield from _texts(inner)
