import asyncio
import threading

import pytest

from promote_tui.ui.background import in_background


async def test_it_returns_or_raises_what_the_work_does() -> None:
    assert await in_background(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await in_background(divmod, 7, 0)


async def test_nobody_waits_for_work_that_hangs() -> None:
    goes_on, begun = threading.Event(), threading.Event()

    def hang() -> None:
        begun.set()
        assert goes_on.wait(10)

    waiting = asyncio.create_task(in_background(hang))
    await asyncio.to_thread(begun.wait, 10)
    (hanging,) = (one for one in threading.enumerate() if one.name == "promote-background")
    assert hanging.daemon
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    goes_on.set()
    await asyncio.to_thread(hanging.join)
