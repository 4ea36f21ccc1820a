"""Undo and redo without limit, over immutable values."""

from dataclasses import dataclass

from promote_tui.session.model import Session, Stage


@dataclass(frozen=True)
class Change:
    """A session as it was, and what was done to it next, in words such as ``add a step``."""

    before: Session
    done: str


@dataclass(frozen=True)
class History:
    """What can be undone (newest last) and done again (newest last)."""

    past: tuple[Change, ...] = ()
    future: tuple[Change, ...] = ()

    def after(self, before: Session, done: str) -> "History":
        """Return the history once ``done`` has changed ``before`` into something else."""
        return History((*self.past, Change(before, done)))

    def stage(self, *, back: bool) -> Stage | None:
        """Return at which stage the change was made that would be undone or done again; None if none."""
        changes = self.past if back else self.future
        return changes[-1].before.stage if changes else None

    def undo(self, now: Session) -> tuple["History", Session, str] | None:
        """Return the history, session and words after taking the last change back; None if there is none."""
        if not self.past:
            return None
        last = self.past[-1]
        return History(self.past[:-1], (*self.future, Change(now, last.done))), last.before, last.done

    def redo(self, now: Session) -> tuple["History", Session, str] | None:
        """Return the history, session and words after doing the last undone change again; None if none."""
        if not self.future:
            return None
        last = self.future[-1]
        return History((*self.past, Change(now, last.done)), self.future[:-1]), last.before, last.done
