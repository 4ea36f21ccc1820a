"""How text is laid out in rows: columns whose cells wrap, so that nothing is cut."""

from collections.abc import Sequence

from textual.content import Content

from promote_tui.ui.plain import assembled, plain
from promote_tui.ui.widgets.item_list import Row

Cell = Content | str | tuple[str, str]
"""A cell: content, literal text, or literal text with a style."""


def columns(cells: Sequence[Cell], widths: Sequence[int], gap: int = 2) -> list[Content]:
    """Return the lines of a row of cells, each wrapped to its width in characters; 0 leaves a cell out."""
    wrapped = []
    for cell, width in zip(cells, widths, strict=True):
        if width > 0:
            wrapped.append((_content(cell).wrap(width), width))
    height = max((len(lines) for lines, _ in wrapped), default=1)
    blank = Content("")
    out = []
    for number in range(height):
        line = blank
        for place, (lines, width) in enumerate(wrapped):
            cell = lines[number] if number < len(lines) else blank
            last = place == len(wrapped) - 1
            line = line + cell if last else line + cell.pad_right(width - cell.cell_length + gap)
        out.append(line)
    return out


def _content(cell: Cell) -> Content:
    if isinstance(cell, Content):
        return cell
    return plain(cell) if isinstance(cell, str) else plain(*cell)


def heading(text: str, note: str = "") -> Row:
    """Return a row that names what follows and cannot be highlighted."""
    return Row(
        "",
        (text, note),
        lambda width: assembled((text, "strong"), (f"  {note}" if note else "", "muted")).wrap(width),
    )


def note(text: str) -> Row:
    """Return a quiet row that cannot be highlighted."""
    return Row("", (text,), lambda width: plain(text, "muted").wrap(width))


def warned(text: str) -> Row:
    """Return a row that warns and cannot be highlighted."""
    return Row("", (text,), lambda width: plain(text, "warn").wrap(width - 1))


def gap() -> Row:
    """Return an empty row."""
    return Row("", (), lambda _: [Content("")])
