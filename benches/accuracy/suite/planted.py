"""Reuse planted in wire items and found again, default settings.

`measure`: passages of 50 to 150 words, one to four copies each. `measure_lengths`: passages of fixed lengths, one copy each,
edited in the ways that news is. Found is a passage whose characters are covered by half or more on both sides.
"""
import sys

from . import edits
from .bench import Bench, command, read_jsonl, write_jsonl
from .figures import Figure, less, more
from .spans import span_scores

# Wire items of the corpus that are used: as many as make_corpus.py takes at size M.
ITEMS = 10_788


def measure(bench: Bench) -> dict[str, Figure]:
    """By edit rate: found, covered, pieces."""
    corpus = bench.folder / "planted-corpus"
    maker = bench.shared / "eval" / "make_corpus.py"
    command([sys.executable, maker, bench.corpus("reuters"), corpus, "--size", "M", "--no-files"])
    result = bench.compare("planted", corpus / "corpus.jsonl")
    scores, _ = span_scores(bench.score("score_spans.py", result.path, corpus / "truth.jsonl", "--by", "rate"))
    figures = {}
    for rate in sorted(scores):
        figures[f"rate {rate} found"] = more(scores[rate]["share"])
        figures[f"rate {rate} covered"] = more(scores[rate]["covered"])
        if scores[rate]["found"]:
            figures[f"rate {rate} pieces"] = less(scores[rate]["pieces"], tolerance=0.02)
    return figures


def measure_lengths(bench: Bench) -> dict[str, Figure]:
    """By length in words and edit rate: found."""
    items = read_jsonl(bench.corpus("reuters") / "docs.jsonl")[:ITEMS]
    documents, truth = edits.plant(items)
    corpus, spans = bench.folder / "lengths-corpus.jsonl", bench.folder / "lengths-truth.jsonl"
    write_jsonl(corpus, documents)
    write_jsonl(spans, truth)
    result = bench.compare("lengths", corpus)
    scores, _ = span_scores(bench.score("score_spans.py", result.path, spans, "--by", "cell"))
    # One passage of a cell is 0.007; two may change sides when a limit moves by a word.
    return {f"{cell} found": more(scores[cell]["share"], tolerance=0.015) for cell in scores}
