"""Cases for the measures themselves: python3 -m unittest discover benches/accuracy"""
import random
import tempfile
import unittest
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import run
from suite import classify, clough, edits, folds, karabakh, spans, wiki
from suite.bench import Failure


def passage(a, b, docs=("d", "e")):
    """A passage with a place on either side."""
    row = {}
    for side, doc, (start, end) in zip("ab", docs, (a, b)):
        row |= {f"{side}_doc_id": doc, f"{side}_start_char": start, f"{side}_end_char": end}
    return row


class Spans(unittest.TestCase):
    def test_characters_are_counted_once(self):
        cases = [([], 0), ([(0, 5)], 5), ([(3, 5), (0, 3)], 5), ([(0, 9), (2, 3)], 9), ([(4, 4)], 0), ([(0, 2), (5, 6)], 3)]
        for intervals, expected in cases:
            self.assertEqual(spans.length(intervals), expected, intervals)

    def test_characters_inside_truth_need_both_sides(self):
        truth = [passage((0, 10), (0, 10))]
        cases = [
            ([], 0.0),
            ([passage((0, 10), (0, 10))], 1.0),
            ([passage((5, 15), (5, 15))], 0.5),
            ([passage((0, 10), (10, 20))], 0.0),
            ([passage((0, 10), (0, 10), ("d", "f"))], 0.0),
            ([passage((0, 10), (0, 10)), passage((0, 10), (0, 10))], 1.0),
        ]
        for found, expected in cases:
            self.assertAlmostEqual(spans.inside_truth(found, truth), expected, msg=found)

    def test_the_scorers_table_is_taken_apart(self):
        printed = (
            "label                     pairs  found  share  covered  pieces\n"
            "light_edit                    8      7  0.875    0.912    1.14\n"
            "verbatim (optional)           3      0  0.000    0.000    0.00\n"
            "passages reported: 31; touching no truth pair: 4\n"
            "missed light_edit 1 2 3 4 5\n"
        )
        scores, outside = spans.span_scores(printed)
        self.assertEqual(outside, 4)
        self.assertEqual(sorted(scores), ["light_edit", "verbatim (optional)"])
        expected = {"pairs": 8, "found": 7, "share": 0.875, "covered": 0.912, "pieces": 1.14}
        self.assertEqual(scores["light_edit"], expected)

    def test_an_empty_table_is_a_failure(self):
        for printed in ("", "label pairs found share covered pieces\npassages reported: 0; touching no truth pair: 0\n"):
            with self.assertRaises(Failure):
                spans.span_scores(printed)


class Karabakh(unittest.TestCase):
    def test_documents_in_one_cluster_are_counted_by_overlap(self):
        def member(cluster, doc, start, end):
            return {"cluster_id": cluster, "doc_id": doc, "start_char": start, "end_char": end}

        places = {"a": [(10, 20)], "b": [(10, 20)]}
        cases = [
            ([], 0),
            ([member("x", "a", 0, 10)], 0),
            ([member("x", "a", 0, 11), member("y", "b", 0, 99)], 1),
            ([member("x", "a", 0, 11), member("x", "a", 19, 30)], 1),
            ([member("x", "a", 0, 11), member("x", "b", 19, 30), member("x", "c", 10, 20)], 2),
        ]
        for members, expected in cases:
            self.assertEqual(karabakh.together(members, places), expected, members)

    def test_truth_is_turned_as_the_result_is(self):
        span = {"a": "e", "a_start": 1, "a_end": 2, "b": "d", "b_start": 3, "b_end": 4}
        self.assertEqual(karabakh.ordered(span), passage((3, 4), (1, 2)))


class Wiki(unittest.TestCase):
    def test_components_are_named_by_their_smallest_member(self):
        found = wiki.components("abcdef", [("b", "c"), ("e", "c"), ("f", "a")])
        self.assertEqual(found, {"a": "a", "f": "a", "b": "b", "c": "b", "e": "b", "d": "d"})

    def test_agreement_of_groupings(self):
        cases = [
            ("aabb", "xxyy", (1, 1, 1)),
            ("abcd", "xxyy", (0, 1, 0)),
            ("aaaa", "xxyy", (0, 2 / 6, 1)),
            # both together: one pair of two found and of two true; expected by chance 2 * 2 / 6
            ("aabc", "xxyy", ((1 - 1 * 2 / 6) / (1.5 - 1 * 2 / 6), 1, 1 / 2)),
            ("", "", (1, 1, 1)),
        ]
        for found, truth, expected in cases:
            for value, wanted in zip(wiki.agreement(list(found), list(truth)), expected, strict=True):
                self.assertAlmostEqual(value, wanted, msg=(found, truth))


class Classifying(unittest.TestCase):
    def test_classes_in_an_order_are_told_apart(self):
        cases = [[float(x)] for x in range(12)]
        classes = [x // 4 for x in range(12)]
        model = classify.fit(cases, classes)
        self.assertEqual([model.predict(case) for case in cases], classes)
        self.assertEqual((model.predict([-99.0]), model.predict([99.0])), (0, 2))

    def test_a_feature_that_never_changes_carries_no_weight(self):
        cases = [[float(x), 7.0] for x in range(8)]
        model = classify.fit(cases, [x // 4 for x in range(8)])
        self.assertEqual(model.weights[1], 0.0)
        self.assertGreater(model.weights[0], 0.0)

    def test_no_case_of_the_task_left_out_is_trained_on(self):
        # The feature means the opposite in each task, so whoever knows the other task alone is wrong every time.
        cases = [[float(x)] for x in range(8)] * 2
        classes = [x // 4 for x in range(8)] + [1 - x // 4 for x in range(8)]
        told = clough.leave_out(cases, classes, ["t"] * 8 + ["u"] * 8)
        self.assertEqual(told, [1 - number for number in classes])

    def test_runs_pass_over_case_and_punctuation(self):
        row = {"a_text": "One, two three. Four", "b_text": "one two\nthree five FOUR"}
        self.assertEqual(clough.equal_runs(row), [3, 1])

    def test_features_of_an_answer(self):
        self.assertEqual(clough.features(0.0, []), [0.0, 0.0, 0.0])
        row = {"a_text": "a b c d", "b_text": "a b x c d", "matched_words": 4, "a_words": 4, "b_words": 5}
        coverage, own, run_length = clough.features(0.5, [row])
        self.assertEqual((coverage, own), (0.5, 1.0))
        self.assertAlmostEqual(run_length, 1.0986122886681098)  # ln 3: both runs have two words


class Case(NamedTuple):
    susp: str
    src: str
    at: int


class Folds(unittest.TestCase):
    def test_connected_documents_share_a_fold_whatever_the_order(self):
        rng = random.Random(1)
        pairs = [(f"a{rng.randrange(60)}", f"b{rng.randrange(60)}") for _ in range(50)]
        fold_of = folds.by_component(pairs, 5)
        self.assertTrue(all(fold_of[a] == fold_of[b] for a, b in pairs))
        rng.shuffle(pairs)
        self.assertEqual(folds.by_component(pairs, 5), fold_of)
        more = folds.by_component(pairs + [("z1", "z2")], 5)
        self.assertEqual({name: more[name] for name in fold_of}, fold_of)
        self.assertGreater(len(set(fold_of.values())), 1)

    def test_settings_are_chosen_on_the_other_folds(self):
        # Candidate 0 finds all of fold 0 alone, candidate 1 all of fold 1 alone: each fold gets the wrong one for itself.
        cases = [Case("x", "s", 0), Case("y", "s", 1)]
        plan = folds.Plan(2, [{"k": 0}, {"k": 1}])
        runs = []

        def detect(number, candidate):
            runs.append(candidate)
            return [cases[number]]

        outcome = folds.validate(plan, {"x": 0, "y": 1}, cases, detect, lambda truth, found: float(set(truth) == set(found)))
        self.assertEqual(runs, plan.candidates)
        self.assertEqual((outcome.chosen, outcome.held_out, outcome.sizes), ([1, 0], [], [1, 1]))
        self.assertIn("k = 1", folds.report(outcome))

    def test_the_first_of_equals_is_chosen(self):
        cases = [Case("x", "s", 0), Case("y", "s", 1)]
        plan = folds.Plan(2, [{"k": 0}, {"k": 1}])
        outcome = folds.validate(plan, {"x": 0, "y": 1}, cases, lambda *_: list(cases), lambda *_: 0.5)
        self.assertEqual((outcome.chosen, sorted(outcome.held_out)), ([0, 0], cases))

    def test_a_grid_gives_all_combinations_once(self):
        text = 'folds = 2\n[[grid]]\na = [1, 2]\nb = ["x"]\n[[grid]]\na = [2]\nb = ["x", "y"]\n'
        plan = self.read(text)
        expected = [{"a": 1, "b": "x"}, {"a": 2, "b": "x"}, {"a": 2, "b": "y"}]
        self.assertEqual(plan, folds.Plan(2, expected))
        self.assertEqual(folds.to_toml({"a": 1.5, "b": ["x"], "c": True}), 'a = 1.5\nb = ["x"]\nc = true\n')

    def test_a_malformed_grid_is_refused(self):
        for text in ("folds = 1\n[[grid]]\na = [1]\n", "folds = 2\n", "folds = 2\n[[grid]]\na = 1\n", "folds = 2\n[[grid]]\na = []\n"):
            with self.assertRaises(Failure):
                self.read(text)

    def test_the_committed_grid_can_be_read(self):
        self.assertGreater(len(folds.read_plan(run.HERE / "pan13_grid.toml").candidates), 1)

    @staticmethod
    def read(text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "grid.toml"
            path.write_text(text)
            return folds.read_plan(path)


class Edits(unittest.TestCase):
    def test_edits_come_in_their_shares(self):
        words = ["market"] * 40_000
        edited = edits.edit(words, 0.5, random.Random(1), lambda: "other")
        counts = Counter(edited)
        # Of 20,000 edits 16 % insert another word and 17 % take one away; a swap takes two places and changes nothing here.
        self.assertAlmostEqual(len(edited) / len(words), 1 - 0.01 * 0.5, delta=0.01)
        self.assertEqual(set(counts) - {"market", "other", "bourse", "exchange"}, {"markets", "marketed", "marketing"})

    def test_nothing_is_edited_at_rate_zero_and_something_is_left_at_rate_one(self):
        words = "one two three".split()
        self.assertEqual(edits.edit(words, 0.0, random.Random(1), lambda: "x"), words)
        for seed in range(50):
            self.assertTrue(edits.edit(["one"], 1.0, random.Random(seed), lambda: "x"))

    def test_inflection_changes_the_ending_alone(self):
        for word in ("shares,", "raised", '"buying', "price", "loss", "3.5", "of", "pct."):
            for seed in range(5):
                other = edits.inflect(word, random.Random(seed))
                self.assertEqual(other[:2], word[:2], (word, other))
                if word in ("3.5", "of"):
                    self.assertEqual(other, word)

    def test_synonyms_keep_case_and_punctuation(self):
        self.assertIn(edits.replacement("Said,", random.Random(1), lambda: "x"), ("Stated,", "Told,", "Declared,"))
        self.assertEqual(edits.replacement("cocoa", random.Random(1), lambda: "x"), "x")

    def test_truth_names_the_planted_words(self):
        rng = random.Random(7)
        words = [f"w{number}" for number in range(500)]
        cells = len(edits.LENGTHS) * len(edits.RATES) * edits.PER_CELL
        items = [{"id": str(at), "text": " ".join(rng.choices(words, k=100)) + "."} for at in range(2 * cells)]
        documents, truth = edits.plant(items)
        texts = {row["id"]: row["text"] for row in documents}
        self.assertEqual(len(truth), cells)
        self.assertEqual(edits.plant(items), (documents, truth))
        self.assertFalse({row["a"] for row in truth} & {row["b"] for row in truth})
        for row in truth:
            source = texts[row["a"]][row["a_start"]:row["a_end"]].split()
            self.assertEqual(f"L{len(source)}", row["cell"].split()[0])
            if row["cell"].endswith(" 0%"):
                self.assertEqual(texts[row["b"]][row["b_start"]:row["b_end"]].split(), source)


if __name__ == "__main__":
    unittest.main()
