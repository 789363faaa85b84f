#!/usr/bin/env python3
"""Measures the accuracy of wirecopy and holds it against bars.toml and against the committed figures of table.toml.

    benches/accuracy/run.py [--only NAME]… [--shared DIR] [--binary FILE] [--keep DIR] [--update]

Builds the release program (unless --binary names one), runs it on the corpora in SHARED/corpora, scores the results with
the scorers in SHARED/eval and prints a table: measure, figure, committed figure and its tolerance, bar, verdict. Exits
with 1 if a figure misses its bar, fell beyond its tolerance or is not there, with 2 if the measuring itself failed.
Everything written goes to a temporary folder, or to --keep. --update writes the figures to table.toml instead of judging
them against it; bars are judged all the same. README.md says what each figure means.
"""
import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Callable

from suite import clough, karabakh, pan13, planted, wiki
from suite.bench import Bench, Failure, command
from suite.figures import Figure
from suite.folds import in_one_line
from suite.table import (
    Row, Table, difference, judge, plain, read_bars, read_table, rendered, updated, write_table,
)

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent

MEASUREMENTS: dict[str, Callable[[Bench], dict[str, Figure]]] = {
    "karabakh": karabakh.measure,
    "planted": planted.measure,
    "planted-lengths": planted.measure_lengths,
    "clough": clough.measure,
    "wiki": wiki.measure,
    "pan13": pan13.measure,
    "pan13-folds": pan13.measure_folds,
    "pan13-corpus": pan13.measure_corpus,
}


def build() -> Path:
    """Builds the release program and tells where it is."""
    print("building the release program", flush=True)
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "wirecopy"], cwd=REPOSITORY, check=True)
    metadata = json.loads(command(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=REPOSITORY))
    return Path(metadata["target_directory"]) / "release" / ("wirecopy.exe" if os.name == "nt" else "wirecopy")


def measure(names: list[str], bench: Bench) -> dict[str, dict[str, Figure]]:
    """The figures that were asked for."""
    figures = {}
    for name in names:
        print(f"-- {name}", flush=True)
        begun = time.monotonic()
        figures[name] = MEASUREMENTS[name](bench)
        print(f"-- {name} took {time.monotonic() - begun:.0f} s", flush=True)
    return figures


def settings_used(bench: Bench, defaults: dict, committed: Table) -> dict[str, dict]:
    """What differs from the defaults in each run; says where it is not what the table was made with."""
    if committed.defaults and committed.defaults != defaults:
        changed = difference(defaults, committed.defaults) | {name: None for name in committed.defaults if name not in defaults}
        print(f"defaults are not those of the committed table: {in_one_line(changed)}")
    used = {}
    for name, result in bench.results.items():
        used[name] = difference(plain(result.settings), defaults)
        if name in committed.settings and committed.settings[name] != used[name]:
            print(f"{name} ran with other settings than the committed table tells: {in_one_line(committed.settings[name])}")
    return used


def judged(opts: argparse.Namespace, folder: Path) -> list[Row]:
    """Measures, updates the committed table if asked to, and judges."""
    shared = Path(opts.shared).resolve()
    for needed in ("corpora", "eval"):
        if not (shared / needed).is_dir():
            raise Failure(f"{shared / needed} is missing; name the folder that holds corpora and eval with --shared")
    bars, committed = read_bars(HERE / "bars.toml", MEASUREMENTS), read_table(HERE / "table.toml")
    bench = Bench(Path(opts.binary).resolve() if opts.binary else build(), shared, folder)
    defaults = plain(bench.defaults())
    figures = measure(opts.only or list(MEASUREMENTS), bench)
    used = settings_used(bench, defaults, committed)
    print(f"\ndefaults: {in_one_line(defaults)}")
    for name, settings in used.items():
        print(f"settings of {name}: {in_one_line(settings)}")
    if opts.update:
        committed = updated(committed, figures, used, defaults)
        write_table(HERE / "table.toml", committed)
    rows = []
    for name, named in figures.items():
        rows += judge(name, named, bars.get(name, {}), committed.figures.get(name, {}))
    return rows


def main() -> int:
    """Exit code 0: no figure fell or misses its bar; 1: one does; 2: the measuring failed."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--only", action="append", choices=MEASUREMENTS, help="measure this alone; may be repeated")
    args.add_argument("--shared", default=REPOSITORY.parent / "shared", help="folder with corpora and eval")
    args.add_argument("--binary", help="measure this program instead of building one")
    args.add_argument("--keep", metavar="DIR", help="write results to this new folder and keep them")
    args.add_argument("--update", action="store_true", help="write the figures to table.toml")
    opts = args.parse_args()
    with contextlib.ExitStack() as stack:
        try:
            if opts.keep:
                folder = Path(opts.keep).resolve()
                folder.mkdir(parents=True)
            else:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wirecopy-accuracy-")))
            rows = judged(opts, folder)
        except (Failure, OSError, subprocess.CalledProcessError) as failure:
            print(f"accuracy: {failure}", file=sys.stderr)
            return 2
        except Exception:  # anything else, too, is not a figure that fell: exit code 1 must not tell of it
            traceback.print_exc()
            return 2
    print(f"\n{rendered(rows)}")
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    failed = sum(not row.ok for row in rows)
    print(f"\n{len(rows)} figures, {failed} failed; {took.ru_utime + took.ru_stime:.0f} CPU seconds in programs and scorers")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
