#!/usr/bin/env python3
"""Counts the instructions that wirecopy executes and holds them against the committed table.toml.

    benches/instructions/run.py [--only CASE]… [--shared DIR] [--binary FILE] [--keep DIR] [--update]

Seconds differ from run to run, more so on a machine with other work; instructions of one thread hardly do (two runs of
any case came within 0.01 %). The release program runs under valgrind's cachegrind, without its model of caches. Cases:

    startup     wirecopy --version
    ceasefire   the sample of that name: a few articles, so mostly what a run costs before it compares
    planted     1,000 wire stories of SHARED/corpora with planted reuse, 1 MB (make_corpus.py --size S)
    copies      300 made articles with one statement of 150 words, each copy edited at 5 %: above the bounds on shingles
                and on pairs of a cluster

Prints case, count, committed count, difference, tolerance and verdict. Exits with 1 if a count rose beyond its tolerance,
was made from other input or is not committed, with 2 if the counting itself failed. A count that fell beyond its tolerance
asks for --update, which writes table.toml. --keep leaves what cg_annotate reads in DIR, to see which function rose.

A count is no time: memory and vector instructions have a price that it does not see. It depends on the compiler, on the C
library, and on the processor where code is chosen by what it can do. valgrind shows programs a processor with AVX2 at most
(AVX-512 is hidden), so machines with AVX2 count alike. Standard library only; needs valgrind 3.15 or later.
"""
import argparse
import contextlib
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable, NamedTuple

import copies
from table import Committed, Counted, TableError, judge, read_table, rendered, updated, write_table

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
COMPARE = ["compare", "--no-config", "--threads", "1", "--memory", "2G", "--format", "jsonl", "--quiet"]


class Failure(Exception):
    """The counting itself failed; the message says where."""


class Case(NamedTuple):
    """What is counted. `make` writes the input into a folder, given that of the shared corpora; none has no input."""

    arguments: list[str]
    make: Callable[[Path, Path], None] | None


def make_ceasefire(_shared: Path, folder: Path) -> None:
    """The articles of the sample, copied, so that the clone's own path is no part of the input."""
    shutil.copytree(REPOSITORY / "samples" / "ceasefire" / "articles", folder / "ceasefire")


def make_planted(shared: Path, folder: Path) -> None:
    """The corpus S of the shared maker."""
    maker, made = shared / "eval" / "make_corpus.py", folder / "made"
    words = [sys.executable, maker, shared / "corpora" / "reuters", made, "--size", "S", "--no-files"]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    (made / "corpus.jsonl").rename(folder / "planted.jsonl")
    shutil.rmtree(made)


def make_copies(_shared: Path, folder: Path) -> None:
    """Near copies of one statement."""
    with open(folder / "copies.jsonl", "w", encoding="utf-8", newline="\n") as file:
        for record in copies.articles(300, 0.05):
            file.write(json.dumps(record) + "\n")


CASES = {
    "startup": Case(["--version"], None),
    "ceasefire": Case([*COMPARE, "ceasefire"], make_ceasefire),
    "planted": Case([*COMPARE, "planted.jsonl"], make_planted),
    "copies": Case([*COMPARE, "copies.jsonl"], make_copies),
}


def digest(folder: Path) -> str:
    """What the files below a folder hold, in a few letters: two inputs with one digest are the same."""
    hashed = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        hashed.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return hashed.hexdigest()[:16]


def instructions(log: str) -> int:
    """The count in what valgrind wrote."""
    found = re.search(r"^==\d+== I\s+refs:\s+([\d,]+)$", log, re.MULTILINE)
    if not found:
        raise Failure(f"no count of instructions in what valgrind wrote:\n{log}")
    return int(found[1].replace(",", ""))


def count(binary: Path, arguments: list[str], folder: Path, profile: str) -> int:
    """Instructions of one run in `folder`, with an environment that is the same everywhere."""
    log = folder.parent / "valgrind.log"
    valgrind = [str(shutil.which("valgrind")), "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={profile}", f"--log-file={log}"]
    words = [*valgrind, str(binary), *arguments]
    ran = subprocess.run(words, cwd=folder, env={"LC_ALL": "C"}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if ran.returncode:
        raise Failure(f"{' '.join(words)} ended with {ran.returncode}: {ran.stderr.strip()}")
    return instructions(log.read_text(encoding="utf-8", errors="replace"))


def counted(name: str, binary: Path, opts: argparse.Namespace) -> Counted:
    """Makes the input of a case and counts."""
    case = CASES[name]
    with tempfile.TemporaryDirectory(prefix="wirecopy-instructions-") as scratch:
        folder = Path(scratch) / "input"
        folder.mkdir()
        if case.make:
            case.make(opts.shared, folder)
        profile = str(opts.keep / f"{name}.cachegrind") if opts.keep else os.devnull
        return Counted(count(binary, case.arguments, folder, profile), digest(folder) if case.make else "")


def first_line(words: list[str]) -> str:
    """The first line that a program prints."""
    try:
        text = subprocess.run(words, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure(f"{words[0]}: {error}") from None
    return text.partition("\n")[0].strip()


def environment() -> str:
    """What the counts depend on besides the program's source."""
    libc = " ".join(platform.libc_ver()).strip()
    rustc = first_line(["rustc", "--version"]).partition(" (")[0]
    return ", ".join(part for part in (rustc, libc, first_line(["valgrind", "--version"]), platform.machine()) if part)


def build() -> Path:
    """Builds the release program and tells where it is."""
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "wirecopy"], cwd=REPOSITORY, check=True)
    metadata = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=REPOSITORY, check=True, capture_output=True
    ).stdout
    return Path(json.loads(metadata)["target_directory"]) / "release" / "wirecopy"


def checked(opts: argparse.Namespace) -> None:
    """Refuses to begin where something needed is missing."""
    if not shutil.which("valgrind"):
        raise Failure("valgrind is missing; install it (Debian: apt-get install valgrind)")
    if not (opts.shared / "eval" / "make_corpus.py").is_file():
        raise Failure(f"{opts.shared} has no eval/make_corpus.py; name the folder that holds corpora and eval with --shared")
    if opts.keep:
        opts.keep.mkdir(parents=True, exist_ok=True)


def options() -> argparse.Namespace:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--only", action="append", choices=CASES, help="count this case alone; may be repeated")
    args.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared", help="folder with corpora and eval")
    args.add_argument("--binary", type=Path, help="count this release program instead of building one")
    args.add_argument("--keep", type=Path, metavar="DIR", help="write what cg_annotate reads to this folder")
    args.add_argument("--update", action="store_true", help="write the counts to table.toml")
    opts = args.parse_args()
    opts.shared = opts.shared.resolve()
    opts.keep = opts.keep.resolve() if opts.keep else None
    return opts


def judged(opts: argparse.Namespace) -> bool:
    """Counts, writes the table if asked to, prints the verdicts; whether all is well."""
    checked(opts)
    here, committed = environment(), read_table(HERE / "table.toml")
    binary = opts.binary.resolve() if opts.binary else build()
    counts: dict[str, Counted] = {}
    for name in opts.only or CASES:
        print(f"counting {name}", file=sys.stderr, flush=True)
        counts[name] = counted(name, binary, opts)
    rows = judge(counts, committed.cases)
    print(rendered(rows))
    if opts.update:
        write_table(HERE / "table.toml", updated(committed, counts, here))
        print("written to table.toml")
        return True
    if committed.made_with != here:
        print(f"the table was made with {committed.made_with or 'nothing yet'}; here is {here}: counts may differ by per cents")
    return all(row.ok for row in rows)


def main() -> int:
    """Exit code 0: no count rose; 1: one did; 2: the counting failed."""
    opts = options()
    with contextlib.suppress(KeyboardInterrupt):
        try:
            return 0 if judged(opts) else 1
        except (Failure, TableError, OSError, subprocess.CalledProcessError) as failure:
            print(f"instructions: {failure}", file=sys.stderr)
            return 2
    return 2


if __name__ == "__main__":
    sys.exit(main())
