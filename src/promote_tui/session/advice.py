"""Gentle words for the room, from fixed rules: about ideas, the map, the votes and measures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from promote_tui.session.idea_words import (
    ANSWER,
    BEFORE_A_THING,
    MONEY,
    NOBODY,
    NUMBERS,
    PERMISSION,
    SEEN,
    TELLING,
    VAGUE,
    WORD,
    spelled,
    stem,
    stems,
)
from promote_tui.session.model import VOICES, Candidate, Measure, PerVoice, Session, Voice
from promote_tui.session.splitting import split_idea
from promote_tui.session.stages import MOST_STEPS
from promote_tui.session.voices import counted_together, per_group, plural, together_with

__all__ = [
    "Hint",
    "about_idea",
    "about_map",
    "about_measure",
    "about_votes",
    "belongs_elsewhere",
    "dots_left",
    "dots_shown",
    "split_idea",
]

_STEPS_TO_ASK_ABOUT = 3

# words that name no process: they stand in the names of many
_COMMON = stems(
    "a an and are as at be been before after by can could do does during each every for from get getting give"
    " giving go going had has have he her his how i if in into is it its make making me more my new next no"
    " not of off on one or our out over own per put ready she should so some that the their them then there"
    " they this to too until up us was we what when where which while who why will with without you your"
    " patient person people staff carer family nurse doctor hca ward team hospital process day morning"
    " afternoon evening night week time hour minute start end first last better good improve"
    " ask say said tell told talk call help being show shown around take taken took room door"
    " need want know feel goes nobody somebody someone anyone"
)
# what only looks like a process: “knock before meals”, “leave the light on”, “walk round”, “ring home”
_ASIDE = re.compile(
    r"\b(?:before|after|until)(?: \w+){1,3}"
    r"|(?<!\bthe )(?<!\bward )(?<!tion )(?<!cine )(?<!\bdrug )\bround\b"
    r"|\b(?:leave|leaving|visits?)"
    r"(?= (?:the|an?|it|them|people|patients|new|each|every|our|their|my|your|some|out)\b)"
    r"|\b(?:at|from|about|like|ring|ringing|phone) home\b|\bhome life\b"
)
# other words for the same thing
_SAME = {stem(word): stem("medicine") for word in ("medication", "med", "tablet")} | {"visitor": "visit"}


@dataclass(frozen=True)
class Hint:
    """A short friendly question or sentence for the room, and the rule that it comes from."""

    rule: str
    words: str


_DOUBLE = Hint("double", "This looks like two ideas. Shall we write each one on its own?")
_VAGUE = Hint("vague", "What would we see or hear on the ward if this happened tomorrow?")
_NOBODY = Hint("nobody", "Who could do this? How would it sound if it began with “I can”?")
_MONEY = Hint("money", "Which part of it could we try without more money or more people?")
_PERMISSION = Hint("permission", "Which part of it could we try without asking anybody first?")
_LONG_MAP = Hint("long", "This is a long map. Which steps happen most of the time?")
_ANSWER_IN_MAP = Hint("answer", "A step sounds like an idea already. What happens there today?")
_NO_MINUTES = Hint("minutes", "How many minutes does a step take? A good guess will do.")
_NO_WHO = Hint("who", "Who does each step? A role is enough.")
_SAME_NUMBER = Hint("same", "Now and hoped for are the same number. What would be different?")
_TOO_LOW = Hint("side", "More is better here, but the number hoped for is lower than now. Is that right?")
_TOO_HIGH = Hint("side", "Less is better here, but the number hoped for is higher than now. Is that right?")
_NOTHING_TO_COUNT = Hint("count", "How many is it today? One number is enough to begin with.")


def about_idea(text: str) -> tuple[Hint, ...]:
    """Return what may help to make an idea smaller, the most useful first; nothing when it is fine."""
    words = spelled(text)
    found = (
        (_DOUBLE, bool(split_idea(text))),
        (_VAGUE, _is_vague(words)),
        (_NOBODY, NOBODY.search(words) is not None),
        (_MONEY, MONEY.search(words) is not None),
        (_PERMISSION, PERMISSION.search(words) is not None),
    )
    return tuple(hint for hint, is_so in found if is_so)


def _is_vague(words: str) -> bool:
    """Say whether an idea has vague words, and none for anything that could be seen or heard happening."""
    vague = VAGUE.search(words)
    if vague is None:
        return False
    before, telling = "", False
    for found in WORD.finditer(words):
        word = found[0]
        telling = word != "by" and (telling or word in TELLING)
        seen = word.isdigit() or word in NUMBERS or (stem(word) in SEEN and before not in BEFORE_A_THING)
        if seen and not telling and not vague.start() <= found.start() < vague.end():
            return False
        before = word
    return True


def belongs_elsewhere(session: Session, text: str) -> Candidate | None:
    """Return the other considered process that an idea speaks of, if it says nothing of the chosen one.

    An idea speaks of a process when it uses more than half of the words that set the name apart.
    “Before meals” only says when, and does not speak of meals.
    """
    process = session.process
    if not process.name:
        return None
    said = _telling(text)
    chosen = _telling(" ".join([process.name, process.purpose, *(step.title for step in session.steps)]))
    if said & chosen:
        return None
    said = _telling(_ASIDE.sub("", spelled(text)))
    best, most = None, 0
    for candidate in session.candidates:
        distinctive = _telling(candidate.name) - chosen
        shared = len(said & distinctive)
        if candidate.id != process.candidate and shared > most and 2 * shared > len(distinctive):
            best, most = candidate, shared
    return best


def _telling(text: str) -> frozenset[str]:
    found = (stem(word) for word in WORD.findall(spelled(text).replace("mealtime", "meal time")))
    named = (_SAME.get(word, word) for word in found if len(word) > 2 and not word.isdigit())
    return frozenset(named) - _COMMON


def about_map(session: Session) -> tuple[Hint, ...]:
    """Return what may help to make the map of today shorter and clearer; nothing when it is fine."""
    usual = [step for step in session.steps if step.usual]
    enough = len(usual) >= _STEPS_TO_ASK_ABOUT
    found = (
        (_LONG_MAP, len(usual) > MOST_STEPS),
        (_ANSWER_IN_MAP, any(ANSWER.search(spelled(step.title)) for step in usual)),
        (_NO_WHO, enough and not any(step.who.strip() for step in usual)),
        (_NO_MINUTES, enough and all(step.minutes is None for step in usual)),
    )
    return tuple(hint for hint, is_so in found if is_so)


def about_measure(measure: Measure) -> tuple[Hint, ...]:
    """Return what may help a measure to show a difference; nothing when it is fine."""
    now, hoped = measure.baseline, measure.target
    if now is None and hoped is None:
        return (_NOTHING_TO_COUNT,) if measure.name.strip() else ()
    if now is None or hoped is None:
        return ()
    if now == hoped:
        return (_SAME_NUMBER,)
    if measure.better == "up" and hoped < now:
        return (_TOO_LOW,)
    return (_TOO_HIGH,) if measure.better == "down" and hoped > now else ()


def about_votes(session: Session, votes: PerVoice) -> Hint | None:
    """Return a word when a group raised more hands than it has people in the room, if that is known."""
    people = per_group(session.present)
    if not any(people.values()):
        return None
    each = session.dots or 1  # with dots, a person may put all of them on one item
    over = [voice for voice, count in per_group(votes).items() if count > each * people[voice]]
    if not over:
        return None
    # named as they are shown, so that the word points at nobody who is alone
    named = {voice for one in over for voice in together_with(one, session.present)}
    shown = plural(voice for voice in VOICES if voice in named)
    return Hint("hands", f"More hands than {shown} in the room. Count again?")


def dots_left(session: Session, kind: Literal["candidates", "ideas"]) -> dict[Voice, int] | None:
    """Return how many dots each group has left over all items; below 0 when it gave too many.

    None when the room has no dots, or nobody wrote down how many people are there.
    """
    people = per_group(session.present)
    if not session.dots or not any(people.values()):
        return None
    items = session.candidates if kind == "candidates" else session.ideas
    return {
        voice: session.dots * people[voice] - sum(getattr(item.votes, voice) for item in items)
        for voice in VOICES
    }


def dots_shown(session: Session, kind: Literal["candidates", "ideas"]) -> str:
    """Return the dots left as words, such as ``Dots left: patients 4, carers none, staff 2 over``."""
    left = dots_left(session, kind)
    return f"Dots left: {', '.join(_dots(session, left))}" if left else ""


def _dots(session: Session, left: dict[Voice, int]) -> Iterator[str]:
    people = counted_together(per_group(session.present), session.present)
    for group, count in counted_together(left, session.present).items():
        if people[group] or count:
            yield f"{plural(group)} {f'{-count} over' if count < 0 else count or 'none'}"
