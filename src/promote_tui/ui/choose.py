"""Stage 1: stories and feedback on the left, processes to consider on the right; one is chosen."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from promote_tui.session import questions
from promote_tui.session.edits import choose, items, masking
from promote_tui.session.model import Session, Sharing, Stage
from promote_tui.session.shorthand import read_story, write_story
from promote_tui.session.stages import FEELINGS
from promote_tui.session.voices import balance, heard, heard_of_process, present_for
from promote_tui.store.starters import starters
from promote_tui.ui.choose_rows import (
    EARLIER,
    PROMISED,
    SHARED,
    candidate_row,
    parked_row,
    promised_rows,
    story_row,
)
from promote_tui.ui.fields import Field
from promote_tui.ui.focus import Seen
from promote_tui.ui.inbox_keys import InboxKeys
from promote_tui.ui.keys import key
from promote_tui.ui.pick import Choice
from promote_tui.ui.process_fields import process_fields
from promote_tui.ui.rows import gap, heading, note
from promote_tui.ui.thread import go_to_item
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.inbox_panel import InboxPanel
from promote_tui.ui.widgets.item_list import ItemList, Row

_SHARING: tuple[Sharing | None, ...] = (
    None,
    "paraphrased",
    "composite",
    "own words agreed",
    "already public",
)


class Choose(InboxKeys):
    """What people tell, what could be looked at, and the one process chosen."""

    STAGE: ClassVar[Stage] = "choose"
    HOLDS: ClassVar[tuple[str, ...]] = ("stories", "candidates", "parked")
    HINT = "p: patient   c: carer   s: staff   or a process"
    ADDS = "a line"
    BINDINGS = [
        key("c", "choose", "choose", "make the highlighted process the one to work on"),
        key("v", "vote", "vote", "count hands for a process, group by group"),
        key("plus,equals_sign", "feel(1)", "feeling", "how it felt: better or worse", shown="+/-"),
        key("minus", "feel(-1)", "feeling", "", footer=False),
        key("s", "share", "sharing", "how a story may be shared", footer=False),
        key("e", "starters", "common ones", "common ward processes to pick from"),
        key(
            "o", "next_session", "next session", "make a session of the highlighted parked item", footer=False
        ),
    ]

    def compose_work(self) -> ComposeResult:
        """Lay out the two lists, and the inbox under them."""
        with Vertical():
            yield Columns("stories", "processes", narrow=72, weighted=True)
            yield InboxPanel()

    @property
    def stories(self) -> ItemList:
        """Return the list of stories."""
        return self.query_one("#stories", ItemList)

    @property
    def processes(self) -> ItemList:
        """Return the list of processes."""
        return self.query_one("#processes", ItemList)

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on."""
        return self.panel.entries if self.reading else self.query_one(Columns).active_list

    def show_work(self, session: Session) -> None:
        """Show stories, processes, the chosen one's frame, and what is parked."""
        told = heard(session.stories)
        present = present_for(session, *session.stories)
        whose = balance(told, present) if session.stories else "none yet"
        self.query_one(Columns).show_titles(
            ("Stories", whose), ("Processes", f"{len(session.candidates) or ''}")
        )
        stories = [story_row(session, story) for story in session.stories]
        promised = promised_rows(session, self.room.today())
        self.stories.show([*self.show_inbox(session), *stories, *promised])
        advises = not self.room.looking
        rows = [candidate_row(session, one, advises=advises) for one in session.candidates]
        if chosen := session.process.name:
            heard_on_it = balance(heard_of_process(session), present)
            rows += [gap(), heading("Chosen", chosen), *(field.row(1, 7) for field in self._frame())]
            rows += [note(f"heard on it: {heard_on_it}")] if session.stories else []
        else:
            rows += [gap(), note("c chooses the highlighted one")] if rows and not self.room.looking else []
            none = "none" if self.room.looking else "e shows common ward processes to pick from"
            rows += [] if rows else [note(none)]
        if session.parked:
            rows += [
                gap(),
                heading("Parked", "" if self.room.looking else "p takes back"),
                *map(parked_row, session.parked),
            ]
        self.processes.show(rows)

    def arrive(self) -> None:
        """Begin in the list, also while it holds nothing but what was promised last time."""
        if self.moment(self.session) == questions.PROMISED:
            self.set_focus(self.active_list)
        else:
            super().arrive()

    def highlight_newest(self) -> None:
        """Highlight the newest story or process, whichever column it went to."""
        if self._added_story:
            self.stories.highlighted = items.newest(self.session, "story")
        else:
            self.processes.highlighted = items.newest(self.session, "candidate")

    _added_story = True

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds a story or a process, and show its column."""
        self._added_story = read_story(line).voice is not None
        self.query_one(Columns).go_to(0 if self._added_story else 1, focus=False)
        return partial(choose.add_line, line=line)

    # ---- the frame of the chosen process

    def _frame(self) -> Sequence[Field]:
        return process_fields(self.session.process)

    def fields_here(self) -> Sequence[Field]:
        """Return the frame of the chosen process."""
        return self._frame()

    def action_mask(self) -> None:
        """Mask the chosen process while its frame is highlighted, or what keys mean."""
        if self.active_list.highlighted.startswith("frame:"):
            self.do("mask the process", masking.mask_process, "Masked")
        elif self.active_list.highlighted == EARLIER:
            self.do("mask what was said last time", masking.mask_earlier, "Masked")
        else:
            super().action_mask()

    def action_choose(self) -> None:
        """Choose the highlighted process and ask what it is for."""
        if self.active_list is self.stories:
            self.refuse("Stories stay as they are. Tab goes to the processes, c chooses one of them.")
            return
        if id := self.highlighted("candidate"):
            name = self.words_of(id)
            if self.do(
                "choose a process", partial(choose.choose_process, candidate_id=id), f"Chosen: {name}"
            ):
                self.ask_fields(self._frame, "frame:purpose")

    # ---- other keys

    @property
    def item_here(self) -> str:
        """Return the chosen process while its frame is highlighted, else the highlighted item."""
        here = super().item_here
        if here == "promised":
            return self.active_list.highlighted.removeprefix(PROMISED)
        return self.session.process.candidate or "" if here == "frame" else here

    @property
    def _on_promise(self) -> bool:
        """Say whether a row of what was promised last time is highlighted, and that keys work elsewhere."""
        if not self.active_list.highlighted.startswith(PROMISED):
            return False
        self.refuse("This was promised last time. Enter goes to it in 4 Own, where it can be changed.")
        return True

    def _seen(self, row: Row) -> Seen:
        """Return what the focus view shows of a row: of what was promised, the change itself."""
        return super()._seen(row._replace(key=row.key.removeprefix(PROMISED)))

    def highlighted(self, *kinds: str) -> str:
        """Return the key of the highlighted item if it is of one of these kinds, else say what is needed."""
        return "" if self._on_promise else super().highlighted(*kinds)

    def action_remove(self) -> None:
        """Remove the highlighted item; what was promised last time stands in another stage."""
        if not self._on_promise:
            super().action_remove()

    def action_move(self, by: int) -> None:
        """Move the highlighted item; what was promised last time stands in another stage."""
        if not self._on_promise:
            super().action_move(by)

    def action_tie(self) -> None:
        """Tie the highlighted item; what was promised last time stands in another stage."""
        if not self._on_promise:
            super().action_tie()

    def action_vote(self) -> None:
        """Ask for the hands raised for the highlighted process."""
        if self.active_list is self.stories:
            self.refuse("Votes are for processes. Tab goes there.")
        elif id := self.highlighted("candidate"):
            self.ask_for_hands(id, [candidate.id for candidate in self.session.candidates])

    def action_starters(self) -> None:
        """Show common ward processes; those that are picked stand among the processes to consider."""
        found = {starter.name: starter for starter in starters()}

        def choices() -> list[Choice]:
            here = {candidate.name.casefold() for candidate in self.session.candidates}
            listed: list[Choice] = []
            for phase in dict.fromkeys(starter.phase for starter in found.values()):
                listed += [Choice("", "")] if listed else []
                listed.append(Choice("", phase.capitalize()))
                names = [name for name, starter in found.items() if starter.phase == phase]
                listed += [Choice(name, name, picked=name.casefold() in here) for name in names]
            return listed

        def turn(name: str) -> str:
            return self.edit("pick a process", partial(choose.turn_candidate, name=name))

        self.pick("Which of these come to mind? They are only a start.", choices, turn)

    async def action_next_session(self) -> None:
        """Make a session of the highlighted parked item; it carries on from this one and waits at home."""
        if id := self.highlighted("parked"):
            words = self.words_of(id)
            why = await self.room.make_next_session(id)
            if why:
                self.refuse(why)
            else:
                self.say(f"A session of its own now, it waits at home: {words}")

    def action_feel(self, by: int) -> None:
        """Say that it felt better or worse."""
        if id := self.highlighted("story"):
            felt = FEELINGS[choose.feeling_after(items.find(self.session, id).feeling, by)]
            self.do("set a feeling", partial(choose.feel, id=id, by=by), f"Felt: {felt}")

    def action_share(self) -> None:
        """Turn how the highlighted story may be shared."""
        if id := self.highlighted("story"):
            now = items.find(self.session, id).sharing
            new = _SHARING[(_SHARING.index(now) + 1) % len(_SHARING)]
            said = f"May be shared: {SHARED[new] if new else 'not said yet'}"
            self.do("set how a story may be shared", partial(choose.share, id=id, sharing=new), said)

    def look_into(self, key: str) -> None:
        """Show what there is to see of an item; what was promised last time stands in another stage."""
        if key.startswith(PROMISED):
            self.change(key)
        else:
            super().look_into(key)

    def change(self, key: str) -> None:
        """Change the words of a story or a process, or a field of the frame."""
        if key.startswith("inbox:"):
            super().change(key)
            return
        if key.startswith("frame:"):
            self.ask_fields(self._frame, key)
            return
        if key.startswith(PROMISED):
            id = key.removeprefix(PROMISED)
            if key == EARLIER:
                self.say("This was said in that session.")
            else:
                self.app.call_later(go_to_item, self, id)
            return
        kind = items.kind_of(key)
        item = items.find(self.session, key)
        if kind == "story":
            start, change, hint = write_story(item), choose.retell, "p: patient   c: carer   s: staff"
            self.ask(self.words_ask("Story", "Say it again, with its voice.", key, start, change, hint=hint))
        elif kind == "candidate":
            self.ask(self.words_ask("Process", "What is it called?", key, item.name, choose.rename_candidate))
        else:
            self.ask(self.words_ask("Parked", "What is it about?", key, item.text, _reword))


def _reword(session: Session, id: str, text: str) -> Session:
    return items.change(session, id, text=items.required(text, "What is parked"))
