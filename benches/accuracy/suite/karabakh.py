"""Hand-labelled news: five articles on one ministry's statements, default settings."""
import shutil
from collections import defaultdict
from typing import Any, Iterable

from .bench import Bench, read_jsonl
from .figures import Figure, count, less, more
from .spans import Interval, inside_truth, span_scores

# Clusters of the hand-labelled news that must hold together, with the articles that carry them.
CLUSTERS = {
    "terms": ("000", "001", "003"),
    "justification": ("000", "001", "002"),
}

# Classes of truth that are shared wording. The fourth, same_facts, tells the same in other words.
REUSE = ("verbatim", "light_edit", "heavy_edit")


def measure(bench: Bench) -> dict[str, Figure]:
    """What of the truth is found, what is reported beside it, and whether clusters hold."""
    corpus = bench.corpus("karabakh")
    articles = bench.folder / "karabakh-articles"
    articles.mkdir()
    for path in sorted(corpus.glob("*.txt")):
        shutil.copyfile(path, articles / path.name)
    result = bench.compare("karabakh", articles)
    truth = read_jsonl(corpus / "gold.jsonl")
    scores, outside = span_scores(bench.score("score_spans.py", result.path, corpus / "gold.jsonl", "--by", "class"))
    figures = {}
    for label in REUSE:
        figures[f"{label} found"] = count(int(scores[label]["found"]))
        figures[f"{label} covered"] = more(scores[label]["covered"])
        if scores[label]["found"]:
            figures[f"{label} pieces"] = less(scores[label]["pieces"], tolerance=0.1)
    figures["same_facts reported"] = less(scores["same_facts"]["share"], tolerance=0.05)
    spans = [ordered(span) for span in truth if span["class"] in REUSE]
    figures["characters inside reuse"] = more(inside_truth(result.rows("passage"), spans), tolerance=0.02)
    figures["passages outside truth"] = less(outside, tolerance=1)
    members = list(result.rows("member"))
    for cluster, numbers in CLUSTERS.items():
        whole = together(members, carriers(truth, cluster, numbers))
        figures[f"{cluster} of {', '.join(numbers)} in one cluster"] = count(whole)
    return figures


def ordered(span: dict[str, Any]) -> dict[str, Any]:
    """A truth pair in the words of the result schema, the smaller document id on side a as there."""
    first, second = sorted("ab", key=lambda side: span[side])
    row = {}
    for side, given in (("a", first), ("b", second)):
        row[f"{side}_doc_id"] = span[given]
        row[f"{side}_start_char"], row[f"{side}_end_char"] = span[f"{given}_start"], span[f"{given}_end"]
    return row


def carriers(truth: list[dict[str, Any]], cluster: str, numbers: tuple[str, ...]) -> dict[str, list[Interval]]:
    """Spans of a cluster by the document that carries them."""
    spans = defaultdict(list)
    for pair in truth:
        for side in "ab":
            if pair["cluster"] == cluster and pair[side].startswith(numbers):
                spans[pair[side]].append((pair[f"{side}_start"], pair[f"{side}_end"]))
    return spans


def together(members: Iterable[dict[str, Any]], spans: dict[str, list[Interval]]) -> int:
    """Most documents of `spans` whose spans meet members of one and the same cluster."""
    docs = defaultdict(set)
    for member in members:
        for start, end in spans.get(member["doc_id"], ()):
            if member["start_char"] < end and start < member["end_char"]:
                docs[member["cluster_id"]].add(member["doc_id"])
    return max(map(len, docs.values()), default=0)
