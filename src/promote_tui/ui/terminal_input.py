"""What the terminal sends: no byte of it ends the program, and what is pasted is text and nothing else."""

import os
import re
import selectors
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterable
from typing import Any

from textual._parser import Parser
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.driver import Driver
from textual.events import Paste
from textual.message import Message

# an escape sequence and what follows, as much as Textual looks at; more letters than anybody types at a
# time, so pasted where the terminal does not say so; any other character
_PIECES = re.compile("\x1b[^\x1b]{0,40}|[^\x00-\x1f\x7f]{64,}|.", re.DOTALL)
_PASTED = 64
_PATIENCE = 5.0
"""Seconds after which a paste whose end never comes is taken as it is."""
_AT_ONCE = 65_536


class WholePastes(XTermParser):
    """Takes a paste whole, where Textual looks into it for what a terminal might be saying.

    A sequence that no terminal sends is passed over, where it would end all typing.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._before = ""
        self._pasted: list[str] | None = None
        self._heard = 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """Yield what the data means; an empty text is the end of it all."""
        if not data:
            yield from super().feed(data)
        self._heard = time.monotonic()
        while data:
            data = yield from (self._keys(data) if self._pasted is None else self._paste(data))

    def tick(self) -> Iterable[Message]:
        """Yield what was waited for in vain: more of an escape sequence, or the end of a paste."""
        yield from super().tick()
        if self._pasted is not None and time.monotonic() - self._heard > _PATIENCE:
            yield from self._end_of_paste()

    def _keys(self, data: str) -> Generator[Message, None, str]:
        """Yield what was pressed before a paste begins; return what comes after its beginning."""
        seen = self._before + data
        found = seen.find(BRACKETED_PASTE_START)
        if found < 0:
            self._before = seen[-(len(BRACKETED_PASTE_START) - 1) :]
            yield from self._understood(data)
            return ""
        after = found + len(BRACKETED_PASTE_START)
        yield from self._understood(data[: after - len(self._before)])
        self._before, self._pasted = "", []
        return seen[after:]

    def _paste(self, data: str) -> Generator[Message, None, str]:
        """Gather what is pasted and yield it at its end; return what comes after that."""
        assert self._pasted is not None  # noqa: S101 - asked for in a paste only
        seen = self._before + data
        found = seen.find(BRACKETED_PASTE_END)
        self._pasted.append(data)
        if found < 0:
            self._before = seen[-(len(BRACKETED_PASTE_END) - 1) :]
            return ""
        text = "".join(self._pasted)
        self._pasted = [text[: len(text) - (len(seen) - found)]]
        yield from self._end_of_paste()
        return seen[found + len(BRACKETED_PASTE_END) :]

    def _end_of_paste(self) -> Iterable[Message]:
        text = "".join(self._pasted or ())
        self._before, self._pasted = "", None
        # Textual knows that a paste began, and hears that it has ended with nothing in it
        for message in self._understood(BRACKETED_PASTE_END):
            if not isinstance(message, Paste):
                yield message
        yield Paste(text.replace("\x00", ""))

    def _understood(self, data: str) -> Iterable[Message]:
        for piece in _PIECES.findall(data):
            if len(piece) >= _PASTED and self._timeout_time is None:  # in no sequence
                yield Paste(piece)
                continue
            for character in piece:
                try:
                    yield from super().feed(character)
                except Exception:  # numbers beyond every key and every screen, for one
                    Parser.__init__(self)


if sys.platform == "win32":
    from textual.drivers import win32

    win32.XTermParser = WholePastes

    def driver_for(found: type[Driver]) -> type[Driver]:
        """Return the driver to use where Textual would use the one found."""
        return found

else:
    from textual.drivers.linux_driver import LinuxDriver

    class RoomDriver(LinuxDriver):
        """Reads on whatever bytes arrive, and comes back from a stop with the terminal as it should be."""

        def run_input_thread(self) -> None:
            """Pass on what the terminal sends until the program is left or the terminal is gone."""
            parser = WholePastes()
            decode = getincrementaldecoder("utf-8")("replace").decode
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(0.1):
                        try:
                            data = os.read(self.fileno, _AT_ONCE)
                        except OSError:
                            return
                        if not data:
                            return
                        self._pass_on(parser.feed(decode(data)))
                    self._pass_on(parser.tick())

        def _pass_on(self, heard: Iterable[Message]) -> None:
            for message in heard:
                self.process_message(message)

        def _sigcont_application(self, *_: Any) -> None:
            """Go on after a stop: by SIGTSTP as Textual does; by SIGSTOP, which is not heard, from anew."""
            if self._must_signal_resume:
                super()._sigcont_application()
            self._loop.call_soon_threadsafe(self._go_on, self._must_signal_resume)

        def _go_on(self, resumed: bool) -> None:
            """Begin anew with the terminal, outside the signal: locks may be held in it."""
            if not resumed:
                self.suspend_application_mode()
                self.resume_application_mode()
            with self._app._context():
                self._app.refresh(layout=True)

    def driver_for(found: type[Driver]) -> type[Driver]:
        """Return the driver to use where Textual would use the one found."""
        return RoomDriver if found is LinuxDriver else found
