"""The page of earlier versions of a session, and of its other files: when, what changed, and into each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from promote_tui.session.differences import SINCE, differences, summary
from promote_tui.session.model import Session
from promote_tui.session.schedule import spoken
from promote_tui.store import copies
from promote_tui.store.library import Card, Library
from promote_tui.store.versions import Version, Versions
from promote_tui.ui.background import in_background
from promote_tui.ui.differences import COPY, DifferencesPage
from promote_tui.ui.keys import key
from promote_tui.ui.room_screen import RoomScreen
from promote_tui.ui.rows import columns, gap, heading, note, warned
from promote_tui.ui.widgets.bands import Hint, KeyHints, MessageLine, QuestionBand
from promote_tui.ui.widgets.item_list import ItemList, Row

_LOOKING = "…"
_SAME = "nothing changed"
_NONE = "No earlier versions yet. One is kept before a file is changed, and every ten minutes after that."


@dataclass(frozen=True)
class Wanted:
    """Whose earlier versions are wanted: of which session, in which file and library."""

    id: str
    path: Path
    library: Library
    now: Callable[[], Session] | None = None
    """Returns the session as it is; None when its file cannot be read."""
    why_not: str = ""
    """Why nothing can be taken over, as a sentence."""


@dataclass(frozen=True)
class _State:
    """One row: another state of the session, and what is known of it."""

    key: str
    when: str
    where: Version | Card
    trouble: str = ""
    changed: str = _LOOKING

    @property
    def called(self) -> str:
        """Return what a sentence calls it."""
        is_file = isinstance(self.where, Card)
        return f"how it is in {self.where.path.name}" if is_file else f"how it was {self.when}"


class EarlierVersions(RoomScreen, ModalScreen[None]):
    """Earlier versions, newest first, then other files; Enter shows what differs from now.

    ``go_on`` is called with a state when a copy of it is wanted, once this page has closed; None where
    nothing is to be written.
    """

    INSTEAD = "Esc goes back."
    BINDINGS = [
        Binding("escape,q,V", "close", show=False),
        key("C", "copy", "go on in a copy", "write this version to a new file and go on there"),
    ]

    def __init__(self, wanted: Wanted, go_on: Callable[[Session], object] | None) -> None:
        super().__init__()
        self._wanted, self._go_on = wanted, go_on
        self._states: list[_State] = []
        self._sessions: dict[str, Session] = {}
        self._trouble = _LOOKING

    def compose(self) -> ComposeResult:
        """Lay out the question, the versions and the keys."""
        yield QuestionBand()
        yield ItemList(id="versions")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Say what is here."""
        wanted = self._wanted
        self.query_one(QuestionBand).question = "Which earlier version do you want to see?"
        differs, copy = Hint("Enter", "what differs", "open"), Hint("C", "go on in a copy", "copy")
        keys = ([differs] if wanted.now else []) + ([copy] if wanted.why_not and self._go_on else [])
        self.query_one(KeyHints).show([*keys, Hint("↑↓", "walk", "walk")], Hint("Esc", "back", "close"))
        self.query_one(ItemList).focus()
        self.refuse(wanted.why_not)
        self.show()

    @on(events.ScreenResume)
    def look(self) -> None:
        """Find out what there is and what changed from one to the next; the page need not wait for it."""
        self.run_worker(self._look(), exit_on_error=False, exclusive=True)

    async def _look(self) -> None:
        wanted, now = self._wanted, self.room.now()
        kept = Versions(wanted.id)
        found = await in_background(kept.all)
        others = await in_background(copies.others, wanted.library, wanted.id, wanted.path)
        self._trouble = kept.trouble
        known = {one.key: one.changed for one in self._states}
        self._states = [
            _State(one.path.name, said_at(one.kept_at, now), one, one.trouble) for one in found
        ] + [_State(str(one.path), _last_changed(one, now), one) for one in others]
        self._states = [replace(one, changed=known.get(one.key, _LOOKING)) for one in self._states]
        self.show()
        here = newer = wanted.now() if wanted.now else None
        for place, state in enumerate(self._states):
            is_file = isinstance(state.where, Card)
            before = here if is_file else newer
            session, looked = await in_background(self._looked, state, before)
            self._states[place] = looked
            newer = newer if is_file or session is None else session
            self.show()

    def _looked(self, state: _State, than: Session | None) -> tuple[Session | None, _State]:
        """Return what a state holds, and the state with what changed until ``than``; a call for a thread."""
        session, trouble = self._read(state)
        if session is None:
            return None, replace(state, trouble=trouble)
        if than is None:
            return session, replace(state, changed="")
        found = differences(than, session)
        told = summary(found, None if isinstance(state.where, Card) else SINCE)
        return session, replace(state, changed=told or _SAME)

    def _read(self, state: _State) -> tuple[Session | None, str]:
        """Return the session of a state, or why it cannot be read, as a sentence."""
        if state.key in self._sessions:
            return self._sessions[state.key], ""
        if isinstance(state.where, Version):
            session, trouble = copies.read_version(Versions(self._wanted.id), state.where)
        else:
            session, trouble = copies.read_file(state.where.path)
        if session is not None:
            self._sessions[state.key] = session
        return session, trouble

    def show(self) -> None:
        """Show what is known by now."""
        versions = [one for one in self._states if isinstance(one.where, Version)]
        files = [one for one in self._states if isinstance(one.where, Card)]
        rows: list[Row] = [heading("Earlier versions", "and what changed after each" if versions else "")]
        if self._trouble:
            rows.append(warned(self._trouble))
        elif not versions:
            rows.append(note(_NONE))
        rows += [_row(one) for one in versions]
        if files:
            against = "and how they differ from now" if self._wanted.now else ""
            rows += [gap(), heading("Other files of this session", against), *map(_row, files)]
        self.query_one(ItemList).show(rows)

    @property
    def _here(self) -> _State | None:
        highlighted = self.query_one(ItemList).highlighted
        return next((one for one in self._states if one.key == highlighted), None)

    @on(ItemList.Chosen)
    async def action_open(self) -> None:
        """Show what differs between the highlighted state and now."""
        state, wanted = self._here, self._wanted
        if state is None:
            self.refuse("There is nothing to look into.")
        elif wanted.now is None:
            self.refuse(f"{wanted.why_not} {COPY}" if self._go_on else wanted.why_not)
        elif session := await self._session_of(state):
            self.app.push_screen(
                DifferencesPage(
                    state.called, session, wanted.now, wanted.why_not, self._copy if self._go_on else None
                )
            )

    async def action_copy(self) -> None:
        """Go on in a copy of the highlighted version, where nothing can be taken over."""
        state = self._here
        if not self._wanted.why_not:
            self.refuse("No copy is needed. Enter shows what differs, and brings it back.")
        elif self._go_on is None:
            self.refuse(self._wanted.why_not)
        elif state is None:
            self.refuse("There is nothing to go on with.")
        elif isinstance(state.where, Card):
            self.refuse("It is a file of its own. Open it among the sessions.")
        elif session := await self._session_of(state):
            self._copy(session)

    async def _session_of(self, state: _State) -> Session | None:
        """Return what a state holds; when it cannot be read, say why."""
        session, trouble = await in_background(self._read, state)
        if session is None:
            self.refuse(trouble)
        return session

    def _copy(self, session: Session) -> None:
        self.dismiss()
        if self._go_on:
            self.app.call_later(self._go_on, session)

    def action_walk(self) -> None:
        """Highlight the next row."""
        self.query_one(ItemList).action_down()

    def action_close(self) -> None:
        """Go back to where the room was."""
        self.dismiss()


def said_at(time: datetime, now: datetime) -> str:
    """Return a time as the room says it: ``today 10:32``, or ``Mon 12 Oct 2026, 09:30``."""
    local = time.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, f"{spoken(local.date())},")
    return f"{day} {local:%H:%M}"


def _last_changed(card: Card, now: datetime) -> str:
    time = card.updated_at
    return said_at(time if time.tzinfo else time.replace(tzinfo=UTC), now) if time else "no date"


def _row(state: _State) -> Row:
    return Row(state.key, (state,), partial(_draw, state))


def _draw(state: _State, width: int) -> list[Content]:
    when = 23
    rest = width - when - 2
    told = (state.trouble, "warn") if state.trouble else (state.changed, "muted")
    if isinstance(state.where, Card):
        lines = columns([(state.where.path.name, "strong")], [width])
        return lines + columns([state.when, told], [when, rest])
    lines = columns([(state.when, "strong"), told], [when, rest])
    if state.where.by_hand:
        lines += columns(["", ("as a person wrote it", "muted")], [when, rest])
    return lines
