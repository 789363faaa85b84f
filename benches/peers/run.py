#!/usr/bin/env python3
"""Runs wirecopy and the programs next to it on the same planted corpus, and prints what each took and found.

    benches/peers/run.py --work DIR [--shared DIR] [--size S|M|L] [--input DIR] [--only NAME]… [--binary FILE]
                         [--timeout SECONDS] [--memory MB] [--runs N] [--note TEXT]

Programs that registries carry are installed into DIR, outside the repository and without root: a Debian package unpacked,
an npm package, a Python virtual environment; a second run finds them there. SHARED/eval/make_corpus.py makes the corpus
in DIR: of SHARED/corpora/reuters, at size L of all of SHARED/corpora, or of --input. Then each program runs on it alone, one
after another, and a Markdown table tells:

    CPU s, wall s   user and system time of the whole process tree; reading and starting included
    MB              peak of the largest process
    R               planted pairs whose two documents were reported as a pair at all, by edit rate; R sib: of two edited
                    copies of one passage
    pairs           pairs of documents reported

A program that cannot be installed, fails, takes longer than --timeout or more memory than --memory is a row that says so.
With --runs the run of the median CPU time counts. The table goes to standard output, progress to standard error; outputs
stay in DIR/results. Standard library only; needs a network for the first run only.
"""
import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import score
from outputs import OutputError
from programs import PROGRAMS, Command, InstallError, Place, Program, environment
from table import Row, Took, about, rendered

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
NAMES = [program.name for program in PROGRAMS]


class RunError(Exception):
    """A program was stopped, or failed; `took` is what it had taken."""

    def __init__(self, message: str, took: Took) -> None:
        super().__init__(message)
        self.took = took


class Corpus(NamedTuple):
    """What is needed of the planted corpus to score."""

    names: set[str]
    truth: list[score.Planted]


def plant(opts: argparse.Namespace, folder: Path) -> tuple[dict, str]:
    """Makes the corpus; its meta.json and what it was made of."""
    corpora = opts.shared / "corpora"
    source = opts.input or (corpora if opts.size == "L" else corpora / "reuters")
    maker = opts.shared / "eval" / "make_corpus.py"
    subprocess.run([sys.executable, maker, source, folder, "--size", opts.size], check=True, stdout=subprocess.DEVNULL)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return meta, "all shared corpora" if source == corpora else source.name


def measured(command: Command, output: Path, opts: argparse.Namespace) -> Took:
    """Runs a command once under the meter, its standard output to a file."""
    report = output.with_suffix(".meter.json")
    words = [sys.executable, "-I", "-S", HERE / "meter.py", report, opts.timeout, opts.memory, *command.words]
    errors = output.with_suffix(".err")
    with open(command.feed or os.devnull, "rb") as feed, open(output, "wb") as out, open(errors, "wb") as err:
        pipes = {"stdin": feed, "stdout": out, "stderr": err}
        subprocess.run([str(word) for word in words], cwd=command.cwd, env=environment(), check=True, **pipes)
    told = json.loads(report.read_text(encoding="utf-8"))
    took = Took(told["cpu"], told["wall"], told["mb"], told["floor_mb"])
    if told["stopped"] or told["exit"]:
        raise RunError(told["stopped"] or f"ended with {told['exit']}", took)
    return took


def median(runs: list[Took]) -> Took:
    """The run of the median CPU time; of an even number the lesser of the two."""
    return sorted(runs)[(len(runs) - 1) // 2]


def file_name(program: str) -> str:
    """A program's name as that of a file."""
    return "".join(letter if letter.isalnum() else "-" for letter in program)


def row_of(program: Program, before: dict[str, Row], place: Place, corpus: Corpus, opts: argparse.Namespace) -> Row:
    """Installs, runs, reads and scores one program. `before`: rows by name, for one that reads another's output."""
    shared_run = before.get(program.same_run or "")
    if shared_run and shared_run.failed:
        return Row(program.name, shared_run.version, failed=f"see {shared_run.name}")
    try:
        version = program.install(place)
    except InstallError as error:
        return Row(program.name, "", failed=f"not installed: {error}")
    output = place.results / f"{file_name(program.same_run or program.name)}.out"
    command = program.command(place)
    try:
        took = None if shared_run else median([measured(command, output, opts) for _ in range(opts.runs)])
    except RunError as error:
        return Row(program.name, version, error.took, failed=str(error))
    if not program.has_pairs:
        return Row(program.name, version, took)
    try:
        text = (command.output or output).read_text(encoding="utf-8")
        pairs = score.between(corpus.names, program.parse(text))
    except (OutputError, score.ScoreError, OSError, ValueError, KeyError) as error:
        print(f"{program.name}: {error}", file=sys.stderr)
        return Row(program.name, version, took, failed="output not understood")
    return Row(program.name, version, took, score.score(pairs, corpus.truth))


def processor() -> str:
    """Model of the processor, where the machine tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def machine() -> str:
    """Processor, cores, load and system, in a line."""
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{processor()}, {os.cpu_count()} cores, {load}; {platform.system()}, Python {platform.python_version()}"


def options() -> argparse.Namespace:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--work", type=Path, required=True, help="folder outside the repository for programs, corpus and results")
    args.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared", help="folder with corpora and eval")
    args.add_argument("--size", choices=("S", "M", "L"), default="S")
    args.add_argument("--input", type=Path, help="make the corpus of this folder")
    args.add_argument("--only", action="append", choices=NAMES, help="measure this program alone; may be repeated")
    args.add_argument("--binary", type=Path, help="the wirecopy to measure: a release build")
    args.add_argument("--timeout", type=float, default=300, help="wall seconds after which a program is stopped")
    args.add_argument("--memory", type=float, default=8000, help="MB above which a program is stopped")
    args.add_argument("--runs", type=int, default=1, help="runs of each; that of the median CPU time counts")
    args.add_argument("--note", default="", help="said of the machine, e.g. that other work runs beside")
    opts = args.parse_args()
    opts.work, opts.shared = opts.work.resolve(), opts.shared.resolve()
    if opts.runs < 1 or opts.timeout <= 0:
        args.error("--runs and --timeout must be above 0")
    if opts.work.is_relative_to(REPOSITORY):
        args.error(f"--work {opts.work} is inside the repository; programs of others do not belong there")
    if not (opts.shared / "eval" / "make_corpus.py").is_file():
        args.error(f"{opts.shared} has no eval/make_corpus.py; name the folder that holds corpora and eval with --shared")
    return opts


def main() -> int:
    """Exit code 0 with a table, however many rows failed; 2 where there is none."""
    opts = options()
    when, where = f"{datetime.date.today()}", machine()
    binary = opts.binary.resolve() if opts.binary else None
    place = Place(opts.work / f"corpus-{opts.size}", opts.work / "tools", opts.work / "results", binary)
    shutil.rmtree(place.results, ignore_errors=True)
    for folder in (place.tools, place.results):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        meta, source = plant(opts, place.corpus)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"peers: the corpus could not be made: {error}", file=sys.stderr)
        return 2
    corpus = Corpus(score.read_names(place.lines), score.read_truth(place.corpus / "truth.jsonl"))
    chosen = [program for program in PROGRAMS if program.name in (opts.only or NAMES)]
    rows: dict[str, Row] = {}
    for program in chosen:
        rows[program.name] = row_of(program, rows, place, corpus, opts)
        print(f"{program.name}: {rows[program.name].failed or 'done'}", file=sys.stderr, flush=True)
    limits = f"runs of each: {opts.runs}; stopped after {opts.timeout:g} s of wall time or above {opts.memory:g} MB"
    print("; ".join(part for part in (when, where, opts.note, limits) if part) + ".\n")
    print(f"{about(meta, opts.size, source)}.\n")
    print(f"{rendered(list(rows.values()), meta['rates'])}\n")
    print("\n".join(f"- **{program.name}**: {program.notes}." for program in chosen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
