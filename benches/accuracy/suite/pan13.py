"""PAN 2013 text alignment, training corpus: plagdet by class of obfuscation.

`measure`: the listed pairs, once with the settings of pan13.toml and once with the defaults. `measure_folds`: settings
chosen on four folds and scored on the fifth. `measure_corpus`: all suspicious documents against all sources, no list.
"""
from pathlib import Path
from typing import Any

from . import folds
from .bench import ACCURACY, Bench, Result, read_jsonl, write_jsonl
from .figures import Figure, less, more, shown

SETTINGS = ACCURACY / "pan13.toml"
GRID = ACCURACY / "pan13_grid.toml"

# Classes of the corpus and what they are called here.
CLASSES = {
    "ALL": "all",
    "02-no-obfuscation": "verbatim",
    "03-random-obfuscation": "random",
    "04-translation-obfuscation": "translation",
    "05-summary-obfuscation": "summary",
}

# Plagdet moves by less than this when a passage or two of 1,250 change; the summaries are 238.
PLAGDET_TOLERANCE = 0.003


def measure(bench: Bench) -> dict[str, Figure]:
    """One run over the listed pairs with the committed settings, one with the defaults."""
    figures = {}
    for name, run, config in (("", "pan13", SETTINGS), ("defaults: ", "pan13-defaults", None)):
        result = listed(bench, run, config)
        scores = scored(bench, detections(bench, result))
        print(class_table(scores), flush=True)
        figures |= {f"{name}{label}": figure for label, figure in figures_of(scores).items()}
        figures[f"{name}CPU seconds"] = shown(round(result.cpu_seconds, 1))
    return figures


def measure_folds(bench: Bench) -> dict[str, Figure]:
    """Held-out figures of a cross-validation over the candidates of pan13_grid.toml."""
    plan = folds.read_plan(GRID)
    corpus = bench.corpus("pan13-train")
    fold_of = folds.by_component(pair_ids(corpus), plan.folds)
    plagdet = bench.module("plagdet")
    cases, case_class, pair_classes = plagdet.load_truth(str(corpus / "truth.jsonl"), str(corpus / "pairs.jsonl"))

    def detect(number: int, candidate: dict[str, Any]) -> list[Any]:
        name = f"pan13-candidate-{number}"
        config = bench.folder / f"{name}.toml"
        config.write_text(folds.to_toml(candidate), encoding="utf-8")
        result = listed(bench, name, config)
        found = detections(bench, result)
        result.path.unlink()
        del bench.results[name]
        return found

    def score(truth: list[Any], found: list[Any]) -> float:
        return plagdet.score(truth, found)["plagdet"]

    outcome = folds.validate(plan, fold_of, cases, detect, score)
    print(folds.report(outcome), flush=True)
    scores = plagdet.by_class(cases, case_class, outcome.held_out, pair_classes)
    print(class_table(scores), flush=True)
    return figures_of(scores)


def measure_corpus(bench: Bench) -> dict[str, Figure]:
    """How much recall is lost when the pairs have to be nominated."""
    documents = read_jsonl(bench.corpus("pan13-train") / "docs.jsonl")
    sides = {}
    for role in ("susp", "src"):
        sides[role] = bench.folder / f"pan13-{role}.jsonl"
        write_jsonl(sides[role], (row for row in documents if row["role"] == role))
    result = bench.compare("pan13-corpus", sides["susp"], "--against", sides["src"], config=SETTINGS)
    scores = scored(bench, detections(bench, result))
    whole = scored(bench, detections(bench, listed(bench, "pan13", SETTINGS)))
    figures = {}
    for name, label in CLASSES.items():
        recall = scores[name]["macro_recall"]
        figures[f"{label} recall"] = more(recall)
        figures[f"{label} recall lost"] = less(whole[name]["macro_recall"] - recall)
    figures["CPU seconds"] = shown(round(result.cpu_seconds, 1))
    return figures


def listed(bench: Bench, name: str, config: Path | None) -> Result:
    """A run over the listed document pairs."""
    corpus = bench.corpus("pan13-train")
    return bench.compare(name, corpus / "docs.jsonl", "--pairs", corpus / "pairs.jsonl", config=config)


def detections(bench: Bench, result: Result) -> list[Any]:
    """The passages of a result as the scorer's spans, the suspicious side first."""
    span = bench.module("plagdet").Span
    found = []
    for row in result.rows("passage"):
        if row["excluded"]:
            continue
        susp, src = ("a", "b") if row["a_doc_id"].startswith("susp") else ("b", "a")
        places = [(row[f"{side}_start_char"], row[f"{side}_end_char"]) for side in (susp, src)]
        numbers = [number for start, end in places for number in (start, end - start)]
        found.append(span(row[f"{susp}_doc_id"], row[f"{src}_doc_id"], *numbers))
    return found


def scored(bench: Bench, found: list[Any]) -> dict[str, dict[str, float]]:
    """All measures by class, over the whole corpus."""
    corpus = bench.corpus("pan13-train")
    plagdet = bench.module("plagdet")
    truth = plagdet.load_truth(str(corpus / "truth.jsonl"), str(corpus / "pairs.jsonl"))
    return plagdet.by_class(truth[0], truth[1], found, truth[2])


def figures_of(scores: dict[str, dict[str, float]]) -> dict[str, Figure]:
    """Plagdet of each class and granularity."""
    figures = {f"{label} plagdet": more(scores[name]["plagdet"], PLAGDET_TOLERANCE) for name, label in CLASSES.items()}
    figures["granularity"] = less(scores["ALL"]["granularity"])
    return figures


def class_table(scores: dict[str, dict[str, float]]) -> str:
    """What plagdet is made of, by class, and where it is lost.

    Recall is lost with cases of which nothing was found (`missed`), and with the rest of those found in part (`partly`);
    precision with passages that touch no case (`false`), and with what other passages report around a case (`beyond`).
    """
    names = ("plagdet", "prec", "rec", "gran", "missed", "partly", "false", "beyond")
    lines = [f"  {'class':12} {'cases':>6} {'reported':>8}" + "".join(f"{name:>8}" for name in names)]
    for name, label in CLASSES.items():
        row = scores[name]
        precision, recall = row["macro_precision"], row["macro_recall"]
        missed = 1 - row["cases_found"] / max(1, row["cases"])
        false = 1 - row["detections_right"] / max(1, row["detections"])
        parts = (row["plagdet"], precision, recall, row["granularity"], missed, 1 - recall - missed, false, 1 - precision - false)
        lines.append(f"  {label:12} {row['cases']:6} {row['detections']:8}" + "".join(f"{part:8.4f}" for part in parts))
    return "\n".join(lines)


def pair_ids(corpus: Path) -> list[tuple[str, str]]:
    """The document pairs that were judged."""
    return [(row["susp"], row["src"]) for row in read_jsonl(corpus / "pairs.jsonl")]
