"""What the five stages share: the skeleton, the capture line, the keys that work everywhere."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from promote_tui.session.edits import items
from promote_tui.session.model import Session, Stage
from promote_tui.session.shorthand import spread
from promote_tui.session.stages import TITLES, number, open_ends
from promote_tui.session.text import number_of, one_line
from promote_tui.ui.asking import Ask
from promote_tui.ui.details import details_fields
from promote_tui.ui.fields import Field, ask_for, asks_from
from promote_tui.ui.keys import key
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand, TitleLine
from promote_tui.ui.widgets.capture_line import CaptureLine, Typing
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.stage_ribbon import StageRibbon


class StageScreen(RoomScreen):
    """One stage of a session.

    A stage shows the session in its lists (``show_work``), takes lines (``add``) and edits items;
    nothing is kept here but what is highlighted and half-typed.
    """

    STAGE: ClassVar[Stage]
    HINT: ClassVar[str]
    """What the empty capture line says."""
    STARTS_IN_LIST: ClassVar[bool] = False
    """Whether a room that comes here works on what is there already, rather than adding to it."""
    INSTEAD = "i to type, ? shows every key."
    ADDS: ClassVar[str]
    """What a line adds, in words for undo, such as ``a step``."""

    BINDINGS = [
        key("i", "type", "type", "type a new line"),
        key("enter", "edit", "edit", "change the highlighted item", footer=False),
        key("x,delete", "remove", "remove", "remove the highlighted item"),
        key("J,alt+down", "move(1)", "move", "move the item down", shown="J/K"),
        key("K,alt+up", "move(-1)", "move up", "move the item up", footer=False),
        key("u,ctrl+z", "app.undo", "undo", "take the last change back"),
        key("U,ctrl+y", "app.redo", "redo", "do it again", footer=False),
        key("p", "park", "park", "keep it aside in the parking lot"),
        key("n", "next_question", "next question", "ask the next question"),
        key("slash", "find", "find", "find words in the list", footer=False),
        key("e", "details", "details", "title, team, day, who is in the room", footer=False),
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
        self._newest = False
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
        """Begin with typing, which is what a room does first, or where there is work in the list, there."""
        if self.STARTS_IN_LIST and any(row.key for row in self.active_list.rows):
            self.active_list.focus()
        else:
            self.query_one(Typing).focus()

    def on_screen_resume(self) -> None:
        """Show the session as it is now."""
        self.show(self.session)

    @property
    def session(self) -> Session:
        """Return the session that the room works on."""
        return self.room.session

    @property
    def capture(self) -> CaptureLine:
        """Return the capture line."""
        return self.query_one(CaptureLine)

    @property
    def lists(self) -> list[ItemList]:
        """Return the lists of this stage that can be seen."""
        return [found for found in self.query(ItemList) if found.display]

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on: the one in focus, else the last that was."""
        focused = self.focused
        if isinstance(focused, ItemList):
            return focused
        return self._active if self._active and self._active.display else self.lists[0]

    _active: ItemList | None = None

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
        if isinstance(self.focused, Typing):
            enter = "keep" if self.capture.ask else "add"
            typing = [
                Hint("Enter", enter, "keep_typed"),
                Hint("Esc", "stop" if self.capture.ask else "list, then", "leave_work"),
            ]
            hints.show([*typing, *self.typing_hints(in_list)], Hint("F1", "help", "app.help"))
        else:
            hints.show([Hint("Enter", "edit", "edit"), *in_list[:-1]], last)

    def typing_hints(self, in_list: Sequence[Hint]) -> list[Hint]:
        """Return the hints shown while typing: what waits in the list."""
        if self.capture.ask:
            return [Hint("Ctrl+Z", "undo", "app.undo")]
        return [hint for hint in in_list if hint.action not in ("type", "app.help")][:4]

    # ---- edits

    def edit(self, words: str, change: Callable[[Session], Session]) -> str:
        """Make a change, named in words; return the sentence that refuses it, or nothing."""
        return self.room.edit(words, change)

    def do(self, words: str, change: Callable[[Session], Session], said: str = "") -> bool:
        """Make a change from a key of the list and say so, or say why not."""
        why = self.edit(words, change)
        if why:
            self.refuse(why)
        elif said:
            self.say(f"{said}   u undo")
        return not why

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds what a captured line says."""
        raise NotImplementedError

    def take_line(self, text: str, pasted: str) -> str:
        """Add a captured line, or each line of a paste in one step that can be undone; return why not."""
        lines = spread(text, pasted) if pasted else [text]

        def change(session: Session) -> Session:
            for place, line in enumerate(lines, 1):
                try:
                    session = self.add(line)(session)
                except items.EditError as error:
                    if len(lines) == 1:
                        raise
                    raise items.EditError(f"Line {place} of the paste: {error}") from None
            return session

        words = f"add {self.ADDS}" if len(lines) == 1 else f"add {number_of(len(lines), 'line')}"
        self._newest = True
        why = self.edit(words, change)
        self._newest = False
        if not why:
            self.say(f"{number_of(len(lines), 'line')} added.   Ctrl+Z undo" if len(lines) > 1 else "")
        return why

    @on(Typing.Refused)
    def show_refusal(self, event: Typing.Refused) -> None:
        """Say why typing was not taken."""
        self.refuse(event.why)

    @on(CaptureLine.Asking)
    def show_asking(self, event: CaptureLine.Asking) -> None:
        """Show the question being answered; after the last one the list is active again."""
        if event.ask:
            self.say(event.ask.question, ".accent")
            if any(row.key == event.ask.key for row in self.active_list.rows if row.key):
                self.active_list.highlighted = event.ask.key
        else:
            self.say("")
            if isinstance(self.focused, Typing):
                self.active_list.focus()
        self.show_hints()

    def ask(self, *asks: Ask) -> None:
        """Ask questions in the capture line, one after the other."""
        self.capture.start_asking([partial(lambda one: one, one) for one in asks])

    def ask_fields(self, fields: Callable[[], Sequence[Field]], start: str, keys: Sequence[str] = ()) -> None:
        """Ask for fields in turn, from the one whose key is ``start``, or only those named."""
        self.capture.start_asking(asks_from(fields, start, self.edit, self.room.today(), keys))

    def ask_for_hands(self, id: str) -> None:
        """Count the hands raised for an item, group by group."""
        votes = Field(
            id,
            "Hands",
            f"Hands up for “{self.words_of(id)}”: how many patients, carers, staff?",
            items.find(self.session, id).votes,
            lambda session, value: items.change(session, id, votes=value),
            "hands",
            hint="three numbers, such as 3 1 5",
        )
        self.ask(ask_for(votes, self.edit, self.room.today()))

    def commit_pending(self) -> bool:
        """Keep whatever is half-typed; False when it was refused, which has then been said."""
        if self.capture.ask:
            return self.capture.stop_asking()
        if self.capture.text.strip():
            why = self.edit(f"add {self.ADDS}", self.add(self.capture.text))
            if why:
                self.refuse(why)
                return False
            self.capture.taken()
        return True

    def commit_answer(self) -> bool:
        """Keep an answer that was begun; False when it was refused. A half-typed new line just stays."""
        return self.capture.stop_asking()

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        self.capture.clear()
        self._question = 0
        self.say("")

    # ---- moving between typing and list

    @on(Typing.Left)
    def leave_typing(self, event: Typing.Left) -> None:
        """Go from the capture line to the list, keeping an answer that was begun."""
        if not self.capture.stop_asking():
            return
        self.active_list.focus()
        if event.then:
            self.app.call_later(self.app.simulate_key, event.then)

    @on(Typing.Paged)
    def page_list(self, event: Typing.Paged) -> None:
        """Scroll the list while typing."""
        self.active_list.action_page(event.by)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember the list that keys work on, and show the keys that work now."""
        if isinstance(event.widget, ItemList):
            self._active = event.widget
            if self.capture.ask:
                self.capture.stop_asking()
        self.show_hints()

    # ---- keys

    def action_type(self) -> None:
        """Go to the capture line."""
        self.query_one(Typing).focus()

    def action_keep_typed(self) -> None:
        """Keep what was typed, as Enter does."""
        self.query_one(Typing).action_keep()

    def action_leave_work(self) -> None:
        """Go from typing to the list; in the list, close what is open."""
        if isinstance(self.focused, Typing):
            self.query_one(Typing).action_leave()
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
        """Change the item with this key."""
        raise NotImplementedError

    def change_field(
        self, fields: Callable[[], Sequence[Field]], key: str, by: int = 1, *, only: bool = False
    ) -> None:
        """Turn a choice, or ask for a field and, unless ``only`` it is wanted, those after it."""
        field = next((field for field in fields() if field.key == key), None)
        if field is None:
            return
        if field.choices:
            value = field.turned(by)
            self.do(f"set {field.label.casefold()}", lambda session: field.set(session, value))
        else:
            self.ask_fields(fields, key, [key] if only else ())

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
            return self.edit(words, lambda session: change(session, id, text))

        return Ask(label, question, answer, start, hint, id)

    def highlighted(self, *kinds: str) -> str:
        """Return the key of the highlighted item if it is of one of these kinds, else say what is needed."""
        key = self.active_list.highlighted
        if key and items.kind_of(key) in kinds:
            return key
        nouns = " or ".join(items.NOUNS[kind] for kind in kinds)
        article = "an" if nouns.startswith("i") else "a"
        self.refuse(f"Highlight {article} {nouns} first.")
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

    def words_of(self, id: str) -> str:
        """Return the beginning of an item's words, for a message."""
        item = items.find(self.session, id)
        words = one_line(
            next(getattr(item, name) for name in ("text", "title", "name") if hasattr(item, name))
        )
        return words if len(words) <= 40 else f"{words[:39].rstrip()}…"

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
        self.do(f"move {_a_noun(id)}", partial(items.move, id=id, by=by, among=among))

    def action_park(self) -> None:
        """Keep the highlighted item aside."""
        if id := self.highlighted("story", "candidate", "step", "idea"):
            words = self.words_of(id)
            self.do(
                f"park {_a_noun(id)}",
                partial(items.park, id=id, because="another process"),
                f"Parked for another day: {words}",
            )

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
        self.ask_fields(lambda: details_fields(self.session), "details:title")

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
    """Return what an item is, with its article: ``a story``, ``an idea``."""
    noun = items.NOUNS[items.kind_of(id)]
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
