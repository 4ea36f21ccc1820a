"""What can be looked for in a session: its words as an index keeps them, and as somebody types them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_LONGEST_WORD = 40
_MOST_TYPED = 12
# scripts that are written without spaces, and pictures: each character is looked for by itself
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ALONE += "\U0001f000-\U0003ffff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_PLAIN = bytes(
    code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(256)
)
"""What each byte of a text in UTF-8 becomes: a capital a small letter, a sign a space."""
_ID = re.compile(r"[a-z]+-[0-9]{1,9}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NOT_SAID = frozenset(
    """
    because better basis decision follows format horizon id kind phase rating scales sharing stage value voice
    """.split()  # noqa: SIM905 - a list of words is read as one
)
"""Keys whose text the program gave, not a person."""
_TABLES = (dict, list)


def words_in(text: str) -> list[str]:
    """Return each word of a text once, without accents and capitals: only letters and digits are left."""
    found: dict[str, None] = {}
    # most words are plain ones, and those are found faster as bytes
    for word in dict.fromkeys(text.encode(errors="ignore").translate(_PLAIN).decode().split()):
        if word.isascii():
            found[word[:_LONGEST_WORD]] = None
        else:
            found |= dict.fromkeys(_folded(word))
    return list(found)


def _folded(text: str) -> list[str]:
    text = unicodedata.normalize("NFKD", text.casefold())
    for accent in filter(unicodedata.combining, set(text)):
        text = text.replace(accent, "")
    return [word[:_LONGEST_WORD] for word in _WORD.findall(text.lower())]


def words_typed(text: str) -> list[str]:
    """Return the words that somebody looks for; none when nothing in the text can be looked for."""
    return words_in(text[:1_000])[:_MOST_TYPED]


def words_of(document: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return every word that people said in a session and in these names, once, with spaces between."""
    return " ".join(words_in("\n".join([*names, *_said(document)])))


def _said(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts that people wrote, in no order."""
    tables: list[Any] = [document]
    while tables:
        table = tables.pop()
        inner = table.items() if isinstance(table, dict) else (("", value) for value in table)
        for name, value in inner:
            if isinstance(value, str):
                if name not in _NOT_SAID and not _ID.fullmatch(value):
                    yield value
            elif isinstance(value, _TABLES):
                tables.append(value)
