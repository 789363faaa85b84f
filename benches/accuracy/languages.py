#!/usr/bin/env python3
"""Measures how much planted, edited reuse is found, language by language.

    benches/accuracy/languages.py --texts DIR [--binary FILE] [--seed 1] [--only de,ru] [-- FLAG…]

Texts are Debian packages with one manual in many languages, fetched and unpacked outside the repository without root:

    mkdir DIR && cd DIR
    apt-get download debian-handbook libreoffice-help-en-us libreoffice-help-tr libreoffice-help-el libreoffice-help-hi
    for package in *.deb; do dpkg -x "$package" .; done

Each language's paragraphs (those left in English aside, each once) are put together in order to documents of about 250
words. Every second document, shuffled, receives a passage of 40 to 120 words of one of the others, at the end of one of
its sentences, after 0, 10 or 20 of a hundred words were edited: 25 % replaced by a word of the same language's texts, 20 %
by another form of themselves (a word of the texts with the same beginning, four letters or more and all but two), 20 % lost,
20 % followed by another word, 15 % swapped with the next. In Chinese and Japanese a word is two characters.
Documents carry no language, so that the program has to find it.

Prints for each language and rate: passages planted; found (half of the characters covered on both sides by passages of
the pair); the mean share of the characters covered on the worse side; pieces that a found one comes in. Then passages
outside what was planted, a hundred documents (a manual repeats itself: most are real). Standard library only; the same
texts, seed and binary give the same table.
"""
import argparse
import html
import random
import re
from collections import defaultdict
from pathlib import Path

from planted import Plant, compare, score

REPOSITORY = Path(__file__).resolve().parent.parent.parent
RATES = (0.0, 0.1, 0.2)
DOCUMENT_WORDS = 250
HANDBOOK = "usr/share/doc/debian-handbook/html"
HELP = "usr/share/libreoffice/help"
SOURCES = {
    "en": f"{HANDBOOK}/en-US", "de": f"{HANDBOOK}/de-DE", "fr": f"{HANDBOOK}/fr-FR", "es": f"{HANDBOOK}/es-ES",
    "it": f"{HANDBOOK}/it-IT", "ru": f"{HANDBOOK}/ru-RU", "tr": f"{HELP}/tr", "ar": f"{HANDBOOK}/ar-MA",
    "fa": f"{HANDBOOK}/fa-IR", "hi": f"{HELP}/hi", "el": f"{HELP}/el", "zh": f"{HANDBOOK}/zh-CN", "ja": f"{HANDBOOK}/ja-JP",
}
# Paragraphs found here as well were not translated.
ENGLISH = (f"{HANDBOOK}/en-US", f"{HELP}/en-US")
# The part of a language's letters that a paragraph must have, where the script tells it from English.
SCRIPTS = {"ru": r"[а-я]", "ar": r"[\u0620-\u064a]", "fa": r"[\u0620-\u06cc]", "hi": r"[\u0900-\u097f]", "el": r"[α-ωά-ώ]",
           "zh": r"[\u4e00-\u9fff]", "ja": r"[\u3040-\u30ff\u4e00-\u9fff]"}
PARAGRAPH = re.compile(r"<p[ >].*?</p>|<div class=\"para\">.*?</div>", re.S)
SPACED = re.compile(r"\S+")
UNSPACED = re.compile(r"[A-Za-z0-9]+|[\u3040-\u30ff\u4e00-\u9fff]{1,2}|[^\sA-Za-z0-9\u3040-\u30ff\u4e00-\u9fff]")
SENTENCE_ENDS = ".!?。！？؟।"


def paragraphs(folder: Path) -> list[str]:
    """Texts of the paragraphs below a folder, in order of file, each once."""
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.html")):
        page = re.sub(r"<head.*?</head>", "", path.read_text(encoding="utf-8", errors="replace"), flags=re.S)
        for piece in PARAGRAPH.findall(page):
            text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", piece)).split())
            if len(text) > 60:
                found[text] = None
    return list(found)


def in_language(language: str, text: str, english: set[str]) -> bool:
    """Whether a paragraph was translated."""
    if language == "en":
        return True
    if language in SCRIPTS:
        return len(re.findall(SCRIPTS[language], text.lower())) * 2 > len(re.sub(r"\s", "", text))
    stop = len(re.findall(r"\b(the|of|and|to|is|you|for)\b", text.lower()))
    return text not in english and stop * 12 < len(text.split())


def documents(language: str, pieces: list[str], word: re.Pattern, wanted: int) -> list[str]:
    """Paragraphs put together to documents."""
    texts, here, size = [], [], 0
    for piece in pieces:
        here.append(piece)
        size += sum(1 for _ in word.finditer(piece))
        if size >= DOCUMENT_WORDS:
            texts.append("\n\n".join(here))
            here, size = [], 0
    return texts[:wanted]


class Words:
    """The words of a language's texts, to edit with."""

    def __init__(self, rng: random.Random, texts: list[str], word: re.Pattern) -> None:
        self.rng = rng
        self.all = [match.group() for text in texts for match in word.finditer(text)]
        self.forms: dict[str, list[str]] = defaultdict(list)
        for form in sorted(set(self.all)):
            if form.isalpha() and len(form) >= 4:
                for length in {len(form), len(form) - 1, len(form) - 2}:
                    if length >= 4:
                        self.forms[form[:length]].append(form)

    def any(self) -> str:
        """A word, frequent ones more often."""
        return self.rng.choice(self.all)

    def form(self, word: str) -> str:
        """Another form of a word; any word if there is none."""
        others = [form for form in self.forms.get(word[:max(4, len(word) - 2)], ()) if form != word]
        return self.rng.choice(others) if others else self.any()


def edit(rng: random.Random, passage: str, rate: float, word: re.Pattern, pool: Words) -> str:
    """The passage with its words edited."""
    spans = list(word.finditer(passage))
    gaps = [passage[x.end():y.start()] for x, y in zip(spans, spans[1:])] + [""]
    words = [span.group() for span in spans]
    space = " " if word is SPACED else ""
    out, at = [], 0
    while at < len(words):
        kind = rng.choices(("sub", "form", "del", "ins", "swap"), (25, 20, 20, 20, 15))[0] if rng.random() < rate else ""
        if kind == "swap" and at + 1 < len(words):
            out += [words[at + 1], gaps[at], words[at], gaps[at + 1]]
            at += 1
        elif kind == "ins":
            out += [words[at], space, pool.any(), gaps[at]]
        elif kind == "form":
            out += [pool.form(words[at]), gaps[at]]
        elif kind in ("sub", "swap"):
            out += [pool.any(), gaps[at]]
        elif kind != "del":
            out += [words[at], gaps[at]]
        at += 1
    return "".join(out).strip() or words[0]


def plant(language: str, texts: list[str], word: re.Pattern, seed: int) -> tuple[list[dict], list[Plant]]:
    """Every second document, shuffled, receives a passage of one of the others."""
    rng = random.Random(f"{seed} {language}")
    order = list(enumerate(texts))
    rng.shuffle(order)
    half = len(order) // 2
    pool = Words(rng, texts, word)
    rows, truth = [], []
    for index, ((a, given), (b, host)) in enumerate(zip(order[:half], order[half:])):
        source, target, rate = f"{language}-{a:04}", f"{language}-{b:04}", RATES[index % len(RATES)]
        words = list(word.finditer(given))
        length = rng.randint(40, 120)
        first = rng.randint(0, len(words) - length)
        start, end = words[first].start(), words[first + length - 1].end()
        copy = edit(rng, given[start:end], rate, word, pool)
        at = rng.choice([m.end() for m in re.finditer(r"\S", host) if m.group() in SENTENCE_ENDS] or [len(host)])
        space = " " if word is SPACED else ""
        rows.append({"id": source, "text": given})
        rows.append({"id": target, "text": host[:at] + space + copy + space + host[at:].lstrip(" ")})
        begin = at + len(space)
        truth.append(Plant((rate,), source, (start, end), target, (begin, begin + len(copy))))
    return rows, truth


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True, help="folder of the unpacked packages")
    parser.add_argument("--binary", type=Path, default=REPOSITORY / "target" / "release" / "wirecopy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--docs", type=int, default=600, help="documents a language, at most")
    parser.add_argument("--only", default=",".join(SOURCES), help="languages, parted by commas")
    parser.add_argument("flags", nargs="*", help="further flags for wirecopy, after --")
    asked = parser.parse_args()
    english = {text for folder in ENGLISH for text in paragraphs(asked.texts / folder)}
    print("| language | documents | " + " | ".join(f"{rate:.0%}: n, found, covered, pieces" for rate in RATES)
          + " | outside, a hundred documents |")
    print("|---" * (len(RATES) + 3) + "|")
    for language in asked.only.split(","):
        word = UNSPACED if language in ("zh", "ja") else SPACED
        pieces = [p for p in paragraphs(asked.texts / SOURCES[language]) if in_language(language, p, english)]
        rows, truth = plant(language, documents(language, pieces, word, asked.docs), word, asked.seed)
        found, outside = score(truth, compare(asked.binary, rows, asked.flags))
        line = []
        for rate in RATES:
            cell = [one for one in found if one.cell == (rate,)]
            hits = [one.pieces for one in cell if one.covered >= 0.5]
            share = sum(one.covered for one in cell) / len(cell)
            pieces_each = sum(hits) / max(len(hits), 1)
            line.append(f"{len(cell)}, {len(hits) / len(cell):.2f}, {share:.2f}, {pieces_each:.2f}")
        print(f"| {language} | {len(rows)} | " + " | ".join(line) + f" | {100 * len(outside) / len(rows):.1f} |", flush=True)


if __name__ == "__main__":
    main()
