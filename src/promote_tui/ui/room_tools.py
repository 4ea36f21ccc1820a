"""What helps to hold a session, whatever the stage: the silent timer, the focus view."""

from collections.abc import Iterable, Sequence
from functools import partial

from textual.app import SystemCommand
from textual.timer import Timer

from promote_tui.session import agenda
from promote_tui.session.edits import agenda as edits
from promote_tui.session.edits.items import EditError
from promote_tui.session.stages import NUMBERED
from promote_tui.session.text import number_of, one_line
from promote_tui.ui import timer
from promote_tui.ui.asking import Ask
from promote_tui.ui.fields import Field
from promote_tui.ui.focus import FocusView, Seen, seen_of
from promote_tui.ui.list_keys import ListKeys
from promote_tui.ui.timer import Countdown
from promote_tui.ui.widgets.bands import TimeShown, TitleLine
from promote_tui.ui.widgets.item_list import Row

_CHOICES = "10 minutes   q quiet   124 round   plan 60   0 stop"
_MEANT = "124 is alone, pairs, fours, all; a plan is 15, 60 or 90."
_USUAL_MINUTES = 5


class RoomTools(ListKeys):
    """A screen of a session with a timer in its title."""

    def __init__(self) -> None:
        super().__init__()
        self._ticking: Timer | None = None
        self._phase = 0

    def on_mount(self) -> None:
        """Have the time ready to run."""
        self._ticking = self.set_interval(1, self.tick, pause=True)
        self.tick()

    def on_screen_resume(self) -> None:
        """Show the time that went by while another screen was in view."""
        self.tick()

    def on_screen_suspend(self) -> None:
        """Leave the ticking to the screen in view."""
        if self._ticking:
            self._ticking.pause()

    @property
    def countdown(self) -> Countdown | None:
        """Return what the room counts down, if anything."""
        return self.room.opened.countdown if self.room.opened else None

    @countdown.setter
    def countdown(self, value: Countdown | None) -> None:
        if self.room.opened:
            self.room.opened.countdown = value
        self._phase = 0
        self.tick()
        if self._ticking and timer.is_ticking(value, self.session, self.room.now()):
            self._ticking.reset()

    def tick(self) -> None:
        """Show the time as it is now; called once a second while something runs."""
        if self._ticking is None or self.room.opened is None:
            return
        now, countdown = self.room.now(), self.countdown
        steady = self.app.animation_level == "none"
        shown = timer.shown(countdown, self.session, now, steady=steady)
        self.query_one(TitleLine).time = TimeShown() if self.room.looking else shown
        if countdown:
            here = countdown.at(now)
            if here.place != self._phase and here.age < timer.FLASH_SECONDS and not self.capture.ask:
                self.say("Time is up." if here.is_over else here.phase.says, ".accent")
            self._phase = here.place
        if timer.is_ticking(countdown, self.session, now):
            self._ticking.resume()
        else:
            self._ticking.pause()

    def tools(self) -> Iterable[SystemCommand]:
        """Yield what helps to hold a session, as commands of the palette."""
        yield SystemCommand("Timer", "minutes, a quiet minute, a round, a plan", self.action_timer)
        yield SystemCommand("Focus", "one item as large as the screen allows", self.action_focus_view)

    def fields_here(self) -> Sequence[Field]:
        """Return the fields that are open in place."""
        return ()

    def action_focus_view(self) -> None:
        """Show the highlighted item as large as the screen allows."""
        if self.active_list.highlighted:
            self.app.push_screen(FocusView(self.active_list, self._seen))
        else:
            self.refuse("There is nothing to show large yet.")

    def _seen(self, row: Row) -> Seen:
        return seen_of(self.session, row, self.fields_here())

    def action_timer(self) -> None:
        """Ask how long; while something runs, Enter alone pauses it or goes on."""
        question, enter = self._timer_question()
        self.ask(Ask("Timer", question, self._set_timer, hint=_CHOICES, enter=enter))

    def _timer_question(self) -> tuple[str, str]:
        """Return what is asked, and what Enter alone answers."""
        now = self.room.now()
        if countdown := self.countdown:
            here = countdown.at(now)
            if here.is_over:
                return "Time is up. Enter clears it, + gives one more minute; or type a new time.", "0"
            does = "goes on" if countdown.paused else "pauses"
            return f"{timer.spelled(here.left)} left. Enter {does}, + adds a minute, 0 stops it.", "p"
        left = timer.left_for_stage(self.session, now)
        has = f"{NUMBERED[self.session.stage]} has {number_of(agenda.whole_minutes(left), 'minute')} left"
        if self.session.agenda.minutes and not agenda.is_running(self.session):
            return f"The plan stands still: {has}. Enter goes on, 0 takes it away.", "p"
        if left:
            return f"{has} by the plan. Enter counts down, p pauses.", "s"
        if self.session.agenda.minutes:
            over = f"By the plan the time for {NUMBERED[self.session.stage]} is up."
            return (
                f"{over} Enter is {_USUAL_MINUTES} more minutes, 0 takes the plan away.",
                f"{_USUAL_MINUTES}",
            )
        return f"How long? Enter is {_USUAL_MINUTES} minutes. {_MEANT}", f"{_USUAL_MINUTES}"

    def _set_timer(self, text: str) -> str:
        """Do what was typed for the timer; return why not."""
        words, now, countdown = one_line(text).casefold(), self.room.now(), self.countdown
        minutes, more = timer.read_plan(words), timer.read_more(words)
        if words in ("0", "stop"):
            return self._stop()
        if words in ("p", "pause"):
            return self._pause_or_go_on()
        if minutes is not None:
            why = self.edit("", partial(edits.plan, minutes=minutes, now=now))
            if not why:
                self.countdown = None
                self._farewell = _shared_out(minutes)
            return why
        if more is not None:
            if countdown is None or more == 0:
                return "There is no time to add to. A number such as 10 starts that many minutes."
            self.countdown = countdown.with_more(more, now)
            self._farewell = f"{number_of(more, 'more minute')}."
            return ""
        of_stage = words in ("s", "stage")
        try:
            left = timer.left_for_stage(self.session, now)
            phases = (timer.Phase(left),) if of_stage and left else timer.read_phases(words)
        except EditError as error:
            return str(error)
        self.countdown = Countdown(phases, now, of_stage=of_stage)
        self._farewell = timer.started(phases)
        return ""

    def _stop(self) -> str:
        if self.countdown:
            self.countdown = None
            self._farewell = "The timer is off."
            return ""
        if not self.session.agenda.minutes:
            return "Nothing runs. A number such as 10 starts that many minutes."
        why = self.edit("", partial(edits.plan, minutes=None, now=self.room.now()))
        self.tick()
        self._farewell = "The plan is off."
        return why

    def _pause_or_go_on(self) -> str:
        now = self.room.now()
        if self.countdown:
            self.countdown = self.countdown.paused_or_on(now)
            stands = self.countdown.paused is not None
        elif not self.session.agenda.minutes:
            return "Nothing runs. A number such as 10 starts that many minutes."
        else:
            stands = agenda.is_running(self.session)
            change = edits.pause if stands else edits.go_on
            if why := self.edit("", partial(change, now=now)):
                return why
            self.countdown = None
        self._farewell = "The time stands still.   t Enter goes on" if stands else "The time goes on."
        return ""


def _shared_out(minutes: int) -> str:
    plan = "   ".join(f"{NUMBERED[stage]} {has}" for stage, has in agenda.planned(minutes).items())
    return f"{minutes} minutes: {plan}"
