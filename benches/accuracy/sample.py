#!/usr/bin/env python3
"""Draws passages of a result at random and prints them side by side, to be read and judged one by one.

    benches/accuracy/sample.py RESULT.jsonl [--of all|counting|excluded|TAG] [--shortest] [--clusters] [--n N]
                               [--seed N] [--chars N]

RESULT is what `wirecopy compare --format jsonl` wrote. The same seed draws the same passages from the same result.
Each passage is headed by its number, its figures, its tags and the documents with their dates; the words of side a
follow, then those of side b. `--shortest` draws from the twentieth with the fewest matched words, those just above the
threshold. With `--clusters`, at most one passage a cluster is drawn, so that a formula in a thousand articles is read
once.
"""
import argparse
import json
import random
import sys
from pathlib import Path


def read(result: Path) -> tuple[list[dict], dict[str, dict]]:
    """The passages of a result, and its documents by name."""
    passages, documents = [], {}
    with open(result, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('{"type":"passage"'):
                passages.append(json.loads(line))
            elif line.startswith('{"type":"document"'):
                document = json.loads(line)
                documents[document["doc_id"]] = document
    return passages, documents


def is_of(passage: dict, kind: str) -> bool:
    """Whether the passage is among those asked for."""
    if kind == "all":
        return True
    if kind in ("counting", "excluded"):
        return passage["excluded"] == (kind == "excluded")
    return kind in passage["tags"]


def draw(passages: list[dict], n: int, seed: int, one_a_cluster: bool, shortest: bool) -> list[dict]:
    """`n` passages, in the order drawn."""
    ordered = sorted(passages, key=lambda passage: passage["passage_id"])
    if shortest:
        ordered.sort(key=lambda passage: passage["matched_words"])
        ordered = ordered[: max(n, len(ordered) // 20)]
    random.Random(seed).shuffle(ordered)
    if one_a_cluster:
        first = {}
        for passage in ordered:
            first.setdefault(passage["cluster_id"] or passage["passage_id"], passage)
        ordered = list(first.values())
    return ordered[:n]


def side(passage: dict, name: str, documents: dict[str, dict], chars: int) -> str:
    """One side of a passage: document, date, words on one line."""
    document = documents.get(passage[f"{name}_doc_id"], {})
    words = " ".join(passage[f"{name}_text"].split())
    shown = words if len(words) <= chars else words[:chars] + " …"
    about = " · ".join(str(document[key]) for key in ("source", "published_at") if document.get(key))
    return f"  {name} {passage[f'{name}_doc_id']} ({about or 'undated'}): {shown!r}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path)
    parser.add_argument("--of", default="all", help="all, counting, excluded, or a tag")
    parser.add_argument("--shortest", action="store_true", help="draw from the twentieth with the fewest words")
    parser.add_argument("--clusters", action="store_true", help="at most one passage a cluster")
    parser.add_argument("--n", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chars", type=int, default=400, help="characters shown of each side")
    given = parser.parse_args()
    passages, documents = read(given.result)
    chosen = [passage for passage in passages if is_of(passage, given.of)]
    print(f"{len(chosen)} of {len(passages)} passages are {given.of}; seed {given.seed}")
    for number, passage in enumerate(draw(chosen, given.n, given.seed, given.clusters, given.shortest), 1):
        tags = ", ".join(passage["tags"]) or "no tag"
        print(
            f"\n{number}. {passage['matched_words']} words, identity {passage['identity']:.2f}, {passage['kind']}, {tags}"
        )
        print(side(passage, "a", documents, given.chars))
        print(side(passage, "b", documents, given.chars))
    return 0


if __name__ == "__main__":
    sys.exit(main())
