#!/usr/bin/env python3
"""How many planted edits are told, and how much is told that nobody planted.

    benches/typed.py --binary target/release/wirecopy --corpora ../shared/corpora

Articles are copied for a second outlet, two hours later, with one edit of each kind that the text has room for: a number and a
name become others, "..., X said." goes, "according to ..." or "reportedly" comes, a name gets a gloss in brackets, two
paragraphs change places, the last sentences are cut. Each is planted in sentences of its own, and in every second article a
tenth of the other words is edited as well. A plant is found where a typed edit of its kind touches it; whatever else is told
was not planted. Plants are the same in every run.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import sys
import tempfile
from typing import NamedTuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "accuracy"))
from planted import compare  # noqa: E402
from suite.edits import edit  # noqa: E402

SEED = 7
PER_CORPUS = 250
CORPORA = ("news-events", "reuters", "senate-slice", "bbc")
KINDS = (
    "number_changed",
    "name_changed",
    "attribution_dropped",
    "attribution_added",
    "hedge_added",
    "gloss_inserted",
    "order_moved",
    "cut_from_end",
)
#: Words of an article that is copied: enough for one edit of each kind.
WORDS = range(150, 1500)
SENTENCES = 10
EDIT_RATE = 0.1

SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]+[\"”’]*\s*|[^.!?]+$")
CALENDAR = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec)[a-z]*"
NUMBER = re.compile(rf"(?<![\w.,/:$-])(\d{{2,3}})(?![\w/:-]|[.,]\d| (?:{CALENDAR}))")
MONTH_BEFORE = re.compile(rf"(?:{CALENDAR})\.?\s$")
NAME = re.compile(rf"(?<=[a-z] )(?!(?:{CALENDAR})\b)([A-Z][a-z]{{3,}})(?= [a-z]{{2,}})")
SAID = re.compile(r",\s(?:[\w.'’-]+\s){1,6}said(?:\son\s[A-Z]\w+)?(?=\.\s*$)|,\saccording\sto\s[^,.\"]{3,50}(?=\.\s*$)")
VERB = re.compile(r"\b(was|were|is|has|had|have|are) (?=[a-z]{4,}ed\b)")
ATTRIBUTIONS = (", according to the ministry", ", officials said", ", the spokeswoman said", ", according to two people")
HEDGES = ("reportedly ", "allegedly ", "apparently ", "probably ")
GLOSSES = ("[the agency of the coast]", "[a member of the board]", "(known for its mills)", "[then in opposition]")


class Plant(NamedTuple):
    """An edit: its kind, and code points of the copy in which it stands."""

    kind: str
    start: int
    end: int


class Copy(NamedTuple):
    """A copy and what was planted in it."""

    text: str
    plants: list[Plant]


def number(sentence, rng, _names):
    fits = lambda it: not it[1].startswith("0") and not MONTH_BEFORE.search(sentence[: it.start()])
    found = [it for it in NUMBER.finditer(sentence) if fits(it)]
    if not found:
        return None
    it = rng.choice(found)
    other = str(int(it[1]) + rng.choice((3, 7, 11, 20)))
    return sentence[: it.start()] + other + sentence[it.end() :], it.start(), it.start() + len(other)


def name(sentence, rng, names):
    found = list(NAME.finditer(sentence))
    if not found:
        return None
    it = rng.choice(found)
    other = rng.choice([name for name in names if name[:2] != it[1][:2]])
    return sentence[: it.start()] + other + sentence[it.end() :], it.start(), it.start() + len(other)


def drop_attribution(sentence, _rng, _names):
    it = SAID.search(sentence)
    if not it or it.start() < 40 or re.search(r"[\"“”‘]|''", sentence):
        return None
    return sentence[: it.start()] + sentence[it.end() :], it.start(), it.start() + 1


def add_attribution(sentence, rng, _names):
    end = len(sentence.rstrip())
    if not sentence.rstrip().endswith(".") or re.search(r"said|say|told|accord|[\"“”]|claim|report", sentence):
        return None
    added = rng.choice(ATTRIBUTIONS)
    return sentence[: end - 1] + added + sentence[end - 1 :], end - 1, end - 1 + len(added)


def add_hedge(sentence, rng, _names):
    it = VERB.search(sentence)
    if not it or re.search(r"may|might|likely|allege|report|appar|probab|claim|expect|believe|could|would", sentence):
        return None
    added = rng.choice(HEDGES)
    return sentence[: it.end()] + added + sentence[it.end() :], it.end(), it.end() + len(added)


def add_gloss(sentence, rng, _names):
    it = NAME.search(sentence)
    if not it or re.search(r"[\[(]", sentence):
        return None
    added = " " + rng.choice(GLOSSES)
    return sentence[: it.end()] + added + sentence[it.end() :], it.end(), it.end() + len(added)


IN_SENTENCE = {
    "number_changed": number,
    "name_changed": name,
    "attribution_dropped": drop_attribution,
    "attribution_added": add_attribution,
    "hedge_added": add_hedge,
    "gloss_inserted": add_gloss,
}


def reworded(sentence, rng, other_word):
    """The sentence with some words edited; names and numbers stay."""
    words = re.findall(r"\S+|\s+", sentence)
    plain = [at for at, word in enumerate(words) if word.isalpha() and word.islower()]
    for at in plain:
        words[at] = " ".join(edit([words[at]], EDIT_RATE, rng, other_word))
    return "".join(words)


def plant(text, rng, names, other_word, noisy):
    """A copy of `text`; a sentence before and after each edit stays as it is."""
    sentences = SENTENCE.findall(text)
    # Headline and dateline stay; so does the end, for the cut.
    free = list(range(2, len(sentences) - 5))
    rng.shuffle(free)
    taken, done = set(), {}
    for kind, make in IN_SENTENCE.items():
        for at in free:
            long = len(sentences[at].split()) >= 10 and "  " not in sentences[at].strip()
            made = None if at in taken or not long else make(sentences[at], rng, names)
            if made:
                done[at] = (kind, *made)
                taken.update((at - 1, at, at + 1))
                break
    moved = next((at for at in free if not taken & set(range(at - 1, at + 4)) and movable(sentences, at)), None)
    if moved is not None:
        sentences[moved : moved + 2] = [sentences[moved + 1], sentences[moved]]
        taken.update(range(moved - 1, moved + 4))
    out, plants, length = [], [], 0
    cut = len(sentences) - 3
    for at, sentence in enumerate(sentences[:cut]):
        if at in done:
            kind, sentence, start, end = done[at]
            plants.append(Plant(kind, length + start, length + end))
        elif at == moved:
            plants.append(Plant("order_moved", length, length + len(sentence) + len(sentences[at + 1])))
        elif noisy and at not in taken and at < cut - 2:
            sentence = reworded(sentence, rng, other_word)
        out.append(sentence)
        length += len(sentence)
    copy = "".join(out).rstrip()
    plants.append(Plant("cut_from_end", len(copy), len(copy)))
    return Copy(copy, plants)


def movable(sentences, at):
    return all(10 <= len(it.split()) <= 40 and it[0].isupper() and it.endswith((" ", "\n")) for it in sentences[at : at + 2])


def articles(path, rng):
    """Some articles of a corpus, none an exact copy of another."""
    with open(path / "docs.jsonl", encoding="utf-8") as lines:
        texts = {json.loads(line)["text"]: None for line in lines}
    fitting = [text for text in texts if len(text.split()) in WORDS and len(SENTENCE.findall(text)) >= SENTENCES]
    rng.shuffle(fitting)
    return fitting[:PER_CORPUS]


def told(row, copy):
    """The typed edits of a passage: kind, and code points of the copy."""
    text = copy.text.encode()
    for item in row["typed_edits"].split():
        kind, _, places = item.partition("@")
        start, end = map(int, places.split("/")[1].split("-"))
        yield kind, len(text[:start].decode()), len(text[:end].decode())


def measure(binary, corpus, path, show):
    rng = random.Random(SEED)
    texts = articles(path, rng)
    words = [word for text in texts for word in text.split() if word.isalpha() and word.islower() and word != "said"]
    names = sorted({it[1] for text in texts for it in NAME.finditer(text)})
    rows, copies = [], {}
    for at, text in enumerate(texts):
        copies[f"{at}b"] = copy = plant(text, rng, names, lambda: rng.choice(words), noisy=at % 2 == 1)
        rows += [
            {"id": f"{at}a", "source": "First Post", "date": "2031-03-04T08:00:00Z", "text": text},
            {"id": f"{at}b", "source": "Second Herald", "date": "2031-03-04T10:00:00Z", "text": copy.text},
        ]
    planted, found, extra = collections.Counter(), collections.Counter(), collections.Counter()
    hit = set()
    passages = [row for row in compare(binary, rows, []) if row["type"] == "passage"]
    for row in passages:
        a, b = row["a_doc_id"], row["b_doc_id"]
        if a[:-1] != b[:-1]:
            continue
        copy = copies[b]
        for kind, start, end in told(row, copy):
            # The end of a text may be told a little before it, and a point touches what it stands in.
            hits = [it for it in copy.plants if it.kind == kind and start <= it.end + 2 and end >= it.start - 2]
            hit.update((b, it) for it in hits)
            if not hits:
                extra[kind] += 1
                if show:
                    print("extra", b, kind, repr(copy.text[max(0, start - 80) : end + 60]))
    for key, copy in copies.items():
        noisy = int(key[:-1]) % 2
        for it in copy.plants:
            planted[it.kind, noisy] += 1
            found[it.kind, noisy] += (key, it) in hit
            if show and (key, it) not in hit:
                print("missed", key, it.kind, repr(copy.text[max(0, it.start - 120) : it.end + 80]))
    for kind in KINDS:
        cells = [f"{found[kind, noisy]:4} of {planted[kind, noisy]:4}" for noisy in (0, 1)]
        print(f"{corpus:14} {kind:20} {cells[0]}  reworded {cells[1]}  not planted {extra[kind]:4}")
    others = {kind: n for kind, n in sorted(extra.items()) if kind not in KINDS}
    print(f"{corpus:14} other kinds, not planted: {others}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, default=pathlib.Path("target/release/wirecopy"))
    parser.add_argument("--corpora", type=pathlib.Path, default=pathlib.Path("../shared/corpora"))
    parser.add_argument("--only", choices=CORPORA, help="one corpus")
    parser.add_argument("--show", action="store_true", help="print what was missed and what was told beside the plants")
    given = parser.parse_args()
    for corpus in CORPORA:
        if given.only in (None, corpus):
            measure(given.binary.resolve(), corpus, given.corpora / corpus, given.show)


if __name__ == "__main__":
    main()
