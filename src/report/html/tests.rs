//! Reports taken apart as a browser does it.

use std::collections::BTreeMap;
use std::io::Read;

use data_encoding::BASE64;
use expect_test::expect_file;
use flate2::read::GzDecoder;
use serde_json::Value;

use crate::fixture::{Dice, document, edited, salad};
use crate::model::{Analysis, Corpus, Silent, Span, Zone, ZoneKind};
use crate::pipeline::{self, Scope, Settings};
use crate::report::html::{Beside, HtmlOptions, write, write_split};
use crate::report::tests::fixture;

fn page(analysis: &Analysis, max_bytes: u64) -> String {
    let mut bytes = Vec::new();
    write(analysis, &HtmlOptions { max_bytes }, &mut bytes, &Silent).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn opened(text: &str) -> Value {
    let bytes = BASE64.decode(text.as_bytes()).unwrap();
    let mut json = String::new();
    GzDecoder::new(bytes.as_slice()).read_to_string(&mut json).unwrap();
    serde_json::from_str(&json).unwrap()
}

/// The blocks of a page, by name.
fn blocks(page: &str) -> BTreeMap<String, Value> {
    let elements = page.split("<script type=\"application/octet-stream\" id=\"block-").skip(1);
    elements
        .map(|element| {
            let (name, rest) = element.split_once("\">").unwrap();
            (name.to_owned(), opened(rest.split_once("</script>").unwrap().0))
        })
        .collect()
}

/// `n` articles of `n_words` words, each an edited copy of the one before.
fn chain(n: usize, n_words: usize) -> Analysis {
    let mut dice = Dice::new(7);
    let mut words = salad(&mut dice, n_words);
    let documents = (0..n).map(|index| {
        words = edited(&words, 10, &mut dice);
        let own = salad(&mut dice, 2 * n_words);
        document(&format!("{index:03}"), format!("{} {}", own.join(" "), words.join(" ")))
    });
    let corpus = Corpus { documents: documents.collect(), ..Corpus::default() };
    pipeline::compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent).unwrap()
}

/// The same among `n_others` that share nothing.
fn chain_in_a_crowd(n: usize, n_words: usize, n_others: usize) -> Analysis {
    let mut corpus = Corpus { documents: chain(n, n_words).documents, ..Corpus::default() };
    let mut dice = Dice::new(8);
    corpus.documents.extend(
        (0..n_others).map(|index| document(&format!("other {index:05}"), salad(&mut dice, 3).join(" "))),
    );
    pipeline::compare(corpus, &Scope::AllPairs, &Settings::default(), &Silent).unwrap()
}

/// Every list of a table is as long as its first.
fn assert_columns(table: &Value, name: &str, but: &[&str]) {
    let table = table.as_object().unwrap();
    let lengths = table.iter().filter(|(column, _)| !but.contains(&column.as_str()));
    let lengths: Vec<(&String, usize)> =
        lengths.map(|(column, list)| (column, list.as_array().unwrap().len())).collect();
    assert!(lengths.iter().all(|(_, n)| *n == lengths[0].1), "{name}: {lengths:?}");
}

#[test]
fn a_page_holds_what_the_contract_says() {
    let blocks = blocks(&page(&fixture::rich(), 8_000_000));
    let core = &blocks["core"];
    assert_columns(&core["documents"], "documents", &["zone_names", "zone_facts"]);
    assert_columns(&core["pairs"], "pairs", &["first"]);
    for name in ["clusters", "edges", "recurring"] {
        assert_columns(&core[name], name, &[]);
    }
    assert_columns(&blocks["passages"], "passages", &["tag_facts"]);
    let all = serde_json::to_string_pretty(&blocks).unwrap() + "\n";
    expect_file!["../tests/snapshots/rich.html.json"].assert_eq(&all);
}

#[test]
fn a_page_is_the_same_for_any_threads() {
    let mut analysis = chain(12, 300);
    let pages = [1, 2, 5].map(|threads| {
        analysis.run.threads = threads;
        page(&analysis, 60_000 + super::page::SCRIPT.len() as u64 + super::page::STYLE.len() as u64)
    });
    assert!(pages.iter().all(|page| *page == pages[0]));
}

/// What an article holds never stands in the page as it is.
#[test]
fn no_text_reaches_the_markup() {
    let texts = [
        "</script><script>alert(1)</script> <!-- ]]> <img src=x onerror=alert(1)>",
        "\u{202e}\u{2066}\u{2028}\u{2029}\u{1b}[31m\u{0}\u{7f}\u{feff}",
    ];
    let mut analysis = fixture::two_texts(texts[0], texts[1]);
    for (document, text) in analysis.documents.iter_mut().zip(texts) {
        document.name = text.to_owned();
        document.source = Some(text.to_owned());
        document.title = Some(text.to_owned());
    }
    analysis.pairs[0].matched_words = 9;
    let page = page(&analysis, 8_000_000);
    let ours = page.replace(super::page::SCRIPT, "").replace(super::page::STYLE, "");
    for steering in ["alert(1)</", "<img", "]]> <", "\u{202e}", "\u{2066}", "\u{2028}", "\u{1b}", "\u{0}"] {
        assert!(!ours.contains(steering), "{steering:?}");
    }
    let held = &blocks(&page)["texts-0"];
    assert_eq!(held[0]["parts"][0][1], texts[0]);
    assert_eq!(held[1]["parts"][0][1], texts[1]);
    assert_eq!(held[1]["length"], texts[1].encode_utf16().count());
}

/// An article without a title is called by the headline found in it; one with a title by that.
#[test]
fn a_headline_stands_for_a_title() {
    let text = "Second  pier\nvoted for by the board 🌉";
    let mut analysis = fixture::two_texts(text, text);
    let end = "Second  pier\nvoted for by the board 🌉".len() as u32;
    for facts in &mut analysis.facts {
        let (kind, span) = (ZoneKind::Headline, Span::new(0, end));
        facts.zones = vec![Zone { kind, span, name: None, fact: "the first line of words".to_owned() }];
    }
    analysis.documents[0].title = Some("Pier, again".to_owned());
    analysis.documents[1].title = None;
    let titles =
        |analysis: &Analysis| blocks(&page(analysis, 8_000_000))["core"]["documents"]["title"].clone();
    assert_eq!(
        titles(&analysis),
        serde_json::json!(["Pier, again", "Second pier voted for by the board 🌉"])
    );
    analysis.facts[1].zones.clear();
    assert_eq!(titles(&analysis), serde_json::json!(["Pier, again", null]));
}

/// Where articles take most of the room, the pairs that fit are still listed.
#[test]
fn pairs_are_listed_as_far_as_they_fit_beside_many_articles() {
    let analysis = chain_in_a_crowd(24, 80, 2_000);
    let n_pairs = analysis.pairs.len();
    let listed = |max: u64| {
        let mut out = Vec::new();
        write(&analysis, &HtmlOptions { max_bytes: max }, &mut out, &Silent).ok()?;
        Some(blocks(std::str::from_utf8(&out).unwrap())["core"]["pairs"]["diffs"].as_array().unwrap().len())
    };
    let whole = page(&analysis, 80_000_000).len() as u64;
    let (mut too_small, mut least) = (1_000, whole);
    while least - too_small > 500 {
        let middle = u64::midpoint(too_small, least);
        if listed(middle).is_some() { least = middle } else { too_small = middle }
    }
    let sizes: Vec<usize> = (0..12).filter_map(|step| listed(least + step * (whole - least) / 60)).collect();
    let some: std::collections::BTreeSet<usize> =
        sizes.iter().copied().filter(|&n| n > 0 && n < n_pairs).collect();
    assert!(sizes.is_sorted() && some.len() >= 3, "{sizes:?} of {n_pairs}");
}

/// For every size a report fits it or says why not; the more room, the more it holds.
#[test]
fn a_report_stays_below_its_size() {
    let analysis = chain(16, 150);
    let whole = page(&analysis, 80_000_000).len() as u64;
    let fits = |max_bytes| write(&analysis, &HtmlOptions { max_bytes }, &mut Vec::new(), &Silent);
    let error = fits(1_000).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
    assert!(error.to_string().contains("--max-size"), "{error}");
    let (mut too_small, mut least) = (1_000, whole);
    while least - too_small > 1_000 {
        let middle = u64::midpoint(too_small, least);
        if fits(middle).is_ok() { least = middle } else { too_small = middle }
    }
    let (mut held, mut listed) = (Vec::new(), Vec::new());
    let mut steps = std::collections::BTreeSet::new();
    let between = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(|tenth| least + (whole - least) * tenth / 10);
    // Some room is kept for what is told of what is left out.
    let enough = whole + 20_000;
    for max in between.into_iter().chain([enough]) {
        let page = page(&analysis, max);
        assert!(page.len() as u64 <= max, "{} of {max}", page.len());
        let blocks = blocks(&page);
        let left_out = blocks["core"]["left_out"].as_array().unwrap().clone();
        steps.extend(left_out.iter().map(|it| it["what"].as_str().unwrap().to_owned()));
        let texts = blocks["core"]["documents"]["text"].as_array().unwrap();
        let parts = texts.iter().filter(|it| !it.is_null()).map(|it| {
            let held = &blocks[it[0].as_str().unwrap()][it[1].as_u64().unwrap() as usize];
            held["parts"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part[1].as_str().unwrap().len())
                .sum::<usize>()
        });
        let pairs = &blocks["core"]["pairs"];
        let diffs = pairs["diffs"].as_array().unwrap();
        let is_cut = |it: &Value| it["what"] == "pairs";
        let n_gone = left_out.iter().find(|it| is_cut(it)).map_or(0, |it| it["count"].as_u64().unwrap());
        assert_eq!(diffs.len() + n_gone as usize, analysis.pairs.len());
        assert_eq!(pairs["first"][diffs.len()], blocks["passages"]["id"].as_array().unwrap().len());
        listed.push(diffs.len());
        if n_gone > 0 {
            // Of fewer pairs it may hold more.
            continue;
        }
        held.push((parts.sum::<usize>(), diffs.iter().filter(|it| !it.is_null()).count()));
        assert_eq!(left_out.is_empty(), max == enough, "{max}: {left_out:?}");
    }
    assert!(held.is_sorted_by(|x, y| x.0 <= y.0 && x.1 <= y.1), "{held:?}");
    assert!(listed.is_sorted() && held.len() >= 3, "{listed:?}");
    assert!(["pairs", "context", "texts", "diffs"].iter().all(|step| steps.contains(*step)), "{steps:?}");
}

#[test]
fn a_split_report_loads_the_same() {
    let analysis = chain(8, 300);
    let whole = blocks(&page(&analysis, 80_000_000));
    let (mut files, mut bytes) = (BTreeMap::new(), Vec::new());
    let mut put = |name: &str, content: &str| {
        files.insert(name.to_owned(), content.to_owned());
        Ok(())
    };
    let beside = Beside { folder: "a report-data", put: &mut put };
    write_split(&analysis, &HtmlOptions::default(), beside, &mut bytes, &Silent).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let page = blocks(&text);
    assert_eq!(page.keys().collect::<Vec<_>>(), ["core", "passages"]);
    for (name, address) in page["core"]["beside"].as_object().unwrap() {
        let file = address.as_str().unwrap().strip_prefix("a%20report-data/").unwrap();
        let call = files[file].strip_prefix(&format!("wirecopyBlock(\"{name}\",\"")).unwrap();
        assert_eq!(opened(call.strip_suffix("\");\n").unwrap()), whole[name], "{name}");
    }
    assert_eq!(page["core"]["left_out"][0]["count"], files.len());
    let nonce = text.split("<script nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(text.contains(&format!(" 'nonce-{nonce}'")));
}
