"""Stage 4: changes with an owner, a 3-3-3 plan, resistance and check-ins; below them the ideas still free."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from promote_tui.session.edits import ideas as idea_edits
from promote_tui.session.edits import items
from promote_tui.session.edits import own as edits
from promote_tui.session.model import HORIZONS, Idea, Initiative, PerVoice, Session, Stage
from promote_tui.session.questions import START
from promote_tui.session.schedule import NAMES, distance, due_of, next_horizon, spoken
from promote_tui.session.voices import hands
from promote_tui.ui.asking import Ask
from promote_tui.ui.fields import Field, ask_for, field_rows
from promote_tui.ui.initiative_fields import checkin_fields, fields_of, resistance_fields
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, gap, heading, note
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.typing_screen import cut
from promote_tui.ui.widgets.item_list import ItemList, Row


class Own(StageScreen):
    """The initiatives as cards; the open one shows its fields in place."""

    STAGE: ClassVar[Stage] = "own"
    HOLDS: ClassVar[tuple[str, ...]] = ("ideas", "initiatives")
    HINT = "a change to take on"
    ADDS = "a change"
    BINDINGS = [
        key("w", "resistance", "resistance", "record what is said against it, and use its energy"),
        key("h", "check_in", "check-in", "record what had become of it"),
        key("o", "take_on", "take it on", "make the highlighted idea a change that somebody owns"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._open = ""

    def compose_work(self) -> ComposeResult:
        """Lay out the list of cards."""
        yield ItemList(id="initiatives")

    def show_work(self, session: Session) -> None:
        """Show a card for each initiative, its fields when it is open, then the ideas nobody took on."""
        today = self.room.today()
        rows: list[Row] = []
        for initiative in session.initiatives:
            title = edits.title_of(session, initiative)
            opened = initiative.id == self._open
            rows.append(
                Row(
                    initiative.id,
                    (initiative, title, opened, today),
                    partial(_draw, initiative, title, opened, today),
                )
            )
            if opened:
                rows += field_rows(self.fields_here())
                rows.append(gap())
        owned = {id for initiative in session.initiatives for id in initiative.ideas}
        free = [idea for idea in session.ideas if idea.id not in owned]
        if free:
            rows += [heading("Ideas nobody has taken on yet", "o takes one on"), gap()]
            present = session.present
            rows += [Row(idea.id, (idea, present), partial(_draw_free, idea, present)) for idea in free]
        elif not rows:
            rows = [note("No ideas yet. Type a change to take on, or go to 3 Ideas first.")]
        self.query_one(ItemList).show(rows)

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds an idea and takes it on at once."""
        today = self.room.today()

        def change(session: Session) -> Session:
            session = idea_edits.add_line(session, line, "start")
            return edits.take_on(session, session.ideas[-1].id, today)

        return change

    def moment(self, session: Session) -> str:
        """Return whether an objection is being recorded, or the horizon whose check-in is being held."""
        id, _, field = self.capture.ask.key.partition(":") if self.capture.ask else ("", "", "")
        part, _, place = field.partition("/")
        if part == "checkin":
            initiative: Initiative = items.find(session, id)
            held = [one.horizon for one in initiative.checkins]
            number = int(place.partition("/")[0])
            return held[number] if number < len(held) else next_horizon(initiative) or START
        return "resistance" if part == "resistance" else super().moment(session)

    def arrive(self) -> None:
        """Begin at the first change that nobody owns yet, if there is one."""
        free = next((one.id for one in self.session.initiatives if not one.owner), "")
        if free and not self.active_list.highlighted.startswith("initiative-"):
            self.active_list.highlighted = free
        super().arrive()

    def highlight_newest(self) -> None:
        """Highlight the newest initiative."""
        self.active_list.highlighted = self.session.initiatives[-1].id

    # ---- the open card

    @property
    def _initiative(self) -> str:
        """Return the initiative that keys mean: that of the highlighted card or field."""
        key = self.active_list.highlighted.partition(":")[0]
        if items.kind_of(key) == "initiative":
            return key
        self.refuse("Highlight a change that is taken on first. o takes an idea on.")
        return ""

    def fields_here(self) -> Sequence[Field]:
        """Return the fields of the open card, each question naming the change that it is about."""
        if not self._open:
            return ()
        return self._about(self._open, fields_of(items.find(self.session, self._open)))

    def _about(self, id: str, fields: Sequence[Field]) -> list[Field]:
        about = self.words_of(id)
        return [
            replace(field, question=f"“{about}”: {field.question[:1].casefold()}{field.question[1:]}")
            for field in fields
        ]

    def change(self, key: str) -> None:
        """Open a card, take an idea on, or change a field."""
        kind = items.kind_of(key.partition(":")[0])
        if ":" in key:
            self.ask_fields(self.fields_here, key)
        elif kind == "idea":
            idea: Idea = items.find(self.session, key)
            self.ask(self.words_ask("Idea", "The idea, in other words.", key, idea.text, _reword))
        elif key == self._open:
            self.close_up()
        else:
            self.open_card(key)

    def open_card(self, id: str) -> None:
        """Open a card in place and ask for what is missing first."""
        self._open = id
        self.show(self.session)
        first = next(
            (f for f in self.fields_here() if not f.group and f.kind == "text" and f.value == ""), None
        )
        if first and self.room.read_only == "":
            self.ask_fields(self.fields_here, first.key)
        else:
            self.active_list.highlighted = self.fields_here()[0].key

    def close_up(self) -> None:
        """Close the open card."""
        if self._open:
            self.active_list.highlighted = self._open
        self._open = ""
        self.show(self.session)

    def forget(self) -> None:
        """Forget the open card too."""
        self._open = ""
        super().forget()

    # ---- keys

    def action_take_on(self) -> None:
        """Take the highlighted idea on."""
        if id := self.highlighted("idea"):
            change = partial(edits.take_on, idea_id=id, today=self.room.today())
            if self.do("take an idea on", change, f"Taken on: {self.words_of(id)}"):
                self.highlight_newest()

    def action_resistance(self) -> None:
        """Record an objection: what is said, what it rests on, what it protects, what it changes."""
        id = self._initiative
        if not id:
            return
        self._open = id
        self.show(self.session)

        known = [one.id for one in items.find(self.session, id).resistance]

        def answer(text: str) -> str:
            return self.edit("record resistance", lambda session: edits.add_resistance(session, id, text))

        def fields() -> Sequence[Field]:
            initiative: Initiative = items.find(self.session, id)
            new = next((one.id for one in initiative.resistance if one.id not in known), "")
            return self._about(id, resistance_fields(initiative, new))

        first = Ask(
            "Resistance",
            f"“{self.words_of(id)}”: what is said against it? Write it as it was said.",
            answer,
            key=f"{id}:resistance/new",
        )
        after = [partial(self._ask_nth, fields, place) for place in range(1, 6)]
        self.capture.start_asking([lambda: first, *after])

    def _ask_nth(self, fields: Callable[[], Sequence[Field]], place: int) -> Ask | None:
        found = fields()
        return ask_for(found[place], self.edit, self.room.today()) if found else None

    def action_check_in(self) -> None:
        """Record what had become of the highlighted change at its next horizon."""
        id = self._initiative
        if not id:
            return
        initiative: Initiative = items.find(self.session, id)
        today = self.room.today()
        held = [one.horizon for one in initiative.checkins if one.held_on == today]
        horizon = held[-1] if held else next_horizon(initiative)
        if horizon is None:
            self.refuse(
                "All three check-ins are held. Enter opens the change, where they can be read and mended."
            )
            return
        self._open = id
        self.show(self.session)
        place = next(
            (n for n, one in enumerate(initiative.checkins) if one.horizon == horizon),
            len(initiative.checkins),
        )

        def fields() -> Sequence[Field]:
            held = checkin_fields(items.find(self.session, id), place, horizon, today)
            return self._about(id, held)

        asked = [field.key for field in fields() if not field.key.endswith("held_on")]
        self.ask_fields(fields, asked[0], asked)

    def action_remove(self) -> None:
        """Remove the highlighted change, objection or check-in."""
        id, _, place = self.active_list.highlighted.partition(":")
        part, _, number = place.partition("/")
        number = number.partition("/")[0]
        if part == "resistance":
            change: Any = partial(edits.remove_resistance, id=id, resistance_id=number)
            self.do("remove resistance", change, "Removed: the resistance")
        elif part == "checkin":
            change = partial(edits.remove_checkin, id=id, place=int(number))
            self.do("remove a check-in", change, "Removed: the check-in")
        else:
            super().action_remove()

    def words_of(self, id: str) -> str:
        """Return what an initiative is called, for a message."""
        if items.kind_of(id) == "initiative":
            return cut(edits.title_of(self.session, items.find(self.session, id)))
        return super().words_of(id)


def _reword(session: Session, id: str, text: str) -> Session:
    return items.change(session, id, text=items.required(text, "An idea"))


def _draw(initiative: Initiative, title: str, opened: bool, today: date, width: int) -> list[Content]:
    owner = (initiative.owner, "") if initiative.owner else ("no owner yet", "warn")
    who = 24 if width >= 70 else 18
    lines = columns(
        [(title, "accent"), assembled(owner, (f"\n{initiative.stage}", "muted"))], [width - who - 4, who]
    )
    if opened:
        return lines
    lines += _pair(
        "Success", initiative.success or "what would success look like?", width, initiative.success == ""
    )
    if initiative.if_then:
        lines += _pair("If-then", initiative.if_then, width)
    if initiative.buddy:
        lines += _pair("Buddy", initiative.buddy, width)
    if initiative.measure.name or initiative.measure.unit:
        lines += _pair("Measure", _measured(initiative), width)
    for horizon in HORIZONS:
        due = due_of(initiative, horizon)
        held = any(one.horizon == horizon for one in initiative.checkins)
        when = spoken(due, today) if due else "no day yet"
        when += "\nheld" if held else ""
        far = distance(due, today) if due and not held else ""
        goal = getattr(initiative.plan, horizon).goal
        cells = [(NAMES[horizon], "muted"), (when, ""), goal or (far, "muted")]
        lines += columns(["", *cells], [2, 10, 15, max(10, width - 33)], 1)
    for one in initiative.resistance:
        basis = f"   {one.basis}" if one.basis else ""
        protects = f"   protects {one.protects}" if one.protects else ""
        lines += _pair("Resistance", f"“{one.says}”{basis}{protects}", width)
        if one.changes_plan:
            lines += _pair("", f"→ {one.changes_plan}", width)
    return [*lines, Content("")]


def _measured(initiative: Initiative) -> str:
    measure = initiative.measure
    numbers = " → ".join(f"{number:g}" for number in (measure.baseline, measure.target) if number is not None)
    return " ".join(
        part for part in (f"{measure.name}:" if measure.name else "", numbers, measure.unit) if part
    )


def _pair(label: str, text: str, width: int, quiet: bool = False) -> list[Content]:
    return columns(["", (label, "muted"), (text, "muted" if quiet else "")], [2, 10, max(10, width - 16)], 1)


def _draw_free(idea: Idea, present: PerVoice, width: int) -> list[Content]:
    votes = hands(idea.votes, present)
    text = plain(f"{idea.text}")
    return columns([(idea.kind, "muted"), text, (votes, "muted")], [9, width - 9 - 15, 11])
