"""Two sessions of one process, then and now: their maps, and what became of the ideas."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from promote_tui.session.compare_maps import Maps, compare_maps
from promote_tui.session.matching import matched
from promote_tui.session.model import Idea, Initiative, Rating, Session
from promote_tui.session.pairing import are_alike, keyed
from promote_tui.session.parts import worst
from promote_tui.session.stages import STANDINGS
from promote_tui.session.stems import ALIKE, overlap, stems
from promote_tui.session.text import number_of, one_line
from promote_tui.session.voices import balance, heard_of_process, present_for


@dataclass(frozen=True)
class Fate:
    """An idea, and what became of it: as it was then and as it is now; ``then`` is None for a new one."""

    idea: Idea
    """As it is now, or as it was when it is not there any more."""
    then: Idea | None
    now: Idea | None
    was: Initiative | None = None
    """The change that it was taken on in then."""
    change: Initiative | None = None
    """The change that it is taken on in now."""

    @property
    def rating(self) -> Rating | None:
        """Return where its change stands, or stood when it is not there now; None when it is not rated."""
        return _rating(self.change or self.was)

    @property
    def words(self) -> str:
        """Return what became of it, but for the rating, such as ``a change: then planned, now trying``."""
        if self.change:
            now, then = _standing(self.change), _standing(self.was) if self.was else ""
            moved = f"then {then}, now {now}" if then and then != now else now
            return f"{'' if self.then else 'new, '}a change: {moved}"
        if self.was:
            return f"a change then: {_standing(self.was)}"
        if self.then is None:
            return "new"
        return "still an idea" if self.now else "not there now"

    @property
    def is_same(self) -> bool:
        """Say whether nothing became of it: the same idea, and the same change if it is one."""
        if not (self.then and self.now) or (self.then.kind, self.then.text) != (self.now.kind, self.now.text):
            return False
        if not (self.was and self.change):
            return self.was is self.change
        return (_standing(self.was), _rating(self.was)) == (_standing(self.change), _rating(self.change))


@dataclass(frozen=True)
class Comparison:
    """What differs between two sessions, the earlier of which is ``then``."""

    then: Session
    now: Session
    maps: Maps
    planned: Maps | None
    """What was planned beside what it is now; None when nothing was planned, or nothing is mapped now."""
    fates: tuple[Fate, ...]
    """What became of each idea then, in its order."""
    new: tuple[Fate, ...]
    """The ideas that are new."""

    @property
    def heard(self) -> tuple[str, str]:
        """Return who was heard on the process, then and now."""
        then, now = (
            balance(heard_of_process(one), present_for(one, *one.stories)) for one in (self.then, self.now)
        )
        return then, now

    @property
    def other_process(self) -> bool:
        """Say whether the two are plainly about two processes; in doubt they are not."""
        then, now = self.then.process.name, self.now.process.name
        alike = are_alike(then, now) or overlap(set(stems(then)), set(stems(now))) >= ALIKE
        return bool(then and now) and not alike

    @property
    def is_same(self) -> bool:
        """Say whether they are the same in everything that is compared."""
        future = compare_maps(self.then.future_steps, self.now.future_steps)
        names = one_line(self.then.process.name), one_line(self.now.process.name)
        return (
            names[0] == names[1]
            and self.heard[0] == self.heard[1]
            and self.maps.is_same
            and future.is_same
            and not self.new
            and all(fate.is_same for fate in self.fates)
        )


def compare(earlier: Session, later: Session) -> Comparison:
    """Return what differs between two sessions, in the order in which they are given."""
    both_mapped = earlier.future_steps and later.steps
    fates, new = _fates(earlier, later)
    return Comparison(
        earlier,
        later,
        compare_maps(earlier.steps, later.steps),
        compare_maps(earlier.future_steps, later.steps) if both_mapped else None,
        tuple(fates),
        tuple(new),
    )


def in_turn(one: Session, other: Session) -> tuple[Session, Session]:
    """Return two sessions, the earlier one first: as they follow each other, else by day and time."""
    if other.id in (one.follows, one.scales):
        return other, one
    if one.id in (other.follows, other.scales):
        return one, other
    return (other, one) if _made(other) < _made(one) else (one, other)


def _made(session: Session) -> tuple[date, datetime, datetime]:
    made, saved = _zoned(session.created_at), _zoned(session.updated_at)
    # a session without a day counts as held on the day it was begun
    return session.held_on or made.date(), made, saved


def _zoned(time: datetime | None) -> datetime:
    time = time or datetime.min.replace(tzinfo=UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _fates(earlier: Session, later: Session) -> tuple[list[Fate], list[Fate]]:
    """Return what became of each idea then, and the ideas that are new."""
    old, new = keyed(earlier.ideas), keyed(later.ideas)
    same = matched(earlier.ideas, later.ideas)
    follows = later.follows == earlier.id
    carried = {one.carried: one for one in later.initiatives if one.carried} if follows else {}
    taken_then, taken_now = (
        {id: one for one in session.initiatives for id in one.ideas} for session in (earlier, later)
    )
    fates = []
    for key, idea in old.items():
        now, was = new.get(same.get(key, "")), taken_then.get(idea.id)
        is_now = (carried.get(was.id) if was else None) or (taken_now.get(now.id) if now else None)
        fates.append(Fate(now or idea, idea, now, was, is_now))
    met = set(same.values())
    fresh = [
        Fate(idea, None, idea, change=taken_now.get(idea.id)) for key, idea in new.items() if key not in met
    ]
    return fates, fresh


def _standing(change: Initiative) -> str:
    """Return how far a change has come, and what was decided."""
    if _is_let_go(change):
        return "let go"
    return STANDINGS[change.stage] + (f" (decided: {change.decision})" if change.decision else "")


def _rating(change: Initiative | None) -> Rating | None:
    return worst(change.reviews[-1].parts) if change and change.reviews else None


def _is_let_go(change: Initiative) -> bool:
    return "let go" in (change.stage, change.decision)


def summary(found: Comparison) -> str:
    """Return in a few sentences what differs; that nothing does is said, too."""
    if found.is_same:
        return "The same in everything that is compared."
    said = [_about_process(found), _about_team(found), _about_time(found), _about_ideas(found)]
    return " ".join(filter(None, said)) or "What differs stands below."


def _about_process(found: Comparison) -> str:
    names = [one_line(one.process.name) for one in (found.then, found.now)]
    return f"Two processes: “{names[0]}” then, “{names[1]}” now." if found.other_process else ""


def _about_team(found: Comparison) -> str:
    if not _two_teams(found):
        return ""
    return f"Two teams: “{one_line(found.then.team)}” then, “{one_line(found.now.team)}” now."


def _two_teams(found: Comparison) -> bool:
    """Say whether two wards are compared, so that no time was released from one to the other."""
    teams = {one_line(one.team).casefold() for one in (found.then, found.now)} - {""}
    return len(teams) > 1


def _about_time(found: Comparison) -> str:
    """Return how long it took and takes, and how much of that adds value."""
    mapped = [bool(one.steps) for one in (found.then, found.now)]
    if not all(mapped):
        if any(mapped):
            return "There is no map now." if mapped[0] else "There was no map then."
        return "Neither has a map."
    maps, totals = found.maps, (found.maps.then.total, found.maps.now.total)
    if not all(totals):
        if any(totals):
            return f"Only {'then' if totals[0] else 'now'} the minutes were counted: {max(totals)}."
        return ""
    longer = "released" if maps.released > 0 else "more"
    elsewhere = found.other_process or _two_teams(found)
    gap = f": {abs(maps.released)} {longer} each time" if maps.released and not elsewhere else ""
    said = f"Then {totals[0]} minutes, now {totals[1]}{gap}."
    usual = [[step for step in one.steps if step.usual] for one in (found.then, found.now)]
    if all(any(step.value for step in steps) for steps in usual):
        said += f" Of that, {maps.then.share} % added value for the person then, {maps.now.share} % now."
    if any(step.minutes is None for steps in usual for step in steps):
        said += " Not every step has its minutes."
    return said


def _about_ideas(found: Comparison) -> str:
    """Return what became of the ideas, and how many are new."""
    changes = [change for fate in found.fates if (change := fate.change or fate.was)]
    runners = len({id(one) for one in changes if one.stage in ("runner", "scaling") and not _is_let_go(one)})
    said = ""
    if found.fates:
        ended = f"; {number_of(runners, 'change is a runner', 'changes are runners')}" if runners else ""
        said = (
            f"{len(changes)} of {number_of(len(found.fates), 'idea')} {_were(len(changes))} taken on{ended}."
        )
    if found.new:
        said += f" {number_of(len(found.new), 'idea is', 'ideas are')} new."
    return said.strip()


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
