"""Which themes repeat from session to session, and what became of the ideas about them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from promote_tui.session.portfolio import Change, Portfolio, Source
from promote_tui.session.saved import SavedIdea
from promote_tui.session.stages import STANDINGS
from promote_tui.session.stems import spelt, stems
from promote_tui.session.text import number_of

MOST = 40
"""Most themes that are looked at: those of the most sessions."""
_MANY, _TOO_COMMON = 20, 3
"""Of more than 20 sessions, a word that a third of them share says nothing about any of them."""
_SHOWN = 3
_SPELLINGS = 50


@dataclass(frozen=True)
class Theme:
    """A word that at least two sessions are about."""

    word: str
    sources: tuple[Source, ...]
    """The sessions, newest first."""
    ideas: int
    texts: tuple[str, ...]
    """Some of the ideas, of the newest sessions first."""
    changes: tuple[Change, ...]
    """What was made of the ideas."""
    kept: int = 0
    """How often something about it is done well already and to be continued."""

    @property
    def teams(self) -> list[str]:
        """Return the teams of its sessions, those of the newest first."""
        return list(dict.fromkeys(one.team for one in self.sources if one.team))

    def briefly(self) -> str:
        """Return how many ideas there are about it, how many changes came of them, and how many work."""
        works = sum(1 for change in self.changes if change.is_runner)
        said = [number_of(self.ideas, "idea") if self.ideas else "no idea to stop or start"]
        said += [number_of(len(self.changes), "change")] if self.changes else []
        return ", ".join([*said, *([number_of(works, "runner")] if works else [])])

    def became(self) -> str:
        """Return how many ideas there are about it and what became of them, in words."""
        said = [number_of(self.ideas, "idea") if self.ideas else "no idea to stop or start"]
        if self.changes:
            counts = Counter(change.status for change in self.changes)
            parts = [f"{counts[status]} {name}" for status, name in STANDINGS.items() if counts[status]]
            said = [f"{said[0]}, {number_of(len(self.changes), 'change')}: {', '.join(parts)}"]
        elif self.ideas:
            said.append("not taken on yet" if self.ideas == 1 else "none of them taken on yet")
        if self.kept:
            said.append(f"{self.kept} to continue")
        return ", ".join(said)


def themes(portfolio: Portfolio, most: int = MOST) -> list[Theme]:
    """Return the themes of at least two sessions, those of the most sessions first.

    An idea that came along from an earlier session with its change counts where that change is now.
    """
    changes = {one.key: one for one in portfolio.changes}
    # the places of the sessions about each stem
    about: dict[str, list[int]] = defaultdict(list)
    words: dict[str, str] = {}
    for place, source in enumerate(portfolio.sources):
        found = {stem: word.casefold() for word in source.saved.themes for stem in stems(word)}
        for stem, word in found.items():
            words.setdefault(stem, word)
        told = {stem for idea in _ideas(source, changes) for stem in stems(idea.text)}
        for stem in {*found, *told}:
            about[stem].append(place)
    count = len(portfolio.sources)
    often = count // _TOO_COMMON if count > _MANY else count
    repeat = [stem for stem, places in about.items() if 1 < len(places) <= often]
    first = sorted(repeat, key=lambda stem: (-len(about[stem]), stem))[:most]
    ideas: dict[str, list[tuple[Source, SavedIdea]]] = {stem: [] for stem in first}
    for source in portfolio.sources:
        for idea in _ideas(source, changes):
            for stem in ideas.keys() & stems(idea.text):
                ideas[stem].append((source, idea))
    made = [
        _theme(stem, [portfolio.sources[place] for place in about[stem]], words.get(stem, ""), found, changes)
        for stem, found in ideas.items()
    ]
    return sorted(made, key=lambda one: (-len(one.sources), -one.ideas, one.word))


def _ideas(source: Source, changes: dict[str, Change]) -> Iterator[SavedIdea]:
    """Yield the ideas of a session but those that went along into a later one."""
    for idea in source.saved.ideas:
        if not idea.change or f"{source.key}|{idea.change}" in changes:
            yield idea


def _theme(
    stem: str,
    sources: Sequence[Source],
    word: str,
    found: Sequence[tuple[Source, SavedIdea]],
    changes: dict[str, Change],
) -> Theme:
    keys = dict.fromkeys(f"{source.key}|{idea.change}" for source, idea in found if idea.change)
    texts = tuple(dict.fromkeys(idea.text for _, idea in found))
    spellings = Counter(said for text in texts[:_SPELLINGS] for cut, said in spelt(text) if cut == stem)
    kept = sum(1 for _, idea in found if idea.kind == "continue" and not idea.change)
    return Theme(
        spellings.most_common(1)[0][0] if spellings else word or stem,
        tuple(sources),
        len(found) - kept,
        texts[:_SHOWN],
        tuple(changes[key] for key in keys),
        kept,
    )
