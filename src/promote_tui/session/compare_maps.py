"""Two maps of one process, then and now, step by step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from promote_tui.session.differing import in_words, label_of
from promote_tui.session.matching import matched
from promote_tui.session.model import Session, Step
from promote_tui.session.pairing import keyed
from promote_tui.session.stages import VALUES, MinutesShown, in_view, minutes

What = Literal["same", "changed", "only then", "only now"]
_OF_A_STEP = ("title", "who", "minutes", "usual", "value", "feeling")
"""The fields of a step that are compared."""
_UNSAID = "nothing said"


@dataclass(frozen=True)
class Turned:
    """One thing of a step that is not what it was, in the words of the room."""

    label: str
    then: str
    now: str


@dataclass(frozen=True)
class StepPair:
    """A step then and the same step now; one of them is missing when it is on one map only."""

    then: Step | None
    now: Step | None
    turned: tuple[Turned, ...] = ()

    @property
    def what(self) -> What:
        """Return what became of the step."""
        if self.then and self.now:
            return "changed" if self.turned else "same"
        return "only then" if self.then else "only now"

    @property
    def title(self) -> str:
        """Return its words as they are now, or as they were."""
        return step.title if (step := self.now or self.then) else ""


@dataclass(frozen=True)
class Maps:
    """Two maps, step by step in the order of now; a step that is gone stands where it was."""

    pairs: tuple[StepPair, ...]
    then: MinutesShown
    now: MinutesShown
    reordered: bool = False
    """Whether steps that are on both maps come in another order."""

    @property
    def released(self) -> int:
        """Return the minutes that are saved each time; less than 0 when it takes longer now."""
        return self.then.total - self.now.total

    @property
    def is_same(self) -> bool:
        """Say whether nothing that is compared differs."""
        return not self.reordered and all(pair.what == "same" for pair in self.pairs)

    def counted(self, what: What) -> int:
        """Return how many steps became so."""
        return sum(1 for pair in self.pairs if pair.what == what)


def compare_maps(then: Iterable[Step], now: Iterable[Step]) -> Maps:
    """Return two maps step by step."""
    old, new = keyed(in_view(then)), keyed(in_view(now))
    same = matched(list(old.values()), list(new.values()))
    places = {key: place for place, key in enumerate(old)}
    back = {here: there for there, here in same.items()}
    met = [places[back[key]] for key in new if key in back]
    return Maps(
        tuple(_in_order(old, new, back)),
        minutes(old.values()),
        minutes(new.values()),
        reordered=met != sorted(met),
    )


def _in_order(old: dict[str, Step], new: dict[str, Step], back: dict[str, str]) -> Iterator[StepPair]:
    """Yield the steps in the order of now; those that are gone come before what stands in their place."""
    places = {key: place for place, key in enumerate(old)}
    until, before = len(old), {}
    for key in reversed(new):
        until = places[back[key]] if key in back else until
        before[key] = until
    matched_then = set(back.values())
    gone = [key for key in reversed(old) if key not in matched_then]
    for key, step in new.items():
        while gone and places[gone[-1]] < before[key]:
            yield StepPair(old[gone.pop()], None)
        was = old[back[key]] if key in back else None
        yield StepPair(was, step, tuple(_turned(was, step)) if was else ())
    yield from (StepPair(old[key], None) for key in reversed(gone))


def _turned(then: Step, now: Step) -> Iterator[Turned]:
    for name in _OF_A_STEP:
        was, is_now = getattr(then, name), getattr(now, name)
        if was != is_now:
            yield Turned(label_of(now, name).rstrip("?"), _said(name, was), _said(name, is_now))


def _said(name: str, value: Any) -> str:
    return VALUES[value] if name == "value" else in_words(_NOBODY, name, value) or _UNSAID


_NOBODY = Session.model_construct()
"""A session to say the fields of a step in: none of those compared leads to anything else in it."""
