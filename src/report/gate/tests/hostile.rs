//! Whatever texts, names and messages hold, every format stays valid and nothing of them gets out of its place.

use proptest::prelude::*;
use serde_json::Value;

use crate::model::{Analysis, DocId, Span, Verdict};
use crate::report::gate::GateFormat;
use crate::report::gate::tests::sarif::valid;
use crate::report::gate::tests::{rendered, rich, summary, verdict};
use crate::report::tests::fixture::two_texts;

/// Text with far more trouble than chance would bring.
fn hostile() -> impl Strategy<Value = String> {
    let trouble = prop::sample::select(vec![
        "\x1b[31m",
        "\x1b]0;x\x07",
        "\u{9b}2J",
        "\r",
        "\n",
        "\t",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{202e}",
        "\u{2066}",
        "\u{2028}",
        "\u{200b}",
        "\u{feff}",
        "\u{ffff}",
        "</script>",
        "<b>",
        "]]>",
        "<!--",
        "&",
        "\"",
        "'",
        "|",
        "`",
        "```",
        "\n\n# x",
        "\n- x",
        "::error::x",
        "\n::error file=a,line=1::x",
        "##[error]x",
        "%0A",
        "%",
        ",",
        ":",
        "[x](1)",
        "{0}",
        "}",
        "\\",
        "@user",
        "https://e.org",
        "👩‍👩‍👧",
        "é",
        "停",
        "12",
        " ",
        "word",
    ]);
    let any = prop_oneof![4 => trouble.prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(any, 0..10).prop_map(|parts| parts.concat())
}

/// `analysis` with `texts` in every place that input can reach.
fn poisoned(mut analysis: Analysis, texts: &[String]) -> (Verdict, Analysis) {
    let mut verdict = verdict(&analysis);
    let mut texts = texts.iter().cycle().cloned();
    let mut next = || texts.next().unwrap_or_default();
    for document in &mut analysis.documents {
        (document.name, document.source, document.title) = (next(), Some(next()), Some(next()));
        document.origin.path = next();
        document.text = next();
    }
    let lengths: Vec<usize> = analysis.documents.iter().map(|document| document.text.len()).collect();
    let whole = |doc: DocId| Span::new(0, u32::try_from(lengths[doc.index()]).unwrap());
    for passage in &mut analysis.passages {
        (passage.a, passage.b) = (whole(passage.a_doc), whole(passage.b_doc));
        passage.tags.iter_mut().for_each(|(_, fact)| *fact = next());
    }
    for (doc, facts) in analysis.facts.iter_mut().enumerate() {
        facts.derivation_fact = next();
        for zone in &mut facts.zones {
            (zone.span, zone.name, zone.fact) = (whole(DocId::new(doc)), Some(next()), next());
        }
    }
    for pair in &mut analysis.pairs {
        pair.provenance.origin_fact = next();
        pair.provenance.evidence.iter_mut().for_each(|evidence| evidence.fact = next());
    }
    for witness in analysis.clusters.iter_mut().flat_map(|cluster| &mut cluster.witnesses) {
        witness.span = whole(witness.doc);
    }
    for skipped in &mut analysis.skipped {
        (skipped.path, skipped.reason) = (next(), next());
    }
    for finding in &mut verdict.findings {
        (finding.path, finding.message) = (next(), next());
        finding.reason = finding.reason.as_ref().map(|_| next());
    }
    (verdict, analysis)
}

/// Whether a terminal acts on `c`.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The lines of a page that are a heading, a table's row or an item, by the marks that were made here.
fn outline(markdown: &str) -> Vec<&str> {
    let marks = ["#", "| ", "- ", "```", "> "];
    markdown.lines().filter_map(|line| marks.into_iter().find(|mark| line.starts_with(mark))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_format_is_valid_whatever_the_input(texts in prop::collection::vec(hostile(), 3..30)) {
        let (verdict, analysis) = poisoned(rich(), &texts);
        let shown = GateFormat::ALL.map(|format| rendered(&verdict, &analysis, format));
        for (text, format) in shown.iter().zip(GateFormat::ALL) {
            prop_assert!(!text.contains(steers), "{format}: {text:?}");
        }
        let of = |format: GateFormat| shown[GateFormat::ALL.iter().position(|&f| f == format).unwrap()].as_str();

        let json: Value = serde_json::from_str(of(GateFormat::Json)).unwrap();
        let messages: Vec<&str> = json["findings"].as_array().unwrap().iter().map(|row| row["message"].as_str().unwrap()).collect();
        let expected: Vec<&str> = verdict.findings.iter().map(|finding| finding.message.as_str()).collect();
        prop_assert_eq!(messages, expected);
        prop_assert!(of(GateFormat::Jsonl).lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));

        let log = valid(of(GateFormat::Sarif));
        prop_assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), verdict.findings.len());

        let report: Value = serde_json::from_str(of(GateFormat::Gitlab)).unwrap();
        prop_assert!(report.as_array().unwrap().iter().all(|issue| issue["location"]["path"] != ""));

        let xml = roxmltree::Document::parse(of(GateFormat::Junit)).unwrap();
        let suite = xml.root_element().first_element_child().unwrap();
        let cases = suite.children().filter(|node| node.has_tag_name("testcase")).count();
        prop_assert_eq!(suite.attribute("tests").unwrap(), cases.to_string());
        let parts = xml.descendants().filter(|node| node.is_element()).all(|node| {
            ["testsuites", "testsuite", "testcase", "failure", "error", "system-out"].contains(&node.tag_name().name())
        });
        prop_assert!(parts);
        let names: Vec<&str> = suite.children().filter_map(|node| node.attribute("name")).collect();
        for doc in &verdict.checked {
            let name: String = analysis.documents[doc.index()].name.chars().map(|c| match c {
                '\t' | '\n' | '\r' => c,
                '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
                _ => c,
            }).collect();
            prop_assert!(names.contains(&name.as_str()), "{name:?} in {names:?}");
        }
    }

    /// A runner sees the commands that were meant and no other.
    #[test]
    fn no_text_becomes_a_command(texts in prop::collection::vec(hostile(), 3..30)) {
        let (verdict, analysis) = poisoned(rich(), &texts);
        let n_news = verdict.findings.iter().filter(|finding| finding.status.is_news()).count();
        let shown = rendered(&verdict, &analysis, GateFormat::Github);
        let commands = shown.lines().filter(|line| line.trim_start().starts_with("::"));
        prop_assert_eq!(commands.count(), n_news, "{}", shown);
        prop_assert!(!shown.contains("##["), "{}", shown);
        let text = rendered(&verdict, &analysis, GateFormat::Text);
        prop_assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "{}", text);
        prop_assert!(!text.contains("##["), "{}", text);
    }

    /// A page has the shape that it has with harmless text.
    #[test]
    fn no_text_changes_the_shape_of_a_page(texts in prop::collection::vec(hostile(), 3..30), max_bytes in 0_usize..4_000) {
        let (verdict, analysis) = poisoned(rich(), &texts);
        let (plain, harmless) = poisoned(rich(), &["word".to_owned()]);
        for (one, two) in [
            (rendered(&verdict, &analysis, GateFormat::Markdown), rendered(&plain, &harmless, GateFormat::Markdown)),
            (summary(&verdict, &analysis, usize::MAX), summary(&plain, &harmless, usize::MAX)),
        ] {
            prop_assert!(!one.contains("<b>") && !one.contains("</script>") && !one.contains("https://"), "{}", one);
            prop_assert_eq!(outline(&one), outline(&two), "{}", one);
        }
        prop_assert!(summary(&verdict, &analysis, max_bytes).len() <= max_bytes);
    }

    /// Equal results give equal bytes, whatever the threads that made them.
    #[test]
    fn threads_change_the_last_line_alone(a in hostile(), b in hostile(), threads in 2_u32..5) {
        let one = two_texts(&a, &b);
        let mut two = two_texts(&a, &b);
        two.run.threads = threads;
        for format in GateFormat::ALL {
            let [one, two] = [&one, &two].map(|analysis| rendered(&Verdict::default(), analysis, format));
            let differing = one.lines().zip(two.lines()).filter(|(one, two)| one != two).count();
            let has_run_facts = matches!(format, GateFormat::Json | GateFormat::Jsonl);
            prop_assert_eq!(differing, usize::from(has_run_facts), "{}", format);
        }
    }
}
