"""Plants passages of given lengths, edited word by word at given rates, in documents; the same ones in every run.

An edited word is replaced (35 %), inflected otherwise (20 %), left out (17 %), followed by an inserted word (16 %) or swapped
with its successor (12 %). A replacement is a synonym where the list below has one, else a word drawn from the documents.
"""
import random
import re
from typing import Any, Callable

LENGTHS = (20, 40, 80)
RATES = (0.0, 0.1, 0.2, 0.3, 0.4)
PER_CELL = 150
SEED = 1

WORD = re.compile(r"\S+")
KINDS = ("replace", "inflect", "delete", "insert", "swap")
WEIGHTS = (35, 20, 17, 16, 12)

# Words of a group stand for one another.
SYNONYM_GROUPS = """
said stated told declared; announced disclosed unveiled; company firm concern; rise increase climb gain; fall drop decline
slip; rose climbed advanced; fell dropped declined slipped; big large sizeable; small little modest; buy purchase acquire;
bought purchased acquired; sell dispose divest; deal agreement accord pact; talks negotiations discussions; meeting session
gathering; government administration cabinet; minister secretary; official spokesman; country nation state; plan scheme
programme; begin start commence; began started commenced; end finish conclude; quickly rapidly fast; about around roughly
approximately; also moreover too; but however yet; because since as; costs expenses outlays; profit earnings income; loss
deficit shortfall; shares stock equity; market bourse exchange; price cost value; expected forecast projected; strong robust
solid; weak feeble soft; high elevated; low depressed; new fresh recent; early initial; help aid assist; show indicate
reveal; showed indicated revealed; need require; give grant provide; gave granted provided; allow permit let; stop halt
cease; reduce cut trim lower; raise lift boost; year twelvemonth; workers employees staff; problem difficulty trouble; total
sum aggregate; biggest largest; major main principal; last previous past; next coming following; many numerous several
"""


def synonyms() -> dict[str, list[str]]:
    """Each word of the groups with the others of its group."""
    table = {}
    for group in SYNONYM_GROUPS.split(";"):
        words = group.split()
        for word in words:
            table[word] = [other for other in words if other != word]
    return table


SYNONYMS = synonyms()


def inflect(word: str, rng: random.Random) -> str:
    """The word with another ending: an ending off, or one on, as English inflects. Numbers and short words stay."""
    match = re.fullmatch(r"(\W*)(\w+)(\W*)", word)
    if not match or len(match[2]) < 3 or not match[2].isalpha():
        return word
    before, core, after = match.groups()
    for ending in ("ing", "ed", "s"):
        if core.endswith(ending) and len(core) - len(ending) >= 3 and not core.endswith("ss"):
            core = core[: -len(ending)]
            break
    else:
        core = core.removesuffix("e") + rng.choice(("es", "ed", "ing") if core.endswith("e") else ("s", "ed", "ing"))
    return before + core + after


def replacement(word: str, rng: random.Random, other_word: Callable[[], str]) -> str:
    """A synonym in the word's own case and punctuation, or another word."""
    match = re.fullmatch(r"(\W*)(\w+)(\W*)", word)
    if not match or match[2].lower() not in SYNONYMS:
        return other_word()
    choice = rng.choice(SYNONYMS[match[2].lower()])
    return match[1] + (choice.capitalize() if match[2][0].isupper() else choice) + match[3]


def edit(words: list[str], rate: float, rng: random.Random, other_word: Callable[[], str]) -> list[str]:
    """The words, each edited with the probability `rate`; at least one is left."""
    edited = []
    at = 0
    while at < len(words):
        word = words[at]
        kind = rng.choices(KINDS, WEIGHTS)[0] if rng.random() < rate else "keep"
        if kind == "replace":
            edited.append(replacement(word, rng, other_word))
        elif kind == "inflect":
            edited.append(inflect(word, rng))
        elif kind == "insert":
            edited += [word, other_word()]
        elif kind == "swap" and at + 1 < len(words):
            edited += [words[at + 1], word]
            at += 1
        elif kind != "delete":
            edited.append(word)
        at += 1
    return edited or words[:1]


def plant(items: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The documents with one passage planted in each target, and the truth pairs with their `cell`.

    A document is a source of one passage, a target of one, or neither.
    """
    rng = random.Random(SEED)
    texts = {item["id"]: item["text"] for item in items if item["text"].strip()}
    order = list(texts)
    rng.shuffle(order)
    pool = [word for name in order for word in texts[name].split()]
    cells = [(words, rate) for words in LENGTHS for rate in RATES for _ in range(PER_CELL)]
    targets, rest = order[: len(cells)], iter(order[len(cells):])
    truth = []
    for target, (words, rate) in zip(targets, cells):
        source = next(name for name in rest if len(texts[name].split()) >= words + 10)
        spans = list(WORD.finditer(texts[source]))
        first = rng.randint(0, len(spans) - words)
        start, end = spans[first].start(), spans[first + words - 1].end()
        copy = " ".join(edit(texts[source][start:end].split(), rate, rng, lambda: rng.choice(pool)))
        place = place_in(texts[target], rng)
        texts[target] = f"{texts[target][:place]} {copy} {texts[target][place:].lstrip(' ')}"
        truth.append({
            "cell": f"L{words} {rate:.0%}", "a": source, "a_start": start, "a_end": end,
            "b": target, "b_start": place + 1, "b_end": place + 1 + len(copy),
        })
    return [{"id": name, "text": text} for name, text in texts.items()], truth


def place_in(text: str, rng: random.Random) -> int:
    """Where a passage is put: behind a sentence, or behind any word of a text without sentence ends."""
    ends = [word.end() for word in WORD.finditer(text)]
    return rng.choice([end for end in ends if text[end - 1] in ".!?"] or ends)
