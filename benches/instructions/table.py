"""Counts held against table.toml: what was counted when last committed, and how much more is let pass."""
import json
import tomllib
from pathlib import Path
from typing import NamedTuple

# Share by which a count may rise where the table says nothing else.
TOLERANCE = 0.03

HEAD = """\
# Instructions of the last committed run, written by `benches/instructions/run.py --update`; run.py says what the cases are.
# A count above its own by more than the share `tolerance` fails; a tolerance may be changed here by hand, and is kept.
# `input` stands for the text compared: counts of other text are not held against each other.
"""


class TableError(Exception):
    """table.toml cannot be used."""


class Counted(NamedTuple):
    """A count, and what stands for its input; empty where there is none."""

    instructions: int
    input: str


class Committed(NamedTuple):
    """A case of table.toml."""

    instructions: int
    tolerance: float
    input: str


class Table(NamedTuple):
    """table.toml; `made_with` names compiler and the like."""

    made_with: str
    cases: dict[str, Committed]


class Row(NamedTuple):
    """A line of what is printed."""

    case: str
    instructions: int
    committed: Committed | None
    verdict: str
    ok: bool


def read_table(path: Path) -> Table:
    """The committed table; an empty one where none is committed yet."""
    if not path.exists():
        return Table("", {})
    try:
        with open(path, "rb") as file:
            given = tomllib.load(file)
        cases = {
            name: Committed(int(case["instructions"]), float(case["tolerance"]), str(case["input"]))
            for name, case in given["cases"].items()
        }
        return Table(str(given["made_with"]), cases)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise TableError(f"{path}: not a table of counts ({error!r}); remove it and write it anew with --update") from None


def write_table(path: Path, table: Table) -> None:
    """Writes the table; the same table gives the same bytes."""
    lines = [HEAD, f"made_with = {json.dumps(table.made_with)}"]
    for name, case in table.cases.items():
        lines += ["", f"[cases.{name}]", f"instructions = {case.instructions:_}", f"tolerance = {case.tolerance:g}"]
        lines.append(f"input = {json.dumps(case.input)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def updated(table: Table, counts: dict[str, Counted], made_with: str) -> Table:
    """The table with these cases counted anew. Tolerances that it has are kept."""
    cases = dict(table.cases)
    for name, counted in counts.items():
        tolerance = cases[name].tolerance if name in cases else TOLERANCE
        cases[name] = Committed(counted.instructions, tolerance, counted.input)
    return Table(made_with, cases)


def judge(counts: dict[str, Counted], committed: dict[str, Committed]) -> list[Row]:
    """A row for each count."""
    rows = []
    for name, counted in counts.items():
        verdict, ok = verdict_of(counted, committed.get(name))
        rows.append(Row(name, counted.instructions, committed.get(name), verdict, ok))
    return rows


def verdict_of(counted: Counted, committed: Committed | None) -> tuple[str, bool]:
    """What is to be said of a count, and whether it may pass. What may not is in capitals."""
    if committed is None:
        return "NOT COMMITTED: run --update", False
    if counted.input != committed.input:
        return "OTHER INPUT: run --update", False
    more = counted.instructions - committed.instructions
    tolerated = committed.tolerance * committed.instructions
    if more > tolerated:
        return f"ROSE by {change_of(counted.instructions, committed):.1%}", False
    if more < -tolerated:
        return "fell: run --update", True
    return "ok", True


def change_of(instructions: int, committed: Committed) -> float:
    """By which share a count differs from the committed one."""
    return instructions / committed.instructions - 1


def rendered(rows: list[Row]) -> str:
    """The table that is printed."""
    lines = [f"{'case':10} {'instructions':>16} {'committed':>16} {'change':>8} {'tolerance':>9}  verdict"]
    for row in rows:
        was, change, tolerance = "-", "-", "-"
        if row.committed:
            was, tolerance = f"{row.committed.instructions:,}", f"{row.committed.tolerance:.1%}"
            change = f"{change_of(row.instructions, row.committed):+.2%}"
        lines.append(f"{row.case:10} {row.instructions:>16,} {was:>16} {change:>8} {tolerance:>9}  {row.verdict}")
    return "\n".join(lines)
