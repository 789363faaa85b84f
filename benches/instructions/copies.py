"""Made articles that all carry one statement, each copy edited on its own: the same on every machine.

Words have the frequencies of a text (the n-th about 1/n of the first), the first of them function words. Only
`Random.random` is drawn from, the one method whose sequence Python promises to keep.
"""
import random
from typing import Iterator

WORDS = 40_000
SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "le", "mu", "na", "po", "ri", "se", "tu", "vo")
FUNCTION_WORDS = (
    "the of and to in a is that for it was on with as be by at he this from or his are an not have which but had they "
    "were you has their its been all who will would there we when can if more her so no she out what than"
).split()


def word(rng: random.Random) -> str:
    """A word by its frequency."""
    rank = int(WORDS ** rng.random())
    if rank <= len(FUNCTION_WORDS):
        return FUNCTION_WORDS[rank - 1]
    mixed = rank * 0x9E3779B97F4A7C15 % 2**64 >> 40
    length = 2 + (rank > 50) + (rank > 2000)
    return "".join(SYLLABLES[mixed >> 4 * at & 15] for at in range(length))


def words(rng: random.Random, number: int) -> list[str]:
    """Words in sentences of a dozen."""
    made = [word(rng) for _ in range(number)]
    for at in range(0, number, 12):
        made[at] = made[at].capitalize()
        made[at - 1] += "." if at else ""
    return made


def edited(rng: random.Random, statement: list[str], rate: float) -> list[str]:
    """The statement with each word, at this probability, replaced, left out, or followed by another."""
    made: list[str] = []
    for given in statement:
        if rng.random() >= rate:
            made.append(given)
            continue
        kind = int(3 * rng.random())
        if kind != 1:
            made.append(given if kind == 2 else word(rng))
        if kind == 2:
            made.append(word(rng))
    return made


def articles(number: int, rate: float) -> Iterator[dict[str, str]]:
    """Records of articles of 300 words, half of them the statement."""
    statement = words(random.Random(7), 150)
    for index in range(number):
        rng = random.Random(1000 + index)
        parts = words(rng, 75) + edited(rng, statement, rate) + words(rng, 75)
        yield {"id": f"{index:06}", "source": f"outlet {index % 97}", "text": " ".join(parts)}
