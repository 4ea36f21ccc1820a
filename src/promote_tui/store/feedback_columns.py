"""Guess what each column of a table holds: what people said, who said it, when."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from promote_tui.session.model import Voice

Role = Literal["comment", "voice", "date", ""]
"""What a column seems to hold: what people said, who said it, when; nothing of use."""

_NAME = re.compile(
    r"comment|feedback|free.?text|verbatim|respon|answer|date|ward|team|\?\s*$|completed|completing|relation|role|voice"
    r"|rating|score|\bid\b|\bref",
    re.IGNORECASE,
)
# what a column of comments is called; what it asks; and names like these that hold something short about it
_LABEL = re.compile(r"comment|feedback|free.?text|verbatim|compliment|suggestion", re.IGNORECASE)
_QUESTION = re.compile(
    r"\bwhy\b|\bwhat\b|\bhow\b|tell us|your own words|\breason|suggest|improve|\bbetter\b|\bwell\b|\bgood\b"
    r"|anything else|experience|\bstory\b|describe",
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(
    r"\b(?:id|ref\w*|no|number|date|time|score|rating|code|sentiment|theme|category|count|length|e?-?mail|phone|name"
    r"|type|method|channel|source|status|language)\b",
    re.IGNORECASE,
)
_NO_COMMENT = re.compile(
    r"publish|consent|permission|\bagree\b|happy for|^(?:may|can|could) we\b|contact (?:me|you)|^which\b"
    r"|\b(?:age|gender|sex|ethnic\w*|religio\w*|disab\w*|what (?:ward|team|service|site|day|is your))\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\bwho\b|completed|completing|respond|relation|role|voice|are you|\bi am\b|person|patient|carer|type",
    re.IGNORECASE,
)
_WHEN = re.compile(r"date|\bday\b|time|received|submitted|created|completed", re.IGNORECASE)
_OTHER_DAYS = re.compile(r"birth|\bdob\b|admission|admitted|discharg|appoint|visit|expir", re.IGNORECASE)
_CHOICE = re.compile(
    r"(?:very )?(?:good|poor)|(?:extremely )?(?:un)?likely|neither \w+ nor \w+|don.?t know|not sure|maybe"
    r"|yes|no|y|n|true|false|positive|negative|neutral",
    re.IGNORECASE,
)
"""What a person ticks, which is no comment."""


def is_name(text: str) -> bool:
    """Say whether a cell reads like the name of a column."""
    return len(text) <= 200 and _NAME.search(text) is not None


def is_value(text: str) -> bool:
    """Say whether a cell is a number or a day, or so long that it names no column."""
    return len(text) > 300 or _is_number(text) or day_of(text) is not None


def roles(names: Sequence[str], values: Sequence[Sequence[str]]) -> list[Role]:
    """Return the role of each column, from its name and from what stands in it, without empty cells."""
    columns = list(zip(names, values, strict=True))
    roles: list[Role] = ["comment" if _is_comment(*column) else "" for column in columns]
    if "comment" not in roles:
        _give(roles, "comment", [0 if _is_choice(held) else _mean_length(held) - 15 for held in values])
    _give(roles, "voice", [_voice_likelihood(*column) for column in columns])
    _give(roles, "date", [_day_likelihood(*column) for column in columns])
    return roles


def _give(roles: list[Role], role: Role, likelihood: Sequence[float]) -> None:
    """Give a role to the likeliest column that has none yet, if one is likely at all; the first of equals."""
    free = [n for n, has in enumerate(roles) if not has and likelihood[n] > 0]
    if free:
        roles[max(free, key=lambda n: likelihood[n])] = role


def _is_comment(name: str, values: Sequence[str]) -> bool:
    if not values or _NO_COMMENT.search(name) or _is_choice(values):
        return False
    if len(name.split()) <= 4 and _ABOUT_IT.search(name) and _mean_length(values) < 25:
        return False
    return bool(_LABEL.search(name) or (_QUESTION.search(name) and _mean_length(values) >= 5))


def _is_choice(values: Sequence[str]) -> bool:
    """Say whether a column holds ticks, numbers or days and not free words."""
    known = sum(
        _CHOICE.fullmatch(value) is not None or _is_number(value) or day_of(value) is not None
        for value in values
    )
    if known * 2 >= len(values):
        return True
    few = len(set(map(str.casefold, values))) * 3 <= len(values)
    return few and len(values) >= 12 and _mean_length(values) < 30


def _is_number(text: str) -> bool:
    return len(text) <= 30 and re.fullmatch(r"[-+]?[\d.,:/ ]*\d%?", text.strip()) is not None


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / max(1, len(values))


def _voice_likelihood(name: str, values: Sequence[str]) -> float:
    if not values or not _WHO.search(name) or _mean_length(values) > 40:
        return 0
    share = sum(voice_of(value) is not None for value in values) / len(values)
    return share if share >= 0.5 else 0


def _day_likelihood(name: str, values: Sequence[str]) -> float:
    if not values or _OTHER_DAYS.search(name):
        return 0
    share = sum(day_of(value) is not None for value in values) / len(values)
    if share < 0.5:
        return 0
    return share + bool(_WHEN.search(name))


_VOICES = re.compile(
    r"\b(?:(?P<carer>carers?|care ?givers?|relatives?|famil(?:y|ies)|parents?|mother|father|mum|dad|partner"
    r"|spouse|wife|husband|daughter|son|brother|sister|friends?|guardian|visitors?|next of kin|behalf)"
    r"|(?P<patient>patients?|service users?|clients?|inpatients?|residents?|myself|me|self)"
    r"|(?P<staff>staff|nurses?|doctors?|hca|employees?|colleagues?|volunteers?))\b",
    re.IGNORECASE,
)


def voice_of(text: str) -> Voice | None:
    """Return whose voice an answer such as ``Parent or carer`` names: of several the first."""
    found = _VOICES.search(text)
    voices: dict[str, Voice] = {"carer": "carer", "patient": "patient", "staff": "staff"}
    return voices[found.lastgroup or ""] if found else None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_BRITISH = re.compile(
    r"\s*(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[-/. ](\d{1,2}|[a-z]{3,9})[-/., ]{1,2}(\d{4}|\d\d)(?!\d)",
    re.ASCII | re.IGNORECASE,
)


def day_of(text: str) -> date | None:
    """Return the day that a cell begins with, such as ``23/11/2026 10:42``: the day before the month."""
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _BRITISH.match(text):
        day, month, year = found.groups()
    else:
        return None
    name = month[:3].casefold()
    number = int(month) if month.isdigit() else _MONTHS.index(name) + 1 if name in _MONTHS else 0
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None
