"""Cross-validation: settings are chosen on all folds but one and scored on that one.

In: a committed grid of settings, the document pairs, the truth. Out: the choice for each fold and the detections of the
held-out folds together. Method: no document stands in two folds, since the folds are made of whole components of the
graph whose edges are the document pairs; a component's fold follows from a hash of its smallest document id, so it does
not change when another component comes or goes. Cost: a run of the program for each candidate, whatever the folds.
"""
import hashlib
import itertools
import json
import tomllib
from pathlib import Path
from typing import Any, Callable, NamedTuple

from .bench import Failure

Settings = dict[str, Any]


class Plan(NamedTuple):
    """What is tried, and over how many folds."""

    folds: int
    candidates: list[Settings]


class Outcome(NamedTuple):
    """`chosen` is the candidate of each fold, `scores` the score of every candidate on the other folds."""

    plan: Plan
    sizes: list[int]
    chosen: list[int]
    scores: list[list[float]]
    held_out: list[Any]


def read_plan(path: Path) -> Plan:
    """Reads a grid: `folds`, and one or more `[[grid]]` that name a setting and the values to try.

    The candidates are all combinations within a `[[grid]]`, those of the next one after them. The first of equals is
    chosen, so the order of the values tells which one is preferred.
    """
    with open(path, "rb") as file:
        given = tomllib.load(file)
    if set(given) != {"folds", "grid"} or not isinstance(given["folds"], int) or given["folds"] < 2:
        raise Failure(f"{path}: needs `folds` of at least 2, and [[grid]]")
    candidates = []
    for grid in given["grid"]:
        for name, values in grid.items():
            if not isinstance(values, list) or not values:
                raise Failure(f"{path}: {name} needs a list of values to try")
        for values in itertools.product(*grid.values()):
            candidate = dict(zip(grid, values))
            if candidate not in candidates:
                candidates.append(candidate)
    return Plan(given["folds"], candidates)


def to_toml(settings: Settings) -> str:
    """A settings file. JSON's scalars and lists are TOML's, too."""
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())


def by_component(pairs: list[tuple[str, str]], folds: int) -> dict[str, int]:
    """The fold of each document: that of its component."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {name: int.from_bytes(hashlib.sha256(root(name).encode()).digest()[:8]) % folds for name in list(parent)}


def validate(
    plan: Plan,
    fold_of: dict[str, int],
    cases: list[Any],
    detect: Callable[[int, Settings], list[Any]],
    score: Callable[[list[Any], list[Any]], float],
) -> Outcome:
    """Runs every candidate once, chooses one a fold, and pools what the chosen ones found in the fold held out."""
    found = [detect(number, candidate) for number, candidate in enumerate(plan.candidates)]

    def outside(spans: list[Any], fold: int) -> list[Any]:
        return [span for span in spans if fold_of[span.susp] != fold]

    scores = [[score(outside(cases, fold), outside(spans, fold)) for spans in found] for fold in range(plan.folds)]
    chosen = [max(range(len(found)), key=lambda number: row[number]) for row in scores]
    held_out = [span for fold, number in enumerate(chosen) for span in found[number] if fold_of[span.susp] == fold]
    sizes = [sum(fold_of[case.susp] == fold for case in cases) for fold in range(plan.folds)]
    return Outcome(plan, sizes, chosen, scores, held_out)


def report(outcome: Outcome) -> str:
    """The candidates with their score on each set of training folds, and the choice for each fold."""
    lines = ["  score on the other folds, by the fold held out"]
    for number, candidate in enumerate(outcome.plan.candidates):
        scores = " ".join(
            f"{row[number]:.4f}{'*' if outcome.chosen[fold] == number else ' '}" for fold, row in enumerate(outcome.scores)
        )
        lines.append(f"  {scores}  {in_one_line(candidate)}")
    sizes = ", ".join(map(str, outcome.sizes))
    lines.append(f"  * chosen for the fold held out; cases in the folds: {sizes}")
    return "\n".join(lines)


def in_one_line(settings: Settings) -> str:
    """Settings for a table."""
    return ", ".join(f"{name} = {json.dumps(value)}" for name, value in settings.items()) or "defaults"
