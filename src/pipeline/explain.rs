//! Why two documents share what the result says, and why not more.

use std::fmt;

use crate::align::{Aligner, Alignment, Miss, Rule, Workspace, describe};
use crate::edits::{self, Label};
use crate::error::Error;
use crate::fingerprint::{self, Fingerprint, fingerprints};
use crate::matching::nominate::{Evidence, nominate};
use crate::matching::postings::{Join, Posting};
use crate::matching::segment::Segments;
use crate::matching::{Admission, Candidate, MatchParams, verify};
use crate::model::span::union_len;
use crate::model::{Document, Kind, Span, Statistics, Tag, TokenSpan, Tokens};
use crate::normalize::{Normalizer, Recognized};
use crate::pipeline::boilerplate::KnownText;
use crate::pipeline::settings::Settings;
use crate::pipeline::{align_params, match_params, normalize_params};
use crate::report::sanitize::{excerpt, line};
use crate::statistics::corpus;

/// How one pair of documents went through the engine; prints itself as plain text.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    names: [String; 2],
    languages: [Recognized; 2],
    n_words: [usize; 2],
    statistics: Statistics,
    shared: Vec<String>,
    n_shared: usize,
    evidence: Evidence,
    nominated: bool,
    /// Bits of what is shared around its best place and what it would take, where that was too little.
    around: Option<(f32, f32)>,
    limits: [f32; 2],
    shingle: usize,
    passages: Vec<String>,
    pair_rules: Vec<String>,
    misses: Vec<String>,
    n_misses: usize,
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

/// Compares `a` and `b` alone and tells each step. Their passages are those that any comparison of the two finds;
/// with [`Statistics::Corpus`], those that a comparison of these two alone finds, and it says so.
///
/// # Errors
///
/// [`Error::Normalize`] for an unknown language.
pub fn explain(a: &Document, b: &Document, settings: &Settings) -> Result<Explanation, Error> {
    let normalizer = Normalizer::new(normalize_params(settings))?;
    let mut lexicon = normalizer.lexicon();
    let languages = [a, b].map(|it| normalizer.recognize(&it.text, it.language.as_deref()));
    let mut tokens = [(a, languages[0]), (b, languages[1])]
        .map(|(it, recognized)| normalizer.tokens(&it.text, recognized.language, &mut lexicon));
    if settings.statistics == Statistics::Corpus {
        corpus::weigh(&mut tokens);
    }
    let segments = Segments::of(&tokens);
    let params = match_params(settings);
    let join = Join { segments: &segments, order_keys: &[(0, 0), (1, 0)], admission: &Pair, params: &params };
    let mut postings: Vec<Posting> =
        (0..2).flat_map(|document| Posting::of(document, &tokens[document], params.fingerprint)).collect();
    postings.sort_unstable();
    let mut hits = join.hits(&postings).hits;
    hits.sort_unstable();
    hits.dedup();
    let evidence = Evidence::full(&hits, &tokens[0], &params);
    let nominations = nominate(&hits, &tokens, &segments, &params);
    let nominated = nominations.iter().any(|it| verify::holds(it, &tokens[0], &tokens[1], &params));
    let around = nominations
        .iter()
        .map(|it| (verify::most_bits(it, &tokens[0], &tokens[1]), verify::least_bits(it, &params)))
        .max_by(|x, y| (x.0 / x.1).total_cmp(&(y.0 / y.1)))
        .filter(|_| !nominated);

    let aligner = Aligner::new(&tokens, vec![&a.text, &b.text], &segments, align_params(settings));
    let candidates: Vec<Candidate> = segments
        .of_document(0)
        .flat_map(|x| segments.of_document(1).map(move |y| Candidate { a: x, b: y }))
        .collect();
    let (mut found, misses) = aligner.pair_with_misses(0, 1, &candidates, &mut Workspace::default());
    let described = align_params(settings);
    let sides = ((&tokens[0], a.text.as_str()), (&tokens[1], b.text.as_str()));
    for one in &mut found {
        describe(one, sides.0, sides.1, &described);
    }
    let shared = shared_shingles(&tokens[0], &tokens[1], &params);
    let known = KnownText::of(settings, &normalizer);
    let teller = Teller { texts: [&a.text, &b.text], tokens: &tokens, settings, known: &known };
    let counted: Vec<&Alignment> = found.iter().filter(|found| teller.exclusion(found).is_empty()).collect();
    Ok(Explanation {
        names: [line(&a.name).into_owned(), line(&b.name).into_owned()],
        languages,
        n_words: [tokens[0].len(), tokens[1].len()],
        statistics: settings.statistics,
        n_shared: shared.len(),
        shared: shared.iter().take(SHOWN_SHINGLES).map(|&span| teller.words(0, span)).collect(),
        evidence,
        nominated,
        around,
        limits: [params.min_local_bits, params.min_total_bits],
        shingle: params.fingerprint.shingle,
        passages: found.iter().map(|alignment| teller.passage(alignment)).collect(),
        pair_rules: pair_rules([a, b], (!found.is_empty(), &counted), &tokens, settings),
        n_misses: misses.len(),
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
    let mut runs: Vec<TokenSpan> = Vec::new();
    for Fingerprint { position, .. } in
        fingerprints(a, params.fingerprint).filter(|f| of_b.binary_search(&f.hash).is_ok())
    {
        let end = fingerprint::end(a, position, params.fingerprint);
        match runs.last_mut() {
            Some(run) if run.end() >= position => *run = Span::new(run.start(), end),
            _ => runs.push(Span::new(position, end)),
        }
    }
    runs
}

/// Settings under which the two documents are not compared, or what they share does not count; `counted` are the passages
/// that do, as far as two texts alone can tell.
fn pair_rules(
    documents: [&Document; 2],
    (has_passages, counted): (bool, &[&Alignment]),
    tokens: &[Tokens; 2],
    settings: &Settings,
) -> Vec<String> {
    let mut rules = Vec::new();
    if let Some(limit) = settings.within_seconds {
        let hours = |seconds: u64| seconds as f64 / 3_600.0;
        let asked = format!("--within asks for at most {:.1} h", hours(limit.unsigned_abs()));
        match documents.map(|document| document.published) {
            [Some(x), Some(y)] if x.seconds.abs_diff(y.seconds) > limit.unsigned_abs() => {
                let apart = hours(x.seconds.abs_diff(y.seconds));
                rules.push(format!("not compared: published {apart:.1} h apart; {asked}"));
            }
            [Some(_), Some(_)] => {}
            _ => rules.push(format!("not compared: not both are dated; {asked}")),
        }
    }
    let covered: (Vec<TokenSpan>, Vec<TokenSpan>) = counted.iter().map(|found| found.covered()).unzip();
    let coverage = |mut spans: Vec<TokenSpan>, tokens: &Tokens| {
        f64::from(union_len(&mut spans)) / tokens.len().max(1) as f64
    };
    let larger = coverage(covered.0, &tokens[0]).max(coverage(covered.1, &tokens[1]));
    if has_passages && larger < settings.min_coverage {
        rules.push(format!(
            "the pair is left out: what counts covers {:.1} % of either article; --min-coverage asks for {:.1} %",
            larger * 100.0,
            settings.min_coverage * 100.0
        ));
    }
    if settings.skip_same_source
        && documents[0].source.is_some()
        && documents[0].source == documents[1].source
    {
        rules.push("nothing counts: both are from one outlet, and --skip-same source is set".to_owned());
    }
    rules
}

/// Puts spans into words.
struct Teller<'a> {
    texts: [&'a str; 2],
    tokens: &'a [Tokens; 2],
    settings: &'a Settings,
    known: &'a KnownText,
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
            "{kind}: {} and {} words, {} matched, identity {:.0} %, {:.0} bits{}{}{}",
            found.a.len(),
            found.b.len(),
            found.matched,
            found.identity * 100.0,
            found.bits,
            self.exclusion(found),
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

    /// Why a passage does not count, as far as two texts alone can tell; empty when it does.
    fn exclusion(&self, found: &Alignment) -> String {
        let is_excluded = |tag: Tag| self.settings.exclude_tags.contains(&tag);
        let is_copy = self.tokens[0].keys == self.tokens[1].keys && found.kind == Kind::Verbatim;
        let (tag, fact) = match self.known.fact(&self.tokens[0], found.a) {
            Some(fact) if is_excluded(Tag::Boilerplate) => (Tag::Boilerplate, fact),
            _ if is_copy && is_excluded(Tag::ExactCopy) => {
                (Tag::ExactCopy, "the two texts are the same word for word".to_owned())
            }
            _ => return String::new(),
        };
        let name = tag.name().replace('_', "-");
        format!("; does not count: {} (--include-tags {name} counts it)", line(&fact))
    }

    fn miss(&self, miss: &Miss) -> String {
        format!("{}{}", why(miss, self.settings), self.sides(miss.a, miss.b))
    }
}

/// The rule that stopped a passage, its value, its limit, and the setting that moves it.
fn why(miss: &Miss, settings: &Settings) -> String {
    let Miss { value, limit, .. } = *miss;
    let percent = |share: f64| share * 100.0;
    match miss.rule {
        Rule::MinWords => format!("{value:.0} words; --min-words asks for {limit:.0}"),
        Rule::MinBits if limit > settings.min_bits => format!(
            "{value:.1} bits of shared wording; so short or loose a passage needs {limit:.1} (--min-bits {:.0}, \
             more for fewer words and for fewer of them matched)",
            settings.min_bits
        ),
        Rule::MinBits => format!("{value:.1} bits of shared wording; --min-bits asks for {limit:.0}"),
        Rule::MinIdentity => {
            format!("identity {:.1} %; --min-identity asks for {:.1} %", percent(value), percent(limit))
        }
        Rule::MinSummary => format!(
            "may sum up the other text: probability {:.0} %; --min-summary asks for {:.0} %",
            percent(value),
            percent(limit)
        ),
        Rule::MinWeight => format!(
            "weight {value:.2} of rare words close together; a passage starts from {limit:.2} (fixed; one word \
             rare in the language and in both texts weighs 1)"
        ),
        Rule::EndCost => format!(
            "trimmed: {value:.1} bits of shared words beyond a passage's end; the words between cost {limit:.1} \
             (fixed)"
        ),
        Rule::Company => format!(
            "{value:.1} bits of shared wording; so short or loose a passage needs {limit:.1} on its own, fewer near \
             another passage of the two texts (--min-bits, now {:.0}, moves both)",
            settings.min_bits
        ),
        Rule::Rival => format!(
            "dropped for a stronger passage at the same two places: {value:.0} bits against {limit:.0} (fixed)"
        ),
        Rule::Repetition => format!(
            "dropped as a repetition of words that a stronger passage has: identity {:.1} %, and a repetition needs \
             {:.0} % (fixed)",
            percent(value),
            percent(limit)
        ),
        Rule::Frequency => format!(
            "too frequent to start a passage: {value:.0} combinations of its places in the two texts; at most \
             {limit:.0} (fixed)"
        ),
    }
}

impl Explanation {
    /// What was found to nominate the pair by, and whether that is enough.
    fn tell_evidence(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match (self.nominated, self.statistics) {
            (true, Statistics::Builtin) => "enough for the pair to be compared in any corpus",
            (true, Statistics::Corpus) => {
                "enough for the pair to be compared where its words are no more frequent"
            }
            (false, _) => {
                "too little for the pair to be looked at among many documents; compared here all the same"
            }
        };
        writeln!(
            f,
            "   Evidence (a word shared counts by its rarity: common ones 5 to 8 bits, names 15 to 20): {:.0} bits in one place (limit {:.0}), {:.0} bits in all (limit {:.0}): {verdict}",
            self.evidence.local_bits, self.limits[0], self.evidence.total_bits, self.limits[1]
        )?;
        if let Some((bits, least)) = self.around {
            writeln!(
                f,
                "   Around the place too little else is shared: {bits:.0} bits of the {least:.0} it would take (a --min-bits \
                 below 40 lowers them)"
            )?;
        }
        if self.statistics == Statistics::Corpus {
            writeln!(
                f,
                "   Statistics: these two documents were the whole corpus; among others, words frequent there say less \
                 than here, and the rest may say more"
            )?;
        }
        if !self.nominated {
            writeln!(
                f,
                "   A --min-bits below {:.0} lowers the first limit; --pairs compares a pair whatever its evidence",
                self.limits[0]
            )?;
        }
        Ok(())
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
        writeln!(f, "\n1. Seeds: {} places with {shingle} or more content words in common", self.n_shared)?;
        for shared in &self.shared {
            writeln!(f, "     {shared}")?;
        }
        if self.n_shared > self.shared.len() {
            writeln!(f, "     and {} more", self.n_shared - self.shared.len())?;
        }
        self.tell_evidence(f)?;
        writeln!(f, "\n2. Passages: {}", self.passages.len())?;
        for rule in &self.pair_rules {
            writeln!(f, "   {rule}")?;
        }
        for passage in &self.passages {
            writeln!(f, "   - {passage}")?;
        }
        if self.passages.is_empty() && self.misses.is_empty() {
            writeln!(
                f,
                "   No two shared content words stand close together in both texts: nothing in common"
            )?;
        }
        writeln!(f, "\n3. Not reported, nearest first: {}", self.n_misses)?;
        for miss in &self.misses {
            writeln!(f, "   - {miss}")?;
        }
        if self.n_misses > self.misses.len() {
            writeln!(f, "     and {} more", self.n_misses - self.misses.len())?;
        }
        Ok(())
    }
}
