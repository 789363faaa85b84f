"""Cases for bars, the committed table and the verdicts: python3 -m unittest discover benches/accuracy"""
import tempfile
import unittest
from pathlib import Path

import run
from suite.bench import Failure
from suite.figures import count, less, more, shown
from suite.table import (
    Bar, Committed, Table, bar_of, difference, judge, read_bars, read_table, rendered, updated, write_table,
)


def verdict(figure, bar=None, committed=None):
    """The one row of a figure."""
    bars = {"x": bar} if bar else {}
    rows = judge("g", {"x": figure}, bars, {"x": committed} if committed else {})
    assert len(rows) == 1, rows
    return rows[0]


class Judging(unittest.TestCase):
    def test_a_bar_is_met_at_its_figure_and_missed_beyond(self):
        cases = [
            (more(0.90), Bar("at_least", 0.9, None), True),
            (more(0.89), Bar("at_least", 0.9, None), False),
            (less(6), Bar("at_most", 6, None), True),
            (less(7), Bar("at_most", 6, None), False),
            (shown(7), Bar("at_most", 6, None), False),
            (more(0.1), Bar("at_least", None, 0.9), True),
        ]
        for figure, bar, expected in cases:
            row = verdict(figure, bar)
            self.assertEqual((row.ok, "MISSES BAR" in row.verdict), (expected, not expected), (figure, bar))

    def test_a_figure_may_fall_by_its_tolerance_and_no_more(self):
        cases = [
            (more(0.90), 0.90, 0.01, True, "ok"),
            (more(0.89), 0.90, 0.01, True, "worse by 0.0100, tolerated"),
            (more(0.8899), 0.90, 0.01, False, "FELL by 0.0101"),
            (more(0.8998), 0.90, 0, False, "FELL by 0.0002"),
            (more(0.91), 0.90, 0.01, True, "better: run --update"),
            (less(1.02), 1.01, 0.01, True, "worse by 0.0100, tolerated"),
            (less(1.03), 1.01, 0.01, False, "FELL by 0.0200"),
            (less(1.00), 1.01, 0.01, True, "better: run --update"),
            (count(7), 8, 0, False, "FELL by 1.0000"),
            (shown(9.0), 2.0, None, True, "ok"),
        ]
        for figure, committed, tolerance, ok, said in cases:
            row = verdict(figure, None, Committed(committed, tolerance))
            self.assertEqual((row.ok, row.verdict), (ok, said), (figure, committed))

    def test_a_figure_that_is_not_committed_is_said_and_does_not_fail(self):
        row = verdict(more(0.5))
        self.assertEqual((row.ok, row.verdict), (True, "new: run --update"))
        self.assertEqual(verdict(shown(0.5)).verdict, "ok")

    def test_a_missing_figure_fails_whether_a_bar_or_the_table_names_it(self):
        rows = judge("g", {}, {"x": Bar("at_least", 1, None)}, {"x": Committed(1, 0), "y": Committed(2, None)})
        self.assertEqual([(row.measure, row.ok, row.verdict) for row in rows], [
            ("g: x", False, "NO FIGURE"), ("g: y", False, "NO FIGURE"),
        ])
        self.assertIn("NO FIGURE", rendered(rows))

    def test_an_aim_is_said_and_does_not_fail(self):
        row = verdict(more(0.95), Bar("at_least", 0.9, 0.97), Committed(0.95, 0))
        self.assertEqual((row.ok, row.verdict), (True, "aim 0.97 not reached"))


class Bars(unittest.TestCase):
    def test_the_committed_bars_are_well_formed(self):
        bars = read_bars(run.HERE / "bars.toml", run.MEASUREMENTS)
        self.assertLessEqual(set(bars), set(run.MEASUREMENTS))

    def test_malformed_bars_are_refused(self):
        for given in ({}, {"at_least": 1, "at_most": 2}, {"at_least": 1, "aim_at_most": 2}, {"at_least": 1, "other": 2}):
            with self.assertRaises(Failure):
                bar_of("here", given)
        for text in ("[other]\nx = { at_least = 1 }", "[karabakh"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "bars.toml"
                path.write_text(text)
                with self.assertRaises(Failure):
                    read_bars(path, run.MEASUREMENTS)


class CommittedTable(unittest.TestCase):
    TABLE = Table(
        {"min_words": 5, "tags": ["a"], "language": ""},
        {"one": {}, "two": {"min_words": 25}},
        {"g": {"x y": Committed(0.5, 0.01), "s": Committed(3.25, None)}, "h-i": {"L20 10% found": Committed(1, 0)}},
    )

    def test_the_table_is_read_as_written(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.toml"
            write_table(path, self.TABLE)
            self.assertEqual(read_table(path), self.TABLE)

    def test_a_table_not_committed_yet_is_empty_and_a_broken_one_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.toml"
            self.assertEqual(read_table(path), Table({}, {}, {}))
            for text in ("[figures.g]\nx = 1\n", "[figures]\n", "figures = 3\n", "["):
                path.write_text(text)
                with self.assertRaises(Failure):
                    read_table(path)

    def test_the_committed_table_is_well_formed_and_covers_every_measurement(self):
        table = read_table(run.HERE / "table.toml")
        self.assertEqual(sorted(table.figures), sorted(run.MEASUREMENTS))

    def test_an_update_keeps_other_groups_and_tolerances_and_drops_what_is_no_more(self):
        measured = {"g": {"x y": more(0.75, 0.3), "new": more(0.1, 0.2)}}
        table = updated(self.TABLE, measured, {"two": {}}, {"min_words": 6})
        self.assertEqual(table.figures["g"], {"x y": Committed(0.75, 0.01), "new": Committed(0.1, 0.2)})
        self.assertEqual(table.figures["h-i"], self.TABLE.figures["h-i"])
        self.assertEqual(table.settings, {"one": {}, "two": {}})
        self.assertEqual(table.defaults, {"min_words": 6})

    def test_settings_are_told_by_their_difference(self):
        self.assertEqual(difference({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3}), {"b": 2, "c": 3})


if __name__ == "__main__":
    unittest.main()
