"""Versions of encyclopedia articles, default settings: are the versions of an article put together, and no others?

Two versions are linked where the passages they share cover enough of either; articles are the connected components.
"""
from collections import Counter, defaultdict
from typing import Hashable, Iterable

from .bench import Bench, read_jsonl
from .figures import Figure, more, shown

# Share of one of two texts that links them. Set before looking at any result: a fifth of a text is more than a quotation
# or a common formula, and a version that kept less of its predecessor is a new article.
LINK = 0.2


def measure(bench: Bench) -> dict[str, Figure]:
    """Agreement of the groups found with the articles."""
    corpus = bench.corpus("wiki-versions") / "docs.jsonl"
    article = {row["id"]: row["cluster"] for row in read_jsonl(corpus)}
    result = bench.compare("wiki", corpus)
    links = [
        (row["a_doc_id"], row["b_doc_id"])
        for row in result.rows("pair")
        if max(row["a_coverage"], row["b_coverage"]) >= LINK
    ]
    group = components(article, links)
    names = sorted(article)
    rand, precision, recall = agreement([group[name] for name in names], [article[name] for name in names])
    return {
        "adjusted Rand index": more(rand),
        "pair precision": more(precision),
        "pair recall": more(recall),
        "groups": shown(len(set(group.values()))),
        "articles": shown(len(set(article.values()))),
        "CPU seconds": shown(result.cpu_seconds),
    }


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
