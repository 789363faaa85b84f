//! `wirecopy search` from outside: who carries one text.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use expect_test::{Expect, expect};
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{Ran, json, program, run};

/// A release of our own, of two sentences.
const RELEASE: &str = "The harbour authority of Port Lindwall announced on Tuesday evening that all nine northern \
    berths will stay closed until the damaged breakwater has been surveyed by divers. Ferries to the outer islands \
    leave from the fish market instead, and passengers holding tickets may travel on any later sailing without \
    paying a surcharge, the statement said.";

const UNRELATED: &str = "Beekeepers in the valley expect a modest honey crop after an unusually cold spring. Lime and \
    clover flowered three weeks late, and several colonies had to be fed with syrup well into the month of June.";

/// The second sentence of the release.
fn second() -> &'static str {
    &RELEASE[RELEASE.find("Ferries").unwrap()..]
}

/// A folder with a release and three articles about it, one of which carries nothing.
fn harbour() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join("release.txt"), format!("Date: 2031-05-06 18:00 UTC\n\n{RELEASE}\n"))
        .unwrap();
    let article = |id: &str, date: &str, title: &str, text: &str| {
        serde_json::json!({"id": id, "source": "Post", "date": date, "title": title, "text": text})
            .to_string()
    };
    let whole = format!("From our own desk. {}", RELEASE.replace("nine", "seven"));
    let part = format!("Fog hung over the bay all day. {} It did not lift.", second());
    let lines = [
        article("a1", "2031-05-07T08:00Z", "Berths closed", &whole),
        article("a2", "2031-05-06T19:30Z", "Fog \u{1b}]0;owned\u{7} over <b>bay</b>", &part),
        article("a3", "2031-05-06T19:30Z", "Honey", UNRELATED),
    ];
    fs::write(folder.path().join("news.jsonl"), lines.join("\n") + "\n").unwrap();
    folder
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// The ids of the articles that carry the text, in the order of the pairs table.
fn carriers(result: &Value) -> Vec<&str> {
    let pairs = result["pairs"].as_array().unwrap();
    pairs.iter().map(|pair| pair["b_doc_id"].as_str().unwrap()).collect()
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], expected: Expect) {
    let ran = run(folder, arguments);
    expected.assert_eq(&format!("{}{}[{}]\n", ran.stdout, ran.stderr, ran.code.unwrap()));
}

/// What the program makes of `text` on standard input.
fn piped(folder: &Path, arguments: &[&str], text: &str) -> Ran {
    let mut child = program(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap().into()
}

#[test]
fn ranks_the_carriers_of_a_statement() {
    let statement = "ceasefire/articles/sorvian-news-agency_2031-04-09.txt";
    check(
        &samples(),
        &[
            "search",
            statement,
            "--against",
            "ceasefire/articles",
            "--name-pattern",
            "{source}_{date}.txt",
            "--glob",
            "!sorvian*",
            "--no-config",
        ],
        expect![[r#"
            5 articles of 7 carry words of this text; 2 carry more than half of it.

            Articles that carry this text
            #  article                       outlet             date        % of     % of  words  longest
                                                                            text  article             run
            ──────────────────────────────────────────────────────────────────────────────────────────────
            1  daily-courier_2031-04-09.txt  daily-courier      2031-04-09   73%      68%    292      253
            2  harbour-radio_2031-04-09.txt  harbour-radio      2031-04-09   52%      68%    195       22
            3  Two days to leave             The Plateau Voice  2031-04-10   49%      56%    134       16
               plateau-voice_2031-04-10.txt
            4  lake-tribune_2031-04-10.txt   lake-tribune       2031-04-10   49%      47%    113        6
            5  world-desk_2031-04-10.txt     world-desk         2031-04-10   23%      31%     83       19
            By the share of the text that lies in shared passages; words: those that match; longest run: in a
            row and just so.
            [0]
        "#]],
    );
}

#[test]
fn shows_the_passages_in_their_surroundings() {
    check(
        harbour().path(),
        &["search", "release.txt", "--against", "news.jsonl", "--show"],
        expect![[r#"
            2 articles of 3 carry words of this text; 1 carries more than half of it.

            Articles that carry this text
            #  article                         % of     % of  words  longest  lag
                                               text  article             run
            ──────────────────────────────────────────────────────────────────────────────
            1  Berths closed                    90%      93%     54       42  +14 h
               a1
               Post
               2031-05-07 08:00 UTC
            2  Fog �]0;owned� over <b>bay</b>   46%      72%     28       28  +1 h 30 min
               a2
               Post
               2031-05-06 19:30 UTC
            By the share of the text that lies in shared passages; words: those that match; longest run: in a
            row and just so. Lag: how much later (+) or earlier (−) the article appeared than the text; none
            where the dates do not tell.

            ────────────────────────────────────────────────────────────────────────────────────────────────────
            #1 a1 · Post · 2031-05-07 08:00 UTC · Berths closed · 59 words

            1  line 3 ↔ 1 · 54 words · identity 98% · edited · ≠ 1 number · 1 replaced · in 3 articles
            From our own desk.
            The harbour authority of Port Lindwall announced │ The harbour authority of Port Lindwall announced
            on Tuesday evening that all ≠[-nine-] northern   │ on Tuesday evening that all ≠{+seven+} northern
            berths will stay closed until the damaged        │ berths will stay closed until the damaged
            breakwater has been surveyed by divers. Ferries  │ breakwater has been surveyed by divers. Ferries
            to the outer islands leave from the fish market  │ to the outer islands leave from the fish market
            instead, and passengers holding tickets may      │ instead, and passengers holding tickets may
            travel on any later sailing without paying a     │ travel on any later sailing without paying a
            surcharge, the statement said                    │ surcharge, the statement said

            ────────────────────────────────────────────────────────────────────────────────────────────────────
            #2 a2 · Post · 2031-05-06 19:30 UTC · Fog �]0;owned� over <b>bay</b> · 39 words

            1  line 3 ↔ 1 · 28 words · identity 100% · verbatim · in 3 articles
            Fog hung over the bay all day.
            Ferries to the outer islands leave from the fish │ Ferries to the outer islands leave from the fish
            market instead, and passengers holding tickets   │ market instead, and passengers holding tickets
            may travel on any later sailing without paying a │ may travel on any later sailing without paying a
            surcharge, the statement said                    │ surcharge, the statement said
            It did not lift.

            [-the text only-]  {+the article only+}  [~moved~]  {~moved~}
            ≠ another number, date or name  ≈ another form only
            [0]
        "#]],
    );
}

/// Titles are text from outside: nothing of them steers a terminal or becomes markup.
#[test]
fn writes_markdown_that_holds_no_markup_of_an_article() {
    let folder = harbour();
    let arguments =
        ["search", "release.txt", "--against", "news.jsonl", "--show", "-o", "out.md", "-o", "out.txt"];
    let ran = run(folder.path(), &arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("out.txt"), ran.stdout);
    let markdown = read("out.md");
    assert!(markdown.contains("Fog �\\]0;owned� over &lt;b&gt;bay&lt;/b&gt;"), "{markdown}");
    assert!(markdown.contains("<del>nine</del>"), "{markdown}");
    for text in [&markdown, &ran.stdout] {
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }
}

#[test]
fn a_text_comes_from_a_file_the_command_line_or_standard_input() {
    let folder = harbour();
    fn with<'a>(text: &[&'a str]) -> Vec<&'a str> {
        [&["search"], text, &["--against", "news.jsonl", "--format", "json"]].concat()
    }
    let found = |ran: Ran| {
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        let result = json(&ran.stdout);
        let name = result["pairs"][0]["a_doc_id"].as_str().unwrap().to_owned();
        format!("{name}: {}", carriers(&result).join(" "))
    };
    assert_eq!(found(run(folder.path(), &with(&["release.txt"]))), "release.txt: a1 a2");
    assert_eq!(found(run(folder.path(), &with(&["--text", RELEASE]))), "text: a1 a2");
    assert_eq!(found(piped(folder.path(), &with(&["-"]), RELEASE)), "-: a1 a2");
    let record = serde_json::json!({"id": "r", "text": RELEASE}).to_string();
    assert_eq!(found(piped(folder.path(), &with(&["-"]), &record)), "r: a1 a2");
}

/// The rows are those that `compare` writes of the same two sides.
#[test]
fn machine_formats_hold_the_rows_of_a_comparison() {
    let folder = harbour();
    for format in ["jsonl", "json", "csv"] {
        let rows = |command: &str| {
            let ran =
                run(folder.path(), &[command, "release.txt", "--against", "news.jsonl", "--format", format]);
            assert_eq!(ran.code, Some(0), "{}", ran.stderr);
            let same = |line: &&str| {
                !line.starts_with("{\"type\":\"run\"") && !line.starts_with("{\"type\":\"begin\"")
            };
            ran.stdout.lines().filter(same).map(str::to_owned).collect::<Vec<_>>()
        };
        let (searched, compared) = (rows("search"), rows("compare"));
        match format {
            "json" => {
                let whole = |lines: &[String]| json(&lines.concat());
                let (searched, compared) = (whole(&searched), whole(&compared));
                for table in ["documents", "pairs", "passages", "clusters", "members"] {
                    assert_eq!(searched[table], compared[table], "{table}");
                }
            }
            _ => assert_eq!(searched, compared, "{format}"),
        }
    }
}

/// A text that very many articles carry keeps them all, exact copies among them: no bound on pairs applies.
#[test]
fn every_carrier_is_found() {
    const CARRIERS: usize = 1_200;
    let folder = harbour();
    let text = |n: usize| match n % 3 {
        0 => RELEASE.to_owned(),
        _ => format!("Report {n}. {RELEASE}"),
    };
    let lines: String = (0..CARRIERS)
        .map(|n| serde_json::json!({"id": format!("d{n:04}"), "text": text(n)}).to_string() + "\n")
        .collect();
    fs::write(folder.path().join("many.jsonl"), lines).unwrap();
    let arguments = ["search", "--text", RELEASE, "--against", "many.jsonl"];
    let ran = run(folder.path(), &[&arguments[..], &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_eq!(carriers(&json(&ran.stdout)).len(), CARRIERS);
    let ran = run(folder.path(), &arguments);
    let said = "1,200 articles of 1,200 carry words of this text; 1,200 carry more than half of it.";
    assert_eq!(ran.stdout.lines().next(), Some(said));
}

#[test]
fn the_exit_code_tells_of_carriers_only_when_asked_to() {
    let folder = harbour();
    let code =
        |more: &[&str]| run(folder.path(), &[&["search", "--against", "news.jsonl"], more].concat()).code;
    assert_eq!(code(&["release.txt"]), Some(0));
    assert_eq!(code(&["release.txt", "--exit-code"]), Some(1));
    assert_eq!(code(&["--text", "Nothing of this is known.", "--exit-code"]), Some(0));
    fs::write(folder.path().join("empty.txt"), " \n").unwrap();
    assert_eq!(code(&["empty.txt"]), Some(3));
    fs::write(
        folder.path().join("broken.jsonl"),
        format!("{{\"id\": \"b\", \"text\": \"{RELEASE}\"}}\n{{\n"),
    )
    .unwrap();
    assert_eq!(code(&["broken.jsonl"]), Some(2));
}

#[test]
fn the_filters_of_a_comparison_count() {
    let folder = harbour();
    let found = |more: &[&str]| {
        let arguments =
            [&["search", "release.txt", "--against", "news.jsonl", "--format", "json"], more].concat();
        carriers(&json(&run(folder.path(), &arguments).stdout)).join(" ")
    };
    assert_eq!(found(&[]), "a1 a2");
    assert_eq!(found(&["--within", "2h"]), "a2");
    assert_eq!(found(&["--min-coverage", "80%"]), "a1");
    assert_eq!(found(&["--min-words", "400"]), "");
}

#[test]
fn says_plainly_that_nothing_was_found() {
    check(
        harbour().path(),
        &["search", "--text", "Nothing of this stands in any article.", "--against", "news.jsonl"],
        expect![[r#"
            None of 3 articles carries words of this text.
            [0]
        "#]],
    );
}

#[test]
fn mistakes_are_told_with_a_remedy() {
    let folder = harbour();
    let cases: [&[&str]; 8] = [
        &["search", "--against", "news.jsonl"],
        &["search", "release.txt"],
        &["search", "--text", " ", "--against", "news.jsonl"],
        &["search", "news.jsonl", "--against", "news.jsonl"],
        &["search", "-", "--against", "-"],
        &["search", "gone.txt", "--against", "news.jsonl"],
        &["search", "--text", "words", "--against", "news.jsonl", "--within", "3d"],
        &["search", "release.txt", "--text", "words", "--against", "news.jsonl"],
    ];
    let told = cases.map(|arguments| {
        let ran = run(folder.path(), arguments);
        assert_eq!(ran.stdout, "");
        format!("$ wirecopy {}\n{}[{}]\n", arguments.join(" "), ran.stderr, ran.code.unwrap())
    });
    expect![[r#"
        $ wirecopy search --against news.jsonl
        error: no text is given
        help: name a file, or give the words: wirecopy search release.txt --against articles/ ('-' reads standard input, --text 'the words' takes them as they are)
        [2]
        $ wirecopy search release.txt
        error: there is nothing to look in
        help: name files or folders of articles: --against articles/
        [2]
        $ wirecopy search --text   --against news.jsonl
        error: --text holds no words
        help: give the words to look for
        [2]
        $ wirecopy search news.jsonl --against news.jsonl
        error: news.jsonl holds 3 documents, and a search is for one
        help: to look for all of them: wirecopy compare news.jsonl --against PATH
        [2]
        $ wirecopy search - --against -
        error: the text and --against are both '-'
        help: standard input can be one of them; name a file for the other
        [2]
        $ wirecopy search gone.txt --against news.jsonl
        error: cannot read gone.txt: No such file or directory (os error 2)
        help: check the path
        [2]
        $ wirecopy search --text words --against news.jsonl --within 3d
        error: --within needs the date of the text, and none is known
        help: leave out --within, or give the date in a header line (Date: 2026-03-02) or with --meta
        [2]
        $ wirecopy search release.txt --text words --against news.jsonl
        error: the argument '[FILE]' cannot be used with '--text <TEXT>'

        Usage: wirecopy search [OPTIONS] --against PATH... <FILE|--text TEXT>

        For more information, try '--help'.
        [2]
    "#]].assert_eq(&told.concat());
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let written = |threads: &str| {
        let arguments =
            ["search", "ceasefire/articles/daily-courier_2031-04-09.txt", "--against", "ceasefire"];
        run(&samples(), &[&arguments[..], &["--show", "--no-config", "-j", threads]].concat()).stdout
    };
    let one = written("1");
    assert!(one.contains("carry words of this text"), "{one}");
    assert_eq!(written("4"), one);
}

#[test]
fn help_shows_examples() {
    let ran = run(harbour().path(), &["search", "--help"]);
    expect![[r#"
        Find the articles that carry words of one text, such as a press release

        Examples:
          wirecopy search release.txt --against articles/
          wirecopy search release.txt --against articles/ --show --min-coverage 20%
          wirecopy search --text 'all nine northern berths will stay closed' --against news.jsonl
          pdftotext release.pdf - | wirecopy search - --against articles/ -o carriers.md

        Usage: wirecopy search [OPTIONS] --against PATH... <FILE|--text TEXT>

        Arguments:
          [FILE]
                  The text to look for, a file with one document; '-' for standard input

        Options:
          -h, --help
    "#]]
    .assert_eq(&ran.stdout.lines().take(16).map(|line| line.to_owned() + "\n").collect::<String>());
}

/// An index gives the carriers that the articles themselves give, and its size is that of the corpus.
#[test]
fn an_index_is_searched_like_its_articles() {
    let folder = harbour();
    let ran = run(folder.path(), &["index", "news.jsonl", "-o", "news.wcx"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let found = |against: &str| {
        let ran = run(folder.path(), &["search", "release.txt", "--against", against, "--show"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout
    };
    assert_eq!(found("news.wcx"), found("news.jsonl"));
    assert!(found("news.wcx").starts_with("2 articles of 3 carry words of this text"));
}
