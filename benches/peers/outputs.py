"""Parsers of what each program writes: text in, pairs of document names out. An output that is not understood is an error."""
import json
import re
from typing import Iterator

from score import Pair

SUFFIX = ".txt"
# `a.txt: line 1-56      |b.txt: line 3-58      [509]`; the columns are padded to the page width or not at all.
SIM_RUN = re.compile(r"(.+?): line \d+-\d+\s*\|(.+?): line \d+-\d+\s*\[\d+\]\s*")
SIM_TOTAL = re.compile(r"(Total input|File .*): .*")


class OutputError(Exception):
    """An output that is not in the format known of the program."""


def document_of(file: str) -> str:
    """Name of the document in a file of the corpus."""
    name = file.rpartition("/")[2]
    if not name.endswith(SUFFIX):
        raise OutputError(f"{file!r} is no {SUFFIX} file")
    return name.removesuffix(SUFFIX)


def wirecopy(text: str) -> Iterator[Pair]:
    """Pairs of `wirecopy compare --format jsonl`."""
    for row in wirecopy_rows(text):
        yield row["a_doc_id"], row["b_doc_id"]


def wirecopy_counting(text: str) -> Iterator[Pair]:
    """The same without pairs that share nothing but what is excluded from the count (formulas, boilerplate)."""
    for row in wirecopy_rows(text):
        if row["matched_words"] > 0:
            yield row["a_doc_id"], row["b_doc_id"]


def wirecopy_rows(text: str) -> Iterator[dict]:
    """Rows of type pair; the first row must begin a result and one row must end it."""
    ended = False
    for number, line in enumerate(text.splitlines()):
        row = json.loads(line)
        if number == 0 and row["type"] != "begin":
            raise OutputError("the result does not start with its `begin` row")
        ended |= row["type"] == "end"
        if row["type"] == "pair":
            yield row
    if not ended:
        raise OutputError("the result has no `end` row")


def sim_text(text: str) -> Iterator[Pair]:
    """Pairs of `sim_text -n`: one line a run."""
    for line in text.splitlines():
        run = SIM_RUN.fullmatch(line)
        if run:
            yield document_of(run[1]), document_of(run[2])
        elif line.strip() and not SIM_TOTAL.fullmatch(line):
            raise OutputError(f"not a line of sim_text: {line!r}")


def jscpd(text: str) -> Iterator[Pair]:
    """Pairs of the JSON report of jscpd; it puts the format behind the name."""
    try:
        clones = json.loads(text)["duplicates"]
    except (ValueError, KeyError) as error:
        raise OutputError(f"not a report of jscpd: {error!r}") from None
    for clone in clones:
        a, b = (clone[side]["name"].removesuffix(f":{clone['format']}") for side in ("firstFile", "secondFile"))
        yield document_of(a), document_of(b)


def tabbed(text: str) -> Iterator[Pair]:
    """Pairs that a driver of ours wrote, `a<TAB>b` a line."""
    for line in text.splitlines():
        a, tab, b = line.partition("\t")
        if not tab:
            raise OutputError(f"not a pair: {line!r}")
        yield a, b


def nothing(_text: str) -> Iterator[Pair]:
    """Of a program that reports no pairs."""
    return iter(())
