#!/usr/bin/env python3
"""What an index costs and how fast it answers.

    benches/index.py --binary FILE --corpus DOCS.jsonl --work DIR [--new N] [--runs N] [--seed N]

Builds an index of all documents of DOCS.jsonl in DIR, updates it with 100 changed documents, and checks new ones against it:
one at a time and 100 at once. New documents are drawn from the corpus itself, under other names, so that each has its own
original to be found, and everything that shares wording with that. Cold: the pages of the index were dropped from memory
before (posix_fadvise, which the system may ignore in part). Prints processor seconds, wall seconds, peak memory and sizes as
ratios to the text. The binary must be a release build. Standard library only.
"""
import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


HERE = Path(__file__).resolve().parent


class Took(NamedTuple):
    """What a run took."""

    wall: float
    cpu: float
    peak_mb: float


def run(work: Path, words: list[str]) -> Took:
    """Runs a command under peers/meter.py; its output goes nowhere."""
    report = work / "meter.json"
    meter = [sys.executable, "-I", "-S", HERE / "peers" / "meter.py", report, 36_000, 1_000_000]
    done = subprocess.run([str(word) for word in (*meter, *words)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    took = json.loads(report.read_text())
    if took["exit"] not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, words))}: exit code {took['exit']}\n{done.stderr.decode(errors='replace')}")
    return Took(took["wall"], took["cpu"], took["mb"])


def size(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def drop(folder: Path) -> None:
    """Asks the system to forget the pages of the files in a folder."""
    for path in folder.iterdir():
        file = os.open(path, os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def write(path: Path, documents: list[dict]) -> Path:
    """Writes documents as JSON Lines."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    return path


def told(what: str, took: Took, more: str = "") -> None:
    """Prints one line of the table."""
    print(f"| {what} | {took.wall:.3f} | {took.cpu:.3f} | {took.peak_mb:.0f} | {more} |", flush=True)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--new", type=int, default=25, help="new documents that are checked one at a time")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    opts = parser.parse_args()
    opts.work.mkdir(parents=True, exist_ok=True)
    documents = [json.loads(line) for line in open(opts.corpus, encoding="utf-8")]
    text = sum(len(document["text"].encode()) for document in documents)
    drawn = random.Random(opts.seed).sample(documents, 200)
    new = [{**document, "id": f"new/{document['id']}"} for document in drawn[:100]]
    changed = [{**document, "text": document["text"] + " A closing sentence was added."} for document in drawn[100:]]
    common = ["--no-config", "-q"]
    index, bare = opts.work / "corpus.wcx", opts.work / "bare.wcx"
    build = [str(opts.binary), "index", str(opts.corpus), *common, "-o"]
    for folder in (index, bare):
        shutil.rmtree(folder, ignore_errors=True)

    print(f"{len(documents):,} documents, {text / 1e6:.1f} MB of text\n")
    print("| step | wall s | CPU s | peak MB | |\n|---|--:|--:|--:|---|")
    def took(words: list[str]) -> Took:
        return run(opts.work, words)

    built = took([*build, str(index)])
    told("build", built, f"{size(index) / text:.2f} of the text on disk, texts included")
    told("build --no-text", took([*build, str(bare), "--no-text"]), f"{size(bare) / text:.2f} of the text on disk")
    told("build again, nothing changed", took([*build, str(index)]))
    update = [str(opts.binary), "index", str(write(opts.work / "changed.jsonl", changed)), *common, "-o", str(index)]
    updated = took(update)
    told("update of 100 documents", updated, f"{updated.cpu / built.cpu:.2%} of the CPU of the build")

    check = [str(opts.binary), "check", "--against", str(index), *common, "--format", "jsonl"]
    empty = min(took([str(opts.binary), "--version"]).wall for _ in range(20))
    cold, warm = [], []
    for place, document in enumerate(new[: opts.new]):
        path = str(write(opts.work / f"one-{place}.jsonl", [document]))
        drop(index)
        cold.append(took([*check, path]))
        warm.append(min(took([*check, path]) for _ in range(opts.runs)))
    for what, all_took in (("cold", cold), ("warm", warm)):
        walls = sorted(it.wall for it in all_took)
        middle = Took(
            statistics.median(walls),
            statistics.median(it.cpu for it in all_took),
            max(it.peak_mb for it in all_took),
        )
        worst = f"median of {len(walls)} articles; slowest {walls[-1]:.3f} s; the process itself {empty:.3f} s"
        told(f"check of 1 article, {what}", middle, worst)
    hundred = str(write(opts.work / "hundred.jsonl", new))
    drop(index)
    told("check of 100 articles, cold", took([*check, hundred]))
    told("check of 100 articles, warm", min(took([*check, hundred]) for _ in range(opts.runs)))


if __name__ == "__main__":
    sys.exit(main())
