"""Cases for the committed counts and the verdicts: python3 -m unittest discover -s benches/instructions"""
import tempfile
import unittest
from pathlib import Path

import copies
import run
from table import Committed, Counted, Table, TableError, judge, read_table, rendered, updated, write_table


def verdict(instructions: int, committed: Committed | None, given: str = "x") -> tuple[str, bool]:
    """Verdict of one count."""
    row, = judge({"case": Counted(instructions, given)}, {"case": committed} if committed else {})
    return row.verdict, row.ok


class Judging(unittest.TestCase):
    def test_a_count_may_rise_by_its_tolerance_and_no_more(self) -> None:
        cases = [
            (1000, ("ok", True)),
            (1030, ("ok", True)),
            (1031, ("ROSE by 3.1%", False)),
            (2000, ("ROSE by 100.0%", False)),
            (970, ("ok", True)),
            (969, ("fell: run --update", True)),
        ]
        for instructions, expected in cases:
            self.assertEqual(verdict(instructions, Committed(1000, 0.03, "x")), expected, instructions)
        self.assertEqual(verdict(1100, Committed(1000, 0.1, "x")), ("ok", True))

    def test_what_cannot_be_held_against_a_count_fails(self) -> None:
        self.assertEqual(verdict(1000, None), ("NOT COMMITTED: run --update", False))
        self.assertEqual(verdict(1000, Committed(1000, 0.03, "y")), ("OTHER INPUT: run --update", False))

    def test_the_printed_table_shows_change_and_verdict(self) -> None:
        rows = judge({"a": Counted(2_100_000, ""), "b": Counted(5, "")}, {"a": Committed(2_000_000, 0.03, "")})
        _, first, second = rendered(rows).splitlines()
        self.assertEqual(first.split(), ["a", "2,100,000", "2,000,000", "+5.00%", "3.0%", "ROSE", "by", "5.0%"])
        self.assertEqual(second.split()[:5], ["b", "5", "-", "-", "-"])


class Tables(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "table.toml"

    def test_a_table_comes_back_as_it_was_written(self) -> None:
        table = Table('rustc "1"', {"startup": Committed(1_174_175, 0.1, ""), "copies": Committed(3, 0.03, "ab")})
        write_table(self.path, table)
        self.assertEqual(read_table(self.path), table)

    def test_no_table_is_an_empty_one_and_a_broken_one_is_refused(self) -> None:
        self.assertEqual(read_table(self.path), Table("", {}))
        for broken in ("cases", "made_with = 1\n", "made_with = ''\n[cases.a]\ninstructions = 1\n"):
            self.path.write_text(broken)
            with self.assertRaises(TableError, msg=broken):
                read_table(self.path)

    def test_an_update_keeps_tolerances_and_cases_not_counted(self) -> None:
        old = Table("old", {"a": Committed(1, 0.5, "x"), "b": Committed(2, 0.03, "y")})
        new = updated(old, {"a": Counted(10, "z"), "c": Counted(7, "")}, "new")
        self.assertEqual(new.made_with, "new")
        self.assertEqual(new.cases, {
            "a": Committed(10, 0.5, "z"), "b": Committed(2, 0.03, "y"), "c": Committed(7, 0.03, ""),
        })

    def test_the_committed_table_has_every_case(self) -> None:
        self.assertEqual(set(read_table(run.HERE / "table.toml").cases), set(run.CASES))


class Counting(unittest.TestCase):
    def test_the_count_is_read_from_the_log(self) -> None:
        self.assertEqual(run.instructions("==12== Command: x\n==12== \n==12== I   refs:      1,174,175\n"), 1_174_175)
        self.assertEqual(run.instructions("==1== I refs: 7\n"), 7)
        for log in ("", "==1== I refs: \n", "I refs: 7\n"):
            with self.assertRaises(run.Failure, msg=log):
                run.instructions(log)

    def test_a_digest_tells_names_and_contents(self) -> None:
        seen = set()
        for files in ({"a": "x"}, {"b": "x"}, {"a": "y"}, {"a": "x", "b": ""}, {"d/a": "x"}):
            with tempfile.TemporaryDirectory() as folder:
                for name, text in files.items():
                    path = Path(folder) / name
                    path.parent.mkdir(exist_ok=True)
                    path.write_text(text)
                seen.add(run.digest(Path(folder)))
                self.assertEqual(run.digest(Path(folder)), run.digest(Path(folder)))
        self.assertEqual(len(seen), 5)

    def test_made_articles_are_the_same_each_time_and_edited_as_asked(self) -> None:
        verbatim, edited = ([record["text"].split() for record in copies.articles(30, rate)] for rate in (0.0, 0.2))
        self.assertEqual(verbatim, [record["text"].split() for record in copies.articles(30, 0.0)])
        self.assertEqual({len(words) for words in verbatim}, {300})
        self.assertEqual({tuple(words[75:225]) for words in verbatim}, {tuple(verbatim[0][75:225])})
        self.assertEqual(len({tuple(words) for words in edited}), 30)
        self.assertEqual(" ".join(verbatim[0])[:1].isupper(), True)


if __name__ == "__main__":
    unittest.main()
