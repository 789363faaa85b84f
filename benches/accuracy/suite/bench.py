"""Runs the program and the scorers for a measurement, and keeps what each run took and with which settings."""
import contextlib
import dataclasses
import importlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Iterable, Iterator

ACCURACY = Path(__file__).resolve().parent.parent


class Failure(Exception):
    """The measuring itself failed; the message says where."""


@dataclasses.dataclass(frozen=True)
class Result:
    """One finished run of `wirecopy compare`."""

    path: Path
    cpu_seconds: float
    settings: dict[str, Any]

    def rows(self, kind: str) -> Iterator[dict[str, Any]]:
        """The rows of one type."""
        mark = f'{{"type":"{kind}"'
        with open(self.path, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(mark):
                    yield json.loads(line)


@dataclasses.dataclass
class Bench:
    """What every measurement needs. `results` holds the runs by name, so that measurements can share one."""

    binary: Path
    shared: Path
    folder: Path
    results: dict[str, Result] = dataclasses.field(default_factory=dict)

    def corpus(self, name: str) -> Path:
        """Folder of a shared corpus."""
        folder = self.shared / "corpora" / name
        if not folder.is_dir():
            raise Failure(f"{folder} is missing")
        return folder

    def compare(self, name: str, *arguments: object, config: Path | None = None) -> Result:
        """Runs `wirecopy compare` once a name, with the settings of `config` or the defaults, and tells what it took."""
        if name in self.results:
            return self.results[name]
        path = self.folder / f"{name}.jsonl"
        settings = ["--config", config] if config else ["--no-config"]
        words = [self.binary, "compare", *arguments, *settings, "--format", "jsonl", "--no-progress", "--quiet"]
        seconds = cpu_seconds_of(words, path)
        result = Result(path, seconds, settings_of(path))
        self.results[name] = result
        print(f"{name}: {seconds:.1f} CPU seconds", flush=True)
        return result

    def defaults(self) -> dict[str, Any]:
        """The program's default settings, as a result of its own tells them."""
        folder = self.folder / "defaults"
        folder.mkdir()
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text("Two texts that only ask for the settings.\n", encoding="utf-8")
        path = self.folder / "defaults.jsonl"
        cpu_seconds_of([self.binary, "compare", folder, "--no-config", "--format", "jsonl", "--quiet"], path)
        return settings_of(path)

    def score(self, scorer: str, *arguments: object) -> str:
        """Runs a scorer of the shared folder and returns what it printed."""
        return command([sys.executable, self.shared / "eval" / scorer, *arguments])

    def module(self, name: str) -> ModuleType:
        """A scorer of the shared folder as a module, for measurements that score many times."""
        folder = str(self.shared / "eval")
        if folder not in sys.path:
            sys.path.append(folder)
        try:
            return importlib.import_module(name)
        except ImportError as error:
            raise Failure(f"{folder}: no scorer {name}: {error}") from None


def environment() -> dict[str, str]:
    """The environment without settings of the program: a measurement must not depend on the caller's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("WIRECOPY_")}


def command(arguments: Iterable[object], output: Path | None = None, cwd: Path | None = None) -> str:
    """Runs a command; its standard output goes to `output` or is returned."""
    words = [str(word) for word in arguments]
    with contextlib.ExitStack() as stack:
        target = stack.enter_context(open(output, "wb")) if output else subprocess.PIPE
        done = subprocess.run(words, stdout=target, stderr=subprocess.PIPE, check=False, cwd=cwd, env=environment())
    if done.returncode != 0:
        raise Failure(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    return "" if output else done.stdout.decode()


def cpu_seconds_of(arguments: Iterable[object], output: Path) -> float:
    """Runs a command and returns the processor seconds of all its threads."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command(arguments, output=output)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def settings_of(path: Path) -> dict[str, Any]:
    """The effective settings that a result begins with."""
    try:
        with open(path, encoding="utf-8") as lines:
            begin = json.loads(next(lines, "{}"))
    except ValueError:
        raise Failure(f"{path}: the first line is not JSON") from None
    if begin.get("type") != "begin" or not begin.get("settings"):
        raise Failure(f"{path}: the first line is no `begin` line with settings")
    return begin["settings"]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """All rows of a JSON Lines file."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Writes rows as JSON Lines."""
    with open(path, "w", encoding="utf-8", newline="\n") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
