"""The gate of stage 5: whether a change is ready, needs fine tuning or is let go, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from promote_tui.session import measured
from promote_tui.session.model import Decision, Initiative, Part, Rating
from promote_tui.session.parts import parts_of
from promote_tui.session.text import figure

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True)
class Verdict:
    """What the newest review leads to, none before the first rating; and why, in at most two sentences."""

    decision: Decision | None
    because: str


def gate(initiative: Initiative) -> Verdict:
    """Return what the ratings say about an initiative; the room may decide otherwise and say why."""
    parts = parts_of(initiative)
    rated, reds = sum(part.rating is not None for part in parts), _rated(parts, "red")
    if not rated:
        return Verdict(None, "Nothing is rated yet.")
    stuck = _stuck(initiative, reds)
    if reds * 2 >= rated and stuck:
        some = f"{_number(reds)} of {_number(rated)} rated parts{_is(reds)} red"
        return Verdict("let go", _said("every rated part is red" if reds == rated else some, stuck))
    lacking = [_not_green(parts), _worse(initiative), _bare(parts), _exceptions(parts)]
    differing = differing_words(parts)
    if any(lacking[:3]) or all(map(is_exception, parts)):
        return Verdict("fine tune", _said(*lacking, always=differing))
    held = any(one.horizon == "three_months" for one in initiative.checkins)
    notes = ["" if held else "the 3-month check-in was not held yet", lacking[3]]
    notes = [", and ".join(filter(None, notes))]
    return Verdict("ready", _said("every part is green", *notes, always=differing))


def let_go_words(initiative: Initiative) -> str:
    """Return what is said to a room that lets a change go: after it was tried, or before."""
    rated = any(part.rating for review in initiative.reviews for part in review.parts)
    if initiative.checkins or rated:
        return "We tried it, we looked closely, and we know more than before. Well done."
    return "We let it go before we tried it. That is all right: now there is room for something else."


def is_exception(part: Part) -> bool:
    """Say whether a part is green although nothing was seen, with a reason."""
    return part.rating == "green" and not part.evidence and bool(part.exception)


def _stuck(initiative: Initiative, reds: int) -> str:
    """Return why so many reds are not for fine tuning any more; empty when they still may be."""
    if any(_rated(review.parts, "red") >= reds for review in initiative.reviews[:-1]):
        return "an earlier review was no better"
    if any(one.horizon == "three_months" for one in initiative.checkins):
        return "the 3-month check-in was held"
    return ""


def _not_green(parts: Iterable[Part]) -> str:
    kinds: dict[Rating | None, str] = {"red": "red", "amber": "amber", None: "not rated yet"}
    counts = [(count, words) for rating, words in kinds.items() if (count := _rated(parts, rating))]
    return ", ".join(
        f"{_number(count)}{_part(count) if place == 0 else _is(count)} {words}"
        for place, (count, words) in enumerate(counts)
    )


def _worse(initiative: Initiative) -> str:
    now, start = measured.latest(initiative), initiative.measure.baseline
    if now is None or start is None or measured.standing(initiative) != "worse":
        return ""
    return f"the last count was {figure(now)}, worse than {figure(start)} at the start"


def _bare(parts: Iterable[Part]) -> str:
    count = sum(part.rating == "green" and not part.evidence and not part.exception for part in parts)
    has = "has" if count == 1 else "have"
    return f"{_number(count)} green part{'s' * (count != 1)} {has} no word on what was seen" if count else ""


def _exceptions(parts: Sequence[Part]) -> str:
    if all(map(is_exception, parts)):
        return "every part is green as an exception, and nothing was seen yet"
    count = sum(map(is_exception, parts))
    what = "an exception" if count == 1 else "exceptions"
    return f"{_number(count)}{_part(count)} green as {what}" if count else ""


def differing_words(parts: Iterable[Part]) -> str:
    """Return about how many parts somebody sees it differently, as half a sentence; empty for none."""
    # which group it is stays with the part: whoever is alone in a group is not to stand out here
    count = sum(any(one.rating != part.rating for one in part.dissent) for part in parts)
    return f"not everyone agrees about {_number(count)} part{'s' * (count != 1)}" if count else ""


def _rated(parts: Iterable[Part], rating: Rating | None) -> int:
    return sum(part.rating == rating for part in parts)


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _is(count: int) -> str:
    return " is" if count == 1 else " are"


def _part(count: int) -> str:
    return " part is" if count == 1 else " parts are"


def _said(*clauses: str, always: str = "") -> str:
    """Return the first two clauses as sentences, and in the second of them one that is never left out."""
    said = [clause for clause in clauses if clause][:2]
    if always:
        said[1:] = [", and ".join([*said[1:], always])]
    return " ".join(f"{clause[0].upper()}{clause[1:]}." for clause in said)
