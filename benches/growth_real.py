#!/usr/bin/env python3
"""Growth of time, memory and output with the amount of real text.

    benches/growth_real.py --binary FILE --work DIR [--shared DIR] [--mb N]… [--threads N] [--runs N] [--timeout SECONDS]

Grows a corpus of each size (10, 100, 400 and 1,000 MB unless --mb says otherwise) from SHARED/corpora in DIR, runs
`wirecopy compare` on it under peers/meter.py, and prints a table: CPU and wall seconds, peak memory, output, passages, and
`slope`, that of CPU seconds between two sizes on logarithmic scales (1 is linear, 2 quadratic). Corpora stay in DIR and
are found there again, results are removed once counted. The binary must be a release build. Standard library only.

How a corpus is grown. Each shared corpus gives the same share of its documents, from its first one on, so that
neighbours (takes of one story, releases of one office) stay together. All of them are some 130 MB. What is missing beyond
is made: each document has the length of a real one, and its words are those of one corpus in runs of one to three. A run
ends at one of the corpus's 300 most frequent words where it meets one, and the next begins behind another place of that word;
so words and what stands next to the frequent ones keep their frequencies. By construction a made document has at most four
words in a row in common with another document (three, and the frequent word before them), unless a text stands in the
corpus many times. That is less than a passage; 8 MB made of one corpus gave 140 to 300 passages by chance, 8 MB of the same
corpus itself some 80,000. Then make_corpus.py plants reuse: one document in ten receives 50 to 150 words of another, edited
at 0, 10 or 20 %.

So planted reuse grows with the size throughout, that of the real documents to 130 MB: above, read the slope as that of an
archive with less reuse of its own than news has. The same shared corpora and the same Python give the same corpus. The
gigabyte takes about four minutes to make.
"""
import argparse
import bisect
import itertools
import json
import math
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Iterable, Iterator, NamedTuple

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent

# Most words of a run.
RUN = 3
# Frequent words at which a run ends: about half of the words of a text.
HINGES = 300


class Text(NamedTuple):
    """A document."""

    name: str
    text: str


class GrowthError(Exception):
    """What keeps the bench from measuring."""


def documents(folder: Path) -> list[Text]:
    """The documents of one shared corpus."""
    found = [Text(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
    for path in sorted(folder.glob("docs.jsonl")):
        with open(path, encoding="utf-8") as lines:
            found += [Text(row["id"], row["text"]) for row in map(json.loads, lines)]
    return found


def size_of(texts: Iterable[Text]) -> int:
    """Bytes of text."""
    return sum(len(text.text.encode()) for text in texts)


class Source:
    """The words of a corpus, ready for runs to be drawn from them."""

    def __init__(self, texts: list[Text]) -> None:
        self.lengths = [len(text.text.split()) for text in texts]
        # A word keeps the blank after it, so that lines and paragraphs stay.
        self.words = [word for text in texts for word in with_gaps(text.text)]
        common = [word for word, _ in Counter(self.words).most_common(HINGES)]
        self.behind: dict[str, list[int]] = {word: [] for word in common}
        for place, word in enumerate(self.words[:-1], 1):
            if word in self.behind:
                self.behind[word].append(place)
        self.ends = run_ends(self.words, self.behind)

    def made(self, rng: random.Random, length: int) -> str:
        """A document of about `length` words."""
        draw, words, ends, behind = rng.random, self.words, self.ends, self.behind
        parts: list[str] = []
        anywhere = range(len(words))
        place = int(draw() * len(words))
        while len(parts) < length:
            end = place + ends[place]
            parts += words[place:end]
            places = behind.get(words[end - 1]) or anywhere
            place = places[int(draw() * len(places))]
            if place == end:  # going on where the run ended would make it longer
                place = (end + len(words) // 2) % len(words)
        return "".join(parts).strip() + "\n"


def with_gaps(text: str) -> list[str]:
    """The words of a text, each with a blank behind it: an empty line at the end of a paragraph, else a space."""
    words = []
    for paragraph in text.split("\n\n"):
        inside = paragraph.split()
        words += [f"{word} " for word in inside[:-1]] + [f"{word}\n\n" for word in inside[-1:]]
    return words


def run_ends(words: list[str], hinges: dict[str, list[int]]) -> bytearray:
    """For each place, how many words a run that begins there has: up to a hinge, at most RUN."""
    ends = bytearray(len(words))
    following = 0
    for place in range(len(words) - 1, -1, -1):
        following = 1 if words[place] in hinges or following == 0 else min(following + 1, RUN)
        ends[place] = following
    return ends


def made(corpora: list[list[Text]], missing: int) -> Iterator[Text]:
    """New documents of at least `missing` bytes, each corpus's part as large as its part of the real ones."""
    whole = sum(map(size_of, corpora))
    for number, texts in enumerate(corpora):
        rng, left, count = random.Random(number), missing * size_of(texts) / whole, 0
        source = Source(texts)
        while left > 0:
            text = source.made(rng, source.lengths[count % len(texts)])
            yield Text(f"made-{number}-{count:07}", text)
            left -= len(text.encode())
            count += 1


def first_part(texts: list[Text], share: float) -> list[Text]:
    """The first documents that are at least this share of a corpus's bytes."""
    sums = list(itertools.accumulate(size_of([text]) for text in texts))
    return texts[: bisect.bisect_left(sums, share * sums[-1]) + 1]


def chosen(corpora: list[list[Text]], wanted: int) -> Iterator[Text]:
    """Documents of about `wanted` bytes: real ones, and beyond them made ones."""
    whole = sum(map(size_of, corpora))
    for number, texts in enumerate(corpora):
        for text in first_part(texts, min(1.0, wanted / whole)):
            yield Text(f"{number}-{text.name}", text.text)
    if wanted > whole:
        yield from made(corpora, wanted - whole)


def grow(megabytes: int, opts: argparse.Namespace) -> Path:
    """The planted corpus of one size; made unless it is there."""
    folder = opts.work / f"real-{megabytes}"
    if (folder / "meta.json").exists():
        return folder
    corpora = [texts for place in sorted((opts.shared / "corpora").iterdir()) if (texts := documents(place))]
    source = opts.work / "unplanted"
    source.mkdir(parents=True, exist_ok=True)
    with open(source / "docs.jsonl", "w", encoding="utf-8", newline="\n") as file:
        for text in chosen(corpora, megabytes * 1_000_000):
            file.write(json.dumps({"id": text.name, "text": text.text}, ensure_ascii=False) + "\n")
    # make_corpus.py takes documents to the size asked for; here it is to take them all.
    words = [sys.executable, opts.shared / "eval" / "make_corpus.py", source, folder, "--no-files", "--bytes", str(10**12)]
    planted = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if planted.returncode:
        raise GrowthError(f"make_corpus.py: {planted.stderr.strip()}")
    (source / "docs.jsonl").unlink()
    return folder


class Took(NamedTuple):
    """What a run took and gave."""

    cpu: float
    wall: float
    peak_mb: float
    output_mb: float
    passages: int


def measured(folder: Path, opts: argparse.Namespace) -> Took:
    """The run of the median CPU time; of an even number the lesser of the two."""
    return sorted(run(folder, opts) for _ in range(opts.runs))[(opts.runs - 1) // 2]


def run(folder: Path, opts: argparse.Namespace) -> Took:
    """Compares a corpus once under the meter."""
    report, output = opts.work / "meter.json", opts.work / "result.jsonl"
    meter = [sys.executable, "-I", "-S", HERE / "peers" / "meter.py", report, opts.timeout, opts.memory]
    compare = ["compare", "--no-config", "--threads", opts.threads, "--format", "jsonl", "--quiet"]
    words = [str(word) for word in (*meter, opts.binary, *compare, folder / "corpus.jsonl")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIRECOPY_")}
    try:
        with open(output, "wb") as out:
            subprocess.run(words, stdout=out, check=True, env=kept)
        told = json.loads(report.read_text(encoding="utf-8"))
        if told["stopped"] or told["exit"]:
            raise GrowthError(f"{folder.name}: {told['stopped'] or 'ended with %d' % told['exit']}")
        with open(output, "rb") as lines:
            passages = sum(line.startswith(b'{"type":"passage"') for line in lines)
        return Took(told["cpu"], told["wall"], told["mb"], output.stat().st_size / 1e6, passages)
    finally:
        output.unlink(missing_ok=True)
        report.unlink(missing_ok=True)


def slope(before: tuple[int, float], now: tuple[int, float]) -> float:
    """Of two (size, seconds), the exponent by which seconds grow with size."""
    return math.log(now[1] / before[1]) / math.log(now[0] / before[0])


def rendered(line: Iterable[str]) -> str:
    """A line of the table."""
    return f"| {' | '.join(line)} |"


def row(meta: dict, took: Took, growth: str) -> str:
    """What one size took."""
    cells = [f"{meta['bytes'] / 1e6:,.0f}", f"{meta['docs']:,}", f"{took.cpu:.1f}", f"{took.wall:.1f}", growth]
    return rendered([*cells, f"{took.peak_mb:,.0f}", f"{took.output_mb:,.0f}", f"{took.passages:,}"])


def options() -> argparse.Namespace:
    """The command line."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--binary", type=Path, required=True, help="the wirecopy to measure: a release build")
    args.add_argument("--work", type=Path, required=True, help="folder outside the repository for corpora; 1 GB takes 3 GB")
    args.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared", help="folder with corpora and eval")
    args.add_argument("--mb", type=int, action="append", help="a size; may be repeated")
    args.add_argument("--threads", type=int, default=0, help="of wirecopy; 0 for one a processor")
    args.add_argument("--runs", type=int, default=1, help="runs of each size; that of the median CPU time counts")
    args.add_argument("--timeout", type=float, default=7200, help="wall seconds after which a run is stopped")
    args.add_argument("--memory", type=float, default=16000, help="MB above which a run is stopped")
    opts = args.parse_args()
    opts.work, opts.shared, opts.binary = opts.work.resolve(), opts.shared.resolve(), opts.binary.resolve()
    if opts.work.is_relative_to(REPOSITORY):
        args.error(f"--work {opts.work} is inside the repository; texts of others do not belong there")
    if not (opts.shared / "eval" / "make_corpus.py").is_file():
        args.error(f"{opts.shared} has no eval/make_corpus.py; name the folder that holds corpora and eval with --shared")
    return opts


def main() -> int:
    """Exit code 0 with a table, 2 where a size could not be measured."""
    opts = options()
    head = ["text MB", "documents", "CPU s", "wall s", "slope", "peak MB", "output MB", "passages"]
    print(f"{rendered(head)}\n{rendered(['--:'] * len(head))}", flush=True)
    before: tuple[int, float] | None = None
    for megabytes in sorted(opts.mb or [10, 100, 400, 1000]):
        try:
            folder = grow(megabytes, opts)
            took = measured(folder, opts)
        except (GrowthError, OSError, subprocess.CalledProcessError) as error:
            print(f"growth_real: {error}", file=sys.stderr)
            return 2
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        now = (meta["bytes"], took.cpu)
        print(row(meta, took, f"{slope(before, now):.2f}" if before else "–"), flush=True)
        before = now
    return 0


if __name__ == "__main__":
    sys.exit(main())
