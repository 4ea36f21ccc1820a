"""Read many session files at once, in programs of their own, so that the room's one never stutters."""

import contextlib
import gc
import marshal
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from promote_tui.store.catalogue_row import Row, row_of

MANY = 300
"""From how many files on it pays to start other programs."""
_AT_ONCE = 50
_MOST_WORKERS = 8
_Worker = subprocess.Popen[bytes]
_Answer = tuple[int, list[Row] | None] | None
"""Where in the list of files some rows belong; None for rows that did not come, and from who has finished."""


def read_all(paths: Sequence[Path], stop: threading.Event) -> Iterator[list[tuple[int, Row]]]:
    """Yield the rows of these files, some at a time, each with the place of its file, until told to stop."""
    workers = _started() if len(paths) > MANY else []
    starts = iter(range(0, len(paths), _AT_ONCE))
    if workers:
        yield from _read_by(workers, paths, starts, stop)
    # also what is left when no worker goes on
    for start in starts:
        if stop.is_set():
            return
        yield _numbered(start, [row_of(path) for path in paths[start : start + _AT_ONCE]])


def _read_by(
    workers: Sequence[_Worker], paths: Sequence[Path], starts: Iterator[int], stop: threading.Event
) -> Iterator[list[tuple[int, Row]]]:
    answers: queue.Queue[_Answer] = queue.Queue()
    taking, ended = threading.Lock(), threading.Event()

    def ask(worker: _Worker) -> None:
        while not (stop.is_set() or ended.is_set()):
            with taking:
                start = next(starts, None)
            if start is None:
                break
            rows = _asked(worker, paths[start : start + _AT_ONCE])
            answers.put((start, rows))
            if rows is None:
                break
        answers.put(None)

    threads = [threading.Thread(target=ask, args=(one,), name="catalogue", daemon=True) for one in workers]
    try:
        for thread in threads:
            thread.start()
        busy = len(workers)
        while busy and not stop.is_set():
            try:
                answer = answers.get(timeout=0.2)
            except queue.Empty:
                continue
            if answer is None:
                busy -= 1
                continue
            start, rows = answer
            yield _numbered(start, rows or [row_of(path) for path in paths[start : start + _AT_ONCE]])
    finally:
        ended.set()
        for worker in workers:
            worker.kill()
        for thread in threads:
            thread.join()
        for worker in workers:
            for pipe in (worker.stdin, worker.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            worker.wait()


def _numbered(start: int, rows: Sequence[Row]) -> list[tuple[int, Row]]:
    return list(enumerate(rows, start))


def _started() -> list[_Worker]:
    """Start a program for each core; none when that cannot be done."""
    workers: list[_Worker] = []
    with contextlib.suppress(OSError, ValueError):
        for _ in range(min(os.cpu_count() or 1, _MOST_WORKERS)):
            workers.append(  # noqa: PERF401 - those that were started count when the next one fails
                subprocess.Popen(  # noqa: S603 - our own module
                    # -P: nothing of the folder that the program was started in is imported
                    [sys.executable or "python", "-P", "-m", __name__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            )
    return workers


def _asked(worker: _Worker, paths: Sequence[Path]) -> list[Row] | None:
    """Return the rows that a worker answers with; None when it does not, or answers something else."""
    try:
        marshal.dump([os.fsencode(path) for path in paths], worker.stdin)  # type: ignore[arg-type]
        worker.stdin.flush()  # type: ignore[union-attr]
        # what comes back comes from this very program
        answer: Any = marshal.load(worker.stdout)  # type: ignore[arg-type] # noqa: S302
        rows = [Row(*row) for row in answer]
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return rows if len(rows) == len(paths) else None


def work(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer with the rows of the files that are asked for, until nothing more is asked."""
    gc.disable()  # documents hold no circles, and looking for some takes a fifth of the time
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            paths = marshal.load(asked)  # noqa: S302
            marshal.dump([tuple(row_of(Path(os.fsdecode(path)))) for path in paths], answers)
            answers.flush()


if __name__ == "__main__":
    work(sys.stdin.buffer, sys.stdout.buffer)
