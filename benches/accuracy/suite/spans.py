"""Characters covered by passages, and the table of the span scorer taken apart."""
from collections import defaultdict
from typing import Any, Iterable

from .bench import Failure

Interval = tuple[int, int]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same characters as disjoint intervals in order."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif end > start:
            joined.append((start, end))
    return joined


def length(intervals: Iterable[Interval]) -> int:
    """Characters in the union of intervals."""
    return sum(end - start for start, end in union(intervals))


def inside_truth(passages: Iterable[dict[str, Any]], truth: Iterable[dict[str, Any]]) -> float:
    """Share of the reported characters that lie in truth.

    Counted on either side of each document pair, as a union: a passage lies in a truth pair where it touches it on both
    sides. Both lists name documents and places as `a_doc_id`, `a_start_char`, `a_end_char` and the same for b.
    """
    by_pair = defaultdict(list)
    for span in truth:
        by_pair[span["a_doc_id"], span["b_doc_id"]].append(span)
    reported, right = defaultdict(list), defaultdict(list)
    for passage in passages:
        pair = (passage["a_doc_id"], passage["b_doc_id"])
        for side in "ab":
            reported[pair, side].append((passage[f"{side}_start_char"], passage[f"{side}_end_char"]))
        for span in by_pair[pair]:
            common = [meet(passage, span, side) for side in "ab"]
            if all(end > start for start, end in common):
                for side, interval in zip("ab", common):
                    right[pair, side].append(interval)
    total = sum(map(length, reported.values()))
    return sum(map(length, right.values())) / total if total else 0.0


def meet(one: dict[str, Any], other: dict[str, Any], side: str) -> Interval:
    """What two spans have in common on a side; empty or reversed where they do not meet."""
    start, end = f"{side}_start_char", f"{side}_end_char"
    return max(one[start], other[start]), min(one[end], other[end])


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
