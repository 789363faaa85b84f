"""Tests of the parsers, the scorer, the meter and the table. Outputs are made up; no program and no network is needed."""
import contextlib
import io
import json
import sys
import tempfile
import time
import types
import unittest
from pathlib import Path

import meter
import outputs
import programs
import run
from outputs import OutputError
from programs import Command, InstallError, Place, Program
from score import Planted, ScoreError, Share, between, read_names, read_truth, score, undirected
from table import Row, Took, memory, rendered

sys.path.append(str(Path(__file__).resolve().parent / "drivers"))
import shingles  # noqa: E402


def lines(*rows: dict) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row) + "\n" for row in rows)


def ended(process: Path) -> bool:
    """Whether a process is gone, or nothing but an entry that nobody has fetched; it is given a second to go."""
    for _ in range(100):
        try:
            if (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


class Parsers(unittest.TestCase):
    """From what a program writes to pairs."""

    def test_wirecopy_takes_rows_of_type_pair(self) -> None:
        text = lines(
            {"type": "begin"},
            {"type": "document", "doc_id": "a"},
            {"type": "pair", "a_doc_id": "a", "b_doc_id": "b", "matched_words": 40},
            {"type": "pair", "a_doc_id": "a", "b_doc_id": "c", "matched_words": 0},
            {"type": "passage", "a_doc_id": "a", "b_doc_id": "d"},
            {"type": "end"},
        )
        self.assertEqual(list(outputs.wirecopy(text)), [("a", "b"), ("a", "c")])
        self.assertEqual(list(outputs.wirecopy_counting(text)), [("a", "b")])

    def test_a_result_cut_short_is_no_result(self) -> None:
        for text in ("", lines({"type": "begin"}), lines({"type": "pair", "a_doc_id": "a", "b_doc_id": "b"}, {"type": "end"})):
            with self.assertRaises(OutputError):
                list(outputs.wirecopy(text))

    def test_sim_text_lines_padded_or_not(self) -> None:
        text = (
            "Total input: 3 files (3 new, 0 old), 1614 words\n\n"
            "fire.txt: line 1-56                    |flood.txt: line 1-56               [509]\n\n"
            "a-name-as-long-as-a-column.v2.txt: line 12-30|b.txt: line 1-2[28]\n"
        )
        self.assertEqual(list(outputs.sim_text(text)), [("fire", "flood"), ("a-name-as-long-as-a-column.v2", "b")])
        with self.assertRaises(OutputError):
            list(outputs.sim_text("fire.txt consists for 20 % of flood.txt material\n"))

    def test_jscpd_names_lose_folder_format_and_suffix(self) -> None:
        def clone(a: str, b: str) -> dict:
            return {"format": "markdown", "firstFile": {"name": a}, "secondFile": {"name": b}}

        text = json.dumps({"duplicates": [clone("a.txt:markdown", "txt/b.c.txt:markdown"), clone("a.txt", "d.txt")]})
        self.assertEqual(list(outputs.jscpd(text)), [("a", "b.c"), ("a", "d")])
        for broken in ("", "{}", json.dumps({"duplicates": [clone("a.md:markdown", "b.txt")]})):
            with self.assertRaises(OutputError):
                list(outputs.jscpd(broken))

    def test_drivers_write_a_tab(self) -> None:
        self.assertEqual(list(outputs.tabbed("a b\tc\nd\te\n")), [("a b", "c"), ("d", "e")])
        with self.assertRaises(OutputError):
            list(outputs.tabbed("Warning: something\n"))


class Scoring(unittest.TestCase):
    """Pairs against the truth."""

    TRUTH = [
        Planted(("a", "b"), "source", 0.0),
        Planted(("a", "c"), "source", 0.2),
        Planted(("d", "e"), "source", 0.2),
        Planted(("b", "c"), "sibling", 0.2),
    ]

    def test_direction_repeats_and_selves_do_not_count(self) -> None:
        told = [("b", "a"), ("a", "b"), ("c", "c"), ("c", "a")]
        self.assertEqual(between({"a", "b", "c"}, told), {("a", "b"), ("a", "c")})

    def test_an_unknown_document_is_an_error(self) -> None:
        with self.assertRaisesRegex(ScoreError, "'a.txt'"):
            between({"a", "b"}, [("a.txt", "b")])

    def test_recall_by_rate_and_of_siblings(self) -> None:
        told = score({("a", "b"), ("d", "e"), ("x", "y")}, self.TRUTH)
        self.assertEqual(told.pairs, 3)
        self.assertEqual(told.rates, {0.0: Share(1, 1), 0.2: Share(1, 2)})
        self.assertEqual(told.siblings, Share(0, 1))
        shares = [Share(1, 3), Share(359, 360), Share(360, 360), Share(0, 0)]
        self.assertEqual([str(one) for one in shares], ["0.33", "> 0.99", "1.00", "–"])

    def test_reads_what_the_corpus_maker_writes(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "truth.jsonl"
            path.write_text(lines({"kind": "source", "rate": 0.1, "a": "z", "b": "y", "words": 80}), encoding="utf-8")
            self.assertEqual(read_truth(path), [Planted(undirected("y", "z"), "source", 0.1)])
            path.write_text(lines({"id": "z", "text": ""}, {"id": "é", "text": ""}), encoding="utf-8")
            self.assertEqual(read_names(path), {"z", "é"})


class Shingling(unittest.TestCase):
    """What the MinHash drivers compare."""

    def test_five_words_without_case_and_punctuation(self) -> None:
        two = {"one two three four five", "two three four five six"}
        self.assertEqual(shingles.shingles("One, two three\nfour FIVE six."), two)
        self.assertEqual(shingles.shingles("Too short"), {"too short"})


class Running(unittest.TestCase):
    """The meter, and rows of programs that do not do as asked."""

    def setUp(self) -> None:
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.place = Place(Path(folder), Path(folder), Path(folder), None)
        self.opts = types.SimpleNamespace(timeout=30, memory=8000, runs=1)
        self.corpus = run.Corpus({"a", "b"}, [Planted(("a", "b"), "source", 0.0)])

    def row(self, script: str, install=lambda _: "1", **before: Row) -> Row:
        """The row of a program that is a script."""
        words = [sys.executable, "-I", "-S", "-c", script]
        program = Program("made up", "", install, lambda _: Command(words), outputs.tabbed)
        with contextlib.redirect_stderr(io.StringIO()):
            return run.row_of(program, before, self.place, self.corpus, self.opts)

    def test_counts_children_and_memory_of_the_largest(self) -> None:
        work = "sum(range(4_000_000)); x = b'1' * 60_000_000"
        row = self.row(f"import os, sys; os.fork() or (exec({work!r}), os._exit(0)); os.wait(); print('b\\ta')")
        self.assertEqual((row.failed, row.score.rates), ("", {0.0: Share(1, 1)}))
        self.assertGreater(row.took.cpu, 0.03)
        self.assertTrue(60 < row.took.mb < 200, row.took.mb)

    def test_too_long_or_too_large_is_stopped_with_its_children(self) -> None:
        self.opts.timeout = 0.3
        row = self.row("import os, time; child = os.fork(); child and print(child, flush=True); time.sleep(60)")
        self.assertEqual(row.failed, "stopped after 0.3 s")
        self.assertTrue(0.3 <= row.took.wall < 20, row.took.wall)
        if Path("/proc/self/statm").exists():
            child = Path("/proc", (self.place.results / "made-up.out").read_text().strip())
            self.assertTrue(ended(child), child)
            self.opts.timeout, self.opts.memory = 30, 100
            row = self.row("import time; x = b'1' * 300_000_000; time.sleep(60)")
            self.assertEqual(row.failed, "stopped above 100 MB")

    def test_failures_are_rows(self) -> None:
        def refuse(_place: Place) -> str:
            raise InstallError("there is no npm on this machine")

        self.assertEqual(self.row("", install=refuse).failed, "not installed: there is no npm on this machine")
        self.assertEqual(self.row("raise SystemExit(3)").failed, "ended with 3")
        self.assertEqual(self.row("print('no pair')").failed, "output not understood")
        self.assertEqual(self.row("print('a\\tnobody')").failed, "output not understood")

    def test_a_name_with_parentheses_does_not_mislead(self) -> None:
        self.assertEqual(meter.group_of("12 (a) S 1 7 (b)) S 1 34 34 0 -1"), 34)

    def test_a_second_reading_fails_with_the_first(self) -> None:
        program = Program("again", "", lambda _: "1", lambda _: Command([]), outputs.tabbed, same_run="first")
        row = run.row_of(program, {"first": Row("first", "1", failed="ended with 3")}, self.place, self.corpus, self.opts)
        self.assertEqual(row.failed, "see first")

    def test_the_run_of_the_median_cpu_time_counts(self) -> None:
        runs = [Took(cpu, 1.0, 1.0, 1.0) for cpu in (3.0, 1.0, 2.0, 9.0)]
        self.assertEqual(run.median(runs).cpu, 2.0)

    def test_programs_have_names_of_their_own(self) -> None:
        files = {run.file_name(program.name) for program in programs.PROGRAMS}
        self.assertEqual(len(files), len(programs.PROGRAMS))


class Table(unittest.TestCase):
    """What is printed."""

    def test_every_row_is_as_wide_as_the_head(self) -> None:
        told = score({("a", "b")}, Scoring.TRUTH)
        took = Took(12.345, 0.5, 100.4, 8.0)
        rows = [
            Row("good", "1", took, told),
            Row("stopped", "1", took, failed="stopped after 9 s"),
            Row("floor", "1", took._replace(mb=8.1)),
            Row("gone", "", failed="not installed: a | b"),
        ]
        self.assertEqual(
            rendered(rows, [0.0, 0.2]).splitlines()[2:],
            [
                "| good | 1 | 12.3 | 0.50 | 100 | 1.00 | 0.00 | 0.00 | 1 |",
                "| stopped | 1 | ≥ 12.3 | 0.50 | 100 | stopped after 9 s |  |  |  |",
                "| floor | 1 | 12.3 | 0.50 | < 9 | – | – | – | – |",
                "| gone |  | – | – | – | not installed: a \\| b |  |  |  |",
            ],
        )

    def test_little_memory_is_only_known_to_be_less(self) -> None:
        self.assertEqual([memory(Took(0, 0, mb, 8.0)) for mb in (7.0, 8.4, 9.0)], ["< 9", "< 9", "9"])


if __name__ == "__main__":
    unittest.main()
