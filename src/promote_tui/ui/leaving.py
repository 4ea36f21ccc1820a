"""Leaving, whatever happens: what was entered is kept, the terminal is put back, nothing typed is told.

One thread of its own watches over the program. It hears signals also while the event loop is blocked,
and it sees when the terminal is gone or nothing is drawn any more.
"""

import atexit
import contextlib
import errno
import faulthandler
import logging
import os
import select
import signal
import sys
import threading
import warnings
from asyncio import AbstractEventLoop
from collections.abc import Callable
from datetime import datetime
from queue import Full
from types import TracebackType
from typing import TYPE_CHECKING, Any

if sys.platform != "win32":
    import termios

if TYPE_CHECKING:
    from promote_tui.ui.safe_app import SafeApp

TICK = 1.0
"""Seconds between two looks."""
BLOCKED = 5
"""Looks without an answer after which the event loop counts as blocked.

Looks and not seconds: a laptop that slept does not look either.
"""
_KEEP_SECONDS = 4.0  # Windows ends a program five seconds after its window was closed
_TERMINAL_SECONDS = 0.5
_MOST_REPORTS = 3
_HANG_UP = 1
_WINDOW_CLOSED = 21
_SIGNALS = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")
# end of a held-back picture, mouse off, focus and paste not told, lines wrap, no size reports, colours off,
# the keyboard as it was, back from the alternate screen, the cursor shown
_PUT_BACK = (
    "\x1b[?2026l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?7h"
    "\x1b[?2048l\x1b[0m\x1b[<u\x1b[?1049l\x1b[?25h"
)


class Leaving:
    """Watches over a program while it runs: ``with Leaving(app): app.run()``, on the main thread."""

    def __init__(self, app: "SafeApp") -> None:
        self._app = app
        self._left = threading.Event()
        self._ending = threading.Lock()
        self._unanswered = self._failing = self._silent = self._reports = 0
        self._asked = False
        self._guarded: AbstractEventLoop | None = None
        self._undo = contextlib.ExitStack()
        self._thread = threading.Thread(target=self._watch, name="promote-watch", daemon=True)

    def __enter__(self) -> None:
        """Begin to watch."""
        faulthandler.disable()
        self._undo.enter_context(warnings.catch_warnings(action="ignore"))
        logging.disable()
        self._undo.callback(logging.disable, logging.NOTSET)
        self._undo.callback(setattr, threading, "excepthook", threading.excepthook)
        self._undo.callback(setattr, sys, "unraisablehook", sys.unraisablehook)
        threading.excepthook = self._of_thread
        sys.unraisablehook = self._of_nobody
        self._hear()
        self._thread.start()

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Watch no longer; after an error the terminal is put back."""
        if isinstance(error, Exception):
            self._report(error)
            self._put_back()
        self._left.set()
        self._undo.close()
        self._thread.join(TICK)

    # ---- signals

    if sys.platform == "win32":

        def _hear(self) -> None:
            """Hear Ctrl+Break, and that the window is closed or the computer is shut down."""
            import ctypes  # noqa: PLC0415 - Windows only

            handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)
            # the program is ended as soon as this returns, so it does not return
            closed = handler(lambda what: self.leave(128 + _WINDOW_CLOSED) if what else 0)
            ctypes.windll.kernel32.SetConsoleCtrlHandler(closed, True)
            self._undo.callback(ctypes.windll.kernel32.SetConsoleCtrlHandler, closed, False)

        def _wait(self) -> bytes:
            self._left.wait(TICK)
            return b""

    else:

        def _hear(self) -> None:
            """Hear signals through a pipe: what they write there arrives whatever the main thread does."""
            self._pipe, write = os.pipe()
            os.set_blocking(self._pipe, False)
            os.set_blocking(write, False)
            self._undo.callback(os.close, write)
            before = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
            self._undo.callback(signal.set_wakeup_fd, before)
            for name in _SIGNALS:
                number = getattr(signal, name)
                # whoever started us with nohup meant it
                if (old := signal.getsignal(number)) is not signal.SIG_IGN:
                    signal.signal(number, lambda *_: None)
                    self._undo.callback(signal.signal, number, old)

        def _wait(self) -> bytes:
            """Wait for signals, no longer than until the next look; return their numbers."""
            select.select([self._pipe], [], [], TICK)
            with contextlib.suppress(BlockingIOError):
                return os.read(self._pipe, 64)
            return b""

    # ---- the watch

    def _watch(self) -> None:
        if sys.platform != "win32":
            # a program in the background would be stopped for putting the terminal back
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        ending = {int(getattr(signal, name)) for name in _SIGNALS if hasattr(signal, name)}
        while not self._left.is_set():
            heard = self._wait()
            if self._left.is_set():
                break
            if last := ending.intersection(heard):
                self.leave(128 + min(last))
            if not heard:
                self._look()
        if sys.platform != "win32":
            os.close(self._pipe)

    def _look(self) -> None:
        """Look at the terminal, at what draws on it, and at the event loop."""
        app = self._app
        if self._terminal_is_gone():
            self.leave(128 + _HANG_UP)
        self._silent = self._silent + 1 if app.is_running and self._draws_no_more() else 0
        self._failing = self._failing + 1 if app._exception else 0
        if self._silent > 1 or self._failing > BLOCKED:
            self.leave(1, app.last_words)
        self._ask(app._loop)

    def _terminal_is_gone(self) -> bool:
        driver: Any = self._app._driver
        if sys.platform == "win32" or not hasattr(driver, "attrs_before"):
            return False
        try:
            termios.tcgetattr(driver.fileno)
        except termios.error as error:
            return bool(error.args[0] != errno.ENOTTY)
        return False

    def _draws_no_more(self) -> bool:
        writer = getattr(self._app._driver, "_writer_thread", None)
        return writer is not None and not writer.is_alive()

    def _ask(self, loop: AbstractEventLoop | None) -> None:
        """Ask the event loop for a sign of life; without one for long, write down what it holds."""
        if loop is None:
            self._asked = False
        elif not self._asked:
            self._asked, self._unanswered = True, 0
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._answer, loop)
        else:
            self._unanswered += 1
            if self._unanswered == BLOCKED:
                _within(_KEEP_SECONDS, self._app.write_recovery)

    def _answer(self, loop: AbstractEventLoop) -> None:
        self._asked = False
        if loop is not self._guarded:
            self._guarded = loop
            loop.set_exception_handler(self._of_loop)

    # ---- the end

    def leave(self, status: int, words: str = "") -> None:
        """Keep everything, put the terminal back and end the program, now and from any thread.

        ``words`` are left on the terminal. Nothing that may be blocked for ever is waited for.
        """
        with self._ending:
            _within(_KEEP_SECONDS, self._app.keep_now)
            self._put_back(words)
            _within(_TERMINAL_SECONDS, atexit._run_exitfuncs)
            os._exit(status)

    def _put_back(self, words: str = "") -> None:
        driver: Any = self._app._driver
        writer = getattr(driver, "_writer_thread", None)
        if writer is None or not (writer.is_alive() or self._app.is_running):
            return  # it was not taken, or is put back already
        # what still waits to be drawn must not be drawn on what comes after
        with contextlib.suppress(Full):
            writer._queue.put(None, timeout=_TERMINAL_SECONDS)
            writer.join(_TERMINAL_SECONDS)
        _within(_TERMINAL_SECONDS, lambda: os.write(driver._file.fileno(), f"{_PUT_BACK}{words}".encode()))
        if sys.platform == "win32":
            driver._restore_console()
        elif driver.attrs_before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(driver.fileno, termios.TCSANOW, driver.attrs_before)
                termios.tcflush(driver.fileno, termios.TCIFLUSH)

    # ---- errors that nobody handles

    def _of_thread(self, what: threading.ExceptHookArgs) -> None:
        """End the program as any error does; of what draws, the next look tells."""
        error, thread = what.exc_value, what.thread
        if not isinstance(error, Exception) or (thread and thread.name == "textual-output"):
            return
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._app.call_later(_raise, error)

    def _of_loop(self, _loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        self._report(context.get("exception"))

    def _of_nobody(self, what: Any) -> None:
        self._report(what.exc_value)

    def _report(self, error: BaseException | None) -> None:
        if isinstance(error, Exception) and self._reports < _MOST_REPORTS:
            from promote_tui.store import crash_reports  # noqa: PLC0415 - hardly ever needed

            self._reports += 1
            crash_reports.write(error, datetime.now().astimezone())


def _raise(error: Exception) -> None:
    raise error


def _within(seconds: float, action: Callable[[], object]) -> None:
    """Do something, but wait no longer than this; an error of it is its own affair."""

    def act() -> None:
        with contextlib.suppress(Exception):
            action()

    thread = threading.Thread(target=act, name="promote-last", daemon=True)
    thread.start()
    thread.join(seconds)
