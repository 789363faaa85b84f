#!/usr/bin/env python3
"""Measures what a user pays before anything is compared: starting the program, its size, and what it is built of.

    benches/startup.py --binary FILE [--runs N]

- startup: median and fastest wall time of `wirecopy --version` over 50 runs, and of starting the program `true` the same way,
  which is what starting any program costs here.
- size: bytes of the release binary as built, and without its symbols where `strip` is installed.
- dependencies: packages of others in the program, and in the library without the command line, build tools included; from
  Cargo.lock by `cargo tree`.

Standard library only. The binary must be a release build.
"""
import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def seconds(words: list[str]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def startup(words: list[str], runs: int) -> str:
    """Median and fastest of so many runs, after one that warms the caches."""
    seconds(words)
    took = [1000 * seconds(words) for _ in range(runs)]
    return f"median {statistics.median(took):.1f} ms, fastest {min(took):.1f} ms"


def stripped(binary: Path) -> int | None:
    """Size without symbols."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(["strip", "-o", Path(folder) / "stripped", binary], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        return (Path(folder) / "stripped").stat().st_size


def packages(*features: str) -> int:
    """Packages that a build pulls in, itself left out."""
    words = ["cargo", "tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}", *features]
    listed = subprocess.run(words, cwd=REPOSITORY, check=True, capture_output=True, text=True).stdout
    names = {" ".join(line.split()[:2]) for line in listed.splitlines() if line.strip()}
    return len({name for name in names if not name.startswith("wirecopy ")})


def main() -> int:
    """Prints the three figures."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--binary", type=Path, required=True, help="the wirecopy to measure: a release build")
    args.add_argument("--runs", type=int, default=50)
    opts = args.parse_args()
    binary = opts.binary.resolve()
    print(f"startup: {startup([str(binary), '--version'], opts.runs)}; `true`: {startup(['true'], opts.runs)}")
    bare = stripped(binary)
    without = f"; {bare / 1e6:.1f} MB without symbols" if bare is not None else ""
    print(f"size: {binary.stat().st_size / 1e6:.1f} MB{without}")
    print(f"dependencies: {packages()} packages; the library alone {packages('--no-default-features')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
