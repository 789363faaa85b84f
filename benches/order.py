#!/usr/bin/env python3
"""Who was first, told without dates, against what dates or version numbers say; and METER's degrees against labels.

    benches/order.py --binary target/release/wirecopy --corpora ../shared/corpora

For `wiki-versions`, `order` is the age of a version; the clusters are halved by a hash of their name, the even half was used
to design the rules, the odd half was not. For `reuters` and `news-events` the dates are taken out of the records, and the
orders found are held against those that the dates tell. Printed are, for each, the pairs whose true order is known, the
share left unknown, and of the ordered ones the share that is right. For `clough-stevenson` (answers that were copied, lightly
or heavily edited, or written without a source): degrees of derivation by label.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import subprocess
import tempfile

KNOWN = ("a_first", "b_first")


def records(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def compare(binary, path, kinds):
    """Rows of a comparison, of the kinds wanted."""
    command = [binary, "compare", str(path), "--format", "jsonl", "--no-config", "--no-progress"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        rows = [row for line in process.stdout if (row := json.loads(line))["type"] in kinds]
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return rows


def score(pairs, truth):
    """Pairs with a known order, and of them the ordered ones and the right ones."""
    known = [(pair["order"], truth(pair)) for pair in pairs if truth(pair) in KNOWN]
    ordered = [(told, true) for told, true in known if told in KNOWN]
    return len(known), len(ordered), sum(told == true for told, true in ordered)


def show(name, known, ordered, right):
    unknown = 1 - ordered / known if known else 0
    share = f"{right / ordered:.3f}" if ordered else "none"
    print(f"{name:28} pairs {known:6}  ordered {ordered:5}  unknown {unknown:.3f}  right {share}")


def versions(binary, corpora):
    path = corpora / "wiki-versions" / "docs.jsonl"
    documents = {record["id"]: record for record in records(path)}
    pairs = compare(binary, path, {"pair"})
    for half, name in enumerate(("design half", "held-out half")):

        def truth(pair, half=half):
            a, b = documents[pair["a_doc_id"]], documents[pair["b_doc_id"]]
            digest = int(hashlib.md5(a["cluster"].encode()).hexdigest(), 16)
            if a["cluster"] != b["cluster"] or digest % 2 != half:
                return None
            return "a_first" if a["order"] < b["order"] else "b_first"

        show(f"wiki-versions, {name}", *score(pairs, truth))


def hidden(binary, corpora, name):
    path = corpora / name / "docs.jsonl"
    key = lambda pair: (pair["a_doc_id"], pair["b_doc_id"])
    dated = {key(pair): pair["order"] for pair in compare(binary, path, {"pair"})}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as undated:
        for record in records(path):
            record.pop("date", None)
            undated.write(json.dumps(record, ensure_ascii=False) + "\n")
        undated.flush()
        pairs = compare(binary, undated.name, {"pair"})
    show(f"{name}, dates hidden", *score(pairs, lambda pair: dated.get(key(pair))))


def derivation(binary, corpora):
    folder = corpora / "clough-stevenson"
    labels = {record["susp"]: record["label"] for record in records(folder / "labels.jsonl")}
    # The answers against their sources, not among themselves: all to one question share its words.
    with tempfile.TemporaryDirectory() as made:
        new, old = pathlib.Path(made, "answers.jsonl"), pathlib.Path(made, "sources.jsonl")
        with open(new, "w", encoding="utf-8") as answers, open(old, "w", encoding="utf-8") as sources:
            for record in records(folder / "docs.jsonl"):
                file = answers if record["id"] in labels else sources
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        command = [binary, "compare", str(new), "--against", str(old), "--format", "jsonl", "--no-config"]
        lines = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    rows = [row for row in map(json.loads, lines.splitlines()) if row["type"] == "document"]
    table = collections.Counter((labels[row["doc_id"]], row["derivation"]) for row in rows if row["doc_id"] in labels)
    for label in ("cut", "light", "heavy", "non"):
        degrees = {degree: table[label, degree] for degree in ("wholly_derived", "partly_derived", "not_derived")}
        print(f"clough-stevenson, {label:8} {degrees}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="target/release/wirecopy")
    parser.add_argument("--corpora", type=pathlib.Path, default=pathlib.Path("../shared/corpora"))
    given = parser.parse_args()
    versions(given.binary, given.corpora)
    hidden(given.binary, given.corpora, "news-events")
    hidden(given.binary, given.corpora, "reuters")
    derivation(given.binary, given.corpora)


if __name__ == "__main__":
    main()
