"""Stage 1: stories and feedback on the left, processes to consider on the right; one is chosen."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from promote_tui.session.edits import choose, items, masking, parking
from promote_tui.session.model import Session, Sharing, Stage
from promote_tui.session.shorthand import read_story, write_story
from promote_tui.session.stages import FEELINGS
from promote_tui.session.voices import balance, heard, heard_of_process
from promote_tui.store.inbox import Inbox
from promote_tui.store.inbox_text import Entry
from promote_tui.store.starters import starters
from promote_tui.ui.choose_rows import candidate_row, inbox_row, parked_row, story_row
from promote_tui.ui.fields import Field
from promote_tui.ui.keys import key
from promote_tui.ui.pick import Choice, Pick
from promote_tui.ui.process_fields import process_fields
from promote_tui.ui.rows import gap, heading, note, warned
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.widgets.bands import Hint
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.inbox_panel import InboxPanel
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.typing_area import Typing

_SHARING: tuple[Sharing | None, ...] = (
    None,
    "own words agreed",
    "paraphrased",
    "composite",
    "already public",
)


class Choose(StageScreen):
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

    def __init__(self) -> None:
        super().__init__()
        self._inbox: tuple[Entry, ...] = ()
        self._trouble = ""

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
    def panel(self) -> InboxPanel:
        """Return the inbox."""
        return self.query_one(InboxPanel)

    @property
    def reading(self) -> bool:
        """Say whether keys mean the entry of the inbox that is read, also after typing."""
        entries = self.panel.entries
        typed_there = isinstance(self.focused, Typing) and self._active is entries and self.panel.display
        return self.focused is entries or typed_there

    @property
    def active_list(self) -> ItemList:
        """Return the list that keys work on."""
        return self.panel.entries if self.reading else self.query_one(Columns).active_list

    def show_work(self, session: Session) -> None:
        """Show stories, processes, the chosen one's frame, and what is parked."""
        told = heard(session.stories)
        whose = balance(told, session.present) if session.stories else "none yet"
        self.query_one(Columns).show_titles(
            ("Stories", whose), ("Processes", f"{len(session.candidates) or ''}")
        )
        waiting = self._waiting(session)
        self.panel.show(waiting)
        if not self.panel.display and self.focused is self.panel.entries:
            self.stories.focus()
        inbox = [warned(self._trouble), gap()] if self._trouble else []
        inbox += [inbox_row(len(waiting)), gap()] if waiting else []
        self.stories.show([*inbox, *(story_row(session, story) for story in session.stories)])
        rows = [candidate_row(session, candidate) for candidate in session.candidates]
        if chosen := session.process.name:
            heard_on_it = balance(heard_of_process(session), session.present)
            rows += [gap(), heading("Chosen", chosen), *(field.row(1, 7) for field in self._frame())]
            rows += [note(f"heard on it: {heard_on_it}")] if session.stories else []
        else:
            rows += [gap(), note("c chooses the highlighted one")] if rows else []
            rows += [] if rows else [note("e shows common ward processes to pick from")]
        if session.parked:
            rows += [gap(), heading("Parked", "p takes back"), *map(parked_row, session.parked)]
        self.processes.show(rows)

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

    # ---- the inbox

    @on(events.ScreenResume)
    async def read_inbox(self) -> None:
        """Read what came in since last time; a file that cannot be read is named above the stories."""
        inbox = Inbox(self.room.library.folder)
        self._inbox = await asyncio.to_thread(inbox.entries)
        self._trouble = await asyncio.to_thread(inbox.trouble)
        self.show(self.session)

    def forget(self) -> None:
        """Forget what belongs to the session that was open before."""
        super().forget()
        self._inbox, self._trouble = (), ""
        self.panel.display = False

    def _waiting(self, session: Session) -> list[Entry]:
        """Return the entries of the inbox that this session has not dealt with."""
        done = choose.from_inbox(session)
        return [entry for entry in self._inbox if entry.id not in done]

    def _take(self) -> None:
        """Take the entry that is read as a story."""
        if entry := self.panel.here:
            words, voice = self.panel.words, self.panel.voice
            told = partial(choose.add_story, voice=voice, text=words, source=entry.source, inbox=entry.id)
            self.do("take a story from the inbox", told, f"Taken as a story: {voice}")

    @on(ItemList.Paged)
    def walk_inbox(self, event: ItemList.Paged) -> None:
        """Leave the entry for now and read the next (1) or last (-1) one."""
        if not self.panel.walk(event.by):
            self.say("That was the last one." if event.by > 0 else "That is the first one.")

    def action_walk_on(self) -> None:
        """Leave the entry for now and read the next one."""
        self.walk_inbox(ItemList.Paged(1))

    def turn(self, key: str, by: int) -> None:
        """Turn whose words the entry of the inbox holds, or a choice of the frame."""
        if self.reading:
            self.panel.turn_voice(by)
            self.say(f"Enter takes it as a story: {self.panel.voice}")
        else:
            super().turn(key, by)

    def action_park(self) -> None:
        """Park the entry that is read, or the highlighted item."""
        entry = self.panel.here
        if self.reading and entry:
            words, voice = self.panel.words, self.panel.voice
            self.do(
                "park from the inbox",
                lambda session: parking.park_text(session, words, "for later", voice=voice, inbox=entry.id),
                "Parked: it stands under the processes",
            )
        else:
            super().action_park()

    def action_remove(self) -> None:
        """Leave the entry that is read out for good, or remove the highlighted item."""
        entry = self.panel.here
        if self.reading and entry:
            self.do("leave out of the inbox", partial(choose.leave_out, id=entry.id), "Left out")
        elif self.active_list.highlighted == "inbox:":
            self.refuse("Enter reads the inbox; x there leaves a single one out.")
        else:
            super().action_remove()

    def action_mask(self) -> None:
        """Mask the entry that is read, the chosen process, or the highlighted item."""
        if self.reading and not self.panel.mask():
            self.refuse("Nothing here looks as if it could show who a person is.")
        elif self.reading:
            self.say("k shows it as it came, or masked")
        elif self.active_list.highlighted.startswith("frame:"):
            self.do("mask the process", masking.mask_process, "Masked")
        else:
            super().action_mask()

    def close_up(self) -> None:
        """Close the inbox."""
        self.panel.display = False
        self.query_one(Columns).active_list.focus()

    def list_hints(self) -> list[Hint]:
        """Return the hints of the lists, or those of the inbox."""
        if not self.reading:
            return super().list_hints()
        return [
            Hint("Enter", "take", "edit"),
            Hint("←→", "whose", "type"),
            Hint("p", "park", "park"),
            Hint("x", "leave out", "remove"),
            Hint("PgDn", "next", "walk_on"),
            Hint("Esc", "close", "leave_work"),
        ]

    # ---- the frame of the chosen process

    def _frame(self) -> Sequence[Field]:
        return process_fields(self.session.process)

    def fields_here(self) -> Sequence[Field]:
        """Return the frame of the chosen process."""
        return self._frame()

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
        return self.session.process.candidate or "" if here == "frame" else here

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

        self.app.push_screen(Pick("Which of these come to mind? They are only a start.", choices, turn))

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
            said = f"May be shared: {new or 'not said yet'}"
            self.do("set how a story may be shared", partial(choose.share, id=id, sharing=new), said)

    def change(self, key: str) -> None:
        """Change the words of a story or a process, or a field of the frame."""
        if key == "inbox:":
            self.panel.show(self._waiting(self.session))
            self.panel.open()
            return
        if key.startswith("inbox:"):
            self._take()
            return
        if key.startswith("frame:"):
            self.ask_fields(self._frame, key)
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
