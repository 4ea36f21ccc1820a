"""What the five stages share: the skeleton, and the keys that work on every list."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from promote_tui.session.edits import items, parking
from promote_tui.session.model import Because, Session, Stage
from promote_tui.session.stages import TITLES, number, open_ends
from promote_tui.session.text import one_line
from promote_tui.ui.asking import Ask
from promote_tui.ui.details import details_fields
from promote_tui.ui.fields import Field
from promote_tui.ui.keys import key
from promote_tui.ui.typing_screen import TypingScreen
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.capture_line import CaptureLine
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.stage_ribbon import StageRibbon
from promote_tui.ui.widgets.typing_area import Typing


class StageScreen(TypingScreen):
    """One stage of a session.

    A stage shows the session in its lists (``show_work``), takes lines (``add``) and edits items;
    nothing is kept here but what is highlighted and half-typed.
    """

    STAGE: ClassVar[Stage]
    HINT: ClassVar[str]
    """What the empty capture line says."""

    BINDINGS = [
        key("i", "type", "type", "type a new line"),
        key("enter", "edit", "edit", "change the highlighted item", footer=False),
        key("x,delete", "remove", "remove", "remove the highlighted item"),
        key("J,alt+down", "move(1)", "move", "move the item down or up (capital letters)", shown="J/K"),
        key("K,alt+up", "move(-1)", "move up", "", footer=False),
        key("u,ctrl+z", "app.undo", "undo", "take the last change back"),
        key("U,ctrl+y", "app.redo", "redo", "do it again", footer=False),
        key("p", "park", "park", "keep it aside; it stands under the processes of 1 Choose"),
        key("n", "next_question", "next question", "ask the next question"),
        key("slash", "find", "find", "find words in the list", footer=False),
        key("E", "details", "details", "title, team, day, who is in the room", footer=False),
        *(
            key(
                str(place),
                f"stage('{stage}')",
                "stage",
                "" if place > 1 else "go to a stage",
                shown="1-5",
                footer=False,
            )
            for place, stage in enumerate(TITLES, 1)
        ),
        key("escape", "leave_work", "back", "stop typing, or close what is open", footer=False),
        key("q", "app.home", "home", "save and go back to the sessions"),
        key("question_mark,f1", "app.help", "help", "every key of this screen"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._question = 0

    # ---- skeleton

    def compose(self) -> ComposeResult:
        """Lay out title, ribbon, question, work, message, capture line and key hints."""
        yield TitleLine()
        yield StageRibbon()
        yield MessageLine(id="rule")
        yield QuestionBand()
        with Horizontal(id="work"):
            yield from self.compose_work()
        yield MessageLine(id="message")
        yield CaptureLine(self.HINT, self.take_line)
        yield KeyHints()

    def compose_work(self) -> ComposeResult:
        """Lay out the lists of this stage."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with typing."""
        self.query_one(StageRibbon).stage = self.STAGE
        self.arrive()

    def arrive(self) -> None:
        """Begin in the list when there is something in it; an empty stage begins with typing."""
        if any(row.key for found in self.lists for row in found.rows):
            self.active_list.focus()
        else:
            self.action_type()

    def on_screen_resume(self) -> None:
        """Show the session as it is now."""
        self.show(self.session)

    def show(self, session: Session) -> None:
        """Show a session: called when it changes and when this screen comes into view."""
        if not self.is_mounted:
            return
        self.show_work(session)
        self.show_state()
        self.show_question()
        self.show_hints()
        if self._newest:
            self._newest = False
            self.highlight_newest()

    def show_state(self) -> None:
        """Show title and saved state."""
        title = self.query_one(TitleLine)
        title.title, title.team = self.session.title, self.session.team
        title.state, title.trouble = self.room.save_state, self.room.save_trouble

    def show_work(self, session: Session) -> None:
        """Show the session in the lists of this stage."""
        raise NotImplementedError

    def highlight_newest(self) -> None:
        """Highlight the item that was just added."""
        self.active_list.highlight_last()

    def show_question(self) -> None:
        """Show the question of this moment."""
        questions = self.room.questions.at(self.STAGE, self.moment(self.session))
        band = self.query_one(QuestionBand)
        if questions:
            here = self._question % len(questions)
            band.question, band.place = questions[here], f"{here + 1} of {len(questions)}"

    def moment(self, session: Session) -> str:  # noqa: ARG002
        """Return what the room is doing now, as the question set calls it."""
        return "start"

    def show_hints(self) -> None:
        """Show the keys that work now."""
        hints = self.query_one(KeyHints)
        in_list = self.hints_of_keys()
        last = Hint("?", "help", "app.help")
        if not isinstance(self.focused, Typing):
            first = self.list_hints()
            taken = {hint.key for hint in first}
            hints.show([*first, *(hint for hint in in_list[:-1] if hint.key not in taken)], last)
        elif self.capture.ask:
            walk = [Hint("↑↓", "other questions", "type")] if self.capture.several else []
            keys = [Hint("Enter", "keep", "keep_typed"), Hint("Esc", "done", "leave_work"), *walk]
            hints.show(keys, Hint("F1", "help", "app.help"))
        else:
            keys = [Hint("Enter", "add", "keep_typed"), Hint("Esc", "list, then", "leave_work")]
            useful = [hint for hint in in_list if hint.action not in ("type", "app.help")][:4]
            hints.show([*keys, *useful], Hint("F1", "help", "app.help"))

    def list_hints(self) -> list[Hint]:
        """Return the hints that come first while the list is active."""
        return [Hint("Enter", "edit", "edit")]

    # ---- keys

    def action_leave_work(self) -> None:
        """Go from typing to the list; in the list, close what is open."""
        if isinstance(self.focused, Typing):
            self.capture.typing.action_leave()
        else:
            self.close_up()

    def close_up(self) -> None:
        """Close whatever is open in place."""

    async def action_stage(self, stage: Stage) -> None:
        """Go to another stage."""
        await self.room.go_to_stage(stage)

    @on(StageRibbon.Clicked)
    async def ribbon_clicked(self, event: StageRibbon.Clicked) -> None:
        """Go to the clicked stage."""
        await self.room.go_to_stage(event.stage)

    @on(QuestionBand.Clicked)
    def question_clicked(self) -> None:
        """Ask the next question."""
        self.action_next_question()

    def action_next_question(self) -> None:
        """Ask the next question of this moment."""
        self._question += 1
        self.show_question()

    @on(ItemList.Chosen)
    def item_chosen(self, event: ItemList.Chosen) -> None:
        """Change the item that Enter or a second click means."""
        if event.key:
            self.change(event.key)
        else:
            self.say("Nothing here yet. i to type.")

    def action_edit(self) -> None:
        """Change the highlighted item."""
        self.active_list.action_choose()

    def change(self, key: str) -> None:
        """Change the item or the field with this key."""
        raise NotImplementedError

    def fields_here(self) -> Sequence[Field]:
        """Return the fields that are open in place."""
        return ()

    @on(ItemList.Turned)
    def turn(self, event: ItemList.Turned) -> None:
        """Turn the choice that Left or Right means."""
        field = next((field for field in self.fields_here() if field.key == event.key), None)
        if field:
            value = field.turned(event.by)
            word = next((word for one, word in field.choices if one == value), "not said")
            self.do(
                f"set {field.label.casefold()}",
                lambda session: field.set(session, value),
                f"{field.label.rstrip('?')}: {word}",
            )

    def words_ask(
        self,
        label: str,
        question: str,
        id: str,
        start: str,
        change: Callable[[Session, str, str], Session],
        *,
        hint: str = "",
    ) -> Ask:
        """Return the question that changes an item's line, as it was typed."""
        words = f"change {_a_noun(id)}"

        def answer(text: str) -> str:
            why = self.edit(words, lambda session: change(session, id, text))
            if not why:
                self.follow(id)
            return why

        return Ask(label, question, answer, start, hint, id)

    def highlighted(self, *kinds: str) -> str:
        """Return the key of the highlighted item if it is of one of these kinds, else say what is needed."""
        key = self.active_list.highlighted
        if key and items.kind_of(key) in kinds:
            return key
        what = _a_noun(kinds[0]) if len(kinds) == 1 else "an item"
        self.refuse(f"Highlight {what} first.")
        return ""

    def action_remove(self) -> None:
        """Remove the highlighted item."""
        id = self.active_list.highlighted
        if not id:
            self.refuse("There is nothing to remove here.")
        elif ":" in id:
            self.refuse("Enter changes this; emptied, it is gone.")
        else:
            self.do(f"remove {_a_noun(id)}", partial(items.remove, id=id), f"Removed: {self.words_of(id)}")

    def action_move(self, by: int) -> None:
        """Move the highlighted item down (1) or up (-1) in its list."""
        id = self.active_list.highlighted
        if not id or ":" in id:
            self.refuse("This cannot be moved.")
            return
        kind = items.kind_of(id)
        among = tuple(
            row.key for row in self.active_list.rows if items.kind_of(row.key) == kind and ":" not in row.key
        )
        moved = partial(items.move, id=id, by=by, among=among)
        self.do(f"move {_a_noun(id)}", moved, f"Moved {'down' if by > 0 else 'up'}")

    def action_park(self) -> None:
        """Keep the highlighted item aside."""
        if id := self.highlighted("story", "candidate", "step", "idea"):
            words = self.words_of(id)
            because: Because | None = "another process" if items.kind_of(id) == "candidate" else None
            said = f"Parked under the processes of 1 Choose: {words}"
            self.do(f"park {_a_noun(id)}", partial(parking.park, id=id, because=because), said)

    def action_find(self) -> None:
        """Find words in the list, from the highlighted item on."""

        def answer(text: str) -> str:
            found = self.active_list
            rows = [row for row in found.rows if row.key]
            keys = [row.key for row in rows]
            start = keys.index(found.highlighted) + 1 if found.highlighted in keys else 0
            for row in rows[start:] + rows[:start]:
                drawn = " ".join(line.plain for line in row.draw(10_000))
                if one_line(text).casefold() in one_line(drawn).casefold():
                    found.highlighted = row.key
                    return ""
            return "Those words are not in this list."

        self.ask(Ask("Find", "Which words are you looking for?", answer))

    def action_details(self) -> None:
        """Ask for the title, team, facilitator, day, and who is in the room."""
        keys = [field.key for field in details_fields(self.session)]
        self.ask_fields(lambda: details_fields(self.session), keys[0], keys)

    def follow(self, id: str) -> None:
        """Keep the highlight on an item that a change may have moved to another list."""
        for found in self.lists:
            if any(row.key == id for row in found.rows):
                found.highlighted = id
                self._active = found

    def highlight_any(self, ids: set[str]) -> None:
        """Highlight one of these items if it is shown: what an undo brought back."""
        for found in self.lists:
            for row in found.rows:
                if row.key in ids:
                    found.highlighted = row.key
                    return

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        super().forget()
        self._question = 0

    def on_leaving(self) -> str:
        """Return what this stage still lacks, as a sentence."""
        return open_ends(self.session, self.STAGE)

    @property
    def help_title(self) -> str:
        """Return what the help page is called."""
        return f"{number(self.STAGE)} {TITLES[self.STAGE]}"

    def on_resize(self) -> None:
        """Show what fits the new size."""
        self.set_class(self.size.height < 22, "-short")


def _a_noun(id: str) -> str:
    """Return what an item is, with its article: ``a story``, ``an idea``. Takes an id or a kind."""
    noun = items.NOUNS[items.kind_of(id) or id]
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
