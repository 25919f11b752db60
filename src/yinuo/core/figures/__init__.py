"""The figures by which an office is held to its word: what each means, and how it comes from the cases."""

from yinuo.core.figures.counted import COUNTS
from yinuo.core.figures.counting import Part, View, count, gathered, used
from yinuo.core.figures.definitions import FIGURES, Figure, Stopping, Value, figure, stops, value, values
from yinuo.core.figures.suppression import SMALL, Cell, suppressed
from yinuo.core.figures.tally import CONTENT, MAIN, Period, Stop, Tally

__all__ = [
    "CONTENT", "COUNTS", "FIGURES", "MAIN", "SMALL", "Cell", "Figure", "Part", "Period", "Stop", "Stopping",
    "Tally", "Value", "View", "count", "figure", "gathered", "stops", "suppressed", "used", "value", "values",
]  # fmt: skip
