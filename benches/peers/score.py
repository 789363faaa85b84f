"""Scores reported pairs of documents against planted ones.

A pair has no direction. A planted pair is found when it is reported at all, wherever in the documents: what is asked of
every program is what those without offsets can tell, too.
"""
import json
from pathlib import Path
from typing import Iterable, NamedTuple

Pair = tuple[str, str]


class ScoreError(Exception):
    """An output that cannot be of this corpus."""


class Planted(NamedTuple):
    """One line of truth.jsonl."""

    pair: Pair
    kind: str
    rate: float


class Share(NamedTuple):
    """So many found of so many."""

    found: int
    of: int

    def __str__(self) -> str:
        """Two digits; 1.00 is all of them, not nearly all."""
        if not self.of:
            return "–"
        digits = f"{self.found / self.of:.2f}"
        return "> 0.99" if digits == "1.00" and self.found < self.of else digits


class Score(NamedTuple):
    """What a set of pairs is worth. `rates`: source pairs by edit rate; `siblings`: two copies of one passage."""

    pairs: int
    rates: dict[float, Share]
    siblings: Share


def undirected(a: str, b: str) -> Pair:
    """A pair whichever way round it was told."""
    return (a, b) if a <= b else (b, a)


def read_truth(path: Path) -> list[Planted]:
    """The planted pairs of a corpus."""
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Planted(undirected(row["a"], row["b"]), row["kind"], row["rate"]) for row in rows]


def read_names(path: Path) -> set[str]:
    """Names of the documents of corpus.jsonl."""
    with open(path, encoding="utf-8") as lines:
        return {json.loads(line)["id"] for line in lines}


def between(names: set[str], told: Iterable[Pair]) -> set[Pair]:
    """Told pairs, each once, without those of a document and itself. A name that is no document's is an error."""
    pairs = set()
    for a, b in told:
        for name in (a, b):
            if name not in names:
                raise ScoreError(f"the output names {name!r}, which is no document of the corpus")
        if a != b:
            pairs.add(undirected(a, b))
    return pairs


def share(pairs: set[Pair], planted: Iterable[Planted]) -> Share:
    """How many planted pairs are among the reported ones. A pair planted twice is asked for twice."""
    hits = [one.pair in pairs for one in planted]
    return Share(sum(hits), len(hits))


def score(pairs: set[Pair], truth: list[Planted]) -> Score:
    """Recall of source pairs by edit rate, of siblings, and how many pairs were reported."""
    sources = [one for one in truth if one.kind == "source"]
    rates = {rate: share(pairs, (one for one in sources if one.rate == rate)) for rate in sorted({one.rate for one in sources})}
    return Score(len(pairs), rates, share(pairs, (one for one in truth if one.kind == "sibling")))
