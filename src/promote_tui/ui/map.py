"""Stage 2: the steps as they happen most of the time; one at a time goes under the microscope."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from promote_tui.session.edits import choose, items
from promote_tui.session.edits import map as edits
from promote_tui.session.model import Session, Stage, Step
from promote_tui.session.shorthand import write_step
from promote_tui.session.stages import FEELINGS, VALUES, minutes
from promote_tui.session.text import number_of
from promote_tui.ui.fields import Field
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import Cell, columns
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.widgets.bands import Hint
from promote_tui.ui.widgets.item_list import ItemList, Row

_VALUE_CHOICES = (("adds", "adds"), ("needed", "needed for now"), ("removable", "could go"))
_YES_NO = ((True, "yes"), (False, "no"))
_FEELING_CHOICES = tuple((number, word) for number, word in FEELINGS.items())
_SIGNS = {-2: "--", -1: "-", 0: "·", 1: "+", 2: "++"}
_LONG = 12


class Map(StageScreen):
    """The map of the process, and the microscope."""

    STAGE: ClassVar[Stage] = "map"
    HINT = "a step, such as: Lights on @HCA, nights 5m"
    ADDS = "a step"
    BINDINGS = [
        key("m", "microscope", "microscope", "look at one step closely; again closes it"),
        key("v", "value", "value", "does it add value: adds, needed for now, could go"),
        key(
            "plus,equals_sign",
            "feel(1)",
            "feeling",
            "how it feels for the person: better or worse",
            shown="+/-",
        ),
        key("minus", "feel(-1)", "feeling", "", footer=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._looking_at = ""

    def compose_work(self) -> ComposeResult:
        """Lay out the map, and the microscope under it."""
        with Vertical():
            yield ItemList(id="steps")
            yield Static(id="total")
            yield Static(id="microscope-title")
            yield ItemList(id="microscope", of_one_item=True)

    @property
    def steps(self) -> ItemList:
        """Return the list of steps."""
        return self.query_one("#steps", ItemList)

    @property
    def lens(self) -> ItemList:
        """Return the list of what the microscope shows."""
        return self.query_one("#microscope", ItemList)

    def show_work(self, session: Session) -> None:
        """Show the steps, their time, and the step under the microscope."""
        rows = [
            Row(step.id, (step, place), partial(_draw_step, step, place))
            for place, step in enumerate(session.steps, 1)
        ]
        self.steps.show(rows)
        total = self.query_one("#total", Static)
        total.update(plain(_total(session), ".muted"))
        total.display = bool(rows)
        looking = next((step for step in session.steps if step.id == self._looking_at), None)
        self._looking_at = looking.id if looking else ""
        for found in (self.lens, self.query_one("#microscope-title")):
            found.display = looking is not None
        if looking:
            place = session.steps.index(looking) + 1
            self.query_one("#microscope-title", Static).update(
                assembled(
                    (f"Step {place} of {len(session.steps)} under the microscope: ", ".muted"),
                    (looking.title, ".strong"),
                )
            )
            self.lens.show([field.row(0) for field in self._fields()])

    def moment(self, session: Session) -> str:
        """Return what the room is doing: an empty map, a long one, a step under the microscope."""
        if self._looking_at:
            return "microscope"
        if not session.steps:
            return "empty"
        return "long" if len(session.steps) > _LONG else "start"

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds a step at the end."""
        return partial(edits.add_line, line=line)

    def highlight_newest(self) -> None:
        """Highlight the newest step."""
        self.steps.highlight_last()

    # ---- microscope

    def _fields(self) -> Sequence[Field]:
        step: Step = items.find(self.session, self._looking_at)

        def setter(name: str) -> Callable[[Session, Any], Session]:
            return lambda session, value: edits.set_step(session, step.id, **{name: value})

        return [
            Field(
                "lens:value",
                "Adds value?",
                "Does it add value for the person?",
                step.value,
                setter("value"),
                choices=_VALUE_CHOICES,
            ),
            Field(
                "lens:best",
                "Best we can?",
                "Is it the best we can do?",
                step.best_we_can,
                setter("best_we_can"),
                choices=_YES_NO,
            ),
            Field(
                "lens:smallest",
                "Smallest change",
                "What is the smallest thing we could change that would help?",
                step.smallest_change,
                setter("smallest_change"),
            ),
            Field(
                "lens:feeling",
                "Feels",
                "How does it feel for the person?",
                step.feeling,
                setter("feeling"),
                choices=_FEELING_CHOICES,
            ),
            Field(
                "lens:reflection", "Notes", "What else did you notice?", step.reflection, setter("reflection")
            ),
        ]

    def fields_here(self) -> Sequence[Field]:
        """Return what the microscope asks."""
        return self._fields() if self._looking_at else ()

    def list_hints(self) -> list[Hint]:
        """Return the hints of the list, or those of the microscope."""
        if self.focused is not self.lens:
            return super().list_hints()
        return [
            Hint("←→", "choose", "type"),
            Hint("Enter", "type", "edit"),
            Hint("PgDn", "next step", "walk_on"),
            Hint("m", "close", "microscope"),
        ]

    def arrive(self) -> None:
        """Begin with the whole map."""
        if self._looking_at:
            self._looking_at = ""
            self.show(self.session)
        super().arrive()

    def action_microscope(self) -> None:
        """Put the highlighted step under the microscope, or take it away."""
        if self._looking_at:
            self.close_up()
        elif id := self.highlighted("step"):
            self._look_at(id)

    def _look_at(self, id: str) -> None:
        self._looking_at = self.steps.highlighted = id
        self._question = 0
        self.lens.highlighted = "lens:value"
        self.show(self.session)
        self.lens.focus()

    def close_up(self) -> None:
        """Take the step from under the microscope."""
        self._looking_at = ""
        self.steps.focus()
        self.show(self.session)

    @on(ItemList.Paged)
    def walk(self, event: ItemList.Paged) -> None:
        """Put the next (1) or last (-1) step under the microscope."""
        self._walk(event.by)

    def action_walk_on(self) -> None:
        """Put the next step under the microscope."""
        self._walk(1)

    def _walk(self, by: int) -> None:
        ids = [step.id for step in self.session.steps]
        there = ids.index(self._looking_at) + by
        if 0 <= there < len(ids):
            self._look_at(ids[there])
        else:
            self.say("That was the last step." if by > 0 else "That is the first step.")

    # ---- keys

    @property
    def _step(self) -> str:
        """Return the step that keys mean: the one under the microscope, or the highlighted one."""
        return self._looking_at if self.active_list is self.lens else self.highlighted("step")

    def action_value(self) -> None:
        """Turn the step's value."""
        if id := self._step:
            said = VALUES[edits.value_after(items.find(self.session, id).value)]
            self.do("look at a step's value", partial(edits.next_value, id=id), f"This step: {said}")

    def action_feel(self, by: int) -> None:
        """Say that the step feels better or worse."""
        if id := self._step:
            felt = FEELINGS[choose.feeling_after(items.find(self.session, id).feeling, by)]
            self.do("set a feeling", partial(choose.feel, id=id, by=by), f"Feels: {felt}")

    def change(self, key: str) -> None:
        """Change a step's line, or what the microscope asks."""
        if key.startswith("lens:"):
            self.ask_fields(self._fields, key, [key])
        else:
            start = write_step(items.find(self.session, key))
            question = "The step, @ who does it, and its minutes."
            self.ask(self.words_ask("Step", question, key, start, edits.retell, hint=self.HINT))


def _total(session: Session) -> str:
    time = minutes(session.steps)
    parts = [number_of(len([step for step in session.steps if step.usual]), "step")]
    if time.total:
        parts.append(f"{time.total} min")
    if time.total and any(step.value for step in session.steps):
        parts.append(f"{time.share} % of the time adds value")
    return "   ".join(parts)


def _draw_step(step: Step, place: int, width: int) -> list[Content]:
    value = plain(VALUES[step.value], "" if step.value else "muted")
    felt = "" if step.feeling is None else FEELINGS[step.feeling] if width >= 96 else _SIGNS[step.feeling]
    time = f"{step.minutes} min" if step.minutes is not None else ""
    number = (f"{place}", "muted")
    feel, who = (9, 22) if width >= 96 else (2, 14)
    indent = 3 + feel + 2
    rest = width - indent - 1
    if width >= 74:
        title = rest - who - 7 - 17 - 3
        cells: list[Cell] = [number, (felt, "muted"), step.title, (step.who, "muted"), time, value]
        lines = columns(cells, [3, feel, title, who, 7, 17], 1)
    else:
        under = "   ".join(part for part in (step.who, time, VALUES[step.value]) if part)
        lines = columns([number, (felt, "muted"), step.title], [3, feel, rest], 1)
        lines += columns(["", (under, "muted")], [indent, rest], 0)
    if not step.usual:
        lines += columns(["", ("an exception, kept aside", "muted")], [indent, rest], 0)
    if step.smallest_change:
        lines += columns(["", ("→", "accent"), step.smallest_change], [indent - 1, 1, rest - 2], 1)
    return lines
