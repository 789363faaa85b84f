"""A figure, which way it is better, and how far it may fall before that counts."""
from typing import NamedTuple

# Digits after the point that are printed, committed and compared. The engine gives the same result in every run, so a
# difference in the last of them is a difference of results, not noise.
DIGITS = 4

# Tolerances of a figure that the committed table does not know yet. They leave room for a change that helps elsewhere;
# one document more or less must not fail a run, a class of documents must.
SHARE_TOLERANCE = 0.005
COUNT_TOLERANCE = 0


class Figure(NamedTuple):
    """`better` is 1 where more is better, -1 where less is, 0 for a figure that is shown only."""

    value: float
    better: int
    tolerance: float


def more(value: float, tolerance: float = SHARE_TOLERANCE) -> Figure:
    """A share or a score: the higher the better."""
    return Figure(round(value, DIGITS), 1, tolerance)


def less(value: float, tolerance: float = SHARE_TOLERANCE) -> Figure:
    """A share of errors, or a mean count of pieces: the lower the better."""
    return Figure(round(value, DIGITS), -1, tolerance)


def count(value: int) -> Figure:
    """A number of things found: none may be lost."""
    return Figure(value, 1, COUNT_TOLERANCE)


def shown(value: float) -> Figure:
    """Printed and committed, never judged against the table: seconds, sizes."""
    return Figure(round(value, DIGITS), 0, 0)
