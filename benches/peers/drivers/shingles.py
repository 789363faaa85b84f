"""The documents of a corpus as sets of word 5-grams, the same for every MinHash driver."""
import json
import re

WORD = re.compile(r"\w+")
LENGTH = 5


def shingles(text: str) -> set[str]:
    """Lower-case word 5-grams of a text; a shorter text is one shingle."""
    words = WORD.findall(text.lower())
    return {" ".join(words[at : at + LENGTH]) for at in range(max(1, len(words) - LENGTH + 1))}


def documents(corpus: str) -> tuple[list[str], list[set[str]]]:
    """Names and shingles of a corpus of lines {"id", "text"}."""
    names, sets = [], []
    with open(corpus, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            names.append(row["id"])
            sets.append(shingles(row["text"]))
    return names, sets
