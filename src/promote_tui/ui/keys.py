"""How a key is bound once and shown everywhere: footer, help and the list's single keys."""

from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.binding import Binding

_SHOWN = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "delete": "Delete",
    "enter": "Enter",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def hear_alt_letters() -> None:
    """Have Alt+b and Alt+f arrive as such, as other letters do, not as Ctrl and an arrow."""
    for letter in "bf":
        cast("dict[str, Any]", ANSI_SEQUENCES_KEYS).pop(f"\x1b{letter}", None)


def key(keys: str, action: str, label: str, meaning: str, *, shown: str = "", footer: bool = True) -> Binding:
    """Return a binding for the list: a letter also works with Alt.

    Escape followed quickly by a letter reaches a program as Alt and that letter, so a hurried
    facilitator is understood. ``meaning`` is what the help says, ``label`` what the footer says.
    """
    names = keys.split(",")
    letters = [name for name in names if len(name) == 1 and name.isalpha()]
    # a capital arrives as alt+J or alt+shift+j, as the terminal likes
    alternatives = [f"alt+{name}" for name in letters]
    alternatives += [f"alt+shift+{name.lower()}" for name in letters if name.isupper()]
    first = _SHOWN.get(names[0], names[0])
    return Binding(
        ",".join([*names, *alternatives]),
        action,
        label,
        show=footer,
        key_display=shown or first,
        tooltip=meaning,
        id=action,
    )
