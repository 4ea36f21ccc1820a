"""The ``promote`` command: the words it takes, what they do, what is printed."""

from promote_tui.cli.commands import main

__all__ = ["main"]
