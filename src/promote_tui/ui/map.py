"""Stage 2: the steps as they happen most of the time; one at a time goes under the microscope."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from promote_tui.session.advice import about_map
from promote_tui.session.edits import choose, items
from promote_tui.session.edits import map as edits
from promote_tui.session.model import Because, Session, Stage, Step
from promote_tui.session.shorthand import write_step
from promote_tui.session.stages import FEELINGS, VALUES, in_view, minutes
from promote_tui.ui.fields import Field
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.step_fields import step_fields
from promote_tui.ui.step_rows import coverage, heard_row, map_rows, origin_rows, released, summary
from promote_tui.ui.widgets.bands import Hint
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.typing_area import Typing

_LOW, _LOWEST = 30, 22
"""Lines of a screen below which the sums give way to the microscope, and the second sum to the map."""


class Map(StageScreen):
    """The map of today, the map of how it could be once there is one, and the microscope."""

    STAGE: ClassVar[Stage] = "map"
    HOLDS: ClassVar[tuple[str, ...]] = ("steps", "future_steps")
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
        key("o", "insert", "insert", "type a new step right after the highlighted one"),
        key("e", "usual", "now and then", "does it usually happen? If not it is kept aside (80-20)"),
        key("w", "future", "could be", "the map of how it could be; the first time it begins as a copy"),
        key("S", "split", "split", "make two steps of one (a capital letter)", footer=False),
        key("M", "join", "join", "make one step of this and the next (a capital letter)", footer=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._looking_at = ""
        self._inserted: tuple[str, ...] = ()
        """The step after which new ones go, then those that went there; empty for the end of the map."""

    def compose_work(self) -> ComposeResult:
        """Lay out the maps, and the microscope under them."""
        with Vertical():
            yield Columns("steps", "future", narrow=100)
            yield Static(id="total")
            yield Static(id="microscope-title")
            yield ItemList(id="microscope", of_one_item=True)

    @property
    def maps(self) -> Columns:
        """Return the maps: of today, and of how it could be."""
        return self.query_one(Columns)

    @property
    def lens(self) -> ItemList:
        """Return the list of what the microscope shows."""
        return self.query_one("#microscope", ItemList)

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on: the microscope while it is in focus, else a map."""
        lens = self.lens
        typing_there = isinstance(self.focused, Typing) and self._active is lens and lens.display
        return lens if self.focused is lens or typing_there else self.maps.active_list

    def show_work(self, session: Session) -> None:
        """Show the steps, their time, and the step under the microscope."""
        today, future = session.steps, session.future_steps
        self.query_one("#steps", ItemList).show([*origin_rows(session), *map_rows(today)])
        self.query_one("#future", ItemList).show(map_rows(future))
        self.maps.show_titles(
            ("Today", f"{minutes(today).total} min"), ("Could be", f"{minutes(future).total} min")
        )
        self.maps.leave_alone(alone=not future)
        seen = any(step.value for step in today) and not future
        parts = [summary(today)] + ([coverage(today)] if seen else [])
        lines = [("Today: " if future else "") + "   ".join(parts)]
        lines += [f"Could be: {summary(future)}   {released(today, future)}".rstrip()] if future else []
        lines += [hint.words for hint in about_map(session)[:1]]
        total = self.query_one("#total", Static)
        total.update(plain("\n".join(lines[: 1 if self.size.height < _LOWEST else None]), ".muted"))
        self._show_where()
        self._show_lens(session)
        # on a low screen the microscope needs the room
        total.display = bool(today or future) and not (self._looking_at and self.size.height < _LOW)

    def _show_lens(self, session: Session) -> None:
        steps = self._map_of(self._looking_at)
        looking = next((step for step in steps if step.id == self._looking_at), None)
        self._looking_at = looking.id if looking else ""
        if looking is None and self.focused is self.lens:
            self.set_focus(self.maps.active_list)
        title = self.query_one("#microscope-title", Static)
        for found in (self.lens, title):
            found.display = looking is not None
        if looking:
            place = (
                f"Step {steps.index(looking) + 1} of {len(steps)} under the microscope, {coverage(steps)}: "
            )
            title.update(assembled((place, ".muted"), (looking.title, ".strong")))
            rows = [field.row(0) for field in step_fields(looking)]
            self.lens.show([*rows, heard_row(session, looking)])

    def _map_of(self, id: str) -> list[Step]:
        """Return the steps of the map that a step stands on, as they are shown."""
        return in_view(getattr(self.session, items.list_of(self.session, id)))

    def forget(self) -> None:
        """Forget the step under the microscope, and where new ones go, too."""
        super().forget()
        self._looking_at, self._inserted = "", ()

    def moment(self, session: Session) -> str:
        """Return what the room is doing: a step may be under the microscope, or the second map in view."""
        if self._looking_at:
            return "microscope"
        return "could-be" if self.maps.here == 1 else super().moment(session)

    def show_hints(self) -> None:
        """Show the keys that work now, and ask about the map that is in view."""
        super().show_hints()
        self.show_question()

    # ---- adding

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds a step: at the end of the map in view, or where ``o`` said."""
        future = self.maps.here == 1

        def change(session: Session) -> Session:
            after = self._after(session)
            session = edits.add_line(session, line, after, future=future)
            if after:  # a paste adds its lines one after the other, each after the one before
                self._inserted = (*self._inserted, items.newest(session, "step"))
            return session

        return change

    def take_line(self, text: str, pasted: str) -> str:
        """Add steps; where the next one goes moves on only when they were taken."""
        before = self._inserted
        why = super().take_line(text, pasted)
        if why:
            self._inserted = before
        return why

    def _after(self, session: Session) -> str:
        """Return the step after which a new one goes: the last inserted that no undo took away."""
        there = {step.id for step in (*session.steps, *session.future_steps)}
        return next((id for id in reversed(self._inserted) if id in there), "")

    def action_insert(self) -> None:
        """Type new steps right after the highlighted one."""
        if id := self._step:
            self._inserted = (id,)
            self._show_where()
            self.action_type()

    def _show_where(self) -> None:
        if after := self._after(self.session):
            place = [step.id for step in self._map_of(after)].index(after) + 1
            self.capture.prompt(f"after {place}")

    def action_type(self) -> None:
        """Go to the capture line."""
        super().action_type()
        if not self._after(self.session):
            self._end_insert()

    def _end_insert(self) -> None:
        self._inserted = ()
        self.capture.prompt("")

    @on(Typing.Left)
    def stop_inserting(self) -> None:
        """Let new steps go to the end again."""
        if not self.capture.ask:
            self._end_insert()

    def highlight_newest(self) -> None:
        """Highlight the newest step."""
        self.maps.active_list.highlighted = items.newest(self.session, "step")

    # ---- microscope

    def fields_here(self) -> Sequence[Field]:
        """Return what the microscope asks."""
        return step_fields(items.find(self.session, self._looking_at)) if self._looking_at else ()

    def list_hints(self) -> list[Hint]:
        """Return the hints of the list, or those of the microscope."""
        if self.focused is not self.lens:
            return super().list_hints()
        return [
            Hint("←→", "choose", "type"),
            Hint("Enter", "type", "edit"),
            Hint("PgDn", "next", "walk_on"),
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
        self._looking_at = self.maps.active_list.highlighted = id
        self._question = 0
        self.lens.highlighted = "lens:value"
        self.show(self.session)
        self.set_focus(self.lens)

    def close_up(self) -> None:
        """Take the step from under the microscope."""
        self._looking_at = ""
        self.set_focus(self.maps.active_list)
        self.show(self.session)

    @on(ItemList.Paged)
    def walk(self, event: ItemList.Paged) -> None:
        """Put the next (1) or last (-1) step under the microscope."""
        self._walk(event.by)

    def action_walk_on(self) -> None:
        """Put the next step under the microscope."""
        self._walk(1)

    def _walk(self, by: int) -> None:
        ids = [step.id for step in self._map_of(self._looking_at)]
        there = ids.index(self._looking_at) + by
        if 0 <= there < len(ids):
            self._look_at(ids[there])
        else:
            steps = self._map_of(self._looking_at)
            self.say(f"That was the last step: {coverage(steps)}." if by > 0 else "That is the first step.")

    # ---- keys

    @property
    def _step(self) -> str:
        """Return the step that keys mean: the one under the microscope, or the highlighted one."""
        return self._looking_at if self.active_list is self.lens else self.highlighted("step")

    @property
    def item_here(self) -> str:
        """Return the step under the microscope while that is active, else the highlighted one."""
        return self._looking_at if self.active_list is self.lens else super().item_here

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

    def action_usual(self) -> None:
        """Keep the step aside as an exception, or take it back among the usual ones."""
        if id := self._step:
            usual = items.find(self.session, id).usual
            said = "Kept aside: it happens now and then" if usual else "It usually happens"
            self.do("say if a step is usual", partial(edits.turn_usual, id=id), said)

    def action_split(self) -> None:
        """Ask where the step comes apart."""
        if id := self._step:
            title = items.find(self.session, id).title
            self.ask_split(id, title, edits.split, offer=edits.parted(title))

    def action_join(self) -> None:
        """Make one step of this and the one that is shown after it."""
        if id := self._step:
            self.do("join two steps", partial(edits.join, id=id), "Joined with the next step")

    def action_future(self) -> None:
        """Go to the map of how it could be, made the first time, or back to today's."""
        if self.session.future_steps:
            self.maps.go_to(1 - self.maps.here)
        elif self.do("start the map of how it could be", edits.start_future, _STARTED):
            self.maps.go_to(1)

    def why_park(self, id: str) -> Because | None:
        """Return why a step would be parked: it may be an exception."""
        return None if items.find(self.session, id).usual else "an exception"

    def moves_among(self, id: str) -> tuple[str, ...]:
        """Return the steps among which one moves: usual ones, or exceptions, of its map."""
        usual = items.find(self.session, id).usual
        return tuple(step.id for step in self._map_of(id) if step.usual == usual)

    def look_into(self, key: str) -> None:
        """Look closely at a step."""
        if items.kind_of(key) == "step" and ":" not in key:
            self._look_at(key)
        else:
            super().look_into(key)

    def change(self, key: str) -> None:
        """Change a step's line, or what the microscope asks."""
        if key == "lens:heard":
            self.tie(self._looking_at)
        elif key.startswith("lens:"):
            # the framework's three questions are asked in turn, the others alone
            asked = [field.key for field in self.fields_here()[:3]]
            self.ask_fields(self.fields_here, key, asked[asked.index(key) :] if key in asked else [key])
        else:
            start = write_step(items.find(self.session, key))
            question = "The step, @ who does it, and its minutes."
            self.ask(self.words_ask("Step", question, key, start, edits.retell, hint=self.HINT))


_STARTED = "A copy of today: change it to how it could be. w goes back and forth"
