"""What home shows of what was read: promises, sessions, where searched words stand, a preview."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from promote_tui.session.text import number_of
from promote_tui.store.library import Card
from promote_tui.ui.background import in_background
from promote_tui.ui.due_rows import all_promised, first_to_do, key_of, promised
from promote_tui.ui.home_typing import HomeTyping
from promote_tui.ui.rows import gap
from promote_tui.ui.session_rows import marked, nothing_found, nothing_yet, session_rows, sessions_title
from promote_tui.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from textual.content import Content

    from promote_tui.session.due import Due, Standing
    from promote_tui.store.catalogue import Wanted

_BESIDE = 120
"""Columns from which the preview stands beside the list without being asked for."""
_REST_SECONDS = 0.06
"""How long the highlight has to rest before its session is looked up: keys come first."""
_PASSAGES = 3
"""Most places in a session that are shown for the words of a search."""
_AROUND = 24
"""Sessions around the highlight whose passages are looked up."""


@dataclass(frozen=True)
class Read:
    """What was read of a library: the sessions that are listed, and what is due."""

    today: date
    wanted: "Wanted"
    cards: Sequence[Card] = ()
    whole: bool = False
    """Whether all that is found is listed."""
    found: int = 0
    total: int = 0
    """How many sessions there are in all, but for those that were put away."""
    dues: "Sequence[tuple[Card, Due]]" = ()
    counts: "Mapping[Standing, int]" = field(default_factory=dict)

    @cached_property
    def by_key(self) -> dict[str, Card]:
        """Return the session of each row."""
        due = {key_of(card, due): card for card, due in self.dues}
        return {**due, **{str(card.path): card for card in self.cards}}


class HomeShowing(HomeTyping):
    """A screen that lists the sessions of a library, below what was promised in them."""

    def __init__(self) -> None:
        super().__init__()
        self._read: Read | None = None
        """Nothing before the library was read for the first time."""
        self._wanted: Wanted | None = None
        """Which sessions are listed; None: all of them."""
        self._waiting = 0
        self._progress = ""
        """What is going on with the folder."""
        self._all_due: Sequence[tuple[Card, Due]] = ()
        """All that is due, while that page is shown."""
        self._passages: dict[Path, Sequence[Content]] = {}
        self._automatic = ""
        """The row that is highlighted until the library was read, because nobody chose one."""
        self._previewing: bool | None = None
        """Whether the preview was asked for, or sent away; None: as the screen is wide."""

    @property
    def active_list(self) -> ItemList:
        """Return the list of sessions."""
        return self.query_one("#sessions", ItemList)

    @property
    def _cards(self) -> "Sequence[Card] | None":
        return self._read.cards if self._read else None

    @property
    def _dues(self) -> "Sequence[tuple[Card, Due]]":
        return self._all_due or (self._read.dues if self._read else ())

    def _card(self) -> Card | None:
        """Return the card of the highlighted row; that of something due is its session's."""
        key = self.active_list.highlighted
        if self._all_due:
            return next((card for card, due in self._all_due if key_of(card, due) == key), None)
        return self._read.by_key.get(key) if self._read else None

    def show(self) -> None:
        """Show the sessions below what was promised, or all that is due, or what to do first."""
        read = self._read
        if read is None:
            return
        rows = self.active_list
        if self._all_due:
            rows.show(all_promised(self._all_due, read.today))
        else:
            some = bool(self._wanted)
            due = (
                []
                if some
                else promised(read.dues, read.counts, read.today, self.size.height, whole=not self._progress)
            )
            words = self._wanted.words if self._wanted else ""
            sessions = session_rows(read.cards, rows.size.width, self._passages if words else None)
            if rows.highlighted in ("", self._automatic):
                first = "" if some else first_to_do(read.dues, read.today)
                self._automatic = first or (sessions[0].key if sessions else "")
                rows.highlighted = self._automatic
            nothing = nothing_found() if some else [] if read.total else nothing_yet()
            rows.show([*due, sessions_title(self._found(read)), gap(), *(sessions or nothing)])
        self._look_closer()

    def _found(self, read: Read) -> str:
        """Return what stands above the sessions: how many, which, what is going on."""
        some, said = self._wanted, []
        if some:
            from promote_tui.ui.filtering import narrowed_by  # noqa: PLC0415 - only when it is narrowed

            narrowed = ", ".join(
                filter(None, [f"with “{some.words}”" if some.words else "", narrowed_by(some)])
            )
            listed = f"the first {len(read.cards)} of {read.found:,}"
            found = listed if len(read.cards) < read.found else number_of(read.found, "session")
            said = [f"{found} {narrowed}".strip(), "Esc shows all"]
        elif read.total:
            said = [number_of(read.total, "example" if self.room.demo else "session")]
            if broken := sum(1 for card in read.cards if card.problem):
                said.append(f"{broken:,} cannot be opened")
            if self._waiting:
                said.append(f"{number_of(self._waiting, 'comment')} in the inbox")
        return "   ".join(filter(None, [*said, self._progress]))

    # ---- a closer look

    @property
    def previews(self) -> bool:
        """Say whether the preview is to be seen."""
        wide = self.size.width >= _BESIDE if self._previewing is None else self._previewing
        return wide and not self._all_due and bool(self._read and self._read.cards)

    def _look_closer(self) -> None:
        """Look up what is known of the highlighted session, and where the searched words stand around it."""
        self.query_one("#shelf").set_class(self.size.width < _BESIDE, "-below")
        if self.previews or self.query("#preview") or (self._wanted and self._wanted.words):
            self.in_turn("closer", self._look_when_at_rest)

    async def _look_when_at_rest(self) -> None:
        await asyncio.sleep(_REST_SECONDS)
        read = self._read
        if read is None:
            return
        if read.wanted.words and (unknown := self._around(read)):
            look_up = _looking_up(unknown, read.wanted.words)
            self._passages |= {
                path: [marked(one, read.wanted.words) for one in found]
                for path, found in (await in_background(look_up)).items()
            }
            if self._read is read:
                sessions = session_rows(read.cards, self.active_list.size.width, self._passages)
                self.active_list.redraw(sessions)
        await self._fill_preview()

    def _around(self, read: Read) -> list[Card]:
        """Return the sessions around the highlighted one whose passages are not known yet."""
        here = self.active_list.highlighted
        place = next((place for place, card in enumerate(read.cards) if str(card.path) == here), 0)
        near = read.cards[max(0, place - _AROUND // 2) : place + _AROUND]
        return [card for card in near if card.path not in self._passages]

    async def _fill_preview(self) -> None:
        """Show what is known of the highlighted session, if that is to be seen."""
        if not self.query("#preview"):
            if not self.previews:
                return
            pane = ItemList(id="preview")
            pane.can_focus = False
            pane.display = False
            await self.query_one("#shelf").mount(pane)
        from promote_tui.ui.preview import preview_rows  # noqa: PLC0415 - not for the first paint

        pane, card = self.query_one("#preview", ItemList), self._card()
        if pane.display != self.previews:
            pane.display = self.previews
            self.call_after_refresh(self.show)  # the list has another width now
        if not pane.display or card is None:
            pane.show([])
            return
        saved = await in_background(self.room.library.catalogue.saved_of, card.path)
        pane.show(preview_rows(card, saved, self._passages.get(card.path, ())))
        pane.scroll_to(y=0, animate=False)


def _looking_up(cards: Sequence[Card], words: str) -> Callable[[], dict[Path, list[str]]]:
    """Return what looks up the places in sessions that hold these words; their titles are seen anyway."""

    def look_up() -> dict[Path, list[str]]:
        from promote_tui.store.passages import passages  # noqa: PLC0415 - only for a search

        found = {card: passages(card.path, words, _PASSAGES + 1) for card in cards}
        return {
            card.path: [one for one in held if one != card.title][:_PASSAGES] for card, held in found.items()
        }

    return look_up
