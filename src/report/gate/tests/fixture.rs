//! A verdict made by hand on the analysis that all reports share, with texts and names that mean harm.

use crate::model::{Analysis, DocId, Finding, Level, Rule, StableId, Status, Verdict};
use crate::report::tests::fixture;

/// The analysis that the verdict is about: a, c and e are new, b and d are the reference.
pub(super) fn rich() -> Analysis {
    let mut analysis = fixture::rich();
    analysis.documents[1].name = "b|herald\n::error::x ##[error]y".to_owned();
    analysis.documents[2].title = Some("</script>]]>\u{202e}\u{1}".to_owned());
    analysis
}

/// A finding of `rule` about nothing.
pub(super) fn finding(id: u64, rule: Rule, level: Level, status: Status) -> Finding {
    Finding {
        id: StableId(id),
        rule,
        level,
        status,
        doc: None,
        other: None,
        passage: None,
        value: None,
        limit: None,
        message: String::new(),
        path: String::new(),
        line: None,
        fingerprint: None,
        reason: None,
    }
}

/// A finding about passage `index` of `analysis`, whose document is the passage's a, or b if `swapped`.
pub(super) fn about_passage(analysis: &Analysis, index: usize, swapped: bool, base: Finding) -> Finding {
    let passage = &analysis.passages[index];
    let (doc, other) = match swapped {
        true => (passage.b_doc, passage.a_doc),
        false => (passage.a_doc, passage.b_doc),
    };
    let origin = &analysis.documents[doc.index()].origin;
    Finding {
        doc: Some(doc),
        other: Some(other),
        passage: Some(index),
        path: origin.path.clone(),
        line: Some(origin.line),
        fingerprint: Some(passage.fingerprint),
        ..base
    }
}

/// Something of every rule and status.
pub(super) fn verdict(analysis: &Analysis) -> Verdict {
    use Rule::{
        AllowExpired, AllowUnused, ChangedNumber, Coverage, InputUnreadable, LongRun, MissingMetadata,
        NearDuplicate, SameOutletReuse,
    };
    let base = |id, rule, level, status, message: &str| Finding {
        message: message.to_owned(),
        ..finding(id, rule, level, status)
    };
    let words = |value, limit, finding| Finding { value: Some(value), limit: Some(limit), ..finding };
    let run = "36 consecutive words also appear in an article already in the corpus";
    let run = words(36.0, 20.0, base(0x11, LongRun, Level::Error, Status::New, run));
    let copied = "84% of the article stands in another one";
    let copied = words(0.84, 0.4, base(0x12, Coverage, Level::Error, Status::New, copied));
    let copied = Finding { passage: None, fingerprint: None, ..about_passage(analysis, 3, true, copied) };
    let twin = base(0x13, NearDuplicate, Level::Error, Status::Expired, "a version of another new article");
    let twin = Finding {
        passage: None,
        reason: Some("agreed with\nthe <b>desk</b>".to_owned()),
        ..about_passage(analysis, 2, false, twin)
    };
    let number =
        base(0x14, ChangedNumber, Level::Warning, Status::New, "a shared passage in which 1 number differs");
    let nameless = base(0x17, MissingMetadata, Level::Note, Status::New, "the article has no outlet");
    let last = DocId::new(4);
    let nameless = Finding {
        doc: Some(last),
        path: analysis.documents[4].origin.path.clone(),
        line: Some(3),
        ..nameless
    };
    let at = |path: &str, line, finding| Finding { path: path.to_owned(), line, ..finding };
    let unread = base(
        0x15,
        InputUnreadable,
        Level::Error,
        Status::New,
        "not read: ::error::x % , : \x1b[31m\r\n::warning::y",
    );
    let expired = base(
        0x18,
        AllowExpired,
        Level::Warning,
        Status::New,
        "the allowance of wc1-0000000000000013 has expired on 2026-03-01",
    );
    let unused =
        base(0x19, AllowUnused, Level::Warning, Status::New, "the allowance of the phrase allows nothing");
    let reuse = base(
        0x1a,
        SameOutletReuse,
        Level::Warning,
        Status::Baseline,
        "the other article is of the same outlet",
    );
    let boilerplate = base(
        0x1b,
        LongRun,
        Level::Error,
        Status::Allowed,
        "7 consecutive words also appear in another new article",
    );
    let boilerplate = Finding {
        reason: Some("our \"imprint\" <&>".to_owned()),
        ..about_passage(analysis, 1, false, words(7.0, 5.0, boilerplate))
    };
    let findings = vec![
        about_passage(analysis, 0, false, run),
        twin,
        at("in/::error file=x::,:% é.txt", None, unread),
        copied,
        at("wirecopy-allow.toml", Some(7), expired),
        at("wirecopy-allow.toml", Some(12), unused),
        about_passage(analysis, 4, true, number),
        nameless,
        boilerplate,
        about_passage(analysis, 3, true, reuse),
    ];
    Verdict { findings, n_checked: 3, n_reference: 2, n_not_checked: 3 }
}
