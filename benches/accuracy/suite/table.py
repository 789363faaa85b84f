"""Figures held against two files: bars.toml (what must be reached) and table.toml (what was reached when last committed).

A figure fails where it misses its bar, or is worse than the committed one by more than the committed tolerance. A figure that
a bar or the table names and the run does not give fails, too. A better figure is said, so that the table gets updated.
"""
import json
import tomllib
from pathlib import Path
from typing import Any, Iterable, NamedTuple

from .bench import Failure
from .figures import DIGITS, Figure

# Half a unit of the last digit: figures closer than that are the same.
SAME = 0.5 * 10**-DIGITS

HEAD = """\
# The figures of the last committed run, written by `benches/accuracy/run.py --update`; what they mean is in README.md.
# A figure that is worse by more than its tolerance fails the run. A tolerance may be changed here by hand; it is kept.
# Without tolerance: shown only. [settings] tells what differs from [defaults] in each run.
"""


class Bar(NamedTuple):
    """What a figure must reach, and what it ought to. `kind` is at_least or at_most."""

    kind: str
    limit: float | None
    aim: float | None

    def reached(self, figure: float, limit: float | None) -> bool:
        """Whether a figure is as good as a limit; without limit it is."""
        if limit is None:
            return True
        return figure >= limit if self.kind == "at_least" else figure <= limit


class Committed(NamedTuple):
    """A line of table.toml; no tolerance: not judged."""

    figure: float
    tolerance: float | None


class Table(NamedTuple):
    """table.toml."""

    defaults: dict[str, Any]
    settings: dict[str, dict[str, Any]]
    figures: dict[str, dict[str, Committed]]


class Row(NamedTuple):
    """A line of the closing table."""

    measure: str
    figure: float | None
    committed: Committed | None
    bar: str
    verdict: str
    ok: bool


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file, or a failure that names it."""
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Failure(f"{path}: {error}") from None


def read_bars(path: Path, groups: Iterable[str]) -> dict[str, dict[str, Bar]]:
    """The bars by measurement, checked for form."""
    bars: dict[str, dict[str, Bar]] = {}
    for group, named in read_toml(path).items():
        if group not in groups:
            raise Failure(f"{path}: [{group}] is no measurement; there are {', '.join(groups)}")
        bars[group] = {}
        for name, given in named.items():
            bars[group][name] = bar_of(f"{path}: [{group}] {name!r}", given)
    return bars


def bar_of(where: str, given: Any) -> Bar:
    """One bar: at_least or at_most, which may be an aim alone (`aim_at_least`), or a bar and a farther aim."""
    kinds = [kind for kind in ("at_least", "at_most") if {kind, f"aim_{kind}"} & set(given)]
    if len(kinds) != 1 or not set(given) <= {kinds[0], f"aim_{kinds[0]}"}:
        raise Failure(f"{where} needs at_least or at_most, and may have aim_at_least or aim_at_most of the same kind")
    return Bar(kinds[0], given.get(kinds[0]), given.get(f"aim_{kinds[0]}"))


def read_table(path: Path) -> Table:
    """The committed table; an empty one where none is committed yet."""
    if not path.exists():
        return Table({}, {}, {})
    given = read_toml(path)
    try:
        figures = {
            group: {name: Committed(line["figure"], line.get("tolerance")) for name, line in named.items()}
            for group, named in given["figures"].items()
        }
        return Table(given["defaults"], given["settings"], figures)
    except (KeyError, TypeError, AttributeError) as error:
        raise Failure(f"{path}: not a table of figures ({error!r}); write it anew with --update") from None


def write_table(path: Path, table: Table) -> None:
    """Writes the table; the same table gives the same bytes."""
    lines = [HEAD, "[defaults]", *map(assignment, table.defaults.items()), "", "[settings]"]
    for run, settings in table.settings.items():
        lines.append(f"{key(run)} = {inline(settings)}")
    for group, named in table.figures.items():
        lines += ["", f"[figures.{key(group)}]"]
        for name, (figure, tolerance) in named.items():
            line = {"figure": figure} if tolerance is None else {"figure": figure, "tolerance": tolerance}
            lines.append(f"{key(name)} = {inline(line)}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def assignment(item: tuple[str, Any]) -> str:
    """One `name = value`; a setting that is not set is an empty text, since TOML has no null."""
    name, value = item
    return f"{key(name)} = {json.dumps('' if value is None else value)}"


def inline(values: dict[str, Any]) -> str:
    """An inline table."""
    return "{ " + ", ".join(map(assignment, values.items())) + " }" if values else "{}"


def key(name: str) -> str:
    """A key, quoted where it must be."""
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else json.dumps(name)


def plain(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings as the table keeps them."""
    return {name: "" if value is None else value for name, value in settings.items()}


def difference(settings: dict[str, Any], defaults: dict[str, Any]) -> dict[str, Any]:
    """Settings that are not the default."""
    return {name: value for name, value in settings.items() if name not in defaults or defaults[name] != value}


def updated(table: Table, measured: dict[str, dict[str, Figure]], settings: dict[str, Any], defaults: dict[str, Any]) -> Table:
    """The table with these groups measured anew. Tolerances that it has are kept."""
    figures = dict(table.figures)
    for group, named in measured.items():
        old = table.figures.get(group, {})
        figures[group] = {}
        for name, figure in named.items():
            tolerance = old[name].tolerance if name in old and old[name].tolerance is not None else figure.tolerance
            figures[group][name] = Committed(figure.value, tolerance if figure.better else None)
    return Table(defaults, table.settings | settings, figures)


def judge(group: str, figures: dict[str, Figure], bars: dict[str, Bar], committed: dict[str, Committed]) -> list[Row]:
    """Holds figures against bars and the committed ones."""
    rows = [row(group, name, figure, bars.get(name), committed.get(name)) for name, figure in figures.items()]
    for name in [*bars, *(name for name in committed if name not in bars)]:
        if name not in figures:
            rows.append(Row(f"{group}: {name}", None, committed.get(name), "", "NO FIGURE", False))
    return rows


def row(group: str, name: str, figure: Figure, bar: Bar | None, committed: Committed | None) -> Row:
    """One figure judged. What fails is in capitals."""
    notes = []
    misses = bar is not None and not bar.reached(figure.value, bar.limit)
    if misses:
        notes.append("MISSES BAR")
    falls = False
    if figure.better and committed is None:
        notes.append("new: run --update")
    elif figure.better and committed.tolerance is not None:
        gain = (figure.value - committed.figure) * figure.better
        falls = gain < -committed.tolerance - SAME
        if falls:
            notes.append(f"FELL by {-gain:.{DIGITS}f}")
        elif gain > SAME:
            notes.append("better: run --update")
        elif gain < -SAME:
            notes.append(f"worse by {-gain:.{DIGITS}f}, tolerated")
    if bar and not bar.reached(figure.value, bar.aim):
        notes.append(f"aim {bar.aim:g} not reached")
    ok = not misses and not falls
    return Row(f"{group}: {name}", figure.value, committed, bar_text(bar), "; ".join(notes) or "ok", ok)


def bar_text(bar: Bar | None) -> str:
    """A bar for the table."""
    if bar is None or bar.limit is None:
        return ""
    return f"{'>=' if bar.kind == 'at_least' else '<='} {bar.limit:g}"


def number(value: float | None) -> str:
    """A figure without idle digits."""
    return "-" if value is None else f"{value:.{DIGITS}f}".rstrip("0").rstrip(".")


def rendered(rows: list[Row]) -> str:
    """The closing table."""
    width = max(len(row.measure) for row in rows)
    lines = [f"{'measure':{width}}  {'figure':>9} {'committed':>9} {'tolerance':>9} {'bar':>8}  verdict"]
    for row in rows:
        figure, tolerance = (row.committed.figure, row.committed.tolerance) if row.committed else (None, None)
        lines.append(
            f"{row.measure:{width}}  {number(row.figure):>9} {number(figure):>9} {number(tolerance):>9} {row.bar:>8}  {row.verdict}"
        )
    return "\n".join(lines)
