"""The tone over time as a plot: geometry for an SVG, and lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date as Date

from communique.views.acts import Month

WIDTH, HEIGHT = 760, 260
LEFT, RIGHT, TOP, BOTTOM = 40, 40, 14, 30
TOP_VALUE = 10
MOST_LINES = 36
HALF = 10
MOST_LABELS = 10
WIDEST_BAR = 24.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's number of events; `tip` is what a pointer shows."""

    x: float
    y: float
    width: float
    height: float
    tip: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label at a place of an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Where everything stands: bars count events, points and line give the mean of Goldstein's values."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    zero: float
    bars: tuple[Bar, ...]
    points: tuple[tuple[float, float], ...]
    path: str
    levels: tuple[Tick, ...]
    months: tuple[Tick, ...]
    most: int
    summary: str


def plot(tone: Sequence[Month]) -> Plot:
    """The plot of some months, which must not be none."""
    first = _number(tone[0].month)
    span = _number(tone[-1].month) - first + 1
    step = (WIDTH - LEFT - RIGHT) / span
    bottom = HEIGHT - BOTTOM
    most = max(month.count for month in tone)

    def across(month: Month) -> float:
        return round(LEFT + (_number(month.month) - first + 0.5) * step, 1)

    def down(value: float) -> float:
        value = max(-TOP_VALUE, min(TOP_VALUE, value))
        return round(TOP + (TOP_VALUE - value) / (2 * TOP_VALUE) * (bottom - TOP), 1)

    width = round(max(1.0, min(WIDEST_BAR, step * 0.7)), 1)
    bars = []
    for month in tone:
        height = round((bottom - TOP) * 0.45 * month.count / most, 1)
        tip = f"{month.month:%Y-%m}: {month.mean:+.1f}, {month.count} events"
        bars.append(Bar(round(across(month) - width / 2, 1), round(bottom - height, 1), width, height, tip))
    points = tuple((across(month), down(month.mean)) for month in tone)
    path = "M" + " L".join(f"{x:g} {y:g}" for x, y in points)
    levels = tuple(Tick(down(value), f"{value:+d}" if value else "0") for value in (-10, -5, 0, 5, 10))
    return Plot(
        WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, TOP, bottom, down(0), tuple(bars), points, path, levels,
        tuple(_labels(first, span, step)), most, summary(tone),
    )  # fmt: skip


def summary(tone: Sequence[Month]) -> str:
    """The plot in a sentence."""
    number = sum(month.count for month in tone)
    mean = sum(month.mean * month.count for month in tone) / number
    first, last = f"{tone[0].month:%Y-%m}", f"{tone[-1].month:%Y-%m}"
    days = f"in {first}" if first == last else f"from {first} to {last}"
    return f"{number} event{'s' * (number > 1)} {days}, mean {mean:+.1f} on a scale from -10 to +10"


def lines(tone: Sequence[Month]) -> list[str]:
    """A line for each month, or for each quarter or year where there are many: mean, count and a bar about zero."""
    found = []
    for label, mean, count in _grouped(tone):
        length = min(HALF, round(abs(mean)))
        left, right = ("#" * length, "") if mean < 0 else ("", "#" * length)
        found.append(f"{label:<7} {mean:+5.1f} {count:>5}  {left:>{HALF}}|{right}".rstrip())
    return found


def _grouped(tone: Sequence[Month]) -> list[tuple[str, float, int]]:
    labels: tuple[Callable[[Date], str], ...] = (
        lambda day: f"{day:%Y-%m}",
        lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
        lambda day: f"{day.year}",
    )
    sums: dict[str, tuple[float, int]] = {}
    for label in labels:
        sums = {}
        for month in tone:
            total, count = sums.get(label(month.month), (0.0, 0))
            sums[label(month.month)] = (total + month.mean * month.count, count + month.count)
        if len(sums) <= MOST_LINES:
            break
    return [(name, total / count, count) for name, (total, count) in sums.items()]


def _labels(first: int, span: int, step: float) -> list[Tick]:
    every = next((n for n in (1, 3, 6, 12, 24, 60, 120) if span / n <= MOST_LABELS), 240)
    months = [number for number in range(first, first + span) if number % every == 0] or [first]
    return [
        Tick(
            round(LEFT + (number - first + 0.5) * step, 1),
            f"{number // 12}" if every >= 12 else f"{number // 12}-{number % 12 + 1:02d}",
        )
        for number in months
    ]


def _number(month: Date) -> int:
    return month.year * 12 + month.month - 1
