#!/usr/bin/env python3
"""Fetches the texts behind the tables of word surprisal of languages other than English.

    benches/background/fetch.py DIR [--only de,ru] [--keep]

Texts are Debian packages with manuals and one game's stories, each in many languages, fetched and unpacked below DIR
without root; DIR is outside the repository, which holds counts and hashes made of them and no text. Their licences, as
their copyright files tell: the Debian handbook (GPL-2+ or CC-BY-SA-3.0), the Debian reference (GPL-2+), the developer's
reference (GPL-2+), the maintainers' guide (GPL-2+), aptitude's manual (GPL-2+), the installation guide (GPL-2), the
GNOME manuals (CC-BY-SA-3.0), the LibreOffice help (MPL-2.0), the stories of Battle for Wesnoth (GPL-2+).

Writes DIR/texts/LANGUAGE/PACKAGE.jsonl, a line {"id", "text"} for each document: paragraphs in order, each once, together
250 words or more (500 characters in Chinese and Japanese). Paragraphs left in English are left out. English is written as
well: `main.rs --language en` weighs with it what such texts tell about a language.

With --keep nothing is fetched and what DIR/unpacked holds is read. Needs apt-get and dpkg; standard library only. The same
packages give the same texts; which versions were read is printed.
"""
import argparse
import gettext
import html
import json
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "accuracy"))
from languages import PARAGRAPH, SCRIPTS, in_language  # noqa: E402

DOCUMENT_WORDS = 250
LEAST_CHARACTERS = 60
# How each package spells a language, where it is not our code: by package, then by language.
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "sv", "tr", "ar", "fa", "he", "hi", "el", "ja", "zh")
REGIONS = {
    "debian-handbook": {"en": "en-US", "pt": "pt-BR", "sv": "sv-SE", "ar": "ar-MA", "fa": "fa-IR", "el": "el-GR",
                        "ja": "ja-JP", "zh": "zh-CN"},
    "debian-reference": {"zh": "zh-cn"},
    "installation-guide": {"zh": "zh_CN"},
    "gnome-user-docs": {"en": "C", "zh": "zh_CN"},
    "libreoffice-help": {"en": "en-US"},
    "wesnoth": {"zh": "zh_CN"},
}
DOC = "usr/share/doc"
# Where the files of a package are: {} stands for its spelling of the language.
FILES = {
    "debian-handbook": (f"{DOC}/debian-handbook/html/{{}}", "*.html"),
    "debian-reference": ("usr/share/debian-reference", "*.{}.html"),
    "developers-reference": ("usr/share/developers-reference/{}", "*.html"),
    "maint-guide": (f"{DOC}/maint-guide-{{}}/html", "*.{}.html"),
    "aptitude-doc": (f"{DOC}/aptitude/html/{{}}", "*.html"),
    "installation-guide": (f"{DOC}/installation-guide-amd64/{{}}", "*.html"),
    "gnome-user-docs": ("usr/share/help/{}", "*.page"),
    "libreoffice-help": ("usr/share/libreoffice/help/{}", "*.html"),
    "wesnoth": ("usr/share/games/wesnoth/1.16/locale/{}/LC_MESSAGES", "*.mo"),
}
# English originals that lie elsewhere.
ORIGINALS = {
    "developers-reference": ("usr/share/developers-reference", "[!_]*.html"),
    "maint-guide": (f"{DOC}/maint-guide/html", "*.en.html"),
    "wesnoth": ("usr/share/games/wesnoth/1.16/locale/de/LC_MESSAGES", "*.mo"),
}
CAMPAIGNS = "did dm dw ei httt l low nr sof sota sotbe thot trow tsg ttb utbs".split()
PACKAGES = [
    "debian-handbook", "installation-guide-amd64", "gnome-user-docs", "developers-reference", "maint-guide",
    *(f"debian-reference-{code}" for code in ("en", "de", "fr", "es", "it", "pt", "ja", "zh-cn")),
    *(f"developers-reference-{code}" for code in ("de", "fr", "it", "ja", "ru")),
    *(f"maint-guide-{code}" for code in ("de", "fr", "es", "it", "ja", "ru")),
    *(f"aptitude-doc-{code}" for code in ("en", "fr", "es", "it", "nl", "ja", "ru")),
    *(f"libreoffice-help-{code}" for code in
      ("en-us", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "tr", "hi", "el", "ja", "zh-cn")),
    "wesnoth-1.16-data", *(f"wesnoth-1.16-{code}" for code in CAMPAIGNS),
]


def fetch(folder: Path) -> None:
    """Downloads the packages and unpacks their texts."""
    state, packages, unpacked = folder / "apt", folder / "packages", folder / "unpacked"
    for needed in (state / "lists" / "partial", state / "cache" / "archives" / "partial", packages, unpacked):
        needed.mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-qq", "-o", f"Dir::State::lists={state / 'lists'}", "-o", f"Dir::Cache={state / 'cache'}"]
    subprocess.run([*apt, "update"], check=True)
    subprocess.run([*apt, "download", *PACKAGES], check=True, cwd=packages)
    wanted = ["--wildcards", "*.html", "*.page", "*.mo", "*/copyright"]
    for package in sorted(packages.glob("*.deb")):
        print(package.name)
        with subprocess.Popen(["dpkg", "--fsys-tarfile", package], stdout=subprocess.PIPE) as unpack:
            # The exit code tells only that a package lacks one of the patterns.
            subprocess.run(["tar", "-x", "-C", unpacked, *wanted], stdin=unpack.stdout, stderr=subprocess.DEVNULL)


def markup_free(piece: str) -> str:
    """The text of a piece of HTML or XML."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", piece)).split())


def of_pages(path: Path) -> list[str]:
    """The paragraphs of a page."""
    page = path.read_text(encoding="utf-8", errors="replace")
    page = re.sub(r"<head.*?</head>|<info>.*?</info>|<pre[ >].*?</pre>", "", page, flags=re.S)
    return [markup_free(piece) for piece in PARAGRAPH.findall(page)]


def of_catalogue(path: Path, original: bool) -> list[str]:
    """The messages of a catalogue, as translated or as they were."""
    with path.open("rb") as file:
        messages = gettext.GNUTranslations(file)._catalog.items()
    return [markup_free(key if original else text) for key, text in messages if isinstance(key, str) and key]


def paragraphs(root: Path, package: str, language: str) -> list[str]:
    """The paragraphs of a package in one language, each once."""
    spelled = REGIONS.get(package, {}).get(language, f"{language}-{language.upper()}" if package == "debian-handbook" else language)
    is_original = language == "en"
    folder, pattern = ORIGINALS[package] if is_original and package in ORIGINALS else FILES[package]
    found: dict[str, None] = {}
    files = (root / folder.format(spelled))
    paths = files.glob(pattern) if package == "developers-reference" else files.rglob(pattern.format(spelled))
    for path in sorted(paths):
        pieces = of_catalogue(path, is_original) if path.suffix == ".mo" else of_pages(path)
        found.update((piece, None) for piece in pieces if len(piece) > LEAST_CHARACTERS)
    return list(found)


def documents(language: str, pieces: list[str]) -> list[str]:
    """Paragraphs put together to documents; the last one may be shorter."""
    size_of = (lambda text: len(text) / 2) if language in ("zh", "ja") else (lambda text: len(text.split()))
    texts, here, size = [], [], 0
    for piece in pieces:
        here.append(piece)
        size += size_of(piece)
        if size >= DOCUMENT_WORDS:
            texts.append("\n\n".join(here))
            here, size = [], 0
    return texts + (["\n\n".join(here)] if here else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder outside the repository")
    parser.add_argument("--only", default=",".join(LANGUAGES), help="languages, parted by commas")
    parser.add_argument("--keep", action="store_true", help="fetch nothing")
    asked = parser.parse_args()
    if not asked.keep:
        fetch(asked.folder)
    root = asked.folder / "unpacked"
    SCRIPTS.update({"uk": r"[а-яіїєґ]", "he": r"[\u05d0-\u05ea]"})
    for package in FILES:
        english = paragraphs(root, package, "en")
        for language in asked.only.split(","):
            pieces = english if language == "en" else paragraphs(root, package, language)
            pieces = [piece for piece in pieces if in_language(language, piece, set() if language == "en" else set(english))]
            texts = documents(language, pieces)
            if not texts:
                continue
            output = asked.folder / "texts" / language / f"{package}.jsonl"
            output.parent.mkdir(parents=True, exist_ok=True)
            with output.open("w", encoding="utf-8") as file:
                for index, text in enumerate(texts):
                    file.write(json.dumps({"id": f"{package}-{index:05}", "text": text}, ensure_ascii=False) + "\n")
            print(f"{language} {package}: {len(pieces)} paragraphs, {len(texts)} documents", flush=True)


if __name__ == "__main__":
    main()
