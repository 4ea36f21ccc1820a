"""The keys that work on every list of a stage: edit, remove, move, park, tie, find."""

from collections.abc import Callable, Collection, Sequence
from functools import partial

from textual import on

from promote_tui.session.edits import items, masking, parking, ties
from promote_tui.session.model import Because, Candidate, Session, Step, Story
from promote_tui.session.stages import in_view
from promote_tui.session.text import number_of, one_line
from promote_tui.session.voices import label, present_for
from promote_tui.ui.asking import Ask
from promote_tui.ui.details import details_fields
from promote_tui.ui.fields import Field
from promote_tui.ui.pick import Choice, Pick
from promote_tui.ui.thread import show_thread
from promote_tui.ui.voting import Voting
from promote_tui.ui.widgets.item_list import ItemList


class ListKeys(Voting):
    """What the keys of a list do; each says what it did, and ``u`` takes it back."""

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
    def choice_turned(self, event: ItemList.Turned) -> None:
        """Turn the choice that Left or Right means."""
        self.turn(event.key, event.by)

    def turn(self, key: str, by: int) -> None:
        """Turn the choice with this key to the next (1) or last (-1) value."""
        field = next((field for field in self.fields_here() if field.key == key), None)
        if field:
            value = field.turned(by)
            word = next((word for one, word in field.choices if one == value), "not said")
            self.do(
                f"change “{field.label.strip()}”",
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
        moved = partial(items.move, id=id, by=by, among=self.moves_among(id))
        self.do(f"move {_a_noun(id)}", moved, f"Moved {'down' if by > 0 else 'up'}")

    def moves_among(self, id: str) -> tuple[str, ...]:
        """Return the ids of the items among which one moves: those of its kind in its list."""
        kind = items.kind_of(id)
        keys = [row.key for row in self.active_list.rows]
        return tuple(key for key in keys if items.kind_of(key) == kind and ":" not in key)

    def action_park(self) -> None:
        """Keep the highlighted item aside, take a parked one back, or ask for something new to keep."""
        key = self.active_list.highlighted
        if items.kind_of(key) == "parked":
            said = f"Taken back: {self.words_of(key)}"
            self.do("take back what was parked", partial(parking.take_back, id=key), said)
        elif not key:
            self.action_park_words()
        elif id := self.highlighted("story", "candidate", "step", "idea"):
            words = self.words_of(id)
            because = self.why_park(id)
            said = f"Parked under the processes of 1 Choose: {words}"
            self.do(f"park {_a_noun(id)}", partial(parking.park, id=id, because=because), said)

    def why_park(self, id: str) -> Because | None:
        """Return why an item would be parked, where that can be told."""
        return "another process" if items.kind_of(id) == "candidate" else None

    def action_park_words(self) -> None:
        """Ask for something new to keep aside: what comes up now and belongs elsewhere."""

        def answer(text: str) -> str:
            return self.edit("park something", lambda session: parking.park_text(session, text, "for later"))

        self.ask(Ask("Park", "What shall we keep aside? It waits under the processes of 1 Choose.", answer))

    def ask_split(
        self, id: str, text: str, change: Callable[[Session, str, str], Session], *, offer: str = ""
    ) -> None:
        """Ask where an item comes apart; ``change`` takes the session, its id and the line.

        ``offer`` is a line that is parted already, which Enter takes.
        """

        def answer(line: str) -> str:
            why = self.edit(f"split {_a_noun(id)}", lambda session: change(session, id, line))
            self._farewell = "" if why else "Taken apart.   u undo"
            return why

        question = "Where does it come apart? Put a / between two spaces there, or |."
        self.ask(Ask("Split", question, answer, offer or text, key=id, enter=offer))

    # ---- ties

    def action_tie(self) -> None:
        """Tie the highlighted item to what belongs to it."""
        id = self.item_here
        if items.kind_of(id) in _TIED_TO:
            self.tie(id)
        else:
            self.refuse("Highlight a story, a process, a step or an idea first.")

    def tie(self, id: str) -> None:
        """Show what an item can be tied to, and what it is tied to; Enter ties and unties."""
        if not self._could_be_tied(id):
            self.refuse(_NOTHING_TO_TIE[items.kind_of(id)])
            return
        question = f"What belongs to “{self.words_of(id)}”?"
        words = f"tie {_a_noun(id)}"

        def turn(other: str) -> str:
            return self.edit(words, lambda session: ties.turn(session, id, other))

        self.pick(question, partial(self._could_be_tied, id, self._heard_at_step(id)), turn)

    def pick(
        self, question: str, choices: Callable[[], Sequence[Choice]], turn: Callable[[str], str]
    ) -> None:
        """Show choices to pick from, then say how many were changed."""
        page = Pick(question, choices, turn)

        def say(_nothing: None) -> None:
            self.say(f"{number_of(page.changed, 'choice')} changed.   u undo" if page.changed else "")

        self.app.push_screen(page, say)

    def _heard_at_step(self, id: str) -> Collection[str]:
        """Return the stories tied to an idea's step: most likely the idea's too, so they come first."""
        step = items.find(self.session, id).step if items.kind_of(id) == "idea" else None
        return next((one.stories for one in self.session.steps if one.id == step), ())

    def _could_be_tied(self, id: str, first: Collection[str] = ()) -> list[Choice]:
        """Return what an item can be tied to, the stories that come first under a heading of their own."""
        offered = [("Stories heard at its step", "story", True)] if first else []
        offered += [(_HEADINGS[kind], kind, False) for kind in _TIED_TO[items.kind_of(id)]]
        choices: list[Choice] = []
        for heading, kind, are_first in offered:
            held = getattr(self.session, items.LISTS[kind])
            shown = [
                Choice(item.id, *self._as_choice(item, place), ties.are_tied(self.session, id, item.id))
                for place, item in enumerate(in_view(held) if kind == "step" else held, 1)
                if (item.id in first) == are_first
            ]
            choices += [Choice("", heading), *shown] if shown else []
        return choices

    def _as_choice(self, item: Story | Candidate | Step, place: int) -> tuple[str, str]:
        """Return an item's words for a choice, and a quiet note on what it is."""
        if isinstance(item, Story):
            return item.text, label(item.voice, present_for(self.session, item)).casefold()
        return (item.title, f"step {place}") if isinstance(item, Step) else (item.name, "")

    def action_mask(self) -> None:
        """Take out of the highlighted item what could show who a person is."""
        id = self.item_here
        if items.kind_of(id) in items.LISTS:
            self.do("mask an item", partial(masking.mask, id=id), "Masked")
        else:
            self.refuse("Highlight an item first.")

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

    @property
    def item_here(self) -> str:
        """Return the item that keys mean: the highlighted one, or the one whose field is highlighted."""
        return self.active_list.highlighted.partition(":")[0]

    def stay_with(self, id: str) -> None:
        """Highlight the change that was talked about at another stage, unless it is the one here already."""
        if items.kind_of(id) == "initiative" and self.item_here != id:
            self.highlight_any({id})

    def action_thread(self) -> None:
        """Show what led to the item that keys mean, and what came of it."""
        show_thread(self, self.item_here)

    def action_details(self) -> None:
        """Ask for the title, team, facilitator, day, and who is in the room."""
        if self.room.looking:
            told = [(field.label, field.written()) for field in details_fields(self.session)]
            self.say("   ".join(f"{label}: {words}" for label, words in told if words))
            return
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


_TIED_TO = {"candidate": ("story",), "story": ("candidate",), "step": ("story",), "idea": ("step", "story")}
_HEADINGS = {"story": "Stories", "candidate": "Processes", "step": "Its step"}
_NOTHING_TO_TIE = {
    "candidate": "There is no story to tie it to yet.",
    "story": "There is no process to tie it to yet.",
    "step": "There is no story to tie it to yet. 1 goes to where they are told.",
    "idea": "There is no step and no story to tie it to yet.",
}


def _a_noun(id: str) -> str:
    """Return what an item is, with its article: ``a story``, ``an idea``. Takes an id or a kind."""
    noun = items.NOUNS[items.kind_of(id) or id]
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
