"""Stage 5: each change in parts, rated red, amber or green with what was seen; then the room decides."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from promote_tui.session.edits import items, own
from promote_tui.session.edits import review as edits
from promote_tui.session.model import Initiative, Part, Rating, Session, Stage
from promote_tui.session.schedule import spoken
from promote_tui.session.stages import SIGNS
from promote_tui.ui.fields import Field
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, note
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.widgets.item_list import ItemList, Row

_DECISIONS = (("ready", "ready"), ("fine tune", "fine tune"), ("let go", "let go"))
_RATINGS = (("red", "red"), ("amber", "amber"), ("green", "green"))


class Review(StageScreen):
    """The changes, each with its parts."""

    STAGE: ClassVar[Stage] = "review"
    HOLDS: ClassVar[tuple[str, ...]] = ("initiatives",)
    HINT = "one more part to rate, for the highlighted change"
    ADDS = "a part"
    BINDINGS = [
        key("r", "rate('red')", "red", "rate the highlighted part red; what was seen is asked for"),
        key("a", "rate('amber')", "amber", "rate it amber"),
        key("g", "rate('green')", "green", "rate it green"),
        key("d", "decide", "decide", "say what the room decides: ready, fine tune or let go"),
        key("h", "hold", "new review", "hold a new review of the highlighted change today"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._then = ""

    def compose_work(self) -> ComposeResult:
        """Lay out the list of changes and their parts."""
        yield ItemList(id="parts")

    def show_work(self, session: Session) -> None:
        """Show each change with the parts of its newest review."""
        today = self.room.today()
        rows: list[Row] = []
        for initiative in session.initiatives:
            title = own.title_of(session, initiative)
            rows.append(
                Row(initiative.id, (initiative, title, today), partial(_draw_head, initiative, title, today))
            )
            for place, part in enumerate(edits.parts_of(initiative)):
                key = f"{initiative.id}:part/{place}"
                rows.append(Row(key, (part, today), partial(_draw_part, part, today)))
            rows.append(Row("", (initiative,), partial(_draw_foot, initiative)))
        if not rows:
            rows = [note("No change is taken on yet. 4 goes to where ideas get an owner.")]
        self.query_one(ItemList).show(rows)

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds a part to the highlighted initiative."""
        id = self.active_list.highlighted.partition(":")[0]
        if not id:
            raise items.EditError("There is no change to rate yet. 3 and 4 come first.")
        return partial(edits.add_part, id=id, name=line, today=self.room.today())

    def highlight_newest(self) -> None:
        """Highlight the part that was just added."""
        id = self.active_list.highlighted.partition(":")[0]
        count = len(edits.parts_of(items.find(self.session, id)))
        self.active_list.highlighted = f"{id}:part/{count - 1}"

    # ---- the highlighted part

    def _part(self) -> tuple[str, int] | None:
        """Return the highlighted part: its initiative, and its place counting from 0."""
        id, _, place = self.active_list.highlighted.partition(":part/")
        if place:
            return id, int(place)
        self.refuse("Highlight one of the parts first.")
        return None

    def _fields(self, id: str, place: int) -> Sequence[Field]:
        parts = edits.parts_of(items.find(self.session, id))
        if place >= len(parts):
            return ()
        part, today = parts[place], self.room.today()

        def field(name: str, label: str, question: str, **more: Any) -> Field:
            def setter(session: Session, value: Any) -> Session:
                return edits.set_part(session, id, place, today, **{name: value})

            return Field(f"{id}:part/{place}#{name}", label, question, getattr(part, name), setter, **more)

        said = part.name
        fields = [
            field("name", "Part", "What is this part called?"),
            field("rating", "Rating", "Red, amber or green?", choices=_RATINGS),
            field("evidence", "Seen", f"“{said}”: what would a fly on the wall see and hear?"),
        ]
        if part.rating != "green":
            fields += [
                field("fine_tune", "Fine tuning", f"“{said}”: what needs fine tuning?"),
                field("fine_tune_by", "By", "By which day?", kind="day"),
            ]
        return fields

    def change(self, key: str) -> None:
        """Change the words of a part; on a change, say what the room decides about it."""
        if ":part/" not in key:
            self.action_decide()
        elif part := self._part():
            id, place = part
            names = ("name", "rating", "evidence", "fine_tune", "fine_tune_by")
            keys = [f"{key}#{name}" for name in names]
            self.ask_fields(partial(self._fields, id, place), keys[0], keys)

    # ---- keys

    def action_rate(self, rating: Rating) -> None:
        """Rate the highlighted part, then ask what was seen and, unless green, what needs fine tuning."""
        if part := self._part():
            id, place = part
            today = self.room.today()
            change = partial(edits.set_part, id=id, place=place, today=today, rating=rating)
            if self.do(f"rate a part {rating}", change, f"Rated {rating}"):
                key = f"{id}:part/{place}#evidence"
                keys = (
                    [key] if rating == "green" else [key, key[:-8] + "fine_tune", key[:-8] + "fine_tune_by"]
                )
                self._then = f"{id}:part/{place + 1}"
                self.ask_fields(partial(self._fields, id, place), key, keys)

    def asked_all(self) -> None:
        """After a rating highlight the next part."""
        if self._then:
            self.highlight_any({self._then})
            self._then = ""

    def action_decide(self) -> None:
        """Ask what the room decides about the highlighted change, and why."""
        id = self.active_list.highlighted.partition(":")[0]
        if not id:
            self.refuse("There is no change to decide about yet.")
            return

        def set_decision(session: Session, value: Any) -> Session:
            if value is None:
                return own.set_initiative(session, id, decision=None)
            return edits.decide(session, id, value, items.find(session, id).decision_because)

        def fields() -> Sequence[Field]:
            initiative: Initiative = items.find(self.session, id)
            title = own.title_of(self.session, initiative)
            return [
                Field(
                    f"{id}:decision",
                    "Decision",
                    f"“{title}”: is it ready to try wider, does it need fine tuning, or do we let go?",
                    initiative.decision,
                    set_decision,
                    choices=_DECISIONS,
                ),
                Field(
                    f"{id}:because",
                    "Because",
                    "What makes you say so?",
                    initiative.decision_because,
                    lambda session, value: own.set_initiative(session, id, decision_because=value),
                ),
                Field(
                    f"{id}:learnt",
                    "Learnt",
                    "What did we learn?",
                    initiative.learnt,
                    lambda session, value: own.set_initiative(session, id, learnt=value),
                ),
            ][: 3 if initiative.decision == "let go" else 2]

        keys = [f"{id}:decision", f"{id}:because", f"{id}:learnt"]
        self.ask_fields(fields, keys[0], keys)

    def action_hold(self) -> None:
        """Begin a new review of the highlighted change."""
        id = self.active_list.highlighted.partition(":")[0]
        if id:
            held = bool(items.find(self.session, id).reviews)
            change = partial(edits.start_review, id=id, today=self.room.today())
            self.do(
                "start a review",
                change,
                "A new review of today" + ("; the earlier one is kept" if held else ""),
            )
        else:
            self.refuse("There is no change to review yet.")

    def action_remove(self) -> None:
        """Remove the highlighted part."""
        if part := self._part():
            id, place = part
            change = partial(edits.remove_part, id=id, place=place, today=self.room.today())
            self.do("remove a part", change, "Removed: the part")

    def action_move(self, by: int) -> None:
        """Move the highlighted part."""
        if part := self._part():
            id, place = part
            change = partial(edits.move_part, id=id, place=place, by=by, today=self.room.today())
            if self.do("move a part", change):
                self.active_list.highlighted = f"{id}:part/{place + by}"


def _sign(rating: Rating | None, *, short: bool = False) -> Content:
    words = SIGNS[rating]
    return plain(words[0] if short else words, rating or "muted")


def _draw_head(initiative: Initiative, title: str, today: date, width: int) -> list[Content]:
    trend = [
        assembled((f"{spoken(review.held_on, today)} ", "muted")) + _sign(edits.worst(review.parts))
        for review in initiative.reviews
    ]
    owner = initiative.owner or "no owner yet"
    lines = columns([(title, "accent"), (owner, "muted")], [width - 26, 22])
    return [
        *lines,
        *(Content("   ").join(trend).wrap(width - 1) if trend else [plain("not reviewed yet", "muted")]),
    ]


def _draw_part(part: Part, today: date, width: int) -> list[Content]:
    sign = 11
    seen = part.evidence or "what would a fly on the wall see?"
    rest = width - sign - 6
    quiet = "" if part.evidence else "muted"
    if width >= 76:
        name = rest * 2 // 5
        lines = columns([_sign(part.rating), part.name, (seen, quiet)], [sign, name, rest - name])
    else:
        lines = columns([_sign(part.rating), part.name], [sign, rest])
        lines += columns(["", (seen, quiet)], [sign, rest])
    if part.fine_tune:
        by = f"   by {spoken(part.fine_tune_by, today)}" if part.fine_tune_by else ""
        lines += columns(
            ["", assembled(("fine tuning: ", "muted"), part.fine_tune, (by, "muted"))], [sign, rest]
        )
    for dissent in part.dissent:
        says = f" “{dissent.says}”" if dissent.says else ""
        view = assembled((f"{dissent.voice} ", "muted")) + _sign(dissent.rating) + plain(says)
        lines += columns(["", view], [sign, rest])
    return lines


def _draw_foot(initiative: Initiative, width: int) -> list[Content]:
    if not initiative.decision:
        return [plain("d decides: ready, fine tune or let go", "muted"), Content("")]
    because = f": {initiative.decision_because}" if initiative.decision_because else ""
    lines = assembled(("Decided  ", "muted"), (initiative.decision, "strong"), because).wrap(width - 1)
    learnt = assembled(("Learnt  ", "muted"), initiative.learnt).wrap(width - 1) if initiative.learnt else []
    return [*lines, *learnt, Content("")]
