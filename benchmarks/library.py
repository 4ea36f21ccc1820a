"""How fast the catalogue of a big library is, beside what the machine needs for the bare work.

Run: ``python benchmarks/library.py [FOLDER] [--runs N]``. Without a folder it makes a library of 10,000
sessions first; a folder is copied and stays as it is. What is compared runs in turn, so that a machine that
slows down slows both; the table shows medians with the least and the most, and ratios. POSIX only.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import tomli

import made_library
from promote_tui.session.stems import stems
from promote_tui.store.catalogue import Catalogue, Wanted

TODAY = made_library.TODAY
SHOWN = 200
"""Rows that home asks for while somebody types."""
TYPED = ("door", "quiet", "exasperated", "branmer", "ab", "te", "pharmacist", "bed tea", "door quiet night")
"""What is looked for, letter by letter: common words, rare ones, two letters, several words."""
FRAME = 1 / 60
TOO_LONG = 5


class Line(NamedTuple):
    """One line of the table: what was measured, what stands beside it, and the target of the ratio."""

    what: str
    measured: str
    beside: str
    target: float | None
    most_seconds: float | None = None


LINES = (
    Line("first build / tomli on all cores", "build", "parse", 1.2),
    Line("  in seconds of the processor", "build cpu", "parse cpu", 1.2),
    Line("  until the list has them all / the same", "headers", "parse", None),
    Line("refresh, nothing changed / scandir + stat", "nothing", "stat", 1.7),
    Line("refresh, 10 changed / scandir + stat", "ten", "stat", 3.5),
    Line("search, first rows, p95 / ripgrep", "search p95", "grep", 0.1, 0.016),
    Line("  the same with the count, p95", "search and count p95", "grep", 0.1, 0.016),
    Line("  all that is found, p95", "search all p95", "grep", None),
    Line("all rows of the list / scandir + stat", "cards", "stat", None),
    Line("first rows of the list", "first cards", "stat", None, FRAME),
    Line("what is due, first 20", "due", "stat", None, FRAME),
    Line("how much is due", "due counts", "stat", None, FRAME),
    Line("teams, owners, ratings to choose from", "choices", "stat", None),
    Line("ideas tried before", "ideas", "stat", None),
    Line("all records / tomli on all cores", "records", "parse", None),
    Line("promote list / (python -c pass + stat)", "list", "pass + stat", 3),
    Line("promote due / (python -c pass + stat)", "due command", "pass + stat", 3),
)


class Figures:
    """What was measured, by name, in seconds."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)

    def take(self, name: str, work: Callable[[], object]) -> float:
        """Do something once and note how long it took."""
        began = time.perf_counter()
        work()
        self.taken[name].append(time.perf_counter() - began)
        return self.taken[name][-1]

    def take_with_cpu(self, name: str, work: Callable[[], object]) -> None:
        """Note also what all its processes took of the processor: others on the machine change it less."""
        before = os.times()
        self.take(name, work)
        self.taken[f"{name} cpu"].append(sum(os.times()[:4]) - sum(before[:4]))

    def note_p95(self, name: str, of: str) -> None:
        """Note the time that 95 of 100 stayed below, for each run of a list of searches."""
        self.taken[name].append(statistics.quantiles(self.taken.pop(of), n=20)[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "library"
        if args.folder:
            shutil.copytree(args.folder, folder)
        else:
            made_library.write(10_000, folder)
        age(folder)
        figures, place = Figures(), Path(scratch) / "catalogue.sqlite"
        count, size = len(files_of(folder)), sum(path.stat().st_size for path in files_of(folder))
        print(
            f"{count} files, {size / 1e6:.0f} MB, {os.cpu_count()} cores, {args.runs} runs; {searcher()[0]}\n"
        )
        measure_building(figures, folder, place, args.runs)
        catalogue = Catalogue(folder, place)
        measure_refreshing(figures, catalogue, 10 * args.runs)
        measure_searching(figures, catalogue, args.runs)
        measure_reading(figures, catalogue, args.runs)
        catalogue.close()
        measure_commands(figures, folder, Path(scratch) / "cache", 3 * args.runs)
        show(figures)
        kept = sum(path.stat().st_size for path in place.parent.glob(f"{place.name}*")) / size
        said = "ok" if kept <= 0.15 else "MISSED"
        print(f"{'size of the catalogue / of the library':83}{kept:8.2f}   0.15  {said}")


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.toml"))


def age(folder: Path) -> None:
    """Make all files an hour old: what changed a moment ago is always read again."""
    before = time.time() - 3600
    for path in files_of(folder):
        os.utime(path, (before, before))


# building


def parse(paths: list[Path]) -> int:
    found = 0
    for path in paths:
        try:
            found += len(tomli.loads(path.read_bytes().decode()))
        except ValueError:
            continue
    return found


def parse_all(folder: Path) -> None:
    """Only parse, on all cores: what no catalogue can be faster than."""
    paths = files_of(folder)
    parts = [paths[start : start + 200] for start in range(0, len(paths), 200)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        assert sum(pool.map(parse, parts))  # noqa: S101 - nothing was parsed


def measure_building(figures: Figures, folder: Path, place: Path, runs: int) -> None:
    """Build the catalogue from nothing, and see from when on nearly all of it is listed."""
    count = len(files_of(folder))
    for _ in range(runs):
        figures.take_with_cpu("parse", lambda: parse_all(folder))
        for path in place.parent.glob(f"{place.name}*"):
            path.unlink()
        catalogue = Catalogue(folder, place)
        began = time.perf_counter()
        building = threading.Thread(target=figures.take_with_cpu, args=("build", catalogue.refresh))
        building.start()
        while building.is_alive() and catalogue.count() < 0.95 * count:
            time.sleep(0.05)
        figures.taken["headers"].append(time.perf_counter() - began)
        building.join()
        catalogue.close()


def stat_all(folder: Path) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            entry.stat()


def measure_refreshing(figures: Figures, catalogue: Catalogue, runs: int) -> None:
    """Refresh a catalogue that is there, when nothing changed, and when ten files did."""
    paths = files_of(catalogue.folder)[:: len(files_of(catalogue.folder)) // 10][:10]
    catalogue.refresh()
    for run in range(runs):
        figures.take("stat", lambda: stat_all(catalogue.folder))
        figures.take("nothing", catalogue.refresh)
        for path in paths:
            path.write_bytes(path.read_bytes() + b"\n")
            os.utime(path, (time.time() - 1800, time.time() - 1800 + run))
        figures.take("ten", catalogue.refresh)


# asking


def searcher() -> list[str]:
    """Return the command that looks through all files: ripgrep, or grep where that is missing."""
    return ["rg", "-il", "--no-ignore"] if shutil.which("rg") else ["grep", "-ril"]


def look_through(folder: Path, words: str) -> None:
    """Look for several words as one does with ripgrep: the second in what held the first."""
    found = [str(folder)]
    for word in words.split():
        asked = [*searcher(), "-e", word, "--", *found]
        found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines() or [
            "/dev/null"
        ]


def typed() -> list[str]:
    """Return what stands in the line after each key."""
    return [words[:end] for words in TYPED for end in range(1, len(words) + 1) if words[end - 1] != " "]


def measure_searching(figures: Figures, catalogue: Catalogue, runs: int) -> None:
    """Search as somebody types, beside ripgrep over the same files in memory."""
    ways: dict[str, Callable[[Wanted], object]] = {
        "search": lambda wanted: catalogue.cards(wanted, limit=SHOWN),
        "search and count": lambda wanted: (catalogue.cards(wanted, limit=SHOWN), catalogue.count(wanted)),
        "search all": catalogue.cards,
    }
    slowest: dict[str, float] = defaultdict(float)
    for _ in range(runs):
        for words in TYPED:
            figures.take("grep", lambda words=words: look_through(catalogue.folder, words))
        for words in typed():
            for name, way in ways.items():
                took = figures.take(f"{name} each", lambda way=way, words=words: way(Wanted(words=words)))
                if name == "search":
                    slowest[words] = max(slowest[words], took)
        for name in ways:
            middle = statistics.median(figures.taken[f"{name} each"])
            figures.taken[f"{name} p50"].append(middle)
            figures.note_p95(f"{name} p95", f"{name} each")
    print(f"search p50: {1000 * statistics.median(figures.taken['search p50']):.2f} ms; slowest:")
    for words in sorted(slowest, key=slowest.__getitem__)[:-6:-1]:
        print(f"  {words:20}{1000 * slowest[words]:6.1f} ms")
    print()


def measure_reading(figures: Figures, catalogue: Catalogue, runs: int) -> None:
    """Ask for what home and its pages show."""
    words = stems("Wake people with a cup of tea ten minutes earlier")
    for _ in range(3 * runs):
        figures.take("cards", catalogue.cards)
        figures.take("first cards", lambda: catalogue.cards(limit=SHOWN))
        figures.take("due", lambda: catalogue.due(TODAY, 20))
        figures.take("due counts", lambda: catalogue.due_counts(TODAY))
        figures.take("choices", lambda: [catalogue.choices(what) for what in ("team", "owner", "rating")])
        figures.take("ideas", lambda: catalogue.ideas_with(words))
    for _ in range(runs):
        figures.take("records", lambda: sum(1 for _ in catalogue.saved()))


def measure_commands(figures: Figures, folder: Path, cache: Path, runs: int) -> None:
    """Run ``promote list`` and ``promote due`` with a warm catalogue, beside a Python that does nothing."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PROMOTE_LIBRARY": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=True)

    run("-m", "promote_tui", "list")
    commands = {"list": "list", "due command": "due"}
    for _ in range(runs):
        figures.take("pass + stat", lambda: (run("-c", "pass"), stat_all(folder)))
        for name, command in list(commands.items()):
            # what takes so long need not be measured again
            if figures.take(name, partial(run, "-m", "promote_tui", command)) > TOO_LONG:
                del commands[name]


def show(figures: Figures) -> None:
    """Print the table."""
    print(
        f"{'':44}{'median':>9}{'min':>10}{'max':>10}{'beside':>10}{'ratio':>8}{'target':>7}   (milliseconds)"
    )
    for line in LINES:
        taken = figures.taken[line.measured]
        median, beside = statistics.median(taken), statistics.median(figures.taken[line.beside])
        missed = (line.target and median > line.target * beside) or (
            line.most_seconds and median > line.most_seconds
        )
        judged = line.target or line.most_seconds
        cells = "".join(f"{1000 * value:10.2f}" for value in (median, min(taken), max(taken), beside))
        target = (
            f"{line.target:7.2f}"
            if line.target
            else f"{1000 * line.most_seconds:5.0f}ms"
            if line.most_seconds
            else ""
        )
        said = "MISSED" if missed else "ok" if judged else ""
        print(f"{line.what:43}{cells}{median / beside:8.2f}{target:>7}  {said}")


if __name__ == "__main__":
    main()
