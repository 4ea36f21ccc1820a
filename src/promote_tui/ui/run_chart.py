"""The measure of a change drawn over time: a run chart whose numbers and days also read aloud."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from promote_tui.session.measured import Point
from promote_tui.session.model import Measure
from promote_tui.session.schedule import spoken
from promote_tui.session.text import figure
from promote_tui.ui.plain import assembled, plain

_FEWEST = 3
"""Fewer points show no run."""
_ROWS = 5
_WIDE = 60
"""From this width on, a line is named in full."""
_LONGEST_NUMBER = 8


@dataclass(frozen=True)
class _Scale:
    """The lowest and the highest number that are drawn, and how many rows there are between them."""

    low: float
    high: float

    @property
    def rows(self) -> int:
        return 1 if self.high == self.low else _ROWS

    def row(self, value: float) -> int:
        """Return the row of a number, the highest in row 0."""
        # halves, because the distance of two huge numbers may be more than a number can be
        span = self.high / 2 - self.low / 2
        return round((self.high / 2 - value / 2) / span * (self.rows - 1)) if span else 0


def run_chart(points: Sequence[Point], measure: Measure, width: int) -> list[Content]:
    """Return the lines of a chart at most ``width`` characters wide; none for fewer than three points.

    Under each point stand its number and its day. The numbers at the start and hoped for are lines.
    Where there is no room for every point, the first, the last and some between are drawn, and it is said.
    """
    if len(points) < _FEWEST:
        return []
    named = _named_lines(measure, "at the start" if width >= _WIDE else "start")
    values = [*(point.value for point in points), *named]
    scale = _Scale(min(values), max(values))
    labels = _labels(named, scale)
    edge = max(len(label) for label in labels.values()) + 1
    cell = max(max(len(number(point.value)), len(_day(point))) for point in points) + 1
    room = (width - edge - 1) // cell
    if room < _FEWEST:
        return _listed(points, width)
    drawn = _thinned(points, room)
    cell = min((width - edge - 1) // len(drawn), cell + 4)
    lines = [
        assembled(
            (f"{labels.get(row, ''):>{edge - 1}} ", "muted"),
            ("┤" if row in labels else "│", "line"),
            *_dots(row, drawn, named, scale, cell),
        )
        for row in range(scale.rows)
    ]
    lines.append(plain(f"{'':{edge}}└{'─' * (cell * len(drawn))}", "line"))
    under = [[number(point.value) for point in drawn], [_day(point) for point in drawn]]
    if len({point.day.year for point in drawn}) > 1:
        years = [str(point.day.year) for point in drawn]
        under.append([year if at == 0 or year != years[at - 1] else "" for at, year in enumerate(years)])
    for place, texts in enumerate(under):
        text = "".join(f"{text:<{cell}}" for text in texts).rstrip()
        lines.append(plain(f"{'':{edge + 1}}{text}", "muted" if place else ""))
    if len(drawn) < len(points):
        lines += plain(f"{len(drawn)} of {len(points)} numbers are drawn.", "muted").wrap(width)
    return lines


def number(value: float) -> str:
    """Return a number short enough to stand under a point; a long one is rounded."""
    exact = figure(value)
    return exact if len(exact) <= _LONGEST_NUMBER else f"{value:.3g}"


def _named_lines(measure: Measure, start: str) -> dict[float, str]:
    """Return the numbers that are drawn as lines, each with its name."""
    baseline, target = measure.baseline, measure.target
    if baseline is not None and baseline == target:
        return {baseline: f"{start}, target"}
    named = {baseline: start, target: "target"}
    return {value: name for value, name in named.items() if value is not None}


def _labels(named: dict[float, str], scale: _Scale) -> dict[int, str]:
    """Return what stands left of each row: the name and number of a line, else the highest or lowest."""
    labels: dict[int, str] = {}
    for value, name in named.items():
        row = scale.row(value)
        before = f"{labels[row]}, " if row in labels else ""
        labels[row] = f"{before}{name} {number(value)}"
    ends = {scale.row(value): number(value) for value in (scale.low, scale.high)}
    return {**ends, **labels}


def _dots(
    row: int, drawn: Iterable[Point], named: dict[float, str], scale: _Scale, cell: int
) -> list[tuple[str, str]]:
    """Return one row: a dot for each point that belongs there, on the lines that run along it."""
    along = [name for value, name in named.items() if scale.row(value) == row]
    sign = " " if not along else "·" if along == ["target"] else "─"
    parts: list[tuple[str, str]] = []
    for point in drawn:
        here = scale.row(point.value) == row
        parts += [("●" if here else sign, "accent" if here else "line"), (sign * (cell - 1), "line")]
    return parts


def _thinned(points: Sequence[Point], room: int) -> list[Point]:
    """Return as many points as there is room for, evenly spread from the first to the last."""
    count = min(room, len(points))
    return [points[round(place * (len(points) - 1) / (count - 1))] for place in range(count)]


def _listed(points: Sequence[Point], width: int) -> list[Content]:
    """Return the points in words, where there is no room to draw them."""
    lines: list[Content] = []
    for point in points:
        lines += plain(f"{spoken(point.day)}: {number(point.value)}").wrap(width)
    return lines


def _day(point: Point) -> str:
    """Return the day and the month of a point, such as ``27 Nov``."""
    return spoken(point.day, point.day).partition(" ")[2]
