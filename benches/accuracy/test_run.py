"""Cases for run.py: python3 -m unittest discover benches/accuracy"""
import tempfile
import unittest
from pathlib import Path

import run


class Judging(unittest.TestCase):
    def test_a_bar_is_met_at_its_figure_and_missed_beyond(self):
        cases = [
            (0.90, {"at_least": 0.9}, True),
            (0.89, {"at_least": 0.9}, False),
            (6, {"at_most": 6}, True),
            (7, {"at_most": 6}, False),
        ]
        for figure, bar, expected in cases:
            rows = run.judge("g", {"x": figure}, {"x": bar})
            self.assertEqual([row.ok for row in rows], [expected], (figure, bar))

    def test_a_bar_without_a_figure_is_a_miss(self):
        rows = run.judge("g", {}, {"x": {"at_least": 1}})
        self.assertEqual([(row.measure, row.ok) for row in rows], [("g: x", False)])
        self.assertIn("MISS", run.table(rows))

    def test_a_figure_without_a_bar_is_shown_only(self):
        rows = run.judge("g", {"x": 0.0}, {})
        self.assertTrue(rows[0].ok)
        self.assertNotIn("MISS", run.table(rows))


class Reading(unittest.TestCase):
    def test_the_scorers_table_is_taken_apart(self):
        printed = (
            "label                     pairs  found  share  covered  pieces\n"
            "light_edit                    8      7  0.875    0.912    1.14\n"
            "verbatim (optional)           3      0  0.000    0.000    0.00\n"
            "passages reported: 31; touching no truth pair: 4\n"
            "missed light_edit 1 2 3 4 5\n"
        )
        scores, outside = run.span_scores(printed)
        self.assertEqual(outside, 4)
        self.assertEqual(sorted(scores), ["light_edit", "verbatim (optional)"])
        expected = {"pairs": 8, "found": 7, "share": 0.875, "covered": 0.912, "pieces": 1.14}
        self.assertEqual(scores["light_edit"], expected)

    def test_an_empty_table_is_a_failure(self):
        for printed in ("", "label pairs found share covered pieces\npassages reported: 0; touching no truth pair: 0\n"):
            with self.assertRaises(run.Failure):
                run.span_scores(printed)

    def test_documents_in_one_cluster_are_counted_by_overlap(self):
        def member(cluster, doc, start, end):
            return {"cluster_id": cluster, "doc_id": doc, "start_char": start, "end_char": end}

        spans = {"a": [(10, 20)], "b": [(10, 20)]}
        cases = [
            ([], 0),
            ([member("x", "a", 0, 10)], 0),
            ([member("x", "a", 0, 11), member("y", "b", 0, 99)], 1),
            ([member("x", "a", 0, 11), member("x", "a", 19, 30)], 1),
            ([member("x", "a", 0, 11), member("x", "b", 19, 30), member("x", "c", 10, 20)], 2),
        ]
        for members, expected in cases:
            self.assertEqual(run.together(members, spans), expected, members)


class Bars(unittest.TestCase):
    def test_the_committed_bars_are_well_formed_and_cover_every_measurement(self):
        bars = run.read_bars(run.HERE / "bars.toml")
        self.assertEqual(sorted(bars), sorted(run.MEASUREMENTS))

    def test_malformed_bars_are_refused(self):
        for text in ("[karabakh]\nx = {}", "[karabakh]\nx = { at_least = 1, at_most = 2 }", "[other]\nx = { at_least = 1 }"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "bars.toml"
                path.write_text(text)
                with self.assertRaises(run.Failure):
                    run.read_bars(path)


if __name__ == "__main__":
    unittest.main()
