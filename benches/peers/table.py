"""The Markdown table: one row a program, what it ran on, and how each was set."""
from typing import Any, NamedTuple

from score import Score

NONE = "–"


class Took(NamedTuple):
    """What a run took: CPU and wall seconds, peak memory in MB, and the least memory that the meter can see."""

    cpu: float
    wall: float
    mb: float
    floor_mb: float


class Row(NamedTuple):
    """One program: what it took and found, or in `failed` why there is nothing."""

    name: str
    version: str
    took: Took | None = None
    score: Score | None = None
    failed: str = ""


def seconds(value: float) -> str:
    """Two digits after the point below ten, one above."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def memory(took: Took) -> str:
    """Peak memory; what is not above the meter's own is only known to be less."""
    return f"< {took.floor_mb + 1:.0f}" if took.mb <= took.floor_mb * 1.05 else f"{took.mb:.0f}"


def cells(row: Row, rates: list[float]) -> list[str]:
    """A row's cells. A run that was stopped shows what it had taken until then."""
    took = [seconds(row.took.cpu), seconds(row.took.wall), memory(row.took)] if row.took else [NONE] * 3
    if row.failed:
        if row.took:
            took[0] = f"≥ {took[0]}"
        found = [row.failed] + [""] * (len(rates) + 1)
    elif row.score:
        found = [str(row.score.rates[rate]) for rate in rates] + [str(row.score.siblings), f"{row.score.pairs:,}"]
    else:
        found = [NONE] * (len(rates) + 2)
    return [row.name, row.version, *took, *found]


def rendered(rows: list[Row], rates: list[float]) -> str:
    """The table."""
    recall = [f"R {100 * rate:g} %" for rate in rates]
    head = ["program", "version", "CPU s", "wall s", "MB", *recall, "R sib", "pairs"]
    lines = [head, ["---", "---"] + ["--:"] * (len(head) - 2), *(cells(row, rates) for row in rows)]
    return "\n".join(f"| {' | '.join(clean(cell) for cell in line)} |" for line in lines)


def clean(cell: str) -> str:
    """A cell that cannot end itself."""
    return " ".join(cell.split()).replace("|", "\\|")


def about(corpus: dict[str, Any], size: str, source: str) -> str:
    """The corpus in a sentence, from its meta.json."""
    rates = ", ".join(f"{100 * rate:g} %" for rate in corpus["rates"])
    return (
        f"{size}: {corpus['docs']:,} documents of {source}, {corpus['bytes']:,} bytes, {corpus['words']:,} words; "
        f"{corpus['pairs_source']:,} planted source pairs ({corpus['min_words']} to {corpus['max_words']} words, {rates} "
        f"edited), {corpus['pairs_sibling']:,} sibling pairs; seed {corpus['seed']}"
    )
