"""Stage 5: each change in parts, rated red, amber or green with what was seen; then the room decides."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from promote_tui.session.edits import items
from promote_tui.session.edits import review as edits
from promote_tui.session.gate import gate
from promote_tui.session.model import Decision, Initiative, Part, Rating, Session, Stage
from promote_tui.session.parts import is_to_tune, parts_of
from promote_tui.session.stages import SIGNS
from promote_tui.ui.elsewhere import ask_where
from promote_tui.ui.fields import Field
from promote_tui.ui.keys import key
from promote_tui.ui.over_time import OVER_TIME
from promote_tui.ui.part_fields import (
    AFTER_RATING,
    EVERY_FIELD,
    Asks,
    closing_fields,
    decision_asks,
    dissent_asks,
    green_asks,
    part_asks,
    part_at,
)
from promote_tui.ui.review_rows import change_rows, closing_rows, worst_first
from promote_tui.ui.rows import note
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.typing_screen import cut
from promote_tui.ui.widgets.bands import Hint
from promote_tui.ui.widgets.item_list import ItemList, Row

_CLOSING = "closing"


class Review(StageScreen):
    """The changes, each with its parts, the worst first; at the end the closing questions."""

    STAGE: ClassVar[Stage] = "review"
    HOLDS: ClassVar[tuple[str, ...]] = ("initiatives",)
    HINT = "one more part to rate, for the highlighted change"
    ADDS = "a part"
    BINDINGS = [
        key("r", "rate('red')", "red", "rate the highlighted part red; what was seen is asked for"),
        key("a", "rate('amber')", "amber", "rate it amber"),
        key("g", "rate('green')", "green", "rate it green: what was seen comes first"),
        key("d", "decide", "decide", "say what the room decides: ready, fine tune or let go"),
        key("D", "dissent", "seen differently", "a group sees the part differently (a capital letter)"),
        key("F", "tuned", "fine tuning done", "the fine tuning is done, or not after all", footer=False),
        key("h", "hold", "new review", "hold a new review of the highlighted change today"),
        key("c", "close", "closing", "ask the closing questions", footer=False),
        key("o", "elsewhere", "other ward", "try a runner in another place", footer=False),
        key("R", "over_time", "over time", OVER_TIME, footer=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._orders: dict[str, list[int]] = {}
        self._asked = ("", 0)
        """The part that questions are about: its change, whose parts stay where they are, and its place."""
        self._before: Part | None = None
        """That part as it was when the questions began."""
        self._rating: Rating | None = None
        """What that part is being rated, when the questions are about a rating."""
        self._deciding = ""
        """The change that is being decided about."""
        self._wanted: list[Decision] = []
        """A decision that waits for its reason."""

    def compose_work(self) -> ComposeResult:
        """Lay out the list of changes and their parts."""
        yield ItemList(id="parts")

    def show_work(self, session: Session) -> None:
        """Show each change with the parts of its newest review, then the closing questions."""
        today = self.room.today()
        rows: list[Row] = []
        for initiative in session.initiatives:
            rows += change_rows(session, initiative, self._order(initiative), today)
        if rows:
            rows += closing_rows(session, self.fields_here())
        else:
            rows = [note("No change is taken on yet. 4 goes to where ideas get an owner.")]
        self.query_one(ItemList).show(rows)

    def fields_here(self) -> Sequence[Field]:
        """Return the closing questions as fields."""
        return closing_fields(self.session)

    def _order(self, initiative: Initiative) -> list[int]:
        """Return the places of the parts as they are shown: nothing moves until all are rated."""
        parts, shown = parts_of(initiative), self._orders.get(initiative.id, [])
        at_work = self._asked[0] == initiative.id or any(part.rating is None for part in parts)
        if not at_work or len(shown) != len(parts):
            shown = self._orders[initiative.id] = worst_first(parts)
        return shown

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds a part to the highlighted initiative."""
        id, today = self._change, self.room.today()

        def change(session: Session) -> Session:
            if not session.initiatives:
                raise items.EditError("There is no change to rate yet. 3 and 4 come first.")
            if not id:
                raise items.EditError("Highlight the change first that this is a part of.")
            return edits.add_part(session, id, line, today)

        return change

    def highlight_newest(self) -> None:
        """Highlight the part that was just added."""
        count = len(items.find(self.session, self._change).reviews[-1].parts)
        self.active_list.highlighted = f"{self._change}:part/{count - 1}"

    def moment(self, session: Session) -> str:
        """Return whether the closing questions are being asked."""
        asked = self.capture.ask.key if self.capture.ask else ""
        return _CLOSING if asked.startswith(_CLOSING) else super().moment(session)

    def forget(self) -> None:
        """Forget how parts were shown, too."""
        super().forget()
        self._orders, self._asked, self._rating = {}, ("", 0), None

    @on(ItemList.Highlighted)
    def walked(self) -> None:
        """Show the keys of what is highlighted now."""
        self.show_hints()

    def list_hints(self) -> list[Hint]:
        """Return the hints that come first: also that for fine tuning that is to be done."""
        id, _, place = self.active_list.highlighted.partition(":part/")
        parts = parts_of(items.find(self.session, id)) if place else ()
        to_tune = bool(place) and int(place) < len(parts) and is_to_tune(parts[int(place)])
        return [*super().list_hints(), *([Hint("F", "tuning done", "tuned")] if to_tune else [])]

    # ---- what is highlighted

    @property
    def _change(self) -> str:
        """Return the change that keys mean; empty on the closing questions."""
        id = self.item_here
        return id if items.kind_of(id) == "initiative" else ""

    def _change_to(self, what: str) -> str:
        """Return the change that keys mean, or say what there is to do first."""
        if not self._change:
            words = f"Highlight the change to {what} first."
            self.refuse(words if self.session.initiatives else f"There is no change to {what} yet.")
        return self._change

    def _part(self) -> tuple[str, int] | None:
        """Return the highlighted part: its initiative, and its place counting from 0."""
        id, _, place = self.active_list.highlighted.partition(":part/")
        if place:
            return id, int(place)
        self.refuse("Highlight one of the parts first.")
        return None

    # ---- questions

    def change(self, key: str) -> None:
        """Change a part or a closing answer; on a change, say what the room decides about it."""
        if key.startswith(_CLOSING):
            self.ask_fields(self.fields_here, key, [key])
        elif ":part/" not in key:
            self.action_decide()
        elif part := self._part():
            self._ask_about(part, part_asks(self, *part, EVERY_FIELD))

    def look_into(self, key: str) -> None:
        """Show how a change was rated from review to review, beginning at the part that is meant."""
        if items.kind_of(key.partition(":")[0]) == "initiative":
            self.action_over_time()
        else:
            super().look_into(key)

    def _ask_about(self, part: tuple[str, int], asks: Asks) -> None:
        self._asked = part
        self._before = self._asked_part()
        self.capture.start_asking(asks)

    def last_word(self) -> str:
        """Return what became of what was asked, above all when nothing did."""
        said = super().last_word()
        if said and self.capture.text:
            return said
        if self._wanted:
            return "Not decided: it needs a reason."
        deciding, self._deciding = self._deciding, ""
        if deciding:
            return self._decided(deciding) or said
        part = self._asked_part()
        if (
            part
            and self._rating == "green"
            and not (part.rating == "green" and (part.evidence or part.exception))
        ):
            return f"Green needs what was seen: the part stays as it was, {SIGNS[part.rating]}."
        changed = part and not self._rating and part != self._before
        return said or ("Kept." if changed else "")

    def _decided(self, id: str) -> str:
        """Return what the room decided about a change, and what the gate says if that is something else."""
        change: Initiative = items.find(self.session, id)
        says = gate(change).decision
        if change.decision is None:
            return "Nothing decided."
        other = f", although the gate says {says}" if says and says != change.decision else ""
        return f"Decided: {change.decision}{other}."

    def _asked_part(self) -> Part | None:
        """Return the part that questions are about; None when an undo took it back meanwhile."""
        try:
            return part_at(self.session, *self._asked)
        except items.EditError:
            return None

    def asked_all(self) -> None:
        """Show the worst part first again; after a rating highlight the next part without one."""
        (id, place), rating = self._asked, self._rating
        rated = rating and self._asked_part()
        self._asked, self._rating = ("", 0), None
        self._wanted.clear()
        self.show_work(self.session)
        if rated and rated.rating == rating and self.active_list.highlighted == f"{id}:part/{place}":
            parts, shown = parts_of(items.find(self.session, id)), self._orders[id]
            here = shown.index(place)
            ahead = [other for other in (*shown[here + 1 :], *shown[:here]) if parts[other].rating is None]
            then = "All parts are rated. d decides"
            if ahead:
                self.highlight_any({f"{id}:part/{ahead[0]}"})
                then = f"Next: {cut(parts[ahead[0]].name)}"
            kept = self.said if "kept" in self.said else f"“{cut(rated.name)}” is {rating}."
            self.say(f"{kept}   {then}")

    # ---- keys

    def action_rate(self, rating: Rating) -> None:
        """Rate the highlighted part and ask what goes with it; green only once something was seen."""
        part = self._part()
        if part is None:
            return
        id, place = part
        evidence = bool(part_at(self.session, id, place).evidence)
        self._asked, self._rating = part, rating
        if rating == "green" and not evidence:
            self._ask_about(part, green_asks(self, id, place))
            return
        change = partial(edits.rate, id=id, place=place, rating=rating, today=self.room.today())
        if self.do(f"rate a part {rating}", change, f"Rated {rating}"):
            names = AFTER_RATING if rating != "green" else ("evidence",)
            self._ask_about(part, part_asks(self, id, place, names))
        else:
            self._asked, self._rating = ("", 0), None

    def action_dissent(self) -> None:
        """Ask which group sees the highlighted part differently, and how."""
        if part := self._part():
            self._ask_about(part, dissent_asks(self, *part))

    def action_tuned(self) -> None:
        """Mark the fine tuning of the highlighted part as done today, or as not done after all."""
        if part := self._part():
            done = part_at(self.session, *part).fine_tuned_on is not None
            day = None if done else self.room.today()
            change = partial(edits.tuned, id=part[0], place=part[1], day=day)
            said = "Fine tuning: not done after all" if done else "Fine tuning: done today"
            self.do("mark fine tuning", change, said)

    def action_decide(self) -> None:
        """Ask what the room decides about the highlighted change, and why."""
        if id := self._change_to("decide about"):
            self._wanted.clear()
            self._deciding = id
            self.capture.start_asking(decision_asks(self, id, self._wanted))

    def action_hold(self) -> None:
        """Begin a new review of the highlighted change, and say what the closing questions got last time."""
        if id := self._change_to("review"):
            held = bool(items.find(self.session, id).reviews)
            said = "A new review of today" + ("; the earlier one is kept" if held else "")
            closing, earlier = self.session.closing, self.session.earlier
            last = [
                closing.attached or earlier.attached,
                closing.hard_to_change or earlier.hard_to_change,
            ]
            words = "   ".join(f"“{cut(answer)}”" for answer in last if answer)
            change = partial(edits.start_review, id=id, today=self.room.today())
            self.do("start a review", change, said + (f". Last time we said: {words}" if words else ""))

    def action_close(self) -> None:
        """Ask the closing questions."""
        if not self.session.initiatives:
            self.refuse("There is no change to close with yet.")
            return
        keys = [field.key for field in self.fields_here()]
        self.ask_fields(self.fields_here, keys[0], keys)

    def action_remove(self) -> None:
        """Remove the highlighted part."""
        if self.active_list.highlighted.startswith(_CLOSING):
            super().action_remove()
        elif part := self._part():
            id, place = part
            change = partial(edits.remove_part, id=id, place=place, today=self.room.today())
            self.do("remove a part", change, "Removed: the part")

    def action_move(self, by: int) -> None:
        """Move the highlighted part among those rated as it is: the worst come first."""
        part = self._part()
        if part is None:
            return
        id, place = part
        parts = parts_of(items.find(self.session, id))
        order = worst_first(parts)
        there = order.index(place) + by
        if 0 <= there < len(order) and parts[order[there]].rating != parts[place].rating:
            self.refuse("The worst part comes first: parts move only among those rated alike.")
            return
        to = order[there] if 0 <= there < len(order) else -1 if by < 0 else len(parts)
        change = partial(edits.move_part, id=id, place=place, by=to - place, today=self.room.today())
        if self.do("move a part", change):
            self.active_list.highlighted = f"{id}:part/{to}"

    def action_elsewhere(self) -> None:
        """Ask where else a runner is tried, and make the session there."""
        if items.kind_of(self.item_here) == "initiative":
            ask_where(self, self.item_here)
        else:
            self.refuse("There is no change to try in another place yet.")
