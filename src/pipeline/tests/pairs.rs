//! What is found between two texts: cases a person can judge.

use crate::fixture::document;
use crate::model::{EditCounts, Kind, Operation};
use crate::pipeline::tests::{analyse, analyse_in, analyse_two, texts};
use crate::pipeline::{Scope, Settings};

const HARBOUR: &str = "Dredging crews returned to the northern harbour last week after engineers measured silt along \
    the old quay. Two barges lie moored beside the fish market, where traders complain about the noise at dawn. \
    The port authority has hired a consultant from Lisbon to study the currents.";

const CHESS: &str = "Our village chess club celebrates its fortieth birthday with a simultaneous exhibition. Grandmaster \
    Ilse Vandermeer will face thirty schoolchildren, several pensioners and a retired postman. Admission costs \
    nothing, although cake is sold during the interval.";

const ORCHARD: &str = "Late frost destroyed most apricot blossom in the valley orchards. Growers lit paraffin candles \
    between the rows and sprayed water until sunrise, yet half of the buds turned brown. Insurance seldom pays for \
    such losses.";

const STATEMENT: &str = "Negotiators from both governments signed a protocol on Thursday that reopens the mountain \
    railway, returns impounded locomotives and lets 10,000 seasonal labourers cross the border without visas.";

const SECOND: &str = "Veterinary inspectors discovered counterfeit vaccines in three warehouses near the airport and \
    seized refrigerators, invoices and a lorry registered abroad.";

/// A statement without the full stop that no token holds.
fn bare(statement: &str) -> &str {
    statement.trim_end_matches('.')
}

fn between(before: &str, statement: &str, after: &str) -> String {
    format!("{before} {statement} {after}")
}

/// Asserts that `a` and `b` share these passages, in order, each as the texts of its two sides.
#[track_caller]
fn check(case: &str, a: &str, b: &str, expected: &[(&str, &str)]) {
    let analysis = analyse_two(a, b);
    let found: Vec<(&str, &str)> = analysis.passages.iter().map(|p| texts(&analysis, p)).collect();
    assert_eq!(found, expected, "{case}");
}

/// The one passage that a statement and its edited copy make, each whole, amid texts about other things.
#[track_caller]
fn check_edit(case: &str, copy: &str, kind: Kind, edits: EditCounts) {
    let (a, b) = (between(HARBOUR, STATEMENT, CHESS), between(ORCHARD, copy, HARBOUR_NEIGHBOUR));
    check(case, &a, &b, &[(bare(STATEMENT), bare(copy))]);
    let analysis = analyse_two(&a, &b);
    let passage = &analysis.passages[0];
    assert_eq!((passage.kind, passage.edits), (kind, edits), "{case}: {:?}", passage.steps);
}

const HARBOUR_NEIGHBOUR: &str = "Meanwhile the municipal library extends its opening hours. Readers may borrow \
    gramophone records, magnifying glasses and umbrellas at the new counter.";

#[test]
fn a_verbatim_sentence_ends_exact_to_the_word() {
    let shared = bare(STATEMENT);
    let cases = [
        ("in the middle", between(HARBOUR, STATEMENT, CHESS), between(ORCHARD, STATEMENT, HARBOUR_NEIGHBOUR)),
        ("first and last", format!("{STATEMENT} {HARBOUR}"), format!("{ORCHARD} {STATEMENT}")),
        ("the whole of one text", STATEMENT.to_owned(), between(ORCHARD, STATEMENT, CHESS)),
        (
            "after headings",
            format!("RAILWAY\n\n{STATEMENT}"),
            format!("{CHESS}\n\nTRAINS RUN\n\n{STATEMENT}"),
        ),
    ];
    for (case, a, b) in cases {
        check(case, &a, &b, &[(shared, shared)]);
        check(case, &b, &a, &[(shared, shared)]);
        let analysis = analyse_two(&a, &b);
        assert_eq!(analysis.passages[0].kind, Kind::Verbatim, "{case}");
        assert_eq!(analysis.passages[0].matched_words, analysis.passages[0].longest_run, "{case}");
    }
}

#[test]
fn a_clause_inside_other_sentences_ends_where_the_shared_words_end() {
    let clause = "the mountain railway reopens for pilgrims, mushroom pickers and customs officers";
    let a = format!("{HARBOUR} Yesterday Reuben promised that {clause} before Michaelmas. {CHESS}");
    let b = format!(
        "{ORCHARD} Critics doubt whether {clause}, however loudly ministers applaud. {HARBOUR_NEIGHBOUR}"
    );
    check("inside a sentence", &a, &b, &[(clause, clause)]);
}

#[test]
fn light_edits_are_counted_by_kind() {
    let none = EditCounts::default();
    let cases = [
        ("a word replaced", "impounded", "confiscated", EditCounts { replaced: 1, ..none }),
        (
            "a word inserted",
            "the mountain railway",
            "the scenic mountain railway",
            EditCounts { inserted: 1, ..none },
        ),
        ("a word left out", "seasonal labourers", "labourers", EditCounts { deleted: 1, ..none }),
        (
            "two words for one",
            "seasonal labourers",
            "temporary farm labourers",
            EditCounts { replaced: 1, inserted: 1, ..none },
        ),
        ("a number changed", "10,000", "12,000", EditCounts { replaced: 1, numbers_changed: 1, ..none }),
        ("another number format", "10,000", "10'000", none),
        ("a number in words", "10,000", "ten thousand", EditCounts { replaced: 1, inserted: 1, ..none }),
        (
            "a weekday changed",
            "on Thursday",
            "on Saturday",
            EditCounts { replaced: 1, numbers_changed: 1, ..none },
        ),
        ("another form of a word", "reopens", "reopened", none),
    ];
    for (case, from, to, edits) in cases {
        let copy = STATEMENT.replacen(from, to, 1);
        assert_ne!(copy, STATEMENT, "{case}");
        let kind = if case == "another number format" { Kind::Verbatim } else { Kind::Edited };
        check_edit(case, &copy, kind, edits);
    }
}

#[test]
fn a_statement_in_largely_other_words_is_reworded() {
    let copy = "Under a protocol, which negotiators from the two cabinets unveiled on Thursday, locomotives impounded \
        last winter go home, trains of the mountain railway run again, and seasonal labourers, up to 10,000 of them, \
        no longer need visas at the border.";
    let documents = vec![
        document("a", between(HARBOUR, STATEMENT, CHESS)),
        document("b", between(ORCHARD, copy, HARBOUR_NEIGHBOUR)),
    ];
    let listed = Scope::Listed { pairs: vec![("a".to_owned(), "b".to_owned())] };
    let analysis = analyse_in(&listed, documents, &Settings::default());
    let found: Vec<_> = analysis.passages.iter().map(|p| (p.kind, texts(&analysis, p))).collect();
    let [(Kind::Reworded, (a, b))] = found[..] else { panic!("{found:?}") };
    assert!(STATEMENT.contains(a) && a.len() > STATEMENT.len() / 2, "{a}");
    assert!(copy.contains(b) && b.len() > copy.len() / 2, "{b}");
}

#[test]
fn a_bracketed_gloss_does_not_cut_a_passage() {
    let gloss = "reopens the mountain railway (closed for eleven winters after an avalanche buried both its tunnels and \
        the upper station)";
    let copy = STATEMENT.replacen("reopens the mountain railway", gloss, 1);
    check_edit("a gloss", &copy, Kind::Edited, EditCounts { inserted: 15, ..EditCounts::default() });
}

#[test]
fn swapped_sentences_are_a_move_or_two_passages() {
    let a = format!("{HARBOUR} {STATEMENT} {SECOND} {CHESS}");
    let b = format!("{ORCHARD} {SECOND} {STATEMENT} {HARBOUR_NEIGHBOUR}");
    let analysis = analyse_two(&a, &b);
    let matched: u32 = analysis.passages.iter().map(|p| p.matched_words).sum();
    let words = (STATEMENT.split_whitespace().count() + SECOND.split_whitespace().count()) as u32;
    assert_eq!(matched, words, "every word of both sentences is matched once: {:?}", analysis.passages);
    if let [one] = &analysis.passages[..] {
        assert!(one.steps.iter().any(|step| step.operation == Operation::Move), "{:?}", one.steps);
        assert!(one.edits.moved > 0);
    } else {
        let expected = [(bare(STATEMENT), bare(STATEMENT)), (bare(SECOND), bare(SECOND))];
        check("two passages", &a, &b, &expected);
    }
}

#[test]
fn passages_far_apart_stay_apart() {
    let (first, second) = (bare(STATEMENT), bare(SECOND));
    let a = format!("{STATEMENT} {HARBOUR} {SECOND} {CHESS}");
    let b = format!("{ORCHARD} {STATEMENT} {HARBOUR_NEIGHBOUR} {SECOND}");
    check("same order", &a, &b, &[(first, first), (second, second)]);
    let turned = format!("{ORCHARD} {SECOND} {HARBOUR_NEIGHBOUR} {STATEMENT}");
    check("other order", &a, &turned, &[(first, first), (second, second)]);
}

#[test]
fn adjacent_sentences_in_order_are_one_passage() {
    let both = format!("{STATEMENT} {SECOND}");
    let a = between(HARBOUR, &both, CHESS);
    let b = between(ORCHARD, &format!("{STATEMENT}\n\n{SECOND}"), HARBOUR_NEIGHBOUR);
    check("a paragraph break between", &a, &b, &[(bare(&both), bare(&format!("{STATEMENT}\n\n{SECOND}")))]);
}

#[test]
fn a_statement_that_stands_twice_is_two_passages() {
    let shared = bare(STATEMENT);
    let once = between(HARBOUR, STATEMENT, CHESS);
    let twice = format!("{STATEMENT} {ORCHARD} {STATEMENT} {HARBOUR_NEIGHBOUR}");
    let analysis = analyse_two(&once, &twice);
    let found: Vec<_> = analysis.passages.iter().map(|p| texts(&analysis, p)).collect();
    assert_eq!(found, [(shared, shared); 2]);
    assert_eq!(analysis.passages[0].a, analysis.passages[1].a);
    assert!(analysis.passages[0].b.overlap(analysis.passages[1].b) == 0);
    assert_eq!(analysis.passages[0].fingerprint, analysis.passages[1].fingerprint);
    assert_ne!(analysis.passages[0].id, analysis.passages[1].id);
    assert_eq!(analysis.clusters.len(), 1);
    assert_eq!(analysis.clusters[0].witnesses.len(), 3);
}

#[test]
fn common_phrases_are_nothing() {
    for phrase in
        ["at the end of the day", "it is one of the most", "as well as in the", "for the first time in"]
    {
        let a = between(HARBOUR, phrase, CHESS);
        let b = between(ORCHARD, phrase, HARBOUR_NEIGHBOUR);
        check(phrase, &a, &b, &[]);
    }
}

#[test]
fn seven_rare_words_are_a_passage() {
    let rare = "quixotic dirigible pilots smuggled fermented gooseberry marmalade";
    check(
        "rare words",
        &between(HARBOUR, rare, CHESS),
        &between(ORCHARD, rare, HARBOUR_NEIGHBOUR),
        &[(rare, rare)],
    );
}

#[test]
fn texts_about_different_things_share_nothing() {
    let all = [HARBOUR, CHESS, ORCHARD, STATEMENT, SECOND, HARBOUR_NEIGHBOUR];
    let documents =
        all.iter().enumerate().map(|(index, text)| document(&format!("{index}"), *text)).collect();
    assert_eq!(analyse(documents, &Settings::default()).passages, []);
}

#[test]
fn identical_texts_are_one_passage_over_the_whole() {
    let whole = format!("{HARBOUR}\n\n{STATEMENT}");
    check("identical", &whole, &whole, &[(bare(&whole), bare(&whole))]);
    let analysis = analyse_two(&whole, &whole);
    assert_eq!(analysis.pairs[0].a_coverage, 1.0);
    assert!(analysis.pairs[0].near_duplicate);
}

#[test]
fn no_document_or_one_makes_an_empty_analysis() {
    for documents in [vec![], vec![document("a", STATEMENT)]] {
        for scope in [Scope::AllPairs, Scope::Listed { pairs: vec![] }] {
            let analysis = analyse_in(&scope, documents.clone(), &Settings::default());
            assert_eq!((analysis.pairs.len(), analysis.clusters.len()), (0, 0));
        }
    }
}

#[test]
fn texts_with_little_or_nothing_in_them_share_nothing() {
    let odd = [
        "",
        " \r\n\t",
        "!!! 🙂",
        "— … «»",
        "\u{feff}",
        "\0\u{1b}[31m\u{7}",
        "word",
        "Word.",
        "a b c",
        "\u{301}",
    ];
    for a in odd {
        for b in odd.into_iter().chain([STATEMENT]) {
            check("odd", a, b, &[]);
        }
    }
}

#[test]
fn typography_alone_leaves_a_passage_verbatim() {
    let plain = "The ministry's spokeswoman said: \"Nobody will evacuate the lighthouse - not today, not tomorrow, and \
        certainly not because astronomers predict thunderstorms.\"";
    let cases = [
        ("case", plain.to_uppercase()),
        (
            "quotes and dashes",
            plain.replacen('"', "“", 1).replace('"', "”").replace('\'', "’").replace(" - ", " — "),
        ),
        ("hard wraps", plain.replace(' ', "\n")),
        ("carriage returns", plain.replace(' ', "\r\n")),
        ("blank runs", plain.replace(' ', " \u{a0}\t ")),
        (
            "soft hyphens",
            plain.replace("evacuate", "evac\u{ad}uate").replace("lighthouse", "light\u{ad}house"),
        ),
        ("a word divided at a line end", plain.replace("thunderstorms", "thunder-\nstorms")),
        ("no punctuation", plain.replace([':', ',', '"', '-', '.'], " ")),
        ("wide forms", plain.replace("today", "ｔｏｄａｙ")),
    ];
    for (case, copy) in cases {
        let analysis =
            analyse_two(&between(HARBOUR, plain, CHESS), &between(ORCHARD, &copy, HARBOUR_NEIGHBOUR));
        let found: Vec<_> = analysis
            .passages
            .iter()
            .map(|p| (p.kind, p.matched_words, p.a_tokens.len(), p.b_tokens.len()))
            .collect();
        let words = analysis.passages.first().map_or(0, |p| p.a_tokens.len());
        assert_eq!(found, [(Kind::Verbatim, words, words, words)], "{case}: {:?}", analysis.passages);
        let (a, b) = texts(&analysis, &analysis.passages[0]);
        assert!(a.starts_with("The ministry") && a.ends_with("thunderstorms"), "{case}: {a}");
        assert!(b.to_lowercase().starts_with("the"), "{case}: {b}");
    }
}

#[test]
fn statements_in_other_scripts_are_found() {
    let cases = [
        (
            "Russian",
            "В порту вчера начали углублять дно, и рыбаки жалуются на шум.",
            "Правительство республики объявило о немедленном открытии железной дороги через перевал и вернуло \
             конфискованные локомотивы соседям",
            "Шахматный клуб деревни отмечает юбилей и приглашает школьников.",
        ),
        (
            "Chinese",
            "港口的疏浚工程上周重新开始，渔民抱怨噪音。",
            "两国政府星期四签署了一项议定书，重新开放山区铁路并归还被扣押的机车，允许季节工人免签证过境",
            "村里的象棋俱乐部庆祝成立四十周年。",
        ),
        (
            "Arabic",
            "عادت فرق التجريف إلى الميناء الشمالي الأسبوع الماضي.",
            "وقعت الحكومتان يوم الخميس بروتوكولا يعيد فتح سكة الحديد الجبلية ويعيد القاطرات المحتجزة إلى أصحابها",
            "يحتفل نادي الشطرنج في القرية بعيد ميلاده الأربعين.",
        ),
        (
            "Azerbaijani",
            "Limanda dərinləşdirmə işləri keçən həftə yenidən başladı.",
            "Hökumət cümə axşamı dağ dəmir yolunu yenidən açan və saxlanılmış lokomotivləri geri qaytaran protokol \
             imzaladı",
            "Kəndin şahmat klubu qırx yaşını qeyd edir.",
        ),
    ];
    for (language, before, statement, after) in cases {
        let end = if language == "Chinese" { "。" } else { ". " };
        let named =
            |name: &str, text: String| crate::model::Document { language: None, ..document(name, text) };
        let documents = vec![
            named("a", format!("{before}{end}{statement}{end}")),
            named("b", format!("{statement}{end}{after}{end}")),
        ];
        let analysis = analyse(documents, &Settings::default());
        let found: Vec<_> = analysis.passages.iter().map(|p| texts(&analysis, p)).collect();
        assert_eq!(found, [(statement, statement)], "{language}");
    }
}
