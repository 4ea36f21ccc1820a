"""Stage 1: stories and feedback on the left, processes to consider on the right; one is chosen."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content

from promote_tui.session.edits import choose, items
from promote_tui.session.model import VOICES, Candidate, Parked, Session, Sharing, Stage, Story
from promote_tui.session.shorthand import read_story, write_story
from promote_tui.session.stages import FEELINGS
from promote_tui.ui.fields import Field, hands
from promote_tui.ui.keys import key
from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.rows import columns, gap, heading, note
from promote_tui.ui.stage_screen import StageScreen
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.item_list import ItemList, Row

_SHARING: tuple[Sharing | None, ...] = (
    None,
    "own words agreed",
    "paraphrased",
    "composite",
    "already public",
)
_PHASES = (("welcome", "welcome"), ("stay", "stay"), ("goodbye", "goodbye"))


class Choose(StageScreen):
    """What people tell, what could be looked at, and the one process chosen."""

    STAGE: ClassVar[Stage] = "choose"
    HINT = "p: patient   c: carer   s: staff   or a process"
    ADDS = "a line"
    BINDINGS = [
        key("c", "choose", "choose", "make the highlighted process the one to work on"),
        key("v", "vote", "vote", "count hands for a process, group by group"),
        key("plus,equals_sign", "feel(1)", "feeling", "how it felt: better or worse", shown="+/-"),
        key("minus", "feel(-1)", "feeling", "", footer=False),
        key("s", "share", "sharing", "how a story may be shared", footer=False),
    ]

    def compose_work(self) -> ComposeResult:
        """Lay out the two lists."""
        yield Columns("stories", "processes", narrow=72, weighted=True)

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
        return self.query_one(Columns).active_list

    def show_work(self, session: Session) -> None:
        """Show stories, processes, the chosen one's frame, and what is parked."""
        told = {voice: sum(1 for story in session.stories if story.voice == voice) for voice in VOICES}
        heard = ", ".join(f"{_PLURAL[voice]} {count or 'none'}" for voice, count in told.items())
        heard = heard if session.stories else "none yet"
        chosen = session.process.name
        self.query_one(Columns).show_titles(
            ("Stories", heard), ("Processes", f"{len(session.candidates) or ''}")
        )
        self.stories.show([Row(story.id, (story,), partial(_draw_story, story)) for story in session.stories])
        rows: list[Row] = []
        for candidate in session.candidates:
            here = candidate.id == session.process.candidate
            rows.append(Row(candidate.id, (candidate, here), partial(_draw_candidate, candidate, here)))
        if chosen:
            rows += [gap(), heading("Chosen", chosen), *(field.row(1, 7) for field in self._frame())]
        elif rows:
            rows += [gap(), note("c chooses the highlighted one")]
        if session.parked:
            rows += [
                gap(),
                heading("Parked"),
                *(Row(one.id, (one,), partial(_draw_parked, one)) for one in session.parked),
            ]
        self.processes.show(rows)

    def highlight_newest(self) -> None:
        """Highlight the newest story or process, whichever column it went to."""
        if self._added_story:
            self.stories.highlighted = self.session.stories[-1].id
        else:
            self.processes.highlighted = self.session.candidates[-1].id

    _added_story = True

    def add(self, line: str) -> Callable[[Session], Session]:
        """Return the change that adds a story or a process, and show its column."""
        self._added_story = read_story(line).voice is not None
        self.query_one(Columns).go_to(0 if self._added_story else 1, focus=False)
        return partial(choose.add_line, line=line)

    # ---- the frame of the chosen process

    def _frame(self) -> Sequence[Field]:
        process = self.session.process

        def setter(name: str) -> Callable[[Session, Any], Session]:
            return lambda session, value: choose.set_frame(session, **{name: value})

        return [
            Field(
                "frame:purpose",
                "For",
                "What should it do for the person?",
                process.purpose,
                setter("purpose"),
            ),
            Field(
                "frame:starts", "Starts", "Where does it start?", process.starts_with, setter("starts_with")
            ),
            Field("frame:ends", "Ends", "Where does it end?", process.ends_with, setter("ends_with")),
            Field(
                "frame:phase",
                "Part",
                "Is it part of the welcome, the stay or the goodbye?",
                process.phase,
                setter("phase"),
                choices=_PHASES,
            ),
            Field("frame:why", "Why", "Why this one?", process.chosen_because, setter("chosen_because")),
        ]

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

    def action_vote(self) -> None:
        """Ask for the hands raised for the highlighted process."""
        if self.active_list is self.stories:
            self.refuse("Votes are for processes. Tab goes there.")
        elif id := self.highlighted("candidate"):
            self.ask_for_hands(id)

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


_PLURAL = {"patient": "patients", "carer": "carers", "staff": "staff"}


def _reword(session: Session, id: str, text: str) -> Session:
    return items.change(session, id, text=items.required(text, "What is parked"))


def _draw_story(story: Story, width: int) -> list[Content]:
    mood = FEELINGS[story.feeling] if story.feeling is not None else ""
    tag = (
        Content("\n").join([plain(story.voice.upper(), "strong"), plain(mood, "muted")])
        if mood
        else plain(story.voice.upper(), "strong")
    )
    side = 9 if width >= 36 else 0
    lines = columns([tag, story.text], [side, width - 1 - side - 2 * bool(side)])
    if not side:
        lines = [assembled((story.voice.upper(), "strong"), (f"  {mood}", "muted")), *lines]
    if story.sharing:
        lines += columns(["", (f"may be shared: {story.sharing}", "muted")], [side, width - side - 3])
    return [*lines, Content("")]


def _draw_candidate(candidate: Candidate, chosen: bool, width: int) -> list[Content]:
    votes = hands(candidate.votes)
    name = plain(candidate.name, "accent" if chosen else "")
    if votes and width >= 36:
        lines = columns([name, (votes, "muted")], [width - 13, 11])
    else:
        lines = name.wrap(width - 1) + (columns(["", (votes, "muted")], [2, 11], 0) if votes else [])
    return [*lines, *(columns(["", (candidate.note, "muted")], [2, width - 4], 0) if candidate.note else [])]


def _draw_parked(parked: Parked, width: int) -> list[Content]:
    came = f"from {parked.from_stage}" if parked.from_stage else ""
    return (
        columns([parked.text, (came, "muted")], [width - 14, 12])
        if width > 40
        else assembled(parked.text).wrap(width)
    )
