"""promote-tui: walk a room through a PROMOTE improvement session."""

__version__ = "0.1.0"
