"""Stage 3: what to stop, start and continue, in three columns."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from promote_tui.session import advice
from promote_tui.session.edits import ideas as edits
from promote_tui.session.edits import items, own
from promote_tui.session.edits.map import parted
from promote_tui.session.model import KINDS, Because, Idea, Session, Stage
from promote_tui.session.shorthand import read_idea, spread, write_idea
from promote_tui.session.stages import numbers
from promote_tui.session.text import number_of
from promote_tui.session.voices import hands
from promote_tui.ui.asking import Ask, offer
from promote_tui.ui.keys import key
from promote_tui.ui.plain import plain
from promote_tui.ui.rows import columns, heading
from promote_tui.ui.tried_hint import TriedHint
from promote_tui.ui.typing_screen import cut
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.item_list import ItemList, Row


class Ideas(TriedHint):
    """Three columns of change ideas."""

    STAGE: ClassVar[Stage] = "ideas"
    HOLDS: ClassVar[tuple[str, ...]] = ("ideas",)
    HINT = "- stop   + start   = continue   #3 step 3"
    ADDS = "an idea"
    BINDINGS = [
        key("o", "take_on", "take it on", "make it a change that somebody owns"),
        key("s", "smallest", "smallest", "mark it as a smallest change"),
        key("v", "vote", "vote", "count hands for an idea, group by group"),
        key("g", "group", "group", "put it with ideas that belong together"),
        key("S", "split", "split", "make two ideas of one (a capital letter)", footer=False),
    ]

    def compose_work(self) -> ComposeResult:
        """Lay out the three columns."""
        yield Columns(*KINDS, narrow=78)

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on."""
        return self.query_one(Columns).active_list

    def show_work(self, session: Session) -> None:
        """Show the ideas of each column, those of a group together under its name."""
        places = numbers(session.steps)
        owned = {id for initiative in session.initiatives for id in initiative.ideas}
        titles, advises = [], not self.room.looking
        for kind in KINDS:
            mine = [idea for idea in session.ideas if idea.kind == kind]
            titles.append((kind.upper(), f"{len(mine)}"))
            rows: list[Row] = []
            for name, ideas in _grouped(session, mine):
                rows += [heading(name)] if name else []
                for idea in ideas:
                    of = (idea, _marks(session, idea, places, idea.id in owned, advises))
                    rows.append(Row(idea.id, of, partial(_draw_idea, *of)))
            self.query_one(f"#{kind}", ItemList).show(rows)
        self.query_one(Columns).show_titles(*titles)

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds an idea; without a sign it goes to the column in focus."""
        found = self.query_one(Columns)
        column = KINDS[found.here]
        kind = read_idea(line).kind or column
        found.go_to(KINDS.index(kind), focus=False)
        self.show_hints()
        return partial(edits.add_line, line=line, column=column)

    def lines_of(self, text: str, pasted: str) -> list[str]:
        """Return the lines of a paste, where a dash means stop."""
        return spread(text, pasted, ideas=True)

    def take_line(self, text: str, pasted: str) -> str:
        """Add ideas; say so when the number of a step leads nowhere."""
        why = super().take_line(text, pasted)
        lines = self.lines_of(text, pasted) if pasted else [text]
        tied = [number for line in lines if (number := read_idea(line).step) is not None]
        nowhere = next((one for one in tied if not edits.has_step(self.session, one)), None)
        if not why and nowhere is not None:
            self.refuse(f"Added. There is no step {nowhere}, so the number stays in the words.")
        return why

    def say_added(self, lines: Sequence[str]) -> None:
        """Say what was added; a single idea that could be smaller or clearer gets a question."""
        super().say_added(lines)
        if len(lines) == 1 and not self.said:
            signed = read_idea(lines[0]).kind
            added = "Added." if signed else f"Added to {self._column}."
            self.say("" if signed else f"{added}   Ctrl+Z undo")
            self._ask_gently(items.newest(self.session, "idea"), f"{added} ")

    @property
    def _column(self) -> str:
        return KINDS[self.query_one(Columns).here].capitalize()

    def show_hints(self) -> None:
        """Show the keys that work now, and before the line the column that a line without a sign goes to."""
        super().show_hints()
        self.capture.prompt(self._column)

    def _ask_gently(self, id: str, before: str = "") -> None:
        """Ask what may help the room to make an idea smaller or clearer, if anything does."""
        idea: Idea = items.find(self.session, id)
        if self.room.looking or any(id in initiative.ideas for initiative in self.session.initiatives):
            return
        other = advice.belongs_elsewhere(self.session, idea.text)
        if other:
            self.say(f"{before}Is this about “{cut(other.name)}”? p parks it for another session.")
        elif hints := advice.about_idea(idea.text):
            then = "   S takes it apart" if hints[0].rule == "double" else ""
            self.say(f"{before}{hints[0].words}{then}")

    @on(ItemList.Highlighted)
    def walked(self, event: ItemList.Highlighted) -> None:
        """Ask gently about the idea that the room walks to."""
        if event.list is self.focused and not self.said and items.kind_of(event.key) == "idea":
            self._ask_gently(event.key)

    def highlight_newest(self) -> None:
        """Highlight the newest idea: groups stand under it."""
        self.active_list.highlighted = items.newest(self.session, "idea")

    def moves_among(self, id: str) -> tuple[str, ...]:
        """Return the ideas among which one moves: those of its column that stand with it."""
        mine = [idea for idea in self.session.ideas if idea.kind == items.find(self.session, id).kind]
        groups = [tuple(idea.id for idea in ideas) for _, ideas in _grouped(self.session, mine)]
        return next(group for group in groups if id in group)

    def follow(self, id: str) -> None:
        """Go to the column that an idea was moved to."""
        super().follow(id)
        kind = items.find(self.session, id).kind
        self.query_one(Columns).go_to(KINDS.index(kind), focus=False)

    def point_at(self, key: str) -> None:
        """Highlight the idea that a question is about, in whichever column it stands."""
        if items.kind_of(key) == "idea":
            self.follow(key)

    # ---- keys

    def action_take_on(self) -> None:
        """Make the highlighted idea an initiative."""
        if id := self.highlighted("idea"):
            change = partial(own.take_on, idea_id=id, today=self.room.today())
            self.do("take an idea on", change, "Taken on. 4 gives it an owner")

    def action_smallest(self) -> None:
        """Mark the highlighted idea as a smallest change, or unmark it."""
        if id := self.highlighted("idea"):
            marked = not items.find(self.session, id).smallest
            said = "Marked as a smallest change" if marked else "No longer marked as a smallest change"
            self.do("mark a smallest change", partial(edits.mark_smallest, id=id), said)

    def action_vote(self) -> None:
        """Ask for the hands raised for the highlighted idea."""
        if id := self.highlighted("idea"):
            self.ask_for_hands(id, [row.key for found in self.lists for row in found.rows if row.key])

    def why_park(self, id: str) -> Because | None:
        """Return why an idea would be parked: it may be about another process."""
        text = items.find(self.session, id).text
        return "another process" if advice.belongs_elsewhere(self.session, text) else None

    def action_group(self) -> None:
        """Ask which ideas this one belongs with."""
        if id := self.highlighted("idea"):
            names = {group.id: group.name for group in self.session.groups}
            here = names.get(items.find(self.session, id).group or "", "")
            known = list(names.values())

            def answer(text: str) -> str:
                number = int(text) if text.strip().isdecimal() and len(text) < 4 else 0
                name = known[number - 1] if 1 <= number <= len(known) else text
                why = self.edit("group an idea", partial(edits.put_in_group, id=id, name=name))
                done = f"In the group “{cut(name)}”." if name else "In no group."
                self._farewell = "" if why else f"{done}   u undo"
                return why

            hint = f"{offer(tuple(enumerate(known)))}   or a new name" if known else "a name for them"
            question = f"“{self.words_of(id)}”: which group is it part of?"
            self.ask(Ask("Group", question, answer, here, hint, id, whole=True))

    def action_split(self) -> None:
        """Ask where one idea ends and the next begins."""
        if id := self.highlighted("idea"):
            text = items.find(self.session, id).text
            self.ask_split(id, text, edits.split, offer=" / ".join(advice.split_idea(text)) or parted(text))

    def change(self, key: str) -> None:
        """Change an idea's line."""
        idea: Idea = items.find(self.session, key)
        places = numbers(self.session.steps)
        start = write_idea(idea, places.get(idea.step or ""))
        question = "The idea, with its sign and its step."
        self.ask(self.words_ask("Idea", question, key, start, edits.retell, hint=self.HINT))


def _grouped(session: Session, mine: Sequence[Idea]) -> list[tuple[str, list[Idea]]]:
    """Return the ideas of a column by group: those of none first, then each group under its name."""
    names = {group.id: group.name for group in session.groups}
    free = [idea for idea in mine if idea.group not in names]
    groups = [(name, [idea for idea in mine if idea.group == id]) for id, name in names.items()]
    return [("", free), *((name, ideas) for name, ideas in groups if ideas)]


def _marks(session: Session, idea: Idea, places: Mapping[str, int], owned: bool, advises: bool) -> str:
    """Return what stands under an idea: its step, its stories, the hands for it, what became of it."""
    tie = ""
    if idea.step:
        tie = f"step {places[idea.step]}" if idea.step in places else "step gone"
    told = number_of(len(idea.stories), "story", "stories") if idea.stories else ""
    votes = hands(idea.votes, session.present)
    over = advice.about_votes(session, idea.votes) if advises else None
    marks = [tie, told, votes, "smallest" if idea.smallest else "", "taken on" if owned else ""]
    marks += [over.words] if over else []
    return "   ".join(mark for mark in marks if mark)


def _draw_idea(idea: Idea, marks: str, width: int) -> list[Content]:
    lines = plain(idea.text).wrap(width - 1)
    if marks:
        lines += columns(["", (marks, "muted")], [2, width - 4], 0)
    return [*lines, Content("")]
