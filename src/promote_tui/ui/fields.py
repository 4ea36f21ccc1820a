"""The fields of an item as rows: shown in place, turned with arrows, answered in the capture line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual.content import Content

from promote_tui.session.edits.details import read_hands, write_hands
from promote_tui.session.edits.items import EditError
from promote_tui.session.model import PerVoice, Session
from promote_tui.session.schedule import spoken
from promote_tui.ui.asking import Ask, Choices, offer, read_choice, read_day, read_number
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, heading
from promote_tui.ui.widgets.item_list import Row


@dataclass(frozen=True)
class Field:
    """One field of an item: what it is called, what is asked for it, its value, how to set it.

    ``choices`` make it a choice; ``kind`` says what else is typed: text, day, number or hands.
    """

    key: str
    label: str
    question: str
    value: Any
    set: Callable[[Session, Any], Session]
    kind: str = "text"
    choices: Choices = ()
    hint: str = ""
    group: str = ""
    """The heading under which this field stands with others; empty for the main ones."""
    note: str = ""
    """A quiet word after the value."""
    warning: str = ""
    """A gentle word under the value."""
    alike: tuple[object, ...] = ()
    """Choices shown as chosen together with the one that is: whoever is alone in a group is not named."""
    worked_out: bool = False
    """Whether it follows from something else, so that it is not asked for in turn."""

    def read(self, text: str, today: date) -> Any:
        """Return what was typed as a value; raises EditError in words when it is not one."""
        if self.choices:
            return read_choice(text, self.choices)
        if self.kind == "day":
            return read_day(text, today)
        if self.kind == "number":
            return read_number(text)
        return read_hands(text) if self.kind == "hands" else text

    def written(self) -> str:
        """Return the value as it would be typed."""
        if self.value is None:
            return ""
        if self.choices:
            return next((word for value, word in self.choices if value == self.value), "")
        if isinstance(self.value, date):
            return spoken(self.value)
        if isinstance(self.value, float):
            return f"{self.value:.15g}"
        return write_hands(self.value) if isinstance(self.value, PerVoice) else str(self.value)

    def turned(self, by: int) -> Any:
        """Return the choice after (1) or before (-1) the present one; before the first there is none."""
        values: list[object] = [None, *(value for value, _ in self.choices)]
        here = values.index(self.value) if self.value in values else 0
        return values[max(0, min(len(values) - 1, here + by))]

    def row(self, indent: int = 2, label: int = 16) -> Row:
        """Return the row that shows this field, ``label`` characters for what it is called."""
        return Row(
            self.key,
            (self.label, self.value, self.choices, self.note, self.warning),
            lambda width: columns(
                ["", (self.label, "muted"), self._shown()],
                [indent, label, max(10, width - indent - label - 3)],
                1,
            ),
            turns=bool(self.choices),
        )

    def _shown(self) -> Content:
        under = assembled("\n", (self.warning, "warn")) if self.warning else Content("")
        return self._value_shown() + under

    def _value_shown(self) -> Content:
        if self.choices:
            chosen = self.alike if self.value in self.alike else (self.value,)
            return Content("   ").join(
                plain(word.upper(), "accent") if value in chosen else plain(word, "muted")
                for value, word in self.choices
            )
        note = plain(f"   {self.note}" if self.note else "", "muted")
        return (plain(self.written()) if self.written() else plain("–", "muted")) + note


def field_rows(fields: Sequence[Field]) -> list[Row]:
    """Return the rows of an item's fields, each group under its heading."""
    rows: list[Row] = []
    before = ""
    for field in fields:
        if field.group != before:
            rows.append(heading(f"  {field.group}"))
            before = field.group
        rows.append(field.row(2))
    return rows


Edit = Callable[[str, Callable[[Session], Session]], str]
"""Makes a change, named in words; returns the sentence that refuses it, or nothing."""


def ask_for(field: Field, edit: Edit, today: date) -> Ask:
    """Return the question that fills this field."""

    def answer(text: str) -> str:
        try:
            value = field.read(text, today)
        except EditError as error:
            return str(error)
        return edit(f"change “{field.label.strip()}”", lambda session: field.set(session, value))

    hint = field.hint or (offer(field.choices) if field.choices else "Enter leaves it open")
    whole = bool(field.choices) or field.kind != "text"
    start = "" if len(field.alike) > 1 else field.written()  # not the one group behind those shown together
    return Ask(field.label, field.question, answer, start, hint, field.key, whole=whole)


def asks_from(
    fields: Callable[[], Sequence[Field]], start: str, edit: Edit, today: date, keys: Sequence[str] = ()
) -> list[Callable[[], Ask | None]]:
    """Return questions for the fields from ``start`` to the end of its group, made when their turn comes.

    What is worked out is passed over, and a day is asked for alone when the row begins with it.
    ``keys`` names them when only some are to be asked.
    """
    first = next(field for field in fields() if field.key == start)
    later = [field.key for field in fields() if field.group == first.group and not field.worked_out]
    wanted = list(keys) or ([start] if first.kind == "day" else later[later.index(start) :])

    def made(key: str) -> Callable[[], Ask | None]:
        def make() -> Ask | None:
            field = next((field for field in fields() if field.key == key), None)
            return ask_for(field, edit, today) if field else None

        return make

    return [made(key) for key in wanted]
