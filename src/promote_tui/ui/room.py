"""What a screen may ask of the app, so that no screen has to know the app itself."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from promote_tui.session.due import Due
    from promote_tui.session.model import Session, Stage
    from promote_tui.session.questions import Questions
    from promote_tui.session.saved import SavedIdea, SavedSession
    from promote_tui.store.library import Card, Library
    from promote_tui.store.recovery import Typed
    from promote_tui.ui.open_session import OpenSession
    from promote_tui.ui.stage_screen import StageScreen


class Room(Protocol):
    """The app as its screens see it; ``PromoteApp`` in app.py is the one that exists."""

    library: "Library"
    demo: bool
    visiting: bool
    """Whether the worked examples are looked at from home, which is where leaving them leads."""
    parting_words: str
    """What home has to say about the session that was left."""
    now: Callable[[], datetime]
    opened: "OpenSession | None"
    session: "Session"
    read_only: str
    looking: bool
    """Whether the open session is looked back at: nothing in it can change."""
    save_state: str
    save_trouble: bool

    @property
    def banner(self) -> str:
        """Return what the room has to know for as long as it lasts; nothing when all is well."""

    @property
    def questions(self) -> "Questions":
        """Return the questions that the room is asked."""

    def today(self) -> date:
        """Return the day it is."""

    def edit(self, words: str, change: "Callable[[Session], Session]") -> str:
        """Make a change, named in words; return the sentence that refuses it, or nothing.

        A change without words, such as one of the clock, is no part of what undo takes back.
        """

    def action_undo(self) -> None:
        """Take the last change back; the stage says what it was."""

    def action_redo(self) -> None:
        """Do the change again that was taken back last; the stage says what it was."""

    @property
    def stage_screen(self) -> "StageScreen":
        """Return the stage that is open, also when a page lies over it."""

    def note_typing(self, stage: "Stage", half_typed: Sequence[tuple[str, str]]) -> None:
        """Have what is half-typed at a stage survive a crash: the labels of questions, and the texts."""

    def typing_left(self, stage: "Stage") -> "Sequence[Typed]":
        """Return what was half-typed at a stage when the program was cut off; it is given back once."""

    def keep_word(self, words: str) -> None:
        """Have a sentence said at home, when this session is left."""

    async def go_to_stage(self, stage: "Stage") -> None:
        """Go to another stage."""

    async def open_path(self, path: Path, *, looking: bool = False) -> str:
        """Open a session file, to change it or to look back; return why it cannot be opened, or nothing."""

    async def look_back(self, path: Path) -> str:
        """Look back at a session from its first stage to its last; return why that cannot be, or nothing."""

    async def start_editing(self) -> str:
        """Open the session that is looked back at for changes, where the room is; return why not."""

    async def open_due(self, path: Path, due: "Due") -> str:
        """Open a session file at what is due in it; return why it cannot be opened, or nothing."""

    async def open_change(self, path: Path, id: str, due: "Due | None" = None) -> str:
        """Open a session file at one of its changes, or what is due of it; return why not, or nothing."""

    async def new_session(self, title: str, team: str, present: str = "") -> str:
        """Make a session and open it; return why not, or nothing."""

    async def follow_session(self, path: Path, title: str, team: str, present: str = "") -> str:
        """Make a session that carries on from the one in a file, and open it; return why not, or nothing."""

    async def try_elsewhere(self, id: str, title: str, team: str) -> str:
        """Make a session that tries a runner in another place, and mark it so; return why not, or nothing."""

    async def make_next_session(self, id: str) -> str:
        """Make a session of a parked item and mark it so; return why not, or nothing."""

    async def look_for_work_left(self) -> None:
        """Say at home what a program that was cut off had not saved."""

    async def put_back(self) -> str:
        """Write a session whose file is gone to a new one, and open it; return why not, or nothing."""

    def ideas_with(self, stems: Sequence[str]) -> "Sequence[tuple[Card, SavedSession, SavedIdea]]":
        """Return ideas of saved sessions that share words, the most promising first; called on threads."""

    def saved_sessions(self) -> "Iterable[tuple[Card, SavedSession]]":
        """Return what is known of each saved session; called on threads."""

    def show_versions(self) -> None:
        """Show the earlier versions of the open session, and its other files."""

    async def show_versions_of(self, path: Path, known_as: str = "") -> str:
        """Show the earlier versions of a session that is not open; return why not, or nothing."""

    async def take_over(self) -> str:
        """Open the session for changes when another window has closed; return why not, or nothing."""

    async def save_elsewhere(self, folder: str) -> str:
        """Go on in a new file in another folder; return why not, or nothing."""

    async def toggle_examples(self) -> None:
        """Go to the worked examples, or back to the sessions."""

    async def action_quit(self) -> None:
        """Keep everything and leave the program."""
