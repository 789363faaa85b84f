"""Cases for the corpora of growth_real.py: python3 -m unittest discover -s benches"""
import random
import unittest

import growth_real
from growth_real import Source, Text


def corpus(rng: random.Random, number: int) -> list[Text]:
    """Documents whose words stand nowhere else, but for three frequent ones among them."""
    def words(document: int) -> list[str]:
        return [rng.choice(["the", "of", "and"]) if rng.random() < 0.4 else f"w{document}x{at}" for at in range(200)]

    return [Text(f"{document}", " ".join(words(document)) + "\n\nend.") for document in range(number)]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words that begin and end with one that stands in one place only."""
    words = text.split()
    found = {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
    return {run for run in found if run[0].startswith("w") and run[-1].startswith("w")}


class Made(unittest.TestCase):
    def setUp(self) -> None:
        self.texts = corpus(random.Random(1), 40)
        self.source = Source(self.texts)
        rng = random.Random(2)
        self.made = [self.source.made(rng, 300) for _ in range(60)]

    def test_a_made_document_shares_three_words_with_a_real_one_and_no_more(self) -> None:
        for length in (4, 5, 6):
            real = set().union(*(runs(text.text, length) for text in self.texts))
            for text in self.made:
                self.assertEqual(runs(text, length) & real, set())
        real_threes = set().union(*(runs(text.text, 3) for text in self.texts))
        self.assertTrue(any(runs(text, 3) & real_threes for text in self.made))

    def test_a_made_document_has_the_length_asked_for_and_words_of_the_corpus(self) -> None:
        known = {word for text in self.texts for word in text.text.split()}
        for text in self.made:
            self.assertIn(len(text.split()), range(300, 300 + growth_real.RUN))
            self.assertLessEqual(set(text.split()), known)

    def test_frequent_words_stay_as_frequent(self) -> None:
        def share(texts: list[str]) -> float:
            words = " ".join(texts).split()
            return sum(word in ("the", "of", "and") for word in words) / len(words)

        self.assertAlmostEqual(share(self.made), share([text.text for text in self.texts]), delta=0.05)

    def test_the_same_seed_gives_the_same_documents(self) -> None:
        rng = random.Random(2)
        self.assertEqual([Source(self.texts).made(rng, 300) for _ in range(3)], self.made[:3])
        self.assertEqual(len(set(self.made)), len(self.made))

    def test_words_keep_the_ends_of_paragraphs(self) -> None:
        self.assertEqual(growth_real.with_gaps("a b\nc\n\nd \n"), ["a ", "b ", "c\n\n", "d\n\n"])
        self.assertEqual(growth_real.with_gaps(" \n\n\n"), [])


class Chosen(unittest.TestCase):
    def setUp(self) -> None:
        self.corpora = [corpus(random.Random(1), 40), corpus(random.Random(2), 10)]
        self.whole = sum(map(growth_real.size_of, self.corpora))

    def test_each_corpus_gives_the_same_share_from_its_beginning(self) -> None:
        names = [text.name for text in growth_real.chosen(self.corpora, self.whole // 2)]
        for number, half in ((0, 20), (1, 5)):
            count = sum(name.startswith(f"{number}-") for name in names)
            self.assertIn(count, range(half, half + 2))
            self.assertLessEqual({f"{number}-{n}" for n in range(count)}, set(names))
        self.assertEqual(growth_real.first_part(self.corpora[0], 1.0), self.corpora[0])
        self.assertEqual(len(list(growth_real.chosen(self.corpora, self.whole))), 50)

    def test_beyond_the_real_documents_made_ones_fill_up(self) -> None:
        texts = list(growth_real.chosen(self.corpora, 3 * self.whole))
        size = growth_real.size_of(texts)
        self.assertTrue(3 * self.whole <= size < 3.1 * self.whole, size / self.whole)
        self.assertEqual(len({text.name for text in texts}), len(texts))
        part = growth_real.size_of(text for text in texts if text.name.startswith("made-1"))
        self.assertAlmostEqual(part / (2 * self.whole), growth_real.size_of(self.corpora[1]) / self.whole, delta=0.03)

    def test_a_run_ends_at_a_frequent_word_or_after_three(self) -> None:
        words = "a b c d of e of f".split()
        self.assertEqual(list(growth_real.run_ends(words, {"of": []})), [3, 3, 3, 2, 1, 2, 1, 1])


class Slopes(unittest.TestCase):
    def test_the_slope_is_the_exponent(self) -> None:
        self.assertAlmostEqual(growth_real.slope((10, 1.0), (100, 10.0)), 1.0)
        self.assertAlmostEqual(growth_real.slope((10, 1.0), (100, 100.0)), 2.0)


if __name__ == "__main__":
    unittest.main()
