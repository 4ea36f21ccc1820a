"""Stage 4: changes with an owner, a 3-3-3 plan, resistance and check-ins; below them the ideas still free."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult

from promote_tui.session.due import checkin_due
from promote_tui.session.edits import ideas as idea_edits
from promote_tui.session.edits import items
from promote_tui.session.edits import own as edits
from promote_tui.session.model import Idea, Initiative, Session
from promote_tui.session.text import number_of
from promote_tui.session.voices import present_for
from promote_tui.ui.asking import Ask
from promote_tui.ui.checkin_keys import CheckinKeys
from promote_tui.ui.fields import Field, ask_for, asks_from, field_rows
from promote_tui.ui.initiative_fields import fields_of, resistance_fields
from promote_tui.ui.keys import key
from promote_tui.ui.over_time import OVER_TIME
from promote_tui.ui.own_rows import card_row, chart_row, free_row, load_row
from promote_tui.ui.pick import Choice
from promote_tui.ui.rows import gap, heading, note
from promote_tui.ui.typing_screen import cut
from promote_tui.ui.widgets.item_list import ItemList, Row


class Own(CheckinKeys):
    """The initiatives as cards; the open one shows its fields in place."""

    HOLDS: ClassVar[tuple[str, ...]] = ("ideas", "initiatives")
    HINT = "a change to take on"
    ADDS = "a change"
    BINDINGS = [
        key("w", "resistance", "resistance", "record what is said against it, and use its energy"),
        key("h", "check_in", "check-in", "hold the check-in that is due"),
        key(
            "H",
            "other_check_in",
            "other check-in",
            "at 3 days, weeks or months, or once more",
            footer=False,
        ),
        key("o", "take_on", "take it on", "make the highlighted idea a change that somebody owns"),
        key("j", "join", "join", "put several ideas together in one change"),
        key("R", "over_time", "over time", OVER_TIME, footer=False),
    ]

    _arrived = False
    """Whether the room was here already since the session was opened."""

    def compose_work(self) -> ComposeResult:
        """Lay out the list of cards."""
        yield ItemList(id="initiatives")

    def show_work(self, session: Session) -> None:
        """Show a card for each initiative, its fields when it is open, then the ideas nobody took on."""
        today = self.room.today()
        rows: list[Row] = []
        for initiative in session.initiatives:
            opened = initiative.id == self.open_change
            rows.append(card_row(session, initiative, today, opened=opened))
            rows += [*self._rows_of_fields(initiative), gap()] if opened else []
        if len(session.initiatives) > 1:
            rows += [load_row(session), gap()]
        free = [idea for idea in session.ideas if not edits.taken_on(session, idea.id)]
        if free:
            keys = "o takes one on" + (", j joins it to a change" if session.initiatives else "")
            keys = "" if self.room.looking else keys
            rows += [heading("Ideas nobody has taken on yet", keys), gap()]
            rows += [free_row(idea, session.present) for idea in free]
        elif not rows:
            rows = [note("No ideas yet. Type a change to take on, or go to 3 Ideas first.")]
        self._stay_with_its_change(rows)
        self.query_one(ItemList).show(rows)

    def _stay_with_its_change(self, rows: Sequence[Row]) -> None:
        """Highlight another row of the same change when the highlighted one goes, as after an undo."""
        found, keys = self.query_one(ItemList), [row.key for row in rows if row.key]
        here, id = found.highlighted, found.highlighted.partition(":")[0]
        if here in keys or id not in keys:
            return
        before = [row.key for row in found.rows if row.key]
        around = [*reversed(before[: before.index(here)]), *before] if here in before else []
        found.highlighted = next((one for one in around if one in keys and one.partition(":")[0] == id), id)

    def _rows_of_fields(self, initiative: Initiative) -> list[Row]:
        """Return the fields of the open card, the measure drawn under its numbers."""
        rows = field_rows(self.fields_here())
        numbers = [row.key for row in rows].index(f"{initiative.id}:target") + 1
        return [*rows[:numbers], chart_row(initiative), *rows[numbers:]]

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds an idea and takes it on at once."""
        today = self.room.today()

        def change(session: Session) -> Session:
            session = idea_edits.add_line(session, line, "start")
            return edits.take_on(session, session.ideas[-1].id, today)

        return change

    def arrive(self) -> None:
        """Begin, once, at the first change whose check-in is due, or that nobody owns yet."""
        today = self.room.today()
        ours = self.session.initiatives
        wanted = [one.id for one in ours if (due := checkin_due(one, today)) and due <= today]
        wanted += [one.id for one in ours if not one.owner and one.stage != "let go"]
        if wanted and not self._arrived:
            self.active_list.highlighted = wanted[0]
        self._arrived = True
        super().arrive()

    def highlight_newest(self) -> None:
        """Highlight the newest initiative."""
        self.active_list.highlighted = self.session.initiatives[-1].id

    # ---- the open card

    def fields_here(self) -> Sequence[Field]:
        """Return the fields of the open card, each question naming the change that it is about."""
        if not self.open_change:
            return ()
        change = items.find(self.session, self.open_change)
        return self.about(self.open_change, fields_of(self.session, change, self.room.today()))

    def change(self, key: str) -> None:
        """Open a card, take an idea on, or change a field."""
        kind = items.kind_of(key.partition(":")[0])
        if ":" in key:
            self._ask_from(key)
        elif kind == "idea":
            idea: Idea = items.find(self.session, key)
            self.ask(self.words_ask("Idea", "The idea, in other words.", key, idea.text, _reword))
        elif key == self.open_change:
            self.close_up()
        else:
            self.open_card(key)

    def look_into(self, key: str) -> None:
        """Open a card, or close it."""
        if items.kind_of(key) == "initiative" and ":" not in key:
            self.change(key)
        else:
            super().look_into(key)

    def open_card(self, id: str) -> None:
        """Open a card in place and ask for what is missing first."""
        self.open_change = id
        self.show(self.session)
        first = next(
            (f for f in self.fields_here() if not f.group and f.kind == "text" and f.value == ""), None
        )
        if first and self.room.read_only == "":
            self._ask_from(first.key)
        else:
            self.active_list.highlighted = self.fields_here()[0].key

    def close_up(self) -> None:
        """Close the open card."""
        if self.open_change:
            self.active_list.highlighted = self.open_change
        self.open_change = ""
        self.show(self.session)

    def _ask_from(self, key: str) -> None:
        """Ask for fields of the open card in turn; those about who and when go on to what to count."""
        id, fields = self.open_change, self.fields_here()
        first = next(field for field in fields if field.key == key)
        if first.group or first.kind == "day" or self._counts(id):
            self.ask_fields(self.fields_here, key)
            return
        main = [field.key for field in fields if not field.group and not field.worked_out]
        number = [field.key for field in fields if field.group == "Measure"]
        keys = [*main[main.index(key) :], number[0]]
        asks = asks_from(self.fields_here, key, self.edit, self.room.today(), keys)
        more = asks_from(self.fields_here, number[1], self.edit, self.room.today())
        asks += [partial(lambda ask: ask() if self._counts(id) else None, one) for one in more]
        self.capture.start_asking(asks)

    def _counts(self, id: str) -> bool:
        return bool(items.find(self.session, id).measure.name)

    def forget(self) -> None:
        """Forget the open card too."""
        self.open_change, self._arrived = "", False
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
        id = self.change_here
        if not id:
            return
        self.open_change = id
        self.show(self.session)
        self.active_list.highlighted = id
        known = [one.id for one in items.find(self.session, id).resistance]

        def answer(text: str) -> str:
            return self.edit("record resistance", lambda session: edits.add_resistance(session, id, text))

        def fields() -> Sequence[Field]:
            initiative: Initiative = items.find(self.session, id)
            new = next((one.id for one in initiative.resistance if one.id not in known), "")
            return self.about(id, resistance_fields(initiative, new, present_for(self.session, initiative)))

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

    def action_join(self) -> None:
        """Pick the ideas of the highlighted change, or the change that the highlighted idea joins."""
        id = self.item_here
        if items.kind_of(id) == "idea" and self.session.initiatives:
            question = f"“{self.words_of(id)}”: which change is it part of?"
            self.pick(question, partial(self._changes_for, id), lambda change: self._turn_idea(id, change))
        elif items.kind_of(id) == "initiative":
            question = f"“{self.words_of(id)}”: which ideas belong together in this change?"
            self.pick(question, partial(self._ideas_for, id), lambda idea: self._turn_idea(idea, id))
        else:
            self.refuse("There is no change to join yet. o takes an idea on.")

    def _changes_for(self, idea: str) -> list[Choice]:
        return [
            Choice(one.id, edits.title_of(self.session, one), one.owner, idea in one.ideas)
            for one in self.session.initiatives
        ]

    def _ideas_for(self, id: str) -> list[Choice]:
        owned = ((idea, edits.taken_on(self.session, idea.id)) for idea in self.session.ideas)
        choices, elsewhere = list[Choice](), 0
        for idea, change in owned:
            if change is None or change.id == id:
                choices.append(Choice(idea.id, idea.text, idea.kind, change is not None))
            else:
                elsewhere += 1
        if elsewhere:
            has = "is" if elsewhere == 1 else "are"
            words = (
                f"{number_of(elsewhere, 'more idea')} {has} in other changes; x on such a change frees them"
            )
            choices.append(Choice("", words))
        return choices

    def _turn_idea(self, idea: str, id: str) -> str:
        """Put an idea into a change, or take it out."""
        is_in = idea in items.find(self.session, id).ideas
        turn = edits.leave if is_in else edits.join
        return self.edit("join ideas", lambda session: turn(session, id, idea))

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
        elif part == "idea":
            change = partial(edits.leave, id=id, idea_id=number)
            self.do("take an idea out", change, f"No longer part of it: {self.words_of(number)}")
        else:
            super().action_remove()

    def words_of(self, id: str) -> str:
        """Return what an initiative is called, for a message."""
        if items.kind_of(id) == "initiative":
            return cut(edits.title_of(self.session, items.find(self.session, id)))
        return super().words_of(id)


def _reword(session: Session, id: str, text: str) -> Session:
    return items.change(session, id, text=items.required(text, "An idea"))
