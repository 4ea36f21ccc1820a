"""What is known of the highlighted session, shown beside the list or below it: no file is opened for it."""

from collections.abc import Iterator, Sequence
from functools import partial

from textual.content import Content

from promote_tui.session.measured import progress
from promote_tui.session.model import PerVoice
from promote_tui.session.saved import SavedChange, SavedSession
from promote_tui.session.stages import NUMBERED, RATINGS, SIGNS, STANDINGS
from promote_tui.session.text import number_of
from promote_tui.session.voices import balance, per_group
from promote_tui.store.library import Card
from promote_tui.ui.change_rows import as_initiative
from promote_tui.ui.plain import plain
from promote_tui.ui.rows import columns, gap, note, warned
from promote_tui.ui.widgets.item_list import Row

_LABEL = 9


def preview_rows(card: Card, saved: SavedSession | None, passages: Sequence[Content]) -> list[Row]:
    """Return the rows that tell what a session is about, who was heard, and what became of its changes.

    ``passages`` are the places in it that were searched for.
    """
    head = Row("", (card,), partial(_head, card))
    if card.problem:
        return [
            head,
            gap(),
            warned(f"It cannot be opened: {card.problem}."),
            note("V shows earlier versions."),
        ]
    if saved is None:
        return [head]
    rows = [head]
    if passages:
        rows += [gap(), *(Row("", (passage,), partial(_wrapped, passage)) for passage in passages)]
    return [*rows, *_changes(saved), gap(), *_about(saved)]


def _wrapped(content: Content, width: int) -> list[Content]:
    return content.wrap(width)


def _head(card: Card, width: int) -> list[Content]:
    day = f"{card.held_on:%d %b %Y}".lstrip("0") if card.held_on else "no day"
    where = " · ".join(filter(None, [card.team, day, NUMBERED[card.stage], "put away" * card.put_away]))
    told = card.path.name if card.problem else where
    return [*plain(card.title, "strong").wrap(width), *plain(told, "muted").wrap(width)]


def _about(saved: SavedSession) -> Iterator[Row]:
    # not validated: a file that the model would refuse is previewed, too
    present = PerVoice.model_construct(None, **saved.present)
    counts = per_group(PerVoice.model_construct(None, **saved.heard))
    taken = sum(1 for idea in saved.ideas if idea.change)
    facts = {
        "Process": " · ".join(filter(None, [saved.process, saved.phase])),
        "Heard": balance(counts, present) if any(counts.values()) else "",
        "Ideas": f"{len(saved.ideas)}, {taken} taken on" if saved.ideas else "",
    }
    for label, words in facts.items():
        if words:
            yield Row("", (label, words), partial(_fact, label, words))


def _fact(label: str, words: str, width: int) -> list[Content]:
    return columns([(label, "muted"), words], [_LABEL - 2, width - _LABEL])


def _changes(saved: SavedSession) -> Iterator[Row]:
    if not saved.changes:
        yield note("Nothing was taken on yet.")
        return
    yield note(f"{number_of(len(saved.changes), 'change')}:")
    for change in saved.changes:
        yield Row("", (change,), partial(_change, change))


def _change(change: SavedChange, width: int) -> list[Content]:
    promise, rating = change.promise, next((one for one in RATINGS if one == change.rating), None)
    gone = change.is_let_go
    sign = plain("let go", "muted") if gone else plain(SIGNS[rating], rating or "muted")
    standing = "" if gone else next((word for one, word in STANDINGS.items() if one == promise.stage), "")
    lines = columns([sign, (promise.title, "strong")], [11, width - 13])
    told = " · ".join(filter(None, [promise.owner or "no owner yet", standing]))
    more = [told, progress(as_initiative(change)), change.learnt and f"Learnt: {change.learnt}"]
    for words in filter(None, more):
        lines += columns(["", (words, "muted")], [11, width - 13])
    return lines
