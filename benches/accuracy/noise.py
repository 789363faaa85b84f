#!/usr/bin/env python3
"""Measures how much planted reuse is found under the errors of machine-read print.

    benches/accuracy/noise.py [--shared DIR] [--binary FILE] [--seed 1] [--docs N] [--confused SHARE] [-- FLAG…]

Takes texts of SHARED/corpora/bbc and reuters, plants passages of 20, 40 and 80 words of one document in another, then
lets a careless printer and reader loose on the documents that received them: 2, 5, 8 and 12 of a hundred characters go
wrong. Runs `wirecopy compare` on clean and noisy print with the profile `news` and with `ocr`, and prints, for each
length and error rate, the share of passages found (half of the characters covered on both sides by passages of the
pair) and their mean identity; then the passages a hundred documents have outside what was planted, most of them real (a
newsroom repeats itself). Flags after `--` go to wirecopy.

An error is, half of the time (--confused), a confusion counted among reprints of one wire story on front pages of 1916
(CONFUSED; the program's classes of letters were chosen on the same counts, so look at `--confused 0` as well), else in
equal parts a random letter for another, a letter lost, a word split, two words run together, a speck of dirt. Nothing is written outside a temporary folder. Standard
library only; the same texts, seed and binary give the same table.
"""
import argparse
import json
import random
import re
from collections import defaultdict
from pathlib import Path

from planted import Plant, compare, score

REPOSITORY = Path(__file__).resolve().parent.parent.parent
WORD = re.compile(r"\S+")
LENGTHS = (20, 40, 80)
RATES = (0.0, 0.02, 0.05, 0.08, 0.12)

# Letters printed as other letters, and how often among 47,118 pairs of words of reprints; both ways.
CONFUSED = (
    ("e", "o", 304), ("i", "l", 217), ("a", "s", 99), ("c", "e", 77), ("b", "h", 72), ("a", "n", 50), ("i", "t", 43),
    ("l", "t", 41), ("h", "n", 35), ("f", "t", 34), ("a", "u", 34), ("a", "e", 32), ("n", "u", 30), ("f", "l", 26),
    ("e", "i", 25), ("v", "y", 24), ("e", "s", 24), ("b", "s", 24), ("c", "o", 22), ("c", "r", 18), ("i", "r", 17),
    ("s", "z", 16), ("e", "k", 14), ("r", "t", 14), ("n", "p", 14), ("a", "o", 13), ("d", "s", 13), ("n", "s", 12),
    ("in", "m", 12), ("e", "t", 12), ("h", "ll", 11), ("j", "y", 11), ("o", "p", 10), ("b", "r", 9), ("r", "s", 9),
    ("m", "ni", 9), ("r", "v", 9), ("o", "u", 9), ("s", "t", 8), ("g", "u", 8), ("l", "r", 8), ("h", "li", 8),
    ("g", "h", 8), ("f", "r", 7), ("c", "g", 7), ("v", "w", 6), ("c", "t", 6), ("n", "r", 6), ("d", "l", 5), ("d", "t", 5),
)


def documents(shared: Path, wanted: int) -> list[tuple[str, str]]:
    """Names and texts of at least 120 words, half of them from either corpus, no text twice."""
    found: list[tuple[str, str]] = []
    for corpus in ("bbc", "reuters"):
        seen: set[str] = set()
        with open(shared / "corpora" / corpus / "docs.jsonl", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if len(row["text"].split()) >= 120 and row["text"] not in seen:
                    seen.add(row["text"])
                    found.append((f"{corpus}-{row['id']}", row["text"]))
                if len(seen) == wanted // 2:
                    break
    return found


def confusions() -> dict[str, list[tuple[str, int]]]:
    """What a letter, or two, may be read as, with weights."""
    table: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one, other, count in CONFUSED:
        table[one].append((other, count))
        table[other].append((one, count))
    return table


class Printer:
    """Prints texts badly."""

    def __init__(self, rng: random.Random, rate: float, confused: float) -> None:
        self.rng, self.rate, self.confused, self.table = rng, rate, confused, confusions()

    def wrong(self, text: str, at: int) -> tuple[str, int]:
        """What is printed for the text from `at` on, and how many characters it stands for."""
        char = text[at]
        if self.rng.random() < self.confused:
            for length in (2, 1):
                options = self.table.get(text[at:at + length].lower())
                if options and (length == 1 or self.rng.random() < 0.2):
                    words, weights = zip(*options)
                    read = self.rng.choices(words, weights)[0]
                    return (read.upper() if char.isupper() else read), length
        kind = self.rng.choice(("letter", "lost", "split", "together", "dirt"))
        if kind == "letter" and char.isalpha():
            return self.rng.choice("abcdefghijklmnopqrstuvwxyz"), 1
        if kind == "lost" and not char.isspace():
            return "", 1
        if kind == "split" and char.isalpha():
            return char + self.rng.choice((" ", "\n")), 1
        if kind == "together" and char == " ":
            return "", 1
        return char + self.rng.choice(".,'-;:^*"), 1

    def print(self, text: str) -> tuple[str, list[int]]:
        """The printed text, and where each character of the given one went."""
        out: list[str] = []
        places, size, at = [], 0, 0
        while at < len(text):
            piece, length = (text[at], 1) if self.rng.random() >= self.rate else self.wrong(text, at)
            places += [size] * length
            out.append(piece)
            size += len(piece)
            at += length
        return "".join(out), places + [size]


def plant(texts: list[tuple[str, str]], seed: int, confused: float) -> tuple[list[dict], list[Plant]]:
    """Every second document, shuffled, receives a passage of one of the others and is printed badly."""
    rng = random.Random(seed)
    order = list(texts)
    rng.shuffle(order)
    half = len(order) // 2
    rows, truth = [], []
    for index, ((source, given), (target, host)) in enumerate(zip(order[:half], order[half:])):
        length = LENGTHS[index % len(LENGTHS)]
        rate = RATES[index // len(LENGTHS) % len(RATES)]
        words = list(WORD.finditer(given))
        first = rng.randint(0, len(words) - length)
        start, end = words[first].start(), words[first + length - 1].end()
        ends = [m.end() for m in WORD.finditer(host) if m.group()[-1] in ".!?"] or [len(host)]
        at = rng.choice(ends)
        whole = f"{host[:at]} {given[start:end]} {host[at:].lstrip(' ')}"
        printed, places = Printer(rng, rate, confused).print(whole)
        span = places[at + 1], places[at + 1 + end - start]
        rows += [{"id": source, "text": given}, {"id": target, "text": printed}]
        truth.append(Plant((length, rate), source, (start, end), target, span))
    return rows, truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared")
    parser.add_argument("--binary", type=Path, default=REPOSITORY / "target" / "release" / "wirecopy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--docs", type=int, default=3000)
    parser.add_argument("--confused", type=float, default=0.5, help="share of errors that are counted confusions")
    parser.add_argument("--profiles", default="news,ocr", help="profiles to measure, parted by commas")
    parser.add_argument("flags", nargs="*", help="further flags for wirecopy, after --")
    asked = parser.parse_args()
    rows, truth = plant(documents(asked.shared, asked.docs), asked.seed, asked.confused)
    noisy = {plant.b for plant in truth if plant.cell[1] > 0}
    print(f"{len(rows)} documents, {len(truth)} planted passages, seed {asked.seed}")
    for profile in asked.profiles.split(","):
        found, outside = score(truth, compare(asked.binary, rows, ["--profile", profile, *asked.flags]))
        print(f"\nprofile {profile}: found (mean identity of those found)")
        print("| words | " + " | ".join(f"{rate:.0%}" for rate in RATES) + " |")
        print("|---" * (len(RATES) + 1) + "|")
        for length in LENGTHS:
            line = []
            for rate in RATES:
                cell = [one for one in found if one.cell == (length, rate)]
                hits = [one.identity for one in cell if one.covered >= 0.5]
                line.append(f"{len(hits) / len(cell):.2f} ({sum(hits) / max(len(hits), 1):.2f})")
            print(f"| {length} | " + " | ".join(line) + " |")
        n_noisy = sum(row["a_doc_id"] in noisy or row["b_doc_id"] in noisy for row in outside)
        print(
            f"passages outside truth a hundred documents: {100 * len(outside) / len(rows):.1f}, between clean texts "
            f"{100 * (len(outside) - n_noisy) / len(rows):.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
