"""The one gate for text that people typed, pasted or wrote into a file."""

import re
import unicodedata

LONGEST = 10_000
"""Most characters one field of a session may hold."""

_LONGEST_IN_A_LIST = 200
_NEWLINES = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline, DEL, bidi embeddings, overrides and isolates (they can
# make a sentence read as another one), lone surrogates, and the byte order mark.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def tidy(text: str) -> str:
    """Return ``text`` in one spelling: one kind of newline, Unicode in its composed form (NFC)."""
    return unicodedata.normalize("NFC", _NEWLINES.sub("\n", text))


def has_unshowable(text: str) -> bool:
    """Say whether ``text`` holds characters that no screen can show as they are."""
    return _UNSHOWABLE.search(text) is not None


def without_unshowable(text: str) -> tuple[str, int]:
    """Return ``text`` without control characters, and how many were left out."""
    return _UNSHOWABLE.subn("", text)


def made_visible(text: str) -> str:
    """Return ``text`` with every character that could act on a terminal shown as a replacement sign."""
    # what Python calls printable holds none of these, and that is known at once
    return text if text.isprintable() else _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Return ``text`` with every run of spaces and line ends as one space."""
    return " ".join(text.split())


def in_a_list(text: str) -> str:
    """Return text out of a file for a list: on one line, not too long, nothing in it acts on a terminal."""
    return one_line(made_visible(text))[:_LONGEST_IN_A_LIST]


def number_of(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun, such as ``1 step`` or ``4 steps``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def figure(value: float) -> str:
    """Return a number as people write it: 7, not 7.0."""
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e15)
    return str(int(value)) if whole else f"{value:.12g}"
