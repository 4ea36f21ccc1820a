"""What widgets and screens ask of each other."""

from dataclasses import dataclass

from textual.message import Message

from promote_tui.store.saver import SaveReport


@dataclass
class SaveDone(Message):
    """The saver reports what became of a save; posted from its thread."""

    report: SaveReport
