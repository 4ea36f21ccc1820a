"""What the keys of a stage do while a session is looked back at: walk on, look closer, start editing."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding

from promote_tui.session.edits import items
from promote_tui.session.model import Stage
from promote_tui.session.stages import NUMBERED, STAGES, number
from promote_tui.session.thread import STAGE_OF
from promote_tui.ui.keys import key
from promote_tui.ui.over_time import show_over_time
from promote_tui.ui.room_tools import RoomTools
from promote_tui.ui.session_app import LOOKING
from promote_tui.ui.thread import show_thread
from promote_tui.ui.widgets.bands import Hint
from promote_tui.ui.widgets.columns import Columns
from promote_tui.ui.widgets.item_list import ItemList
from promote_tui.ui.widgets.typing_area import Typing

_WALK = key("right", "onward(1)", "next stage", "the next list, after the last one the next stage")
_KEYS = (
    _WALK,
    key("left", "onward(-1)", "stage before", "the column or the stage before", footer=False),
    key("enter", "edit", "open", "look closer at the highlighted item"),
    key("e", "start_editing", "edit", "change this session from here on"),
    key("q", "app.home", "home", "go back to the sessions"),
    key("pagedown,space", "page_on(1)", "page on", "a page on, at the end the next stage; the space bar too"),
    key("pageup", "page_on(-1)", "page back", "a page back, at the beginning the stage before", footer=False),
)
"""What keys mean while looking, whatever they mean at a stage that is worked on."""
_ACTIONS = {name: one.action for one in _KEYS if one.action != "edit" for name in one.key.split(",")}
_HARMLESS = {
    "app.curtain",
    "app.help",
    "details",
    "focus_view",
    "future",
    "leave_work",
    "microscope",
    "next_question",
    "over_time",
    "stage",
    "thread",
    "versions",
}
"""What the other keys may do: none of this changes the session."""
_SHOWN_TOO = ("over_time", "focus_view")
"""What the footer shows while looking, where there is room now."""
_FIRST = (_WALK.action, "edit", "start_editing", "app.home", "over_time", "microscope", "thread")
"""What the footer shows first."""
ALL_SEEN = "That was all of it. Once more goes home."


class LookingBack(RoomTools):
    """A stage that can be looked back at: its list is active, its line takes no typing, no key changes it."""

    STAGE: ClassVar[Stage]

    @property
    def looking_words(self) -> str:
        """Return what stands above a session that is looked back at; nothing of one that is worked on."""
        if not self.room.looking:
            return ""
        return f"Looking back: nothing can change.{' e starts editing.' if self._may_edit else ''}"

    @property
    def instead_of_typing(self) -> str:
        """Return what the capture line says while nothing is typed; nothing when it takes typing."""
        if not self.room.looking:
            return ""
        return "Looking back   e edits" if self._may_edit else "Looking back"

    @property
    def _may_edit(self) -> bool:
        return self.room.read_only == LOOKING

    def refuse(self, why: str) -> None:
        """Say why something was not done; that nothing changes while looking back is no trouble."""
        if why == LOOKING:
            self.say(why)
        else:
            super().refuse(why)

    def keys_now(self) -> list[Binding]:
        """Return the keys that do something now."""
        if not self.room.looking:
            return super().keys_now()
        idle = set() if self.session.future_steps else {"future"}
        idle |= set() if self._may_edit else {"start_editing"}
        taken = {one.action for one in _KEYS}
        others = [one for one in self.keys_shown() if one.action not in taken and _is_harmless(one)]
        return [one for one in (*_KEYS, *others) if one.action not in idle]

    def looking_hints(self) -> list[Hint]:
        """Return the hints while looking: the way on first."""
        found = [one for one in self.keys_now() if one.show or one.action in _SHOWN_TOO]
        hints = [Hint(one.key_display or "", one.description, one.action) for one in found]
        hints.sort(key=lambda hint: _FIRST.index(hint.action) if hint.action in _FIRST else len(_FIRST))
        if self.active_list.of_one_item:
            hints[1] = Hint("PgDn", "next step", "page_on(1)")
        if any(columns.goes_on(1) for columns in self.query(Columns)):
            hints[0] = Hint("→", "next list", _WALK.action)
        elif number(self.STAGE) == len(STAGES):
            hints[0] = Hint("→", "the end", _WALK.action)
        return [one for one in hints if one.action != "app.help"]

    def tools(self) -> Iterable[SystemCommand]:
        """Yield the commands of the palette that change nothing while looking."""
        for one in super().tools():
            if not self.room.looking or one.title != "Timer":
                yield one

    @on(ItemList.Chosen)
    def item_chosen(self, event: ItemList.Chosen) -> None:
        """Change the item that Enter or a second click means, or look into it."""
        if not event.key:
            self.say("Nothing here." if self.room.looking else "Nothing here yet. i to type.")
        elif self.room.looking:
            self.look_into(event.key)
        else:
            self.change(event.key)

    def look_into(self, key: str) -> None:
        """Show what there is to see of an item while looking back: what led to it, and what came of it."""
        if items.kind_of(key) in STAGE_OF and ":" not in key:
            show_thread(self, key)
        else:
            self.refuse(self.room.read_only)

    # ---- keys

    async def _on_key(self, event: events.Key) -> None:
        """While looking, do what a key means then; one that would change something says why it does not."""
        if not self.room.looking or isinstance(self.focused, Typing):
            return
        action = _ACTIONS.get(event.key.removeprefix("alt+"))
        if action:
            await self.run_action(action)
        elif self._would_change(event):
            self.refuse(self.room.read_only)
        else:
            return
        event.stop()
        event.prevent_default()

    def _would_change(self, event: events.Key) -> bool:
        """Say whether a key changes something at work, or nothing here at all."""
        bound = self._bindings.key_to_bindings.get(event.key, [])
        if bound:
            return not any(map(_is_harmless, bound)) and event.key != "enter"
        return event.is_printable and event.key not in self.active_bindings

    def action_over_time(self) -> None:
        """Show how the change that keys mean was rated from review to review, and what check-ins found."""
        show_over_time(self, self.active_list.highlighted)

    async def action_start_editing(self) -> None:
        """Open the session for changes, at this stage and item."""
        if why := await self.room.start_editing():
            self.refuse(why)

    async def action_page_on(self, by: int) -> None:
        """Go a page on (1) or back (-1) in the list; at its end to what comes next."""
        found = self.active_list
        before = found.highlighted, found.scroll_offset
        if found.of_one_item:
            found.action_page(by)
            return
        if not found.shows_edge(by):
            found.action_page(by)
            if before != (found.highlighted, found.scroll_offset):
                self.say("")
                return
        await self.action_onward(by)

    async def action_onward(self, by: int) -> None:
        """Go to the next (1) or last (-1) list, then stage; after the last stage say so, then go home."""
        for columns in self.query(Columns):
            if columns.goes_on(by):
                columns.go_to(columns.here + by)
                self.say("")
                return
        place = number(self.STAGE) - 1 + by
        if 0 <= place < len(STAGES):
            await self.room.go_to_stage(STAGES[place])
        elif by < 0:
            self.say(f"{NUMBERED[self.STAGE]} is where it begins.")
        elif self.said == ALL_SEEN:
            await self.run_action("app.home")
        else:
            self.say(ALL_SEEN)


def _is_harmless(one: Binding) -> bool:
    return one.action.partition("(")[0] in _HARMLESS
