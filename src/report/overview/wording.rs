//! Numbers, shares, names and passages in words.

use crate::model::{Analysis, ByteSpan, DocId, ExcludeReason, Passage};
use crate::report::rows::{Rows, exclude_reason_name, kind_name};
use crate::report::{sanitize, time};

/// A count with thousands separated: `12,345`.
pub(crate) fn amount(n: u64) -> String {
    let digits = n.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count with its noun: `1 article`, `12 articles`.
pub(crate) fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", amount(n as u64), if n == 1 { one } else { many })
}

/// A share as a percentage, rounded; `0%` and `100%` only when exactly that.
pub(crate) fn percent(share: f64) -> String {
    match share {
        0.0 => "0%".to_owned(),
        ..0.01 => "<1%".to_owned(),
        0.99..1.0 => "99%".to_owned(),
        _ => format!("{:.0}%", share * 100.0),
    }
}

/// The document's name.
pub(crate) fn article(analysis: &Analysis, doc: DocId) -> String {
    sanitize::line(&analysis.documents[doc.index()].name).into_owned()
}

/// The document's outlet, empty when unknown.
pub(crate) fn outlet(analysis: &Analysis, doc: DocId) -> String {
    analysis.documents[doc.index()].source.as_deref().map(sanitize::line).unwrap_or_default().into_owned()
}

/// The document's time of publication, empty when unknown.
pub(crate) fn dated(analysis: &Analysis, doc: DocId) -> String {
    analysis.documents[doc.index()].published.and_then(time::for_people).unwrap_or_default()
}

/// What a document is: `a.txt · Northern Wire · 2023-09-19 · its title · 412 words`, as far as known.
pub(crate) fn document_line(analysis: &Analysis, doc: DocId) -> String {
    let document = &analysis.documents[doc.index()];
    let title = document.title.as_deref().map(sanitize::line).unwrap_or_default().into_owned();
    let words = plural(analysis.tokens[doc.index()].len(), "word", "words");
    let parts = [article(analysis, doc), outlet(analysis, doc), dated(analysis, doc), title, words];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(" · ")
}

/// Everything about a passage but its words: `lines 3–7 / 12–15 · 120 words · identity 93% · edited · ≠ 1 number`.
pub(crate) fn passage_head(analysis: &Analysis, rows: &Rows<'_>, passage: &Passage) -> Vec<String> {
    let mut head = vec![lines_of(rows, passage)];
    head.push(plural(passage.matched_words as usize, "word", "words"));
    head.push(format!("identity {}", percent(passage.identity)));
    head.push(kind_name(passage.kind).to_owned());
    head.extend((!passage.blocks.is_empty()).then(|| plural(passage.blocks.len(), "block", "blocks")));
    let edits = passage.edits;
    let differs = |n: u32, one, many| (n > 0).then(|| format!("≠ {}", plural(n as usize, one, many)));
    head.extend(differs(edits.numbers_changed, "number", "numbers"));
    head.extend(differs(edits.names_changed, "name", "names"));
    let counted = |n: u32, what: &str| (n > 0).then(|| format!("{} {what}", amount(u64::from(n))));
    head.extend(counted(edits.deleted, "deleted"));
    head.extend(counted(edits.inserted, "inserted"));
    head.extend(counted(edits.replaced, "replaced"));
    head.extend(counted(edits.moved, "moved"));
    head.extend(passage.tags.iter().map(|(tag, fact)| match fact.is_empty() {
        true => tag.name().to_owned(),
        false => format!("{} ({})", tag.name(), sanitize::line(fact)),
    }));
    head.extend(passage.excluded.map(|reason| format!("does not count ({})", reason_words(reason))));
    if let Some(cluster) = passage.cluster.map(|index| &analysis.clusters[index])
        && cluster.n_docs > 2
    {
        head.push(format!("in {}", plural(cluster.n_docs as usize, "article", "articles")));
    }
    head
}

/// Code points of the words that are shown on either side of a passage: about one line.
const AROUND_CHARS: usize = 90;

/// The words that stand before and after `span` in `doc`, as two lines; a line is empty where there are none.
pub(crate) fn around(analysis: &Analysis, doc: DocId, span: ByteSpan) -> (String, String) {
    let (text, span) = (&analysis.documents[doc.index()].text, span.range());
    // What ends the sentence that the passage stands in is no word.
    let ends = |c: char| c.is_whitespace() || ".,;:!?)]”’»…。，".contains(c);
    let after = sanitize::excerpt(text[span.end..].trim_start_matches(ends), AROUND_CHARS);
    let mut before: Vec<String> = Vec::new();
    let mut n_chars = 0;
    for word in text[..span.start].split_whitespace().rev() {
        let word = sanitize::line(word).into_owned();
        n_chars += word.chars().count() + 1;
        if n_chars > AROUND_CHARS {
            before.push("…".to_owned());
            break;
        }
        before.push(word);
    }
    before.reverse();
    (before.join(" ").trim().to_owned(), after)
}

fn lines_of(rows: &Rows<'_>, passage: &Passage) -> String {
    let lines = |first: u32, last: u32| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    };
    let (a, b) = (rows.lines(passage.a_doc, passage.a), rows.lines(passage.b_doc, passage.b));
    format!("line {} ↔ {}", lines(a.0, a.1), lines(b.0, b.1))
}

/// Why a passage does not count, in words.
pub(crate) fn reason_words(reason: ExcludeReason) -> String {
    match reason {
        ExcludeReason::SameSource => "both from one outlet".to_owned(),
        ExcludeReason::Tag(_) => exclude_reason_name(reason).replace('_', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_passage_is_cut_at_words() {
        let long = "word ".repeat(40);
        let cases = [
            ("", "", ("", "")),
            ("  ", ".”\n", ("", "")),
            ("“", ". “So", ("“", "“So")),
            ("He said:\n", " and\x1b left.", ("He said:", "and\u{fffd} left.")),
        ];
        let of = |before: &str, after: &str| {
            let text = format!("{before}SHARED{after}");
            let start = u32::try_from(before.len()).unwrap();
            let document = crate::model::Document { text, ..Default::default() };
            let analysis = Analysis { documents: vec![document], ..Analysis::default() };
            around(&analysis, DocId::new(0), ByteSpan::new(start, start + 6))
        };
        for (before, after, (left, right)) in cases {
            assert_eq!(of(before, after), (left.to_owned(), right.to_owned()));
        }
        let (left, right) = of(&long, &long);
        assert_eq!((left.as_str(), left.len()), (format!("… {}", "word ".repeat(18).trim()).as_str(), 93));
        assert!(right.starts_with("word word") && right.ends_with('…'), "{right}");
        assert_eq!(of(&"x".repeat(200), &"x".repeat(200)).0, "…");
    }

    #[test]
    fn counts_and_shares_read_well() {
        let amounts = [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")];
        for (n, expected) in amounts {
            assert_eq!(amount(n), expected);
        }
        let shares = [
            (0.0, "0%"),
            (0.0001, "<1%"),
            (0.01, "1%"),
            (0.455, "46%"),
            (0.985, "98%"),
            (0.9999, "99%"),
            (1.0, "100%"),
        ];
        for (share, expected) in shares {
            assert_eq!(percent(share), expected, "{share}");
        }
        assert_eq!(plural(1, "article", "articles"), "1 article");
        assert_eq!(plural(0, "article", "articles"), "0 articles");
    }
}
