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
    let (shared, about_run) = (about_texts(analysis), about_the_run());
    let [run, twin, copied, number, nameless, boilerplate, reuse] = shared;
    let [unread, expired, unused] = about_run;
    let findings = vec![run, twin, unread, copied, expired, unused, number, nameless, boilerplate, reuse];
    Verdict {
        findings,
        checked: [0, 2, 4].map(DocId::new).to_vec(),
        n_checked: 3,
        n_reference: 2,
        n_not_checked: 3,
    }
}

fn base(id: u64, rule: Rule, level: Level, status: Status, message: &str) -> Finding {
    Finding { message: message.to_owned(), ..finding(id, rule, level, status) }
}

fn about_texts(analysis: &Analysis) -> [Finding; 7] {
    let measured = |value, limit, finding| Finding { value: Some(value), limit: Some(limit), ..finding };
    let of_pair = |finding| Finding { passage: None, fingerprint: None, ..finding };
    let error = |id, rule, status, message| base(id, rule, Level::Error, status, message);
    let warning = |id, rule, status, message| base(id, rule, Level::Warning, status, message);
    let run = "36 consecutive words also appear in an article already in the corpus";
    let run = measured(36.0, 20.0, error(0x11, Rule::LongRun, Status::New, run));
    let copied = "84% of the article stands in another one";
    let copied = measured(0.84, 0.4, error(0x12, Rule::Coverage, Status::New, copied));
    let twin = error(0x13, Rule::NearDuplicate, Status::Expired, "a version of another new article");
    let twin = Finding { reason: Some("agreed with\nthe <b>desk</b>".to_owned()), ..twin };
    let number = "a shared passage in which 1 number differs";
    let number = warning(0x14, Rule::ChangedNumber, Status::New, number);
    let nameless = base(0x17, Rule::MissingMetadata, Level::Note, Status::New, "the article has no outlet");
    let last = DocId::new(4);
    let path = analysis.documents[4].origin.path.clone();
    let nameless = Finding { doc: Some(last), path, line: Some(3), ..nameless };
    let boilerplate = "7 consecutive words also appear in another new article";
    let boilerplate = measured(7.0, 5.0, error(0x1b, Rule::LongRun, Status::Allowed, boilerplate));
    let boilerplate = Finding { reason: Some("our \"imprint\" <&>".to_owned()), ..boilerplate };
    let reuse = "the other article is of the same outlet";
    let reuse = warning(0x1a, Rule::SameOutletReuse, Status::Baseline, reuse);
    [
        about_passage(analysis, 0, false, run),
        of_pair(about_passage(analysis, 2, false, twin)),
        of_pair(about_passage(analysis, 3, true, copied)),
        about_passage(analysis, 4, true, number),
        nameless,
        about_passage(analysis, 1, false, boilerplate),
        of_pair(about_passage(analysis, 3, true, reuse)),
    ]
}

fn about_the_run() -> [Finding; 3] {
    let at = |path: &str, line, finding| Finding { path: path.to_owned(), line, ..finding };
    let warning = |id, rule, message| base(id, rule, Level::Warning, Status::New, message);
    let unread = "not read: ::error::x % , : \x1b[31m\r\n::warning::y";
    let expired = "the allowance of wc1-0000000000000013 has expired on 2026-03-01";
    [
        at(
            "in/::error file=x::,:% é.txt",
            None,
            base(0x15, Rule::InputUnreadable, Level::Error, Status::New, unread),
        ),
        at("wirecopy-allow.toml", Some(7), warning(0x18, Rule::AllowExpired, expired)),
        at(
            "wirecopy-allow.toml",
            Some(12),
            warning(0x19, Rule::AllowUnused, "the allowance of the phrase allows nothing"),
        ),
    ]
}
