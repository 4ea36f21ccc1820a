"""What a review asks: the fields of a part, green with its evidence, other views, the decision, the end."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from promote_tui.session.edits import details, items, own
from promote_tui.session.edits import review as edits
from promote_tui.session.edits.items import EditError
from promote_tui.session.gate import gate
from promote_tui.session.model import VOICES, Decision, Initiative, Part, Session, Voice
from promote_tui.session.parts import parts_of
from promote_tui.session.schedule import spoken
from promote_tui.session.voices import PLURALS, plural, present_for, together_with
from promote_tui.ui.asking import Ask, Choices, offer, read_choice
from promote_tui.ui.fields import Field, ask_for
from promote_tui.ui.review_rows import LEARNT
from promote_tui.ui.typing_screen import TypingScreen

EVERY_FIELD = ("name", "evidence", "rating", "exception", "fine_tune", "fine_tune_by")
AFTER_RATING = ("evidence", "fine_tune", "fine_tune_by")
"""What is asked of a part that is red or amber."""
_WEEKS = 2
_RATINGS: Choices = (("red", "red"), ("amber", "amber"), ("green", "green"))
_AGREES = "agrees"
_VIEWS: Choices = (*_RATINGS, (_AGREES, "agrees after all"))
_GROUPS: Choices = tuple((voice, PLURALS[voice]) for voice in VOICES)
_DECISIONS: Choices = (("ready", "ready"), ("fine tune", "fine tune"), ("let go", "let go"))

Asks = list[Callable[[], Ask | None]]
"""Questions, each made when its turn comes; None is passed over."""


def part_at(session: Session, id: str, place: int) -> Part:
    """Return one part of a change; ``place`` counts from 0. Raises EditError when it is gone."""
    return items.at(parts_of(items.find(session, id)), place)


def part_fields(session: Session, id: str, place: int, today: date) -> list[Field]:
    """Return the fields of a part that have a meaning as it is now."""
    part = part_at(session, id, place)

    def field(name: str, label: str, question: str, **more: Any) -> Field:
        def setter(session: Session, value: Any) -> Session:
            return edits.set_part(session, id, place, today, **{name: value})

        return Field(f"{id}:part/{place}#{name}", label, question, getattr(part, name), setter, **more)

    fields = [
        field("name", "Part", "What is this part called?"),
        field("evidence", "Seen", f"“{part.name}”: what would a fly on the wall see and hear?"),
        field("rating", "Rating", "Red, amber or green?", choices=_RATINGS),
    ]
    if part.rating == "green":
        if not part.evidence:
            fields.append(field("exception", "Exception", "Why is it green although nothing was seen?"))
        return fields
    fields.append(field("fine_tune", "Fine tuning", f"“{part.name}”: what needs fine tuning?"))
    if part.fine_tune:
        fields.append(field("fine_tune_by", "By", "By which day?", kind="day"))
    return fields


def part_asks(page: TypingScreen, id: str, place: int, names: Sequence[str]) -> Asks:
    """Return questions for these fields of a part, as far as they have a meaning when their turn comes."""
    return [partial(_part_ask, page, id, place, name) for name in names]


def _part_ask(page: TypingScreen, id: str, place: int, name: str) -> Ask | None:
    today = page.room.today()
    fields = part_fields(page.session, id, place, today)
    field = next((one for one in fields if one.key.endswith(f"#{name}")), None)
    if field is None:
        return None
    ask = ask_for(field, page.edit, today)
    if name == "fine_tune_by" and field.value is None:
        # what needs doing has a day, also when nobody in the room says one
        day = spoken(today + timedelta(weeks=_WEEKS), today)
        ask = replace(ask, enter=f"in {_WEEKS} weeks", hint=f"Enter: in {_WEEKS} weeks, {day}")
    return ask


def green_asks(page: TypingScreen, id: str, place: int) -> Asks:
    """Return what is asked before a part is green: what was seen, else why it is green all the same."""
    key, name = f"{id}:part/{place}#green", part_at(page.session, id, place).name

    def rate(field: str, text: str) -> str:
        if not text.strip():
            return ""
        fields: dict[str, Any] = {"rating": "green", field: text, "today": page.room.today()}
        return page.edit("rate a part green", partial(edits.rate, id=id, place=place, **fields))

    def seen() -> Ask:
        question = f"“{name}”: what was seen? What would a fly on the wall see and hear?"
        hint = "Enter alone if nothing was seen"
        return Ask("Seen", question, partial(rate, "evidence"), hint=hint, key=key)

    def why() -> Ask | None:
        part = part_at(page.session, id, place)
        if part.rating == "green" and part.evidence:
            return None
        question = "Nothing seen? Say why it is green all the same. It is marked as an exception."
        hint = "Enter alone leaves the part as it was"
        return Ask("Exception", question, partial(rate, "exception"), part.exception, hint, key)

    return [seen, why]


def dissent_asks(page: TypingScreen, id: str, place: int) -> Asks:
    """Return what is asked when somebody sees a part differently: which group, how, and what they say."""
    key, meant = f"{id}:part/{place}#dissent", list[Voice]()

    def part() -> Part:
        return part_at(page.session, id, place)

    def change(edit: Callable[..., Session], **fields: Any) -> str:
        today = page.room.today()
        return page.edit(
            "see a part differently", partial(edit, id=id, place=place, voice=meant[0], today=today, **fields)
        )

    def held() -> dict[str, Any]:
        said = next((one for one in part().dissent if one.voice == meant[0]), None)
        return {"rating": said.rating if said else None, "says": said.says if said else ""}

    def choose(text: str, choices: Choices, take: Callable[[Any], str]) -> str:
        try:
            return take(read_choice(text, choices))
        except EditError as error:
            return str(error)

    def group() -> Ask:
        def take(voice: Voice | None) -> str:
            meant[:] = [voice] if voice else []
            return ""

        question = f"“{part().name}”: which group sees it differently?"
        start = PLURALS[meant[0]] if meant else ""
        answer = partial(choose, choices=_GROUPS, take=take)
        return Ask("Group", question, answer, start, offer(_GROUPS), key, whole=True)

    def view() -> Ask | None:
        if not meant:
            return None

        def take(view: Any) -> str:
            if view == _AGREES:
                why = change(edits.drop_dissent)
                if not why:
                    meant.clear()
                return why
            return change(edits.set_dissent, **{**held(), "rating": view})

        together = plural(together_with(meant[0], present_for(page.session, items.find(page.session, id))))
        answer = partial(choose, choices=_VIEWS, take=take)
        start = held()["rating"] or ""
        return Ask("View", f"How do {together} see it?", answer, start, offer(_VIEWS), key, whole=True)

    def words() -> Ask | None:
        if not meant:
            return None

        def answer(text: str) -> str:
            return change(edits.set_dissent, **{**held(), "says": text})

        return Ask("They say", "What do they say?", answer, held()["says"], "Enter leaves it open", key)

    return [group, view, words]


def decision_asks(page: TypingScreen, id: str, wanted: list[Decision]) -> Asks:
    """Return what is asked when the room decides about a change.

    ``wanted`` holds a decision that is not the gate's while it waits for its reason.
    """

    def change() -> Initiative:
        one: Initiative = items.find(page.session, id)
        return one

    def decide(decision: Decision | None, because: str) -> str:
        why = page.edit("decide", partial(edits.decide, id=id, decision=decision, because=because))
        if not why:
            wanted.clear()
        return why

    def decision() -> Ask:
        one = change()

        def answer(text: str) -> str:
            wanted.clear()
            try:
                value: Any = read_choice(text, _DECISIONS)
            except EditError as error:
                return str(error)
            if value is None or value == gate(change()).decision:
                return decide(value, change().decision_because)
            wanted.extend([value] if value != change().decision else [])
            return ""

        title, says = own.title_of(page.session, one), gate(one).decision
        question = f"“{title}”: is it ready to try wider, does it need fine tuning, or do we let go?"
        enter = says if says and not one.decision else ""
        question += f" The gate says {says}." if says else ""
        question += " Enter agrees." if enter else ""
        start, key = one.decision or "", f"{id}:decision"
        return Ask("Decision", question, answer, start, offer(_DECISIONS), key, enter=enter, whole=True)

    def because() -> Ask | None:
        one = change()
        chosen = wanted[0] if wanted else one.decision
        if chosen is None:
            return None
        says = gate(one).decision
        question = "What makes you say so?"
        if wanted:
            gate_says = f"The gate says {says}. What makes the room see it differently?"
            question = gate_says if says else "Nothing is rated yet. Why decide now?"
        start = one.decision_because
        enter = (start or " ") if wanted else ""
        answer = partial(decide, chosen)
        return Ask("Because", question, answer, start, "Say why", f"{id}:because", enter=enter)

    def learnt() -> Ask | None:
        one = change()
        if one.decision != "let go":
            return None

        def answer(text: str) -> str:
            return page.edit("say what was learnt", partial(own.set_initiative, id=id, learnt=text))

        return Ask("Learnt", LEARNT, answer, one.learnt, "Enter leaves it open", f"{id}:learnt")

    return [decision, because, learnt]


def closing_fields(session: Session) -> list[Field]:
    """Return the sustaining questions as fields."""

    def field(name: str, label: str, question: str) -> Field:
        def setter(session: Session, value: Any) -> Session:
            return details.set_closing(session, **{name: value})

        return Field(f"closing:{name}", label, question, getattr(session.closing, name), setter)

    return [
        field(
            "attached",
            "Too fond",
            "Have we grown too fond of any of this? What would we not want to hear about it?",
        ),
        field(
            "hard_to_change",
            "Hard to change",
            "What would make this hard to change later, when something better comes up?",
        ),
    ]
