"""Short answers that use a source to known degrees (Clough and Stevenson 2011): is the degree told from our results?

Each answer is held against the source of its task, default settings. Its class is told by an ordinal logistic regression
on what the result says of the pair, trained on four tasks and tested on the fifth, so that no topic is known beforehand.
Two questions: reused or not, and which of four degrees.
"""
import math
import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import Any

from .bench import Bench, read_jsonl
from .classify import fit
from .figures import Figure, more

# Degrees of reuse in order.
DEGREES = ("non", "heavy", "light", "cut")

# One answer of 95 is 0.0105; two may change sides.
TOLERANCE = 0.022


def measure(bench: Bench) -> dict[str, Figure]:
    """Accuracy of both questions, tested on the task left out."""
    corpus = bench.corpus("clough-stevenson")
    labels = read_jsonl(corpus / "labels.jsonl")
    result = bench.compare("clough", corpus / "docs.jsonl", "--pairs", corpus / "labels.jsonl")
    passages = defaultdict(list)
    for row in result.rows("passage"):
        if not row["excluded"]:
            passages[row["a_doc_id"]].append(row)
    coverage = {row["a_doc_id"]: row["a_coverage"] for row in result.rows("pair")}
    cases = [features(coverage.get(row["susp"], 0.0), passages[row["susp"]]) for row in labels]
    degrees = [DEGREES.index(row["label"]) for row in labels]
    tasks = [row["src"] for row in labels]
    reused = [min(degree, 1) for degree in degrees]
    two, four = leave_out(cases, reused, tasks), leave_out(cases, degrees, tasks)
    print(confusion(("non", "reused"), reused, two))
    print(confusion(DEGREES, degrees, four), flush=True)
    return {
        "two-way accuracy": more(accuracy(reused, two), TOLERANCE),
        "four-way accuracy": more(accuracy(degrees, four), TOLERANCE),
    }


def features(coverage: float, passages: list[dict[str, Any]]) -> list[float]:
    """What a result says of an answer (side a) and its source; all 0 where it reports nothing.

    How much of the answer is shared, how much of the shared part is word for word the source's, and in how long runs: the
    length of the run that a copied word stands in, on average over the copied words, as a logarithm.
    """
    if not passages:
        return [0.0] * 3
    matched = sum(row["matched_words"] for row in passages)
    own = sum(row["a_words"] for row in passages)
    runs = [run for row in passages for run in equal_runs(row)]
    mean_run = sum(run * run for run in runs) / sum(runs) if runs else 0.0
    return [coverage, min(1.0, matched / own), math.log1p(mean_run)]


def equal_runs(passage: dict[str, Any]) -> list[int]:
    """Lengths of the runs of equal words in a passage, whatever their case and punctuation."""
    a, b = (re.findall(r"\w+", passage[f"{side}_text"].lower()) for side in "ab")
    return [block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks() if block.size]


def leave_out(cases: list[list[float]], classes: list[int], tasks: list[str]) -> list[int]:
    """The class of each case, told by a model of the other tasks."""
    told = [0] * len(cases)
    for task in sorted(set(tasks)):
        train = [number for number, other in enumerate(tasks) if other != task]
        model = fit([cases[number] for number in train], [classes[number] for number in train])
        for number, other in enumerate(tasks):
            if other == task:
                told[number] = model.predict(cases[number])
    return told


def accuracy(truth: list[int], told: list[int]) -> float:
    """Share of cases told right."""
    return sum(a == b for a, b in zip(truth, told)) / len(truth)


def confusion(names: tuple[str, ...], truth: list[int], told: list[int]) -> str:
    """Truth by row, what was told by column."""
    counts = Counter(zip(truth, told))
    lines = [f"  {'truth / told':12}" + "".join(f"{name:>8}" for name in names)]
    for row, name in enumerate(names):
        lines.append(f"  {name:12}" + "".join(f"{counts[row, column]:8}" for column in range(len(names))))
    return "\n".join(lines)
