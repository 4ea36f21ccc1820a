"""The parts that a change is broken into for a review: its own, and one for each condition of its plan."""

from collections.abc import Iterable

from promote_tui.session.model import Initiative, Part, Rating

DEFAULT_PARTS = (
    "People notice a difference",
    "Every shift can do it",
    "No unintended harm",
    "Resistance understood",
    "It would last without its champion",
)
"""What an initiative is broken into unless the room says otherwise."""


def conditions(initiative: Initiative) -> tuple[str, ...]:
    """Return the conditions of the plan, each once: what resistance and unpleasant surprises add to it."""
    said = [one.changes_plan for one in initiative.resistance]
    said += [one.changes_plan for one in initiative.checkins]
    first: dict[str, str] = {}
    for words in filter(None, map(str.strip, said)):
        first.setdefault(words.casefold(), words)
    return tuple(first.values())


def unmet(initiative: Initiative, parts: Iterable[Part]) -> tuple[str, ...]:
    """Return the conditions of the plan that none of these parts stands for."""
    stood_for = {words.strip().casefold() for part in parts for words in (part.condition, part.name)}
    return tuple(words for words in conditions(initiative) if words.casefold() not in stood_for)


def parts_of(initiative: Initiative) -> tuple[Part, ...]:
    """Return the parts to rate: those of the newest review, then the conditions that none stands for.

    Before the first review they are the default ones.
    """
    parts = tuple(Part(name=name) for name in DEFAULT_PARTS)
    if initiative.reviews:
        parts = initiative.reviews[-1].parts
    return (*parts, *(Part(name=words, condition=words) for words in unmet(initiative, parts)))


def worst(parts: tuple[Part, ...]) -> Rating | None:
    """Return the rating that an initiative as a whole stands at: that of its worst rated part."""
    rated = {part.rating for part in parts}
    ratings: tuple[Rating, ...] = ("red", "amber", "green")
    return next((rating for rating in ratings if rating in rated), None)


def is_to_tune(part: Part) -> bool:
    """Say whether a part has fine tuning that is not done yet."""
    wanted = bool(part.fine_tune) or part.fine_tune_by is not None
    return wanted and part.rating != "green" and part.fine_tuned_on is None


def still_to_tune(initiative: Initiative) -> tuple[Part, ...]:
    """Return the parts of the newest review whose fine tuning is not done yet."""
    newest = initiative.reviews[-1].parts if initiative.reviews else ()
    return tuple(part for part in newest if is_to_tune(part))
