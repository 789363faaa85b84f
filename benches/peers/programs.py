"""The programs measured: how each is installed without root, run, and read, and with which settings."""
import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Iterable, Iterator

import outputs
from score import Pair

HERE = Path(__file__).resolve().parent
DRIVERS = HERE / "drivers"
INSTALL_SECONDS = 300

# What was measured when the table in README.md was made. The newest of a registry would be another table each time.
PINNED = {"jscpd": "5.3.3", "rensa": "0.5.0", "datasketch": "2.0.0", "copydetect": "0.5.0"}


class InstallError(Exception):
    """A program could not be installed; the message says why in a line."""


@dataclasses.dataclass(frozen=True)
class Place:
    """Where things are: the planted corpus, the folder that programs are installed in, and that of this run's results."""

    corpus: Path
    tools: Path
    results: Path
    binary: Path | None

    @property
    def lines(self) -> Path:
        """The corpus as one file of lines."""
        return self.corpus / "corpus.jsonl"

    @property
    def files(self) -> Path:
        """The corpus as one file a document."""
        return self.corpus / "txt"


@dataclasses.dataclass(frozen=True)
class Command:
    """What is run and timed. `feed`: file for standard input; `output`: where the pairs are, if not standard output."""

    words: list[object]
    cwd: Path | None = None
    feed: Path | None = None
    output: Path | None = None


@dataclasses.dataclass(frozen=True)
class Program:
    """One row of the table. `same_run`: the row reads the output of another one again, without running anything."""

    name: str
    notes: str
    install: Callable[[Place], str]
    command: Callable[[Place], Command]
    parse: Callable[[str], Iterator[Pair]]
    has_pairs: bool = True
    same_run: str | None = None


def environment() -> dict[str, str]:
    """The environment without settings of the program that the caller may have, and with one locale for all.

    Python's hashes have a fixed seed: copydetect chooses its fingerprints by them, and reports 406 to 437 pairs of size
    S from run to run without.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIRECOPY_")}
    return kept | {"LC_ALL": "C.UTF-8", "CI": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}


def told(words: Iterable[object], cwd: Path | None = None) -> str:
    """What an installer or `--version` prints; failing or being missing is an InstallError."""
    line = [str(word) for word in words]
    try:
        done = subprocess.run(
            line, cwd=cwd, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=INSTALL_SECONDS, check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallError(f"{Path(line[0]).name}: {reason(error)}") from None
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
        raise InstallError(f"`{' '.join([Path(line[0]).name, *line[1:3]])}` ended with {done.returncode}")
    return done.stdout


def reason(error: Exception) -> str:
    """An error of starting a program, without paths of this machine."""
    return f"took more than {INSTALL_SECONDS} s" if isinstance(error, subprocess.TimeoutExpired) else error.strerror.lower()


def needs(program: str) -> None:
    """Says which program an installation lacks."""
    if shutil.which(program) is None:
        raise InstallError(f"there is no {program} on this machine")


def wc_version(_place: Place) -> str:
    """Nothing to install: the version is the last word of the first line."""
    return told(["wc", "--version"]).splitlines()[0].split()[-1]


def wirecopy_version(place: Place) -> str:
    """The program to be measured must be there."""
    if place.binary is None:
        raise InstallError("name a release build with --binary")
    return told([place.binary, "--version"]).strip().removeprefix("wirecopy ")


def sim_text_install(place: Place) -> str:
    """The Debian package, unpacked."""
    folder = place.tools / "sim_text"
    if not sim_text_program(place).exists():
        needs("apt-get"), needs("dpkg")
        folder.mkdir(parents=True, exist_ok=True)
        told(["apt-get", "download", "similarity-tester"], cwd=folder)
        for package in folder.glob("*.deb"):
            told(["dpkg", "-x", package, folder])
    packages = sorted(folder.glob("*.deb"))
    return told(["dpkg-deb", "--field", packages[-1], "Version"]).strip() if packages else "unknown"


def sim_text_program(place: Place) -> Path:
    """Where sim_text was unpacked."""
    return place.tools / "sim_text" / "usr" / "bin" / "sim_text"


def sim_text_command(*flags: str) -> Callable[[Place], Command]:
    """sim_text on all files, whose names it reads from standard input."""

    def command(place: Place) -> Command:
        names = place.results / "names"
        names.write_text("".join(f"{path.name}\n" for path in sorted(place.files.iterdir())), encoding="utf-8")
        return Command([sim_text_program(place), "-r", 20, "-s", "-n", "-T", *flags, "-i"], cwd=place.files, feed=names)

    return command


def jscpd_install(place: Place) -> str:
    """The npm package; its own dependency is the program built for the machine."""
    needs("npm"), needs("node")
    folder = place.tools / "jscpd"
    folder.mkdir(parents=True, exist_ok=True)
    if not jscpd_program(place).exists():
        told(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, f"jscpd@{PINNED['jscpd']}"], cwd=folder)
    return told([jscpd_program(place), "--version"]).strip().removeprefix("jscpd ")


def jscpd_program(place: Place) -> Path:
    """Where npm put jscpd."""
    return place.tools / "jscpd" / "node_modules" / ".bin" / "jscpd"


def jscpd_command(place: Place) -> Command:
    """jscpd, told that text files are Markdown, for which it has a tokenizer."""
    folder = place.results / "jscpd"
    flags = ["-k", 25, "-l", 0, "--formats-exts", "markdown:txt", "--ignore-case", "--workers", 2, "--max-size", "100mb"]
    words = [jscpd_program(place), *flags, "--no-gitignore", "--no-tips", "-r", "json", "-o", folder, place.files]
    return Command(words, output=folder / "jscpd-report.json")


def python_of(place: Place) -> Path:
    """Python of the virtual environment that holds the peers written for it."""
    return place.tools / "venv" / "bin" / "python"


def pip_install(package: str) -> Callable[[Place], str]:
    """A package in the virtual environment, each on its own: one that fails leaves the others."""

    def install(place: Place) -> str:
        if not python_of(place).exists():
            told([sys.executable, "-m", "venv", place.tools / "venv"])
        wanted = f"{package}=={PINNED[package]}"
        pip = [python_of(place), "-m", "pip", "--disable-pip-version-check"]
        listed = {row["name"]: row["version"] for row in json.loads(told([*pip, "list", "--format", "json"]))}
        if listed.get(package) != PINNED[package]:
            told([*pip, "install", "--quiet", wanted])
        return PINNED[package]

    return install


def driver(script: str, *arguments: object, folder: bool = False) -> Callable[[Place], Command]:
    """A driver of ours on the corpus as lines, or as a folder of files."""

    def command(place: Place) -> Command:
        return Command([python_of(place), DRIVERS / script, place.files if folder else place.lines, *arguments])

    return command


def wirecopy_command(place: Place) -> Command:
    """All pairs, default settings."""
    words = [place.binary, "compare", place.lines, "--no-config", "--format", "jsonl", "-q"]
    return Command(words, cwd=place.results)


def minhash(package: str, bands: int, threshold: float) -> Program:
    """A MinHash index of one package."""
    rows = 128 // bands
    return Program(
        f"{package}, J≥{threshold}",
        f"word 5-shingles, 128 values, {bands} bands of {rows}, candidates with an estimated J ≥ {threshold}; no offsets",
        pip_install(package),
        driver(f"minhash_{package}.py", bands, threshold),
        outputs.tabbed,
    )


SIM_NOTES = "`-r 20 -s -n -T`: runs of 20 equal words; one file a document"
PROGRAMS: list[Program] = [
    Program(
        "wc -w", "the floor: reads the corpus and counts words", wc_version,
        lambda place: Command(["wc", "-w", place.lines]), outputs.nothing, has_pairs=False,
    ),
    Program(
        "wirecopy", "`compare --no-config --format jsonl -q`: all pairs, defaults; rows of type `pair`", wirecopy_version,
        wirecopy_command, outputs.wirecopy,
    ),
    Program(
        "wirecopy, counting",
        "the same result, without pairs that share nothing but formulas and boilerplate (`matched_words` 0)",
        wirecopy_version, wirecopy_command, outputs.wirecopy_counting, same_run="wirecopy",
    ),
    Program("sim_text", SIM_NOTES, sim_text_install, sim_text_command(), outputs.sim_text),
    Program(
        "sim_text -e", f"{SIM_NOTES}; `-e`: each file with each", sim_text_install, sim_text_command("-e"),
        outputs.sim_text,
    ),
    Program(
        "jscpd", "25 tokens, 0 lines, text as Markdown, `--ignore-case`, 2 workers; one file a document", jscpd_install,
        jscpd_command, outputs.jscpd,
    ),
    minhash("rensa", 32, 0.5),
    minhash("rensa", 64, 0.1),
    minhash("datasketch", 32, 0.5),
    minhash("datasketch", 64, 0.1),
    Program(
        "copydetect", "noise 40 and guarantee 60 characters, code filter off, no HTML; one file a document",
        pip_install("copydetect"), driver("winnow_copydetect.py", 40, 60, folder=True), outputs.tabbed,
    ),
]
