"""How the fields and the lists of a session are named and told when two states of it differ."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from promote_tui.session.edits import own
from promote_tui.session.edits.details import write_hands
from promote_tui.session.model import (
    Checkin,
    Dissent,
    Entry,
    Goal,
    Idea,
    Initiative,
    Measure,
    Part,
    PerVoice,
    Plan,
    Resistance,
    Review,
    Session,
    Story,
)
from promote_tui.session.pairing import LISTS, TIES, words_of
from promote_tui.session.schedule import NAMES, spoken
from promote_tui.session.stages import BASES, FEELINGS, NUMBERED, STANDINGS, VALUES
from promote_tui.session.text import figure, one_line
from promote_tui.session.voices import hands, label, shown_together

NOUNS: dict[str, tuple[str, str]] = {
    "candidates": ("process to consider", "processes to consider"),
    "stories": ("story", "stories"),
    "steps": ("step", "steps"),
    "future_steps": ("step of how it could be", "steps of how it could be"),
    "ideas": ("idea", "ideas"),
    "groups": ("group of ideas", "groups of ideas"),
    "parked": ("parked item", "parked items"),
    "initiatives": ("change", "changes"),
    "resistance": ("word of resistance", "words of resistance"),
    "checkins": ("check-in", "check-ins"),
    "reviews": ("review", "reviews"),
    "parts": ("part", "parts"),
}
"""What one and several items of each list are called."""
WHOLES = {
    "title": "the title",
    "team": "the team",
    "facilitator": "who leads it",
    "held_on": "the day",
    "follows": "the session before",
    "scales": "the session it comes from",
    "earlier": "what is kept of the session before",
    "present": "who is in the room",
    "dots": "the votes that each person has",
    "process": "the process",
    "left_out": "what was left out of the inbox",
    "closing": "what is asked before we close",
}
"""What each field of the session as a whole is called."""
UNKNOWN = "what this program does not know"
"""What the keys of a file that no field stands for are called."""

_LABELS: dict[type[Entry], dict[str, str]] = {
    Entry: {
        "text": "Words",
        "title": "Words",
        "name": "Name",
        "feeling": "Feels",
        "candidates": "Processes",
        "stories": "Stories behind it",
        "usual": "Usually",
        "value": "Adds value?",
        "best_we_can": "Best we can?",
        "reflection": "Notes",
        "was": "Step of today",
        "smallest": "Smallest change",
        "kind": "Column",
        "from_stage": "Came up in",
        "became": "Next session",
        "carried": "Comes from",
        "starts_with": "Starts",
        "ends_with": "Ends",
        "phase": "Part",
        "chosen_because": "Why",
        "candidate": "Chosen from",
        "ideas": "Made of",
        "if_then": "If-then",
        "started_on": "Day 0",
        "stage": "Status",
        "decision": "Decided",
        "decision_because": "Because",
        "baseline": "Now",
        "says": "Said",
        "basis": "Rests on",
        "harness": "Can help by",
        "changes_plan": "Changes",
        "expected_good": "Hoped for",
        "unexpected_good": "Pleasant",
        "trade_offs": "Traded off",
        "unexpected_bad": "Unpleasant",
        "runner": "Runner?",
        "pilot": "Next pilot",
        "evidence": "Seen",
        "fine_tune": "Fine tuning",
        "fine_tune_by": "By",
        "fine_tuned_on": "Tuned on",
        "dissent": "Others say",
        "attached": "Are we too fond of any of it?",
        "hard_to_change": "What would make it hard to change later?",
        "held_on": "Day",
    },
    Measure: {"name": "Measure"},
    Checkin: {"value": "Counted"},
    Part: {"name": "Part"},
    Resistance: {"voice": "Said by"},
}
"""What the screens call a field: first by the entry that it stands in, else whatever it stands in."""
_SAID: dict[str, dict[Any, str]] = {
    "feeling": dict(FEELINGS),
    "value": {value: words for value, words in VALUES.items() if value},
    "basis": dict(BASES),
    "better": {"up": "more is better", "down": "less is better"},
    "stage": dict(STANDINGS),
    "from_stage": dict(NUMBERED),
}
"""What the room reads for the values of a field."""


@dataclass(frozen=True)
class Detail:
    """A field that differs: what the screens call it, and what it holds here and there, in words.

    Nothing is said for a field that is empty.
    """

    label: str
    here: str
    there: str


def title_of(session: Session, item: Any) -> str:
    """Return the words that an item of a list is known by; a day for a check-in or a review."""
    if isinstance(item, Initiative):
        return own.title_of(session, item)
    if isinstance(item, (Checkin, Review)):
        return spoken(item.held_on)
    return words_of(item)


def kind_of(session: Session, name: str, item: Any) -> str:
    """Return what the room calls an item of this list, such as ``a patient's story``."""
    if isinstance(item, Story):
        # whoever is the only one of a group is not shown alone
        alone = (item.voice,) in shown_together(session.present)
        return {"patient": "a patient's story", "carer": "a carer's story"}.get(
            item.voice if alone else "", "a story of staff" if alone else "a story"
        )
    if isinstance(item, Idea):
        return f"an idea to {item.kind}"
    if isinstance(item, Checkin):
        return f"the check-in after {NAMES[item.horizon]}"
    return {"parked": "parked", "resistance": "resistance", "reviews": "the review"}.get(
        name, f"a {NOUNS[name][0]}"
    )


def details(here: Session, ours: Entry, there: Session, theirs: Entry, told: Entry) -> Iterator[Detail]:
    """Yield the fields of an entry that differ, but for its lists of items, which are told apart.

    ``told`` is ``theirs`` with its ties as they are here.
    """
    inside = LISTS.get(type(ours), ())
    for name in fields_of(ours, told):
        one, two, other = _value(ours, name), _value(theirs, name), _value(told, name)
        if name in ("id", *inside) or one == other:
            continue
        if isinstance(one, (Measure, Plan, Goal)) and isinstance(two, Entry) and isinstance(other, Entry):
            first = NAMES.get(name, "")  # type: ignore[call-overload]
            for detail in details(here, one, there, two, other):
                yield Detail(f"{first}{_within(first, detail.label)}", detail.here, detail.there)
        else:
            yield Detail(label_of(ours, name), in_words(here, name, one), in_words(there, name, two))


def _within(horizon: str, label: str) -> str:
    if not horizon:
        return label
    return " by" if label == "Due on" else ""


def fields_of(*entries: Entry) -> list[str]:
    """Return the fields of entries of one kind, then the keys that no field stands for."""
    known = list(type(entries[0]).model_fields)
    return list(dict.fromkeys([*known, *(key for one in entries for key in one.__pydantic_extra__ or ())]))


def _value(entry: Entry, name: str) -> Any:
    if name in type(entry).model_fields:
        return getattr(entry, name)
    return (entry.__pydantic_extra__ or {}).get(name)


def label_of(entry: Entry, name: str) -> str:
    """Return what the screens call a field."""
    own_words = _LABELS.get(type(entry), {}).get(name)
    return own_words or _LABELS[Entry].get(name) or one_line(name.replace("_", " ")).capitalize()


def in_words(session: Session, name: str, value: Any) -> str:
    """Return what a field holds as the room reads it; nothing when it is empty."""
    if value is None or value in ("", ()) or value == PerVoice():
        return ""
    if name in TIES:
        return _tied(session, (value,) if isinstance(value, str) else value)
    if isinstance(value, str | int) and value in _SAID.get(name, {}):
        return _SAID[name][value]
    if name == "present":
        return write_hands(value)
    if name == "voice":
        return label(value, session.present).casefold()
    return next((say(session, value) for kind, say in _BY_KIND if isinstance(value, kind)), str(value))


def _tied(session: Session, ties: Iterable[str]) -> str:
    known = {item.id: item for name in LISTS[Session] for item in getattr(session, name)}
    return "; ".join(
        title_of(session, known[id]) if id in known else "something that was removed" for id in ties
    )


def _dissent(session: Session, one: Dissent) -> str:
    said = [label(one.voice, session.present).casefold(), one.rating or "", one.says]
    return ", ".join(part for part in said if part)


_BY_KIND: tuple[tuple[type, Callable[[Session, Any], str]], ...] = (
    (str, lambda _, value: value),
    (bool, lambda _, value: "yes" if value else "no"),
    (int, lambda _, value: figure(value)),
    (float, lambda _, value: figure(value)),
    (date, lambda _, value: spoken(value)),
    (Dissent, _dissent),
    (PerVoice, lambda session, value: hands(value, session.present)),
    (tuple, lambda session, value: "; ".join(in_words(session, "", one) for one in value)),
)
