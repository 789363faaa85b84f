"""Tests of what noise.py and languages.py plant and count."""
import random
import unittest

from languages import SPACED, UNSPACED, Words, edit
from languages import plant as plant_edited
from noise import RATES, Printer
from noise import plant as plant_noisy
from planted import Plant, covered, score


def passage(ident: str, a: tuple, b: tuple) -> dict:
    """A reported passage: (document, start, end) on either side."""
    row = {"passage_id": ident, "identity": 0.5}
    for side, (doc, start, end) in (("a", a), ("b", b)):
        row |= {f"{side}_doc_id": doc, f"{side}_start_char": start, f"{side}_end_char": end}
    return row


class Scoring(unittest.TestCase):
    """Which passages lie on a plant."""

    def test_covers_a_union(self) -> None:
        self.assertEqual(covered((10, 20), []), 0)
        self.assertEqual(covered((10, 20), [(0, 12), (11, 15), (30, 40)]), 0.5)

    def test_sides_may_be_swapped_and_the_worse_one_counts(self) -> None:
        plant = Plant(("cell",), "x", (0, 100), "y", (50, 150))
        rows = [passage("1", ("y", 50, 150), ("x", 0, 60)), passage("2", ("x", 200, 300), ("y", 50, 150))]
        found, outside = score([plant], rows)
        self.assertEqual([(one.covered, one.pieces) for one in found], [(0.6, 1)])
        self.assertEqual([row["passage_id"] for row in outside], ["2"])


class Planting(unittest.TestCase):
    """Spans of plants lead to their texts."""

    def test_clean_print_is_the_text_and_places_rise(self) -> None:
        text = "The ministry in Baku said on Monday that the fire had ceased."
        self.assertEqual(Printer(random.Random(1), 0, 0.5).print(text), (text, list(range(len(text) + 1))))
        printed, places = Printer(random.Random(1), 0.3, 0.5).print(text)
        self.assertNotEqual(printed, text)
        self.assertEqual((len(places), places[-1]), (len(text) + 1, len(printed)))
        self.assertEqual(places, sorted(places))

    def test_noisy_plants_are_recorded_where_they_stand(self) -> None:
        texts = [(f"d{n}", ". ".join(f"w{n}x{i}" for i in range(130)) + ".") for n in range(60)]
        rows, truth = plant_noisy(texts, 1, 0.5)
        by_id = {row["id"]: row["text"] for row in rows}
        clean = [one for one in truth if one.cell[1] == RATES[0]]
        self.assertTrue(clean)
        for one in clean:
            self.assertEqual(by_id[one.a][slice(*one.a_span)], by_id[one.b][slice(*one.b_span)])

    def test_edited_plants_are_recorded_where_they_stand(self) -> None:
        for language, word, text in (("en", SPACED, "So it is, they said. "), ("zh", UNSPACED, "停火协议生效。")):
            rows, truth = plant_edited(language, [text * 80 for _ in range(12)], word, 1)
            by_id = {row["id"]: row["text"] for row in rows}
            for one in (one for one in truth if one.cell == (0.0,)):
                self.assertEqual(by_id[one.a][slice(*one.a_span)], by_id[one.b][slice(*one.b_span)])

    def test_a_form_shares_the_beginning_of_its_word(self) -> None:
        pool = Words(random.Random(1), ["announced announces announcing other"], SPACED)
        self.assertIn(pool.form("announced"), ("announces", "announcing"))
        self.assertEqual(edit(random.Random(1), "one two", 0, SPACED, pool), "one two")


if __name__ == "__main__":
    unittest.main()
