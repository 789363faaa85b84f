#!/usr/bin/env python3
"""Measures the accuracy of wirecopy's default settings and holds it against bars.toml.

    benches/accuracy/run.py [--only karabakh|planted|pan13]… [--shared DIR] [--binary FILE] [--keep DIR]

Builds the release program (unless --binary names one), runs it on the corpora in SHARED/corpora, scores the results with
the scorers in SHARED/eval and prints a table: measure, figure, bar, ok. Exits with 1 if a figure misses its bar or a bar
has no figure, with 2 if the measuring itself failed. Everything written goes to a temporary folder, or to --keep.
"""
import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Callable, Iterable, NamedTuple

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent

# Clusters of the hand-labelled news that must hold together, with the articles that carry them.
KARABAKH_CLUSTERS = {
    "terms": ("000", "001", "003"),
    "justification": ("000", "001", "002"),
}


class Failure(Exception):
    """The measuring itself failed; the message says where."""


class Bench(NamedTuple):
    """What every measurement needs."""

    binary: Path
    shared: Path
    folder: Path


class Row(NamedTuple):
    """A line of the closing table."""

    measure: str
    figure: float | None
    bar: str
    ok: bool


def command(arguments: Iterable[object], output: Path | None = None, cwd: Path | None = None) -> str:
    """Runs a command; its standard output goes to `output` or is returned."""
    words = [str(word) for word in arguments]
    with contextlib.ExitStack() as stack:
        target = stack.enter_context(open(output, "wb")) if output else subprocess.PIPE
        done = subprocess.run(words, stdout=target, stderr=subprocess.PIPE, check=False, cwd=cwd)
    if done.returncode != 0:
        raise Failure(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    return "" if output else done.stdout.decode()


def compare(bench: Bench, name: str, *arguments: object) -> Path:
    """Runs `wirecopy compare` with these arguments and tells how long it took and with which minimum length."""
    result = bench.folder / f"{name}.jsonl"
    begun = time.monotonic()
    command([bench.binary, "compare", *arguments, "--format", "jsonl", "--no-progress"], output=result)
    seconds = time.monotonic() - begun
    with open(result, encoding="utf-8") as lines:
        begin = json.loads(next(lines, "{}"))
    if begin.get("type") != "begin":
        raise Failure(f"{result}: the first line is no `begin` line")
    settings = begin.get("settings") or {}
    print(f"{name}: {seconds:.1f} s, min_words {settings.get('min_words', 'not told')}", flush=True)
    return result


def span_scores(table: str) -> tuple[dict[str, dict[str, float]], int]:
    """Takes the table of score_spans.py apart: figures by label, and the passages that touch no truth pair."""
    scores, outside = {}, None
    for line in table.splitlines():
        if line.startswith("passages reported:"):
            outside = int(line.rsplit(":", 1)[1])
            break
        parts = line.rsplit(None, 5)
        if len(parts) == 6 and parts[1].isdigit():
            scores[parts[0].strip()] = {
                "pairs": int(parts[1]),
                "found": int(parts[2]),
                "share": float(parts[3]),
                "covered": float(parts[4]),
                "pieces": float(parts[5]),
            }
    if outside is None or not scores:
        raise Failure(f"score_spans.py printed no table:\n{table}")
    return scores, outside


def together(members: Iterable[dict], spans: dict[str, list[tuple[int, int]]]) -> int:
    """Most documents of `spans` whose spans meet members of one and the same cluster."""
    docs = defaultdict(set)
    for member in members:
        for start, end in spans.get(member["doc_id"], ()):
            if member["start_char"] < end and start < member["end_char"]:
                docs[member["cluster_id"]].add(member["doc_id"])
    return max(map(len, docs.values()), default=0)


def rows_of(path: Path, kind: str | None = None) -> list[dict]:
    """Rows of a JSON Lines file, of one type if asked for."""
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if kind is None or row.get("type") == kind]


def karabakh(bench: Bench) -> dict[str, float]:
    """Hand-labelled news articles."""
    corpus = bench.shared / "corpora" / "karabakh"
    articles = bench.folder / "karabakh"
    articles.mkdir()
    for path in sorted(corpus.glob("*.txt")):
        shutil.copyfile(path, articles / path.name)
    result = compare(bench, "karabakh-result", articles)
    gold = corpus / "gold.jsonl"
    scorer = bench.shared / "eval" / "score_spans.py"
    scores, outside = span_scores(command([sys.executable, scorer, result, gold, "--by", "class"]))
    figures = {}
    for label in ("verbatim", "light_edit", "heavy_edit"):
        for name in ("found", "covered", "pieces"):
            figures[f"{label} {name}"] = scores[label][name]
    figures["passages outside truth"] = outside
    members, truth = rows_of(result, "member"), rows_of(gold)
    for cluster, numbers in KARABAKH_CLUSTERS.items():
        spans = defaultdict(list)
        for pair in truth:
            for side in "ab":
                if pair["cluster"] == cluster and pair[side].startswith(numbers):
                    spans[pair[side]].append((pair[f"{side}_start"], pair[f"{side}_end"]))
        figures[f"{cluster} of {', '.join(numbers)} in one cluster"] = together(members, spans)
    return figures


def planted(bench: Bench) -> dict[str, float]:
    """Reuse planted in wire items, found again."""
    corpus = bench.folder / "planted"
    maker, texts = bench.shared / "eval" / "make_corpus.py", bench.shared / "corpora" / "reuters"
    command([sys.executable, maker, texts, corpus, "--size", "M", "--no-files"])
    result = compare(bench, "planted-result", corpus / "corpus.jsonl")
    scorer = bench.shared / "eval" / "score_spans.py"
    scores, _ = span_scores(command([sys.executable, scorer, result, corpus / "truth.jsonl", "--by", "rate"]))
    figures = {}
    for rate in sorted(scores):
        for name, key in (("found", "share"), ("covered", "covered"), ("pieces", "pieces")):
            figures[f"rate {rate} {name}"] = scores[rate][key]
    return figures


def pan13(bench: Bench) -> dict[str, float]:
    """PAN 2013 text alignment, plagdet by class."""
    corpus = bench.shared / "corpora" / "pan13-train"
    settings = Path(__file__).with_name("pan13.toml")
    result = compare(
        bench, "pan13-result", corpus / "docs.jsonl", "--pairs", corpus / "pairs.jsonl", "--config", settings
    )
    detections = bench.folder / "pan13-detections.jsonl"
    evaluation = bench.shared / "eval"
    to_detections = [sys.executable, evaluation / "to_detections.py", result, "--docs", corpus / "docs.jsonl"]
    command(to_detections, output=detections)
    scores = json.loads(command([
        sys.executable, evaluation / "plagdet.py", "--json", "--truth", corpus / "truth.jsonl",
        "--detections", detections, "--pairs", corpus / "pairs.jsonl",
    ]))["scores"]
    return {name: row["plagdet"] for name, row in scores.items()}


MEASUREMENTS: dict[str, Callable[[Bench], dict[str, float]]] = {
    "karabakh": karabakh,
    "planted": planted,
    "pan13": pan13,
}


def judge(group: str, figures: dict[str, float], bars: dict[str, dict[str, float]]) -> list[Row]:
    """Holds figures against bars; a bar without a figure is a miss."""
    rows = []
    for name, figure in figures.items():
        bar = bars.get(name)
        if bar is None:
            rows.append(Row(f"{group}: {name}", figure, "", True))
        elif "at_least" in bar:
            rows.append(Row(f"{group}: {name}", figure, f">= {bar['at_least']:g}", figure >= bar["at_least"]))
        else:
            rows.append(Row(f"{group}: {name}", figure, f"<= {bar['at_most']:g}", figure <= bar["at_most"]))
    for name in bars:
        if name not in figures:
            rows.append(Row(f"{group}: {name}", None, "no figure", False))
    return rows


def read_bars(path: Path) -> dict[str, dict[str, dict[str, float]]]:
    """The bars by measurement, checked for form."""
    with open(path, "rb") as file:
        bars = tomllib.load(file)
    for group, named in bars.items():
        if group not in MEASUREMENTS:
            raise Failure(f"{path}: [{group}] is no measurement; there are {', '.join(MEASUREMENTS)}")
        for name, bar in named.items():
            if len(bar) != 1 or not set(bar) <= {"at_least", "at_most"}:
                raise Failure(f"{path}: [{group}] {name!r} needs either at_least or at_most")
    return bars


def table(rows: list[Row]) -> str:
    """The closing table."""
    width = max(len(row.measure) for row in rows)
    lines = [f"{'measure':{width}}  {'figure':>8}  {'bar':>9}  ok"]
    for row in rows:
        figure = "-" if row.figure is None else f"{row.figure:.3f}".rstrip("0").rstrip(".")
        verdict = "MISS" if not row.ok else "ok" if row.bar else ""
        lines.append(f"{row.measure:{width}}  {figure:>8}  {row.bar:>9}  {verdict}".rstrip())
    return "\n".join(lines)


def build() -> Path:
    """Builds the release program and tells where it is."""
    print("building the release program", flush=True)
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "wirecopy"], cwd=REPOSITORY, check=True)
    metadata = json.loads(command(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=REPOSITORY))
    return Path(metadata["target_directory"]) / "release" / ("wirecopy.exe" if os.name == "nt" else "wirecopy")


def measure(opts: argparse.Namespace, folder: Path) -> list[Row]:
    """All rows that were asked for."""
    shared = Path(opts.shared).resolve()
    for needed in ("corpora", "eval"):
        if not (shared / needed).is_dir():
            raise Failure(f"{shared / needed} is missing; name the folder that holds corpora and eval with --shared")
    bars = read_bars(HERE / "bars.toml")
    bench = Bench(Path(opts.binary).resolve() if opts.binary else build(), shared, folder)
    rows = []
    for name in opts.only or MEASUREMENTS:
        rows += judge(name, MEASUREMENTS[name](bench), bars.get(name, {}))
    return rows


def main() -> int:
    """Exit code 0: every bar is met; 1: a miss; 2: the measuring failed."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--only", action="append", choices=MEASUREMENTS, help="measure this alone; may be repeated")
    args.add_argument("--shared", default=REPOSITORY.parent / "shared", help="folder with corpora and eval")
    args.add_argument("--binary", help="measure this program instead of building one")
    args.add_argument("--keep", metavar="DIR", help="write results to this new folder and keep them")
    opts = args.parse_args()
    with contextlib.ExitStack() as stack:
        try:
            if opts.keep:
                folder = Path(opts.keep).resolve()
                folder.mkdir(parents=True)
            else:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wirecopy-accuracy-")))
            rows = measure(opts, folder)
        except (Failure, OSError, subprocess.CalledProcessError) as failure:
            print(f"accuracy: {failure}", file=sys.stderr)
            return 2
    print(table(rows))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
