//! Why two documents share what the result says, and why not more.

use std::fmt;

use crate::align::{Aligner, Alignment, Miss, Rule, Workspace};
use crate::edits::{self, Label};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, fingerprints};
use crate::matching::nominate::Evidence;
use crate::matching::postings::{Join, KeyRange, join_range};
use crate::matching::segment::Segments;
use crate::matching::{Admission, Candidate, MatchParams};
use crate::model::{Document, Kind, Span, TokenSpan, Tokens};
use crate::normalize::{NormalizeParams, Normalizer, Recognized};
use crate::pipeline::settings::Settings;
use crate::pipeline::{align_params, match_params};
use crate::report::sanitize::{excerpt, line};

/// How one pair of documents went through the engine; prints itself as plain text.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    names: [String; 2],
    languages: [Recognized; 2],
    n_words: [usize; 2],
    shared: Vec<String>,
    n_shared: usize,
    evidence: Evidence,
    nominated: bool,
    limits: [f32; 2],
    shingle: usize,
    passages: Vec<String>,
    misses: Vec<String>,
}

/// Shared word sequences shown.
const SHOWN_SHINGLES: usize = 8;

/// Near misses shown, nearest first.
const SHOWN_MISSES: usize = 12;

/// Substitutions shown of a passage.
const SHOWN_EDITS: usize = 12;

/// Characters shown of either side of a substitution.
const EDIT_EXCERPT: usize = 40;

/// Characters of text shown of each side.
const EXCERPT: usize = 100;

/// Compares `a` and `b` alone and tells each step. Their passages are those that any comparison of the two finds.
///
/// # Errors
///
/// [`Error::Normalize`] for an unknown language.
pub fn explain(a: &Document, b: &Document, settings: &Settings) -> Result<Explanation, Error> {
    let params = NormalizeParams {
        fold_diacritics: settings.fold_diacritics,
        language: settings.language.clone(),
        profile: settings.profile,
    };
    let normalizer = Normalizer::new(params)?;
    let mut lexicon = normalizer.lexicon();
    let languages = [a, b].map(|it| normalizer.recognize(&it.text, it.language.as_deref()));
    let tokens = [(a, languages[0]), (b, languages[1])]
        .map(|(it, recognized)| normalizer.tokens(&it.text, recognized.language, &mut lexicon));
    let segments = Segments::of(&tokens);
    let params = match_params(settings);
    let join = Join {
        documents: &tokens,
        segments: &segments,
        order_keys: &[0, 1],
        admission: &Pair,
        params: &params,
    };
    let mut hits: Vec<_> =
        KeyRange::split(0, usize::MAX).into_iter().flat_map(|range| join_range(&join, range).hits).collect();
    hits.sort_unstable();
    hits.dedup();
    let evidence = Evidence::full(&hits, &tokens[0], &params);
    let nominated = hits
        .chunk_by(|x, y| (x.a, x.b) == (y.a, y.b))
        .any(|group| Evidence::full(group, &tokens[0], &params).is_enough(&params));

    let aligner = Aligner::new(&tokens, vec![&a.text, &b.text], &segments, align_params(settings));
    let candidates: Vec<Candidate> = segments
        .of_document(0)
        .flat_map(|x| segments.of_document(1).map(move |y| Candidate { a: x, b: y }))
        .collect();
    let (found, mut misses) = aligner.pair_with_misses(0, 1, &candidates, &mut Workspace::default());
    misses.sort_by(|x, y| {
        (y.value / y.limit).total_cmp(&(x.value / x.limit)).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
    });
    let shared = shared_shingles(&tokens[0], &tokens[1], &params);
    let teller = Teller { texts: [&a.text, &b.text], tokens: &tokens };
    Ok(Explanation {
        names: [line(&a.name).into_owned(), line(&b.name).into_owned()],
        languages,
        n_words: [tokens[0].len(), tokens[1].len()],
        n_shared: shared.len(),
        shared: shared.iter().take(SHOWN_SHINGLES).map(|&span| teller.words(0, span)).collect(),
        evidence,
        nominated,
        limits: [params.min_local_bits, params.min_total_bits],
        shingle: params.fingerprint.shingle,
        passages: found.iter().map(|alignment| teller.passage(alignment)).collect(),
        misses: misses.iter().take(SHOWN_MISSES).map(|miss| teller.miss(miss)).collect(),
    })
}

/// A language for people.
struct Spoken(Recognized);

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Recognized { language, confidence } = self.0;
        match language.name() {
            Some(name) if confidence < 1.0 => write!(f, "{name}, sure to {:.0} %", confidence * 100.0),
            Some(name) => f.write_str(name),
            None => f.write_str("in no language known for sure: words are matched as written"),
        }
    }
}

/// Admits the one pair there is.
struct Pair;

impl Admission for Pair {
    fn admits(&self, _: usize, _: usize) -> bool {
        true
    }
}

/// Runs of shingles of `a` that `b` has too, in order.
fn shared_shingles(a: &Tokens, b: &Tokens, params: &MatchParams) -> Vec<TokenSpan> {
    let mut of_b: Vec<u64> = fingerprints(b, params.fingerprint).map(|f| f.hash).collect();
    of_b.sort_unstable();
    let shingle = params.fingerprint.shingle as u32;
    let mut runs: Vec<TokenSpan> = Vec::new();
    for Fingerprint { position, .. } in
        fingerprints(a, params.fingerprint).filter(|f| of_b.binary_search(&f.hash).is_ok())
    {
        match runs.last_mut() {
            Some(run) if run.end() >= position => *run = Span::new(run.start(), position + shingle),
            _ => runs.push(Span::new(position, position + shingle)),
        }
    }
    runs
}

/// Puts spans into words.
struct Teller<'a> {
    texts: [&'a str; 2],
    tokens: &'a [Tokens; 2],
}

impl Teller<'_> {
    fn words(&self, side: usize, span: TokenSpan) -> String {
        excerpt(&self.texts[side][self.tokens[side].byte_span(span).range()], EXCERPT)
    }

    fn sides(&self, a: TokenSpan, b: TokenSpan) -> String {
        format!("\n     a  {}\n     b  {}", self.words(0, a), self.words(1, b))
    }

    fn passage(&self, found: &Alignment) -> String {
        let kind = match found.kind {
            Kind::Verbatim => "verbatim",
            Kind::Edited => "edited",
            Kind::Reworded => "reworded",
        };
        format!(
            "{kind}: {} and {} words, {} matched, identity {:.0} %, {:.0} bits{}{}",
            found.a.len(),
            found.b.len(),
            found.matched,
            found.identity * 100.0,
            found.bits,
            self.sides(found.a, found.b),
            self.edits(found)
        )
    }

    /// What words became, where it can be named: facts first, as far as there is room.
    fn edits(&self, found: &Alignment) -> String {
        let side = |n: usize, span| edits::Side { text: self.texts[n], tokens: &self.tokens[n], span };
        let mut named = edits::substitutions(&found.steps, side(0, found.a), side(1, found.b));
        named.retain(|edit| edit.label != Label::Other);
        named.sort_by_key(|edit| !matches!(edit.label, Label::Number | Label::Date | Label::Name));
        let words = |n: usize, span: TokenSpan| {
            excerpt(&self.texts[n][self.tokens[n].byte_span(span).range()], EDIT_EXCERPT)
        };
        let mut told = String::new();
        for edit in named.iter().take(SHOWN_EDITS) {
            let (a, b) = (words(0, edit.a), words(1, edit.b));
            told += &format!("\n     {:<14}  {a} → {b}", edit.label.name());
        }
        if named.len() > SHOWN_EDITS {
            told += &format!(
                "\n     and {} more words changed in ways that have a name",
                named.len() - SHOWN_EDITS
            );
        }
        told
    }

    fn miss(&self, miss: &Miss) -> String {
        let why = match miss.rule {
            Rule::MinWords => format!("{:.0} words; --min-words asks for {:.0}", miss.value, miss.limit),
            Rule::MinBits => {
                format!("{:.0} bits of shared wording; --min-bits asks for {:.0}", miss.value, miss.limit)
            }
            Rule::MinIdentity => {
                format!(
                    "identity {:.0} %; --min-identity asks for {:.0} %",
                    miss.value * 100.0,
                    miss.limit * 100.0
                )
            }
        };
        format!("{why}{}", self.sides(miss.a, miss.b))
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = &self.names;
        for (side, name, index) in [("a", a, 0), ("b", b, 1)] {
            let language = Spoken(self.languages[index]);
            writeln!(f, "{side}  {name}  ({} words, {language})", self.n_words[index])?;
        }
        let shingle = self.shingle;
        writeln!(f, "\n1. Seeds: {} places with {shingle} or more words in a row in common", self.n_shared)?;
        for shared in &self.shared {
            writeln!(f, "     {shared}")?;
        }
        if self.n_shared > self.shared.len() {
            writeln!(f, "     and {} more", self.n_shared - self.shared.len())?;
        }
        let verdict = if self.nominated {
            "enough for the pair to be compared in any corpus"
        } else {
            "too little for the pair to be looked at among many documents; compared here all the same"
        };
        writeln!(
            f,
            "   Evidence (a word shared counts by its rarity: common ones 5 to 8 bits, names 15 to 20): {:.0} bits in one place (limit {:.0}), {:.0} bits in all (limit {:.0}): {verdict}",
            self.evidence.local_bits, self.limits[0], self.evidence.total_bits, self.limits[1]
        )?;
        writeln!(f, "\n2. Passages: {}", self.passages.len())?;
        for passage in &self.passages {
            writeln!(f, "   - {passage}")?;
        }
        if self.passages.is_empty() && self.misses.is_empty() {
            writeln!(
                f,
                "   No two shared content words stand close together in both texts: nothing in common"
            )?;
        }
        writeln!(f, "\n3. Not reported, nearest first: {}", self.misses.len())?;
        for miss in &self.misses {
            writeln!(f, "   - {miss}")?;
        }
        Ok(())
    }
}
