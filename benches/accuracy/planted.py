"""What noise.py and languages.py share: running wirecopy on a planted corpus, and which passages lie on a plant."""
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

Span = tuple[int, int]


class Plant(NamedTuple):
    """A passage and its copy, in code points, and what it counts under."""

    cell: tuple
    a: str
    a_span: Span
    b: str
    b_span: Span


class Found(NamedTuple):
    """What was found of one plant."""

    cell: tuple
    covered: float
    pieces: int
    identity: float


def compare(binary: Path, rows: list[dict], flags: list[str]) -> list[dict]:
    """The passages that wirecopy reports among documents."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        words = [str(binary), "compare", str(corpus), "--format", "jsonl", "--quiet", "--no-config", *flags]
        done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    found = map(json.loads, done.stdout.decode().splitlines())
    return [row for row in found if row["type"] == "passage"]


def touch(x: Span, y: Span) -> bool:
    """Whether two spans overlap."""
    return x[0] < y[1] and y[0] < x[1]


def covered(span: Span, parts: list[Span]) -> float:
    """Share of the characters of `span` that `parts` cover."""
    places: set[int] = set()
    for start, end in parts:
        places.update(range(max(start, span[0]), min(end, span[1])))
    return len(places) / (span[1] - span[0])


def score(truth: list[Plant], passages: list[dict]) -> tuple[list[Found], list[dict]]:
    """What was found of each plant, and the passages that lie on none."""
    by_pair = defaultdict(list)
    for row in passages:
        by_pair[frozenset((row["a_doc_id"], row["b_doc_id"]))].append(row)
    found, inside = [], set()
    for plant in truth:
        a_parts, b_parts, identity = [], [], 0.0
        for row in by_pair[frozenset((plant.a, plant.b))]:
            order = "ab" if row["a_doc_id"] == plant.a else "ba"
            a, b = ((row[f"{side}_start_char"], row[f"{side}_end_char"]) for side in order)
            if touch(a, plant.a_span) and touch(b, plant.b_span):
                a_parts.append(a)
                b_parts.append(b)
                identity = max(identity, row["identity"])
                inside.add(row["passage_id"])
        share = min(covered(plant.a_span, a_parts), covered(plant.b_span, b_parts))
        found.append(Found(plant.cell, share, len(a_parts), identity))
    return found, [row for row in passages if row["passage_id"] not in inside]
