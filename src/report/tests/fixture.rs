//! A small analysis made by hand, with all the trouble that real input brings.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::{
    Analysis, Bound, ByteSpan, Cluster, Derivation, DocId, Document, DocumentFacts, DocumentPair, Edge,
    EditCounts, EditKind, Evidence, EvidenceKind, ExcludeReason, Flags, Kind, Operation, Order, Origin,
    OriginKind, PairProvenance, Passage, Place, Precision, Published, Recurring, RunFacts, SettingValue,
    Skipped, Span, StableId, Step, Tag, TokenSpan, Tokens, TypedEdit, Warning, Witness, Zone, ZoneKind,
};

const WIRE: &str = "CEASEFIRE AGREED 🕊\r\n\r\nThe ministry said on Tuesday that the two sides had agreed to stop \
    all fire from noon, and that 10,000 people may return to their homes 🏠.\r\n\r\nTalks go on tomorrow in the \
    river town. All rights reserved by the Northern Wire.\r\n";

const HERALD: &str = "Herald staff\n\nTalks go on tomorrow in the river town, the ministry said on Tuesday. It added \
    that the two sides agreed to stop “all fire” from noon, and that 12,000 people may return to their homes 🏠.\n";

const FORMULA: &str = "=cmd()|calc\x1b]0;pwn\x07 <script>alert(1)</script>\nAll rights reserved by the Northern \
    Wire. \u{202e}gnihton\u{2066}\n";

const ARABIC: &str = "أعلنت الوزارة يوم الثلاثاء وقف إطلاق النار من الظهر في المدينة 👩‍👩‍👧.\n";

const COPY: &str = "@desk https://evil.example/x | `tick` *star*\nأعلنت الوزارة يوم الثلاثاء وقف إطلاق النار من \
    الظهر في القرية. The two sides had agreed to stop all fire from noon, and that 10,000 people may return to \
    their homes.\n";

/// Five documents, four pairs, five passages, two clusters, and something in every other list.
pub(crate) fn rich() -> Analysis {
    let documents = documents();
    let tokens: Vec<Tokens> = documents.iter().map(|document| tokens_of(&document.text)).collect();
    let mut analysis = Analysis { documents, tokens, ..Analysis::default() };
    analysis.passages = passages(&analysis);
    analysis.pairs = pairs(&analysis);
    analysis.clusters = clusters(&analysis);
    analysis.facts = facts(&analysis);
    add_the_rest(&mut analysis);
    analysis
}

fn documents() -> Vec<Document> {
    let origin = |path: &str, encoding: &str| Origin {
        path: path.to_owned(),
        record: None,
        line: 1,
        encoding: encoding.to_owned(),
    };
    let at = |seconds, precision, zone_known| Some(Published { seconds, precision, zone_known });
    let plain = |name: &str, source: Option<&str>, text: &str, published| Document {
        name: name.to_owned(),
        source: source.map(str::to_owned),
        text: text.to_owned(),
        published,
        origin: origin(&format!("in/{name}"), "UTF-8"),
        ..Document::default()
    };
    let mut wire =
        plain("a-wire.txt", Some("Northern Wire"), WIRE, at(1_695_128_405, Precision::Second, true));
    wire.title = Some("Ceasefire agreed 🕊".to_owned());
    wire.url = Some("https://wire.example/1".to_owned());
    wire.language = Some("en-GB".to_owned());
    let herald =
        plain("b-herald.txt", Some("Daily Herald"), HERALD, at(1_695_135_900, Precision::Minute, false));
    let mut formula = plain(
        "c-=cmd().txt",
        Some("=Formula\x1b[31m News"),
        FORMULA,
        at(1_695_168_000, Precision::Day, false),
    );
    formula.title = Some("=HYPERLINK(\"http://x\")".to_owned());
    formula.remarks = vec!["2 control characters stand in the text.".to_owned()];
    formula.origin.encoding = "windows-1252".to_owned();
    let arabic = plain("d-عربي.txt", Some("صحيفة"), ARABIC, at(1_693_526_400, Precision::Month, false));
    let mut copy = plain("e-records.jsonl#<3>", None, COPY, None);
    copy.origin = Origin { record: Some(2), line: 3, ..origin("in/e-records.jsonl", "UTF-8") };
    copy.meta = BTreeMap::from([
        ("=author".to_owned(), "@someone".to_owned()),
        ("desk".to_owned(), "a \"quoted\" |\n desk".to_owned()),
    ]);
    vec![wire, herald, formula, arabic, copy]
}

fn passages(analysis: &Analysis) -> Vec<Passage> {
    let homes = "people may return to their homes";
    let mut statement = passage(
        analysis,
        1,
        (0, &between(WIRE, "The ministry", "river town")),
        (1, &between(HERALD, "Talks go", homes)),
    );
    statement.matched_words = 31;
    statement.kind = Kind::Edited;
    statement.edits =
        EditCounts { inserted: 2, deleted: 2, replaced: 1, moved: 7, numbers_changed: 1, names_changed: 0 };
    statement.tags = vec![(Tag::Credited, "the ministry said".to_owned())];
    statement.typed_edits =
        vec![TypedEdit { kind: EditKind::NumberChanged, a: find(WIRE, "10,000"), b: find(HERALD, "12,000") }];
    statement.b_quoted = 2.0 / 33.0;
    statement.cluster = Some(0);
    let (a_move, b_move) = (
        tokens_in(&analysis.tokens[0], find(WIRE, "Talks go on tomorrow in the river town")),
        tokens_in(&analysis.tokens[1], find(HERALD, "Talks go on tomorrow in the river town")),
    );
    let (a_number, b_number) = (
        tokens_in(&analysis.tokens[0], find(WIRE, "10,000")),
        tokens_in(&analysis.tokens[1], find(HERALD, "12,000")),
    );
    statement.steps = vec![
        Step { operation: Operation::Move, a: a_move, b: b_move },
        Step { operation: Operation::Replace, a: a_number, b: b_number },
    ];

    let rights = "All rights reserved by the Northern Wire";
    let mut boilerplate = passage(analysis, 2, (0, rights), (2, rights));
    boilerplate.tags = vec![(Tag::Boilerplate, "in 14 articles of one outlet \x1b[2J".to_owned())];
    boilerplate.excluded = Some(ExcludeReason::Tag(Tag::Boilerplate));

    let agreed = |text: &str, sides: &str| between(text, sides, homes);
    let mut copied =
        passage(analysis, 3, (0, &agreed(WIRE, "the two sides")), (4, &agreed(COPY, "The two sides")));
    copied.cluster = Some(0);
    let mut retold =
        passage(analysis, 4, (1, &agreed(HERALD, "the two sides")), (4, &agreed(COPY, "The two sides")));
    retold.kind = Kind::Reworded;
    retold.matched_words = 18;
    retold.cluster = Some(0);
    retold.excluded = Some(ExcludeReason::SameSource);
    retold.tags = vec![(Tag::Common, String::new()), (Tag::Quoted, "inside “…”".to_owned())];

    let truce = |text: &str, end: &str| between(text, "أعلنت", end);
    let mut arabic = passage(analysis, 5, (3, &truce(ARABIC, "المدينة")), (4, &truce(COPY, "القرية")));
    arabic.kind = Kind::Edited;
    arabic.matched_words = 10;
    arabic.edits = EditCounts { replaced: 1, names_changed: 1, ..EditCounts::default() };
    arabic.cluster = Some(1);
    let mut passages = vec![statement, boilerplate, copied, retold, arabic];
    for passage in &mut passages {
        let words = f64::from(passage.a_tokens.len() + passage.b_tokens.len());
        passage.identity = 2.0 * f64::from(passage.matched_words) / words;
    }
    passages
}

fn pairs(analysis: &Analysis) -> Vec<DocumentPair> {
    let sum = |index: usize| DocumentPair {
        passages: index..index + 1,
        ..counted(analysis, analysis.passages[index].clone())
    };
    let dated = |pair, order, lag| DocumentPair { order, lag_seconds: Some(lag), ..pair };
    vec![
        DocumentPair { provenance: told_by_date(), ..dated(sum(0), Order::AFirst, 7_495) },
        dated(sum(1), Order::Same, 39_595),
        DocumentPair { near_duplicate: true, ..sum(2) },
        sum(3),
        sum(4),
    ]
}

/// The wire was first, by its date and its credit.
fn told_by_date() -> PairProvenance {
    let says = |kind, says, fact: &str| Evidence { kind, says, fact: fact.to_owned() };
    PairProvenance {
        evidence: vec![
            says(EvidenceKind::Date, Order::AFirst, "2 h 5 min earlier"),
            says(EvidenceKind::Credit, Order::BFirst, "=names \x1b[1mthe Herald"),
        ],
        origin: OriginKind::AgencyCopy,
        origin_fact: "b credits “Northern Wire” \x1b[0m".to_owned(),
        first_match: true,
    }
}

/// A pair with one passage and the totals that follow from it.
fn counted(analysis: &Analysis, passage: Passage) -> DocumentPair {
    let counts = u32::from(passage.excluded.is_none());
    let share = |doc: DocId, span: TokenSpan| {
        f64::from(span.len()) / f64::from(u32::try_from(analysis.tokens[doc.index()].len()).unwrap())
    };
    let (a, b) = (share(passage.a_doc, passage.a_tokens), share(passage.b_doc, passage.b_tokens));
    DocumentPair {
        id: StableId(passage.id.0 * 0x1111),
        matched_words: counts * passage.matched_words,
        longest_words: counts * passage.matched_words,
        a_coverage: f64::from(counts) * a,
        b_coverage: f64::from(counts) * b,
        a_coverage_all: a,
        b_coverage_all: b,
        excluded_words: (1 - counts) * passage.matched_words,
        tags: passage.tags.iter().map(|(tag, _)| *tag).collect(),
        ..pair_of(passage.a_doc, passage.b_doc)
    }
}

fn clusters(analysis: &Analysis) -> Vec<Cluster> {
    let witness = |(doc, span): (DocId, ByteSpan), rank, lag_seconds| Witness {
        span,
        tokens: tokens_in(&analysis.tokens[doc.index()], span),
        rank,
        lag_seconds,
        identity_to_representative: 2.0 / 3.0,
        ..witness_of(doc)
    };
    let side_a = |index: usize| (analysis.passages[index].a_doc, analysis.passages[index].a);
    let side_b = |index: usize| (analysis.passages[index].b_doc, analysis.passages[index].b);
    let truce = Cluster {
        id: StableId(0xC1),
        witnesses: vec![
            witness(side_a(0), Some(1), Some(0)),
            witness(side_b(0), Some(2), Some(7_495)),
            witness(side_b(2), None, None),
        ],
        representative: 0,
        n_docs: 3,
        n_sources: 2,
        n_origins: 2,
        first_doc: Some(DocId::new(0)),
        first_published: analysis.documents[0].published,
        span_seconds: Some(7_495),
        words_median: 33.5,
    };
    let arabic = Cluster {
        id: StableId(0xC2),
        witnesses: vec![witness(side_a(4), Some(1), Some(0)), witness(side_b(4), None, None)],
        representative: 1,
        n_docs: 2,
        n_sources: 1,
        n_origins: 1,
        first_doc: None,
        first_published: None,
        span_seconds: None,
        words_median: 11.0,
    };
    vec![truce, arabic]
}

fn facts(analysis: &Analysis) -> Vec<DocumentFacts> {
    let facts = |(index, tokens): (usize, &Tokens)| {
        let matched_words = [36, 36, 0, 11, 31][index];
        DocumentFacts {
            matched_words,
            matched_share: f64::from(matched_words) / f64::from(u32::try_from(tokens.len()).unwrap()),
            exact_copy_of: (index == 4).then(|| "a-wire.txt".to_owned()),
            is_reference: index == 3,
            zones: if index == 1 { vec![herald_quotation()] } else { Vec::new() },
            derivation: [Derivation::Not, Derivation::Partly][usize::from(index == 1)],
            derivation_fact: [String::new(), "shares \x1b[1m36 words".to_owned()][usize::from(index == 1)]
                .clone(),
            matched_by_third: [matched_words, 0, 0],
        }
    };
    analysis.tokens.iter().enumerate().map(facts).collect()
}

/// A quotation that an agency is named with.
fn herald_quotation() -> Zone {
    Zone {
        kind: ZoneKind::Quotation,
        span: find(HERALD, "“all fire”"),
        name: Some("=the ministry".to_owned()),
        fact: "inside “…”".to_owned(),
    }
}

fn settings() -> BTreeMap<String, SettingValue> {
    BTreeMap::from(
        [
            ("exclude_tags", SettingValue::List(vec!["boilerplate".to_owned()])),
            ("language", SettingValue::Unset),
            ("min_identity", SettingValue::Number(0.1)),
            ("min_words", SettingValue::Integer(5)),
            ("skip_same_source", SettingValue::Flag(true)),
            ("statistics", SettingValue::Text("=background".to_owned())),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    )
}

/// What two outlets share.
fn edges() -> Vec<Edge> {
    let edge = |a: &str, b: &str, share_a_first, median_lag_seconds| Edge {
        a_source: a.to_owned(),
        b_source: b.to_owned(),
        n_pairs: 1,
        matched_words: 31,
        n_passages: 1,
        a_docs: 1,
        b_docs: 1,
        a_share: 1.0,
        b_share: 0.5,
        n_first_matches: 1,
        median_coverage: 0.75,
        share_a_first,
        median_lag_seconds,
    };
    vec![
        edge("=Formula\x1b[31m News", "Northern Wire", None, None),
        edge("Daily Herald", "Northern Wire", Some(0.2), Some(-7_495)),
    ]
}

/// What one outlet prints again and again.
fn formula_news_footer() -> Recurring {
    Recurring {
        cluster: 1,
        tag: Tag::Boilerplate,
        source: Some("=Formula\x1b[31m News".to_owned()),
        n_docs: 7,
        n_days: 6,
        words: 77,
        matched_words: 11,
        excluded: true,
        fact: "recurs in 7 articles of \x1b[1m=Formula".to_owned(),
    }
}

fn add_the_rest(analysis: &mut Analysis) {
    analysis.edges = edges();
    analysis.recurring = vec![formula_news_footer()];
    let warning = |path: &str, line, message: &str| Warning {
        path: path.to_owned(),
        line,
        message: message.to_owned(),
    };
    analysis.warnings = vec![
        warning("", None, "no table of word statistics for ‘ar’; the corpus’s own counts are used."),
        warning("in/c-=cmd().txt", Some(1), "\x1b[31mone byte was not valid windows-1252 and became ‘�’."),
    ];
    analysis.skipped = vec![
        Skipped {
            path: "in/broken.pdf".to_owned(),
            line: None,
            reason: "not a text; convert it first.".to_owned(),
            lost: false,
        },
        Skipped {
            path: "in/e-records.jsonl".to_owned(),
            line: Some(9),
            reason: "no text field; name it with --text-field.".to_owned(),
            lost: true,
        },
    ];
    analysis.bounds = vec![Bound {
        name: "max_pairs".to_owned(),
        count: 1,
        message: "Pairs of one cluster were written for its representative and neighbours only.".to_owned(),
    }];
    analysis.settings = settings();
    analysis.run = RunFacts {
        seconds: vec![("reading".to_owned(), 0.25), ("matching".to_owned(), 1.5)],
        threads: 2,
        peak_memory_bytes: Some(12_345_678),
    };
}

/// Two documents that share one passage: the whole of both.
pub(crate) fn two_texts(a: &str, b: &str) -> Analysis {
    let document = |name: &str, text: &str| Document {
        name: name.to_owned(),
        text: text.to_owned(),
        ..Document::default()
    };
    let documents = vec![document("a.txt", a), document("b.txt", b)];
    let tokens: Vec<Tokens> = documents.iter().map(|document| tokens_of(&document.text)).collect();
    let facts = vec![DocumentFacts::default(); 2];
    let mut analysis = Analysis { documents, tokens, facts, ..Analysis::default() };
    analysis.passages = vec![passage(&analysis, 1, (0, a), (1, b))];
    analysis.pairs = vec![DocumentPair { passages: 0..1, ..pair_of(DocId::new(0), DocId::new(1)) }];
    analysis
}

/// A verbatim passage over the first place of either wording.
fn passage(analysis: &Analysis, id: u64, a: (usize, &str), b: (usize, &str)) -> Passage {
    let place = |(doc, wording): (usize, &str)| {
        let span = find(&analysis.documents[doc].text, wording);
        (span, tokens_in(&analysis.tokens[doc], span))
    };
    let ((a_span, a_tokens), (b_span, b_tokens)) = (place(a), place(b));
    Passage {
        id: StableId(id),
        a_doc: DocId::new(a.0),
        b_doc: DocId::new(b.0),
        a: a_span,
        b: b_span,
        a_tokens,
        b_tokens,
        steps: Vec::new(),
        matched_words: a_tokens.len(),
        longest_run: a_tokens.len(),
        identity: 1.0,
        bits: 50.0,
        kind: Kind::Verbatim,
        edits: EditCounts::default(),
        typed_edits: Vec::new(),
        a_quoted: 0.0,
        b_quoted: 0.0,
        blocks: Vec::new(),
        tags: Vec::new(),
        cluster: None,
        excluded: None,
        fingerprint: StableId(0xF00 + id),
    }
}

/// A pair that shares nothing yet.
pub(crate) fn pair_of(a: DocId, b: DocId) -> DocumentPair {
    DocumentPair {
        id: StableId(1),
        a,
        b,
        passages: 0..0,
        matched_words: 0,
        longest_words: 0,
        a_coverage: 0.0,
        b_coverage: 0.0,
        a_coverage_all: 0.0,
        b_coverage_all: 0.0,
        near_duplicate: false,
        order: Order::Unknown,
        lag_seconds: None,
        excluded_words: 0,
        tags: Vec::new(),
        provenance: PairProvenance::default(),
    }
}

/// A witness at the beginning of `doc`, empty.
pub(crate) fn witness_of(doc: DocId) -> Witness {
    Witness {
        doc,
        span: Span::new(0, 0),
        tokens: Span::new(0, 0),
        rank: None,
        rank_evidence: None,
        lag_seconds: None,
        identity_to_representative: 1.0,
    }
}

/// The text from the first `start` to the end of the first `end`.
fn between(text: &str, start: &str, end: &str) -> String {
    text[text.find(start).unwrap()..text.find(end).unwrap() + end.len()].to_owned()
}

fn find(text: &str, wording: &str) -> ByteSpan {
    let start = text.find(wording).unwrap();
    Span::new(u32::try_from(start).unwrap(), u32::try_from(start + wording.len()).unwrap())
}

fn tokens_in(tokens: &Tokens, span: ByteSpan) -> TokenSpan {
    let before = |byte| u32::try_from(tokens.places.partition_point(|place| place.start < byte)).unwrap();
    Span::new(before(span.start()), before(span.end()))
}

fn tokens_of(text: &str) -> Tokens {
    let words = || text.unicode_word_indices();
    let place = |(at, word): (usize, &str)| Place {
        start: u32::try_from(at).unwrap(),
        len: u16::try_from(word.len()).unwrap(),
        surprisal: 80,
        flags: if word.contains(|c: char| c.is_ascii_digit()) { Flags::NUMBER } else { Flags::default() },
    };
    // The length stands in for a key: nothing here compares keys.
    Tokens {
        keys: words().map(|(_, word)| word.len() as u64).collect(),
        places: words().map(place).collect(),
    }
}
