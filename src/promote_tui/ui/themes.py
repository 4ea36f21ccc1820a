"""Our two themes: one accent for "you are here"; red, amber and green for ratings alone."""

from textual.theme import Theme

DARK = Theme(
    name="promote-dark",
    dark=True,
    primary="#7cc4e8",
    accent="#7cc4e8",
    foreground="#e8e6e1",
    background="#16181c",
    surface="#16181c",
    panel="#22262c",
    warning="#e8b84a",
    error="#ff8f86",
    success="#6fd08c",
    variables={
        "muted": "#a7abb3",
        "line": "#5d636d",
        "here": "#24384a",
        "typing": "#22262c",
        "red": "#ff8f86",
        "amber": "#e8b84a",
        "green": "#6fd08c",
        "input-selection-background": "#3d5a75",
        "scrollbar": "#5d636d",
        "scrollbar-hover": "#7cc4e8",
        "scrollbar-active": "#7cc4e8",
        "scrollbar-background": "#16181c",
        "scrollbar-background-hover": "#16181c",
        "scrollbar-background-active": "#16181c",
    },
)
LIGHT = Theme(
    name="promote-light",
    dark=False,
    primary="#0a5580",
    accent="#0a5580",
    foreground="#1d1d1b",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#efede6",
    warning="#7a4f00",
    error="#a3201a",
    success="#1a6130",
    variables={
        "muted": "#5a5a57",
        "line": "#8f8d86",
        "here": "#d5e6f2",
        "typing": "#efede6",
        "red": "#a3201a",
        "amber": "#7a4f00",
        "green": "#1a6130",
        "input-selection-background": "#b5d3e7",
        "scrollbar": "#8f8d86",
        "scrollbar-hover": "#0a5580",
        "scrollbar-active": "#0a5580",
        "scrollbar-background": "#fbfaf6",
        "scrollbar-background-hover": "#fbfaf6",
        "scrollbar-background-active": "#fbfaf6",
    },
)
ROLES = frozenset(
    {"muted", "accent", "strong", "red", "amber", "green", "line", "warn", "here", "question", "key"}
)
"""The styles that text on a screen may have, as component classes of every screen."""
