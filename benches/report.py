#!/usr/bin/env python3
"""What a report of tens of thousands of pairs costs: to write, and in bytes.

    benches/report.py --binary FILE --corpus DOCS.jsonl --work DIR [--keep REPORT.html] [COMPARE OPTION...]

Compares all documents of DOCS.jsonl in DIR with the options given (`--min-coverage 10%` decides the number of pairs), keeps the
result as JSON Lines, and writes a report from it: within the default size, within ten times that, and split. Prints wall and
processor seconds, peak memory, bytes, and what each file says that it leaves out. How fast a browser opens the file and a pair in
it is measured by the tests of the page (src/report/html/page). The binary must be a release build. Standard library only.
"""
import argparse
import base64
import gzip
import json
import re
import shutil
import sys
from pathlib import Path

from index import Took, run


def core(page: Path) -> dict:
    """The tables of a report that are opened first."""
    found = re.search(r'id="block-core">([^<]*)<', page.read_text(encoding="utf-8"))
    if not found:
        raise SystemExit(f"{page} is no report")
    return json.loads(gzip.decompress(base64.b64decode(found[1])))


def size(page: Path) -> str:
    """Bytes of a report, and of the folder beside it."""
    told = f"{page.stat().st_size / 1e6:.2f} MB"
    folder = page.with_name(f"{page.stem}-data")
    if not folder.is_dir():
        return told
    files = list(folder.iterdir())
    return f"{told} and {len(files)} files of {sum(file.stat().st_size for file in files) / 1e6:.2f} MB"


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="keep the report of default size here")
    opts, flags = parser.parse_known_args()
    opts.work.mkdir(parents=True, exist_ok=True)
    result = opts.work / "result.jsonl"
    common = ["--no-config", "-q", "--format", "text"]

    def told(what: str, took: Took, more: str) -> None:
        print(f"| {what} | {took.wall:.1f} | {took.cpu:.1f} | {took.peak_mb:.0f} | {more} |", flush=True)

    print("| step | wall s | CPU s | peak MB | |\n|---|--:|--:|--:|---|")
    compared = run(opts.work, [opts.binary, "compare", opts.corpus, *flags, *common, "-o", result])
    told("compare, result as JSON Lines", compared, f"{result.stat().st_size / 1e6:.0f} MB")
    left_out = []
    for name, choice in [("default", []), ("tenfold", ["--max-size", "80MB"]), ("split", ["--split"])]:
        page = opts.work / f"{name}.html"
        took = run(opts.work, [opts.binary, "report", result, *common, *choice, "-o", page])
        told(f"report, {' '.join(choice) or 'default size'}", took, size(page))
        left_out += [f"- {name}: {it['message']}" for it in core(page)["left_out"]]
    tables = core(opts.work / "default.html")
    passages = tables["pairs"]["first"][-1]
    print(f"\n{len(tables['documents']['id']):,} documents, {len(tables['pairs']['id']):,} pairs, {passages:,} passages\n")
    print("\n".join(left_out))
    if opts.keep:
        shutil.copyfile(opts.work / "default.html", opts.keep)


if __name__ == "__main__":
    sys.exit(main())
