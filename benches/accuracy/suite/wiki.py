"""Versions of encyclopedia articles, default settings: are the versions of an article put together, and no others?

Two versions are linked where the passages they share cover enough of either; articles are the connected components.
"""
from collections import Counter, defaultdict
from typing import Hashable, Iterable

from .bench import Bench, read_jsonl
from .figures import Figure, more, shown

# Shares of one of two texts that link them. A fifth was set before looking at any result: more than a quotation or a common
# formula. Half was added since articles filled from one almanac (the demographics of three countries) share a fifth and
# more: what is wrong as a version is right as reuse.
LINKS = {"a fifth": 0.2, "half": 0.5}


def measure(bench: Bench) -> dict[str, Figure]:
    """Agreement of the groups found with the articles."""
    corpus = bench.corpus("wiki-versions") / "docs.jsonl"
    article = {row["id"]: row["cluster"] for row in read_jsonl(corpus)}
    names = sorted(article)
    result = bench.compare("wiki", corpus)
    pairs_found = list(result.rows("pair"))
    figures = {}
    for label, share in LINKS.items():
        near = (row for row in pairs_found if max(row["a_coverage"], row["b_coverage"]) >= share)
        group = components(names, ((row["a_doc_id"], row["b_doc_id"]) for row in near))
        rand, precision, recall = agreement([group[name] for name in names], [article[name] for name in names])
        figures[f"{label}: adjusted Rand index"] = more(rand)
        figures[f"{label}: pair precision"] = more(precision)
        figures[f"{label}: pair recall"] = more(recall)
        figures[f"{label}: groups"] = shown(len(set(group.values())))
    figures["articles"] = shown(len(set(article.values())))
    figures["CPU seconds"] = shown(round(result.cpu_seconds, 1))
    return figures


def components(names: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each name with the smallest name it is connected with."""
    neighbours = defaultdict(list)
    for a, b in links:
        neighbours[a].append(b)
        neighbours[b].append(a)
    group: dict[str, str] = {}
    for name in sorted(names):
        waiting = [name]
        while waiting:
            at = waiting.pop()
            if at not in group:
                group[at] = name
                waiting += neighbours[at]
    return group


def agreement(found: list[Hashable], truth: list[Hashable]) -> tuple[float, float, float]:
    """Adjusted Rand index (Hubert and Arabie 1985), and precision and recall of the pairs that are put together."""
    both, in_found, in_truth = (sum(map(pairs, Counter(groups).values())) for groups in (zip(found, truth), found, truth))
    expected = in_found * in_truth / max(1, pairs(len(truth)))
    most = (in_found + in_truth) / 2
    rand = (both - expected) / (most - expected) if most != expected else 1.0
    return rand, both / in_found if in_found else 1.0, both / in_truth if in_truth else 1.0


def pairs(number: int) -> int:
    """Pairs among a number of things."""
    return number * (number - 1) // 2
