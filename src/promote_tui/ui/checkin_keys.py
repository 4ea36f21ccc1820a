"""Stage 4's check-ins: which one is due, its questions one after the other, and what comes next."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, cast

from promote_tui.session.days import odd_days
from promote_tui.session.due import next_checkin
from promote_tui.session.edits import items
from promote_tui.session.model import Checkin, Horizon, Initiative, Session, Stage
from promote_tui.session.questions import START
from promote_tui.session.schedule import NAMES, due_of, spoken
from promote_tui.ui.asking import Ask, offer, read_choice
from promote_tui.ui.checkin_fields import MOST_ASKED, asked_at, checkin_fields
from promote_tui.ui.fields import Field, ask_for
from promote_tui.ui.stage_screen import StageScreen


class CheckinKeys(StageScreen):
    """A stage of changes where check-ins are held; one change at a time is open."""

    STAGE: ClassVar[Stage] = "own"

    def __init__(self) -> None:
        super().__init__()
        self.open_change = ""
        """The id of the change whose fields are shown."""
        self._horizon: Horizon | None = None
        self._held = ""
        """Where the check-in that is being held stands, such as ``initiative-1:checkin/0``."""
        self._first = ""
        """What is said before its first question."""

    def moment(self, session: Session) -> str:
        """Return whether an objection is being recorded, or the horizon whose check-in is being held."""
        id, _, field = self.capture.ask.key.partition(":") if self.capture.ask else ("", "", "")
        part, _, place = field.partition("/")
        if part == "checkin":
            held = [one.horizon for one in items.find(self.session, id).checkins]
            number = int(place.partition("/")[0])
            return held[number] if number < len(held) else self._horizon or START
        return "resistance" if part == "resistance" else super().moment(session)

    @property
    def change_here(self) -> str:
        """Return the change that keys mean, that of the highlighted row; or say what is needed."""
        if items.kind_of(self.item_here) == "initiative":
            return self.item_here
        self.refuse("Highlight a change that is taken on first. o takes an idea on.")
        return ""

    def about(self, id: str, fields: Sequence[Field]) -> list[Field]:
        """Return fields whose questions name the change that they are about."""
        about = self.words_of(id)
        return [
            replace(field, question=f"“{about}”: {field.question[:1].casefold()}{field.question[1:]}")
            for field in fields
        ]

    # ---- keys

    def action_check_in(self) -> None:
        """Record what had become of the highlighted change, at the horizon that is due."""
        id = self.change_here
        if not id:
            return
        initiative: Initiative = items.find(self.session, id)
        today = self.room.today()
        held = [one.horizon for one in initiative.checkins if one.held_on == today]
        horizon = held[-1] if held else next_checkin(initiative, today)
        if horizon:
            self.check_in_on(id, horizon)
        elif initiative.stage == "let go":
            self.refuse("It was let go: there is nothing left to check. H asks all the same.")
        else:
            self.refuse("All check-ins are held. Enter opens the change, to read and mend; H holds one more.")

    def action_other_check_in(self) -> None:
        """Ask at which horizon, then hold that check-in: one that was skipped, or one more."""
        id = self.change_here
        if not id:
            return

        def answer(text: str) -> str:
            try:
                spelled = re.sub(r"^\s*3\s+", "three ", text)
                self._horizon = cast("Horizon | None", read_choice(spelled, choices))
            except items.EditError as error:
                return str(error)
            return ""

        # not “3 days”: beside the numbers of choices that would be read as the third
        choices, self._horizon = tuple((one, one.replace("_", " ")) for one in NAMES), None
        question = f"“{self.words_of(id)}”: which check-in is it?"
        first = Ask("Check-in", question, answer, hint=offer(choices), key=id, whole=True)
        self.capture.start_asking([lambda: first, *self._asks(id)])

    def check_in_on(self, id: str, horizon: Horizon) -> None:
        """Hold a check-in of a change today, or go on with the one of today: ask its questions in turn."""
        self.open_change, self._horizon = id, horizon
        self.show(self.session)
        self.capture.start_asking(self._asks(id))

    def _asks(self, id: str) -> list[Callable[[], Ask | None]]:
        """Return the questions of the check-in at the horizon that is known when their turn comes."""
        today, self._held = self.room.today(), ""

        def ask(number: int) -> Ask | None:
            if (horizon := self._horizon) is None or number >= len(asked_at(horizon)):
                return None
            held: Sequence[Checkin] = items.find(self.session, id).checkins
            of_today = (n for n, one in enumerate(held) if (one.horizon, one.held_on) == (horizon, today))
            place = next(of_today, len(held))
            if not self._held:
                self.open_change, self._held = id, f"{id}:checkin/{place}"
                self._first = self._before_the_first(id, is_held=place < len(held))
                self.show(self.session)
            name = f"{self._held}/{asked_at(horizon)[number]}"
            fields = self.about(id, checkin_fields(items.find(self.session, id), place, horizon, today))
            field = next((one for one in fields if one.key == name), None)
            if field is None:
                return None
            first, self._first = self._first, ""
            return replace(made := ask_for(field, self.edit, today), question=f"{first}{made.question}")

        return [partial(ask, number) for number in range(MOST_ASKED)]

    def _before_the_first(self, id: str, *, is_held: bool) -> str:
        """Return what is said before the first question of a check-in."""
        if is_held:
            return "Held today already; change what you like. "
        start = items.find(self.session, id).started_on
        if start and start > self.room.today():
            return f"This change starts only on {spoken(start, self.room.today())}. "
        return ""

    def point_at(self, key: str) -> None:
        """Highlight what a question is about; for a check-in not held yet, what was to be done by then."""
        id, _, field = key.partition(":")
        there = any(row.key == key for row in self.active_list.rows)
        not_held = field.startswith("checkin/") and not there and self._horizon
        super().point_at(f"{id}:{self._horizon}" if not_held else key)

    def last_word(self) -> str:
        """Return what comes next, after a check-in was held."""
        said, held = super().last_word(), self._held
        id, _, place = held.partition(":checkin/")
        if not place:
            return said
        self._held = ""
        initiative: Initiative = items.find(self.session, id)
        if int(place) >= len(initiative.checkins):
            return said or "Nothing was written down, so no check-in was held."
        today, checkin = self.room.today(), initiative.checkins[int(place)]
        odd = (hint.words for at, hint in odd_days(initiative, today) if at[:2] == ("checkins", int(place)))
        then = next(odd, "") or _what_comes_next(initiative, checkin, next_checkin(initiative, today))
        return "   ".join(words for words in (said, then) if words)


def _what_comes_next(initiative: Initiative, held: Checkin, horizon: Horizon | None) -> str:
    """Return what follows a check-in: the next one and its day, or the review that decides."""
    if held.runner is False:
        return "Held. 5 Review decides: fine tune, or let go and keep what was learnt."
    if held.runner:
        return "Held: a runner. 5 Review decides whether it is ready to be tried wider."
    if horizon is None:
        said = "" if held.horizon != "three_months" else " Nobody said yet whether it is a runner."
        return f"Held.{said} 5 Review decides."
    due = due_of(initiative, horizon)
    return f"Held. Next: {NAMES[horizon]}{f', {spoken(due, held.held_on)}' if due else ''}."
