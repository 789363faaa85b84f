"""Cases for sample.py: python3 -m unittest discover benches/accuracy"""
import unittest

import sample


def passage(number: int, cluster: str, words: int, tags: list[str]) -> dict:
    return {
        "passage_id": f"{number:04}",
        "cluster_id": cluster,
        "matched_words": words,
        "tags": tags,
        "excluded": bool(tags),
    }


class Drawing(unittest.TestCase):
    passages = [passage(n, f"c{n % 7}", n, ["formula"] if n % 2 else []) for n in range(100)]

    def test_a_seed_draws_the_same_whatever_the_order(self):
        drawn = [
            sample.draw(passages, 10, 3, False, False) for passages in (self.passages, self.passages[::-1])
        ]
        self.assertEqual(drawn[0], drawn[1])
        self.assertNotEqual(drawn[0], sample.draw(self.passages, 10, 4, False, False))

    def test_the_shortest_and_one_a_cluster(self):
        shortest = sample.draw(self.passages, 5, 1, False, True)
        self.assertEqual(sorted(p["matched_words"] for p in shortest), [0, 1, 2, 3, 4])
        one_each = sample.draw(self.passages, 50, 1, True, False)
        self.assertEqual(len({p["cluster_id"] for p in one_each}), len(one_each))

    def test_kinds(self):
        counts = {kind: sum(sample.is_of(p, kind) for p in self.passages) for kind in ("all", "counting", "formula")}
        self.assertEqual(counts, {"all": 100, "counting": 50, "formula": 50})


if __name__ == "__main__":
    unittest.main()
