"""The golden thread on a page: what led to an item above it, what came of it below."""

from functools import partial
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from promote_tui.session.edits import items
from promote_tui.session.thread import STAGE_OF, Bead, Thread, thread_of
from promote_tui.ui.plain import plain
from promote_tui.ui.rows import columns, gap, heading, note
from promote_tui.ui.themes import ROLES
from promote_tui.ui.widgets.bands import Hint, KeyHints
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.item_list import ItemList, Row

if TYPE_CHECKING:
    from promote_tui.ui.typing_screen import TypingScreen

_BEGINS = ("story", "parked")
"""Kinds that nothing in a session leads to."""


class ThreadPage(ModalScreen[str]):
    """The thread through one item; ends with the item to go to, or with nothing."""

    BINDINGS = [
        Binding("escape,q,f1", "close", "close"),
        Binding("l", "look", "look from here"),
    ]
    COMPONENT_CLASSES = set(ROLES)

    def __init__(self, room_screen: "TypingScreen", thread: Thread) -> None:
        """Take the stage that it was asked for at, and the thread to show first."""
        super().__init__()
        self._stage, self._thread = room_screen, thread

    def compose(self) -> ComposeResult:
        """Lay out title, thread and keys."""
        with Vertical(id="page"):
            yield Static(plain("What led here, and what came of it", ".strong"), id="page-title")
            yield ItemList(id="thread")
            yield KeyHints()

    def on_mount(self) -> None:
        """Show the thread."""
        self.query_one(ItemList).focus()
        self.query_one(KeyHints).show(
            [Hint("Enter", "go there", "go"), Hint("l", "look from there", "look"), Hint("↑↓", "walk", "go")],
            Hint("Esc", "back", "close"),
        )
        self._show()

    def _show(self) -> None:
        thread, beads = self._thread, self.query_one(ItemList)
        rows: list[Row] = [heading("What led here")]
        rows += [_row(bead) for bead in thread.before]
        rows += [note(sentence) for sentence in _missing(thread)]
        rows += [gap(), _row(thread.here, here=True), gap(), heading("What came of it")]
        rows += [_row(bead) for bead in thread.after]
        if not thread.after:
            rows.append(note(_nothing_yet(items.kind_of(thread.here.id))))
        beads.show(rows)
        beads.highlighted = thread.here.id
        self.call_after_refresh(beads.centre_highlight)

    def action_look(self) -> None:
        """Show the thread through the highlighted item."""
        id = self._highlighted
        self._thread = thread_of(self._stage.session, id, self._stage.room.today())
        self._show()

    @property
    def _highlighted(self) -> str:
        return self.query_one(ItemList).highlighted.partition(":")[0]

    @on(ItemList.Chosen)
    def action_go(self) -> None:
        """Go to the highlighted item."""
        self.dismiss(self._highlighted)

    def action_close(self) -> None:
        """Go back to where the room was."""
        self.dismiss("")


def show_thread(stage: "TypingScreen", id: str) -> None:
    """Show the thread through an item of a stage; then go to the item that was chosen there."""
    if items.kind_of(id) not in STAGE_OF:
        stage.refuse("Highlight an item first, then l shows what led to it and what came of it.")
        return
    try:
        thread = thread_of(stage.session, id, stage.room.today())
    except items.EditError as error:
        stage.refuse(str(error))
        return
    stage.app.push_screen(ThreadPage(stage, thread), partial(go_to_item, stage))


async def go_to_item(stage: "TypingScreen", id: str | None) -> None:
    """Go from a stage to an item: to where it stands, highlighted in its list."""
    if id:
        await stage.room.go_to_stage(STAGE_OF[items.kind_of(id)])
        _highlight(cast("TypingScreen", stage.app.screen), id)


def _highlight(stage: "Screen[None]", id: str) -> None:
    for found in stage.query(ItemList):
        if any(row.key == id for row in found.rows):
            for side_by_side in stage.query(Columns):
                side_by_side.go_to(list(side_by_side.query(ItemList)).index(found))
            found.highlighted = id
            found.focus()


def _missing(thread: Thread) -> list[str]:
    """Return what one would expect to have led here and has not, as sentences."""
    kind = items.kind_of(thread.here.id)
    if kind in _BEGINS:
        return [] if thread.before else ["This is where it begins."]
    there = {bead.what for bead in thread.before if not bead.gone}
    its = "its idea" if kind == "initiative" else "it"
    sentences = (
        [] if "Story" in there else [f"No story is tied to it yet. In the list, y ties {its} to stories."]
    )
    if kind == "idea" and "Step" not in there:
        sentences.append("No step is tied to it yet. In 3 Ideas, #3 in its line ties it to step 3.")
    return sentences


def _nothing_yet(kind: str) -> str:
    """Return that nothing came of an item yet, and what would tie something to it."""
    return {
        "story": "Nothing yet. On a process, a step or an idea, y ties it to stories.",
        "candidate": "Nothing yet. c in 1 Choose makes it the process to work on.",
        "step": "No idea yet. In 3 Ideas, #3 in a line ties an idea to step 3.",
        "idea": "Nobody has taken it on yet. o in 3 Ideas takes it on.",
        "parked": "Nothing yet. It is kept for later.",
    }[kind]


def _row(bead: Bead, *, here: bool = False) -> Row:
    """Return the row of a bead; the item that the thread is about is in the accent."""
    return Row(bead.id, (bead, here), partial(_draw, bead, here))


def _draw(bead: Bead, here: bool, width: int) -> list[Content]:
    what, side = 12, 26 if width >= 70 else 0
    rest = width - what - 3 - (side + 2 if side else 0)
    style = "accent" if here else "muted" if bead.gone else bead.rating or ""
    name = (f"  {bead.what}" if bead.inside else bead.what, "muted")
    lines = columns([name, (bead.words, style), (bead.note, "muted")], [what, rest, side])
    if bead.note and not side:
        lines += columns(["", (bead.note, "muted")], [what, rest])
    return lines
