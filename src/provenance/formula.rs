//! Is shared wording a formula of the newsroom, or a statement that travelled?
//!
//! In: the carriers of each cluster and their documents. Out: the [`Formulas`] of a corpus, and for a passage the fact
//! by which it is one.
//!
//! Two kinds are told. A *form* is wording that is filled in anew each time ("declared a quarterly dividend of … payable
//! …"): what its carriers have in common is wording, what sets them apart is numbers and names. A *standing name* is a
//! title or an institution spelled out, with the verb it comes with ("Chancellor of the Exchequer Nigel Lawson said").
//! Both recur: over weeks, or within one outlet. A popular statement does not: it is everywhere within hours, keeps its
//! numbers and names, and varies in its wording if at all. Where neither dates nor one outlet show a recurrence, only
//! wording that is evidently a form is called one, and wording that many outlets carried within days never is.
//!
//! A numeral and a capitalized word inside a sentence are *facts*, everything else is *wording*. First each cluster is
//! looked at: a word varies if at most half of its carriers hold it. The wording of all forms, and the names in what
//! recurs, then tell the passages of clusters too small or too mixed to be told by themselves. The alignment of the
//! carriers plays no part, so the cost is linear in their words.

use std::collections::BTreeMap;

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::cluster::Member;
use crate::fingerprint::hash;
use crate::model::{Document, Flags, Operation, Precision, Step, TokenSpan, Tokens, TokensOf};

/// Fewest documents that tell a formula from a coincidence.
const MIN_DOCS: usize = 5;

/// Documents from which a cluster may be a mixture of forms.
const MANY_DOCS: usize = 15;

/// Least time from the first document to the last, in seconds: a fortnight, which few statements stay news for.
const MIN_SPREAD: i64 = 14 * DAY;

/// Least time in which more than half of the documents appeared, in seconds. A statement of one day that somebody
/// prints again a month later stays a statement.
const MIN_MIDDLE: i64 = 3 * DAY;

const DAY: i64 = 86_400;

/// Share of the documents that one outlet has when a passage is its own.
const OWN_SHARE: f64 = 0.8;

/// What a form must show, as shares from 0 to 1.
#[derive(Clone, Copy)]
struct Limits {
    /// Facts among the content words that vary.
    slots: f64,
    /// Varying ones among the facts.
    varying: f64,
    /// The two together.
    both: f64,
    /// Wording that does not vary.
    fixed: f64,
    /// Varying facts among all words.
    density: f64,
}

/// Of wording that one outlet prints again and again for weeks. Read on 1987 wire copy: of 32 clusters drawn from those
/// with `both` between 0.8 and 0.9, one was background of a story; of 32 with `slots` below 0.25, ten were.
const RECURRING: Limits = Limits { slots: 0.25, varying: 0.3, both: 0.8, fixed: 0.5, density: 0.0 };

/// Wording that does not vary in a mixture of forms, which then tell single passages.
const MIXED_FIXED: f64 = 0.3;

/// Of wording whose recurrence shows in less: one outlet without dates, several outlets for weeks, nothing known.
const EVIDENT: Limits = Limits { slots: 0.5, varying: 0.5, both: 1.0, fixed: 0.6, density: 0.15 };

/// Share of their facts that two carriers have in common from which they are the same form filled in alike: a reprint.
const FILLED_ALIKE: f64 = 0.85;

/// The same for a passage whose wording was edited as well, which nobody does to a form.
const EDITED_ALIKE: f64 = 0.6;

/// Share of wording among the content words without a counterpart from which the wording was edited.
const EDITED_WORDING: f64 = 0.4;

/// Fewest facts on either side that tell a reprint from chance: dividends of 25 cents are paid on many first of Aprils.
const MIN_FACTS: usize = 5;

/// Words in a row that are the same on both sides, and facts among them that are no standing names, from which a passage
/// is a reprint.
const RUN_WORDS: u32 = 12;

/// See [`RUN_WORDS`].
const RUN_FACTS: usize = 2;

/// Words of one shingle of a form, where facts are blanks, and of a name.
const SHINGLE: usize = 3;

/// Fewest carriers that hold a shingle when it is the form's own, and their least share.
const HOLDERS: (usize, f64) = (3, 0.05);

/// Share of a passage's wording that the shingles of known forms must cover, and the share that is enough when most of
/// its facts differ.
const MIN_COVERED: (f64, f64) = (0.8, 0.6);

/// Share of the facts in common up to which most differ.
const DIFFERENT: f64 = 0.5;

/// Least wording of a passage that is told by known forms, in words.
const MIN_WORDING: usize = 4;

/// Share of facts among the content words of a standing name, and of content words that known names must cover.
const NAME_SHARES: (f64, f64) = (0.25, 0.6);

/// Longest standing name, in words of the longer side.
const NAME_WORDS: u32 = 16;

/// Names among the words of a name's shingle, at least.
const NAME_FACTS: usize = 2;

/// What the carriers of one cluster tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Why the cluster is a form, for people.
    form: Option<String>,
    /// Whether its passages can be formulas at all: not what several outlets carried within days.
    is_possible: bool,
    /// Shingles of the form's wording, also of a mixture of forms.
    wording: Vec<u64>,
    /// Shingles of the names in what recurs.
    names: Vec<u64>,
}

impl Verdict {
    /// Looks at the documents of `members`.
    #[must_use]
    pub fn of<D: TokensOf + ?Sized>(members: &[Member], tokens: &D, documents: &[Document]) -> Verdict {
        let members = one_a_document(members);
        let shown = Shown::of(&members, documents);
        let Some(limits) = shown.limits() else { return Verdict::default() };
        let mut verdict = Verdict { is_possible: true, ..Verdict::default() };
        let n = members.len();
        if n < MIN_DOCS {
            return verdict;
        }
        let words = Words::count(&members, tokens);
        let is_form = words.are_a_form(limits);
        let mixed = Limits { fixed: MIXED_FIXED, ..limits };
        let is_mixed = shown.is_recurring() && n >= MANY_DOCS && words.are_a_form(mixed);
        if is_form || is_mixed {
            let least = HOLDERS.0.max((HOLDERS.1 * n as f64).ceil() as usize);
            verdict.wording = common_shingles(&members, least, |member| {
                let words = blanked(&tokens.of(member.document as usize), member.span);
                words.windows(SHINGLE).filter_map(shingle).collect()
            });
        }
        if shown.days.is_some() || (shown.is_own == Some(true) && !shown.is_dated) {
            verdict.names = common_shingles(&members, HOLDERS.0, |member| {
                names(&tokens.of(member.document as usize), member.span)
            });
        }
        verdict.form = is_form.then(|| {
            let days = shown.days.map(|days| format!(", over {days} days")).unwrap_or_default();
            format!(
                "a form filled in by {n} articles{days}: {:.0} % of its wording stays, {:.0} % of what varies is \
                 numbers and names",
                100.0 * words.fixed(),
                100.0 * words.slots()
            )
        });
        verdict
    }
}

impl Verdict {
    /// Whether the cluster is a form. What of it is filled in alike is a reprint, and no boilerplate either.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.form.is_some()
    }
}

/// A passage to be judged: its two sides and their alignment.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    /// Tokens of document a, and the place.
    pub a: (&'a Tokens, TokenSpan),
    /// The same of document b.
    pub b: (&'a Tokens, TokenSpan),
    /// The edit script.
    pub steps: &'a [Step],
}

impl Sides<'_> {
    /// Facts of both sides, and the share of them that is matched.
    fn facts(&self) -> (usize, f64) {
        let matched: usize = self
            .steps
            .iter()
            .filter(|step| matches!(step.operation, Operation::Equal | Operation::Move))
            .map(|step| count_facts(self.a.0, step.a) + count_facts(self.b.0, step.b))
            .sum();
        let all = count_facts(self.a.0, self.a.1) + count_facts(self.b.0, self.b.1);
        (all, share(matched, all))
    }
}

impl Sides<'_> {
    /// Whether much of what is not matched is wording rather than facts.
    fn is_edited_in_wording(&self) -> bool {
        let (mut wording, mut facts) = (0, 0);
        for step in
            self.steps.iter().filter(|step| !matches!(step.operation, Operation::Equal | Operation::Move))
        {
            for (tokens, span) in [(self.a.0, step.a), (self.b.0, step.b)] {
                let content = span.range().filter(|&index| !tokens.is(index, Flags::STOP));
                let n = content.clone().filter(|&index| is_fact(tokens, index)).count();
                facts += n;
                wording += content.count() - n;
            }
        }
        wording > 0 && share(wording, wording + facts) >= EDITED_WORDING
    }
}

/// The wording of all forms of a corpus and the names that stand in what recurs.
#[derive(Default)]
pub struct Formulas {
    wording: RapidHashSet<u64>,
    names: RapidHashSet<u64>,
}

impl Formulas {
    /// Takes in what one cluster told.
    pub fn add(&mut self, verdict: &Verdict) {
        self.wording.extend(&verdict.wording);
        self.names.extend(&verdict.names);
    }

    /// Why the passage of `sides`, of a cluster with this `verdict`, is a formula; `None` if it is not.
    #[must_use]
    pub fn fact(&self, verdict: &Verdict, sides: Sides<'_>) -> Option<String> {
        if !verdict.is_possible {
            return None;
        }
        self.form(verdict, sides).or_else(|| self.name(sides))
    }

    /// A form that is not filled in alike: its cluster is one, or the wording of both sides is that of known forms.
    fn form(&self, verdict: &Verdict, sides: Sides<'_>) -> Option<String> {
        // Without known forms there is nothing to tell; a reprint is mostly told by its first words.
        if (verdict.form.is_none() && self.wording.is_empty()) || self.holds_reprint(sides) {
            return None;
        }
        let (n_facts, alike) = sides.facts();
        let is_alike = || alike >= if sides.is_edited_in_wording() { EDITED_ALIKE } else { FILLED_ALIKE };
        if n_facts >= 2 * MIN_FACTS && is_alike() {
            return None;
        }
        if verdict.form.is_some() {
            return verdict.form.clone();
        }
        let enough = if alike < DIFFERENT { MIN_COVERED.1 } else { MIN_COVERED.0 };
        let of_a = self.wording_covered(sides.a).filter(|&covered| covered >= enough)?;
        let covered = of_a.min(self.wording_covered(sides.b)?);
        (covered >= enough).then(|| {
            format!("{:.0} % of its wording is that of forms that recur in these articles", 100.0 * covered)
        })
    }

    /// Whether a long run of words is the same on both sides with facts that are not the form's own names: nobody fills
    /// in a form with the same words twice.
    fn holds_reprint(&self, sides: Sides<'_>) -> bool {
        let tokens = sides.a.0;
        let holds_own_facts = |run: TokenSpan| {
            let facts = run.range().filter(|&index| is_fact(tokens, index));
            let own = facts.filter(|&index| !self.stands_in_name(tokens, run, index));
            own.take(RUN_FACTS).count() == RUN_FACTS
        };
        sides
            .steps
            .iter()
            .filter(|step| step.operation == Operation::Equal && step.a.len() >= RUN_WORDS)
            .any(|step| holds_own_facts(step.a))
    }

    /// Whether word `index` of `span` stands in a known name there.
    fn stands_in_name(&self, tokens: &Tokens, span: TokenSpan, index: usize) -> bool {
        let first = (index + 1).saturating_sub(SHINGLE).max(span.start() as usize);
        let last = (index + 1).min((span.end() as usize + 1).saturating_sub(SHINGLE));
        (first..last).any(|first| self.names.contains(&hash(&tokens.keys[first..first + SHINGLE])))
    }

    /// A short passage of names that recur.
    fn name(&self, sides: Sides<'_>) -> Option<String> {
        let is_name = |(tokens, span): (&Tokens, TokenSpan)| {
            let (facts, covered, content) = self.names_covered(tokens, span);
            share(facts, content) >= NAME_SHARES.0 && share(covered, content) >= NAME_SHARES.1
        };
        let is_short = sides.a.1.len().max(sides.b.1.len()) <= NAME_WORDS;
        (is_short && is_name(sides.a) && is_name(sides.b))
            .then(|| "a standing name that recurs in these articles".to_owned())
    }

    /// Share of the wording of a span that known forms cover; `None` if there is too little of it.
    fn wording_covered(&self, (tokens, span): (&Tokens, TokenSpan)) -> Option<f64> {
        let end = span.end() as usize;
        let word = |index| if index < end { blanked_word(tokens, index) } else { BLANK };
        let mut window: [u64; SHINGLE] = std::array::from_fn(|n| word(span.start() as usize + n));
        let (mut n, mut covered, mut covered_until) = (0, 0, 0);
        for index in span.range() {
            let is_whole = index + SHINGLE <= end;
            if is_whole && shingle(&window).is_some_and(|shingle| self.wording.contains(&shingle)) {
                covered_until = index + SHINGLE;
            }
            if window[0] != BLANK {
                n += 1;
                covered += usize::from(index < covered_until);
            }
            window.rotate_left(1);
            window[SHINGLE - 1] = word(index + SHINGLE);
        }
        (n >= MIN_WORDING).then(|| share(covered, n))
    }

    /// Facts, words that known names cover, and content words of `span`.
    fn names_covered(&self, tokens: &Tokens, span: TokenSpan) -> (usize, usize, usize) {
        let content = span.range().filter(|&index| !tokens.is(index, Flags::STOP));
        let facts = content.clone().filter(|&index| is_fact(tokens, index)).count();
        let covered = content.clone().filter(|&index| self.stands_in_name(tokens, span, index)).count();
        (facts, covered, content.count())
    }
}

/// The shingles that at least `least` of `members` hold, sorted.
fn common_shingles(members: &[Member], least: usize, of: impl Fn(&Member) -> Vec<u64>) -> Vec<u64> {
    let mut held: RapidHashMap<u64, (usize, usize)> = RapidHashMap::default();
    for (index, member) in members.iter().enumerate() {
        for shingle in of(member) {
            hold(&mut held, shingle, index);
        }
    }
    let common = held.into_iter().filter(|(_, (n, _))| *n >= least);
    let mut common: Vec<u64> = common.map(|(shingle, _)| shingle).collect();
    common.sort_unstable();
    common
}

/// What stands for a fact in the wording of a form.
const BLANK: u64 = 0;

/// The keys of `span` with blanks for facts.
fn blanked(tokens: &Tokens, span: TokenSpan) -> Vec<u64> {
    span.range().map(|index| blanked_word(tokens, index)).collect()
}

fn blanked_word(tokens: &Tokens, index: usize) -> u64 {
    if is_fact(tokens, index) { BLANK } else { tokens.keys[index] }
}

/// The hash of a form's shingle; `None` for blanks alone.
fn shingle(words: &[u64]) -> Option<u64> {
    words.iter().any(|&word| word != BLANK).then(|| hash(words))
}

/// The shingles of `span` as they stand, with their first tokens.
fn shingles(tokens: &Tokens, span: TokenSpan) -> impl Iterator<Item = (usize, u64)> {
    let last = (span.end() as usize + 1).saturating_sub(SHINGLE);
    (span.start() as usize..last).map(|index| (index, hash(&tokens.keys[index..index + SHINGLE])))
}

/// The shingles of `span` that hold a name.
fn names(tokens: &Tokens, span: TokenSpan) -> Vec<u64> {
    let n_names = |first: usize| (first..first + SHINGLE).filter(|&index| is_name(tokens, index)).count();
    shingles(tokens, span).filter(|&(first, _)| n_names(first) >= NAME_FACTS).map(|(_, name)| name).collect()
}

/// Counts in `held` that carrier `index` holds `key`, once: how many do, and the last of them.
fn hold(held: &mut RapidHashMap<u64, (usize, usize)>, key: u64, index: usize) {
    let entry = held.entry(key).or_insert((0, usize::MAX));
    if entry.1 != index {
        *entry = (entry.0 + 1, index);
    }
}

/// The first place of each document.
fn one_a_document(members: &[Member]) -> Vec<Member> {
    let mut members = members.to_vec();
    members.sort_unstable();
    members.dedup_by_key(|member| member.document);
    members
}

/// When and where the carriers appeared.
struct Shown {
    /// From the first to the last in days, when they appeared again and again.
    days: Option<i64>,
    /// Whether most of them are dated.
    is_dated: bool,
    /// Whether one outlet has nearly all of them; `None` if most name none.
    is_own: Option<bool>,
}

impl Shown {
    fn of(members: &[Member], documents: &[Document]) -> Shown {
        let of = |member: &Member| &documents[member.document as usize];
        let n = members.len();
        let mut times: Vec<i64> = members
            .iter()
            .filter_map(|member| of(member).published)
            .filter(|published| published.precision >= Precision::Day)
            .map(|published| published.seconds)
            .collect();
        times.sort_unstable();
        let mut by_source: BTreeMap<&str, usize> = BTreeMap::new();
        for source in members.iter().filter_map(|member| of(member).source.as_deref()) {
            *by_source.entry(source).or_default() += 1;
        }
        let n_sourced: usize = by_source.values().sum();
        let most = by_source.values().copied().max().unwrap_or(0);
        let is_dated = times.len() * 2 >= n;
        Shown {
            days: recurs(&times).filter(|_| is_dated),
            is_dated,
            is_own: (n_sourced * 2 >= n).then_some(most as f64 >= OWN_SHARE * n as f64),
        }
    }

    /// Whether one outlet printed it again and again for weeks.
    fn is_recurring(&self) -> bool {
        self.days.is_some() && self.is_own == Some(true)
    }

    /// What a form must show; `None` for what many outlets carried within days.
    fn limits(&self) -> Option<Limits> {
        match (self.days, self.is_own) {
            (Some(_), Some(true)) => Some(RECURRING),
            (Some(_), _) | (None, Some(true)) => Some(EVIDENT),
            (None, None) => (!self.is_dated).then_some(EVIDENT),
            (None, Some(false)) => None,
        }
    }
}

/// Days from the first to the last of sorted `times`, in seconds, if they are spread over weeks.
fn recurs(times: &[i64]) -> Option<i64> {
    let (first, last) = (times.first()?, times.last()?);
    let more_than_half = times.len() / 2 + 1;
    let middle = times.windows(more_than_half).map(|window| window[more_than_half - 1] - window[0]).min()?;
    (last - first > MIN_SPREAD && middle > MIN_MIDDLE).then_some((last - first) / DAY)
}

/// The words of all carriers, counted by what they are.
#[derive(Default)]
struct Words {
    constant: Counts,
    varying: Counts,
}

#[derive(Default)]
struct Counts {
    facts: usize,
    content: usize,
    stops: usize,
}

impl Words {
    fn count<D: TokensOf + ?Sized>(members: &[Member], tokens: &D) -> Words {
        let mut held: RapidHashMap<u64, (usize, usize)> = RapidHashMap::default();
        for (index, member) in members.iter().enumerate() {
            for &key in &tokens.of(member.document as usize).keys[member.span.range()] {
                hold(&mut held, key, index);
            }
        }
        let mut words = Words::default();
        for member in members {
            let tokens = &*tokens.of(member.document as usize);
            for index in member.span.range() {
                let is_held = held.get(&tokens.keys[index]).is_some_and(|(n, _)| n * 2 > members.len());
                let counts = if is_held { &mut words.constant } else { &mut words.varying };
                if is_fact(tokens, index) {
                    counts.facts += 1;
                } else if tokens.is(index, Flags::STOP) {
                    counts.stops += 1;
                } else {
                    counts.content += 1;
                }
            }
        }
        words
    }

    fn slots(&self) -> f64 {
        share(self.varying.facts, self.varying.facts + self.varying.content)
    }

    fn fixed(&self) -> f64 {
        let constant = self.constant.content + self.constant.stops;
        share(constant, constant + self.varying.content + self.varying.stops)
    }

    fn n(&self) -> usize {
        let of = |counts: &Counts| counts.facts + counts.content + counts.stops;
        of(&self.constant) + of(&self.varying)
    }

    fn are_a_form(&self, limits: Limits) -> bool {
        let varying = share(self.varying.facts, self.varying.facts + self.constant.facts);
        self.slots() >= limits.slots
            && varying >= limits.varying
            && self.slots() + varying >= limits.both
            && self.fixed() >= limits.fixed
            && share(self.varying.facts, self.n()) >= limits.density
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Whether token `index` is a number or, as far as capitals tell, a name.
pub(super) fn is_fact(tokens: &Tokens, index: usize) -> bool {
    let starts_sentence =
        index == 0 || tokens.is(index - 1, Flags::SENTENCE_END) || tokens.is(index, Flags::PARAGRAPH_START);
    tokens.is(index, Flags::NUMBER)
        || (tokens.is(index, Flags::CAPITAL) && !tokens.is(index, Flags::STOP) && !starts_sentence)
}

/// How many tokens of `span` are facts: [`is_fact`] of each, without a branch.
fn count_facts(tokens: &Tokens, span: TokenSpan) -> usize {
    let mut follows_end = span.start() == 0 || tokens.is(span.start() as usize - 1, Flags::SENTENCE_END);
    let mut n = 0;
    for place in &tokens.places[span.range()] {
        let has = |flags| place.flags.has(flags);
        let starts_sentence = follows_end | has(Flags::PARAGRAPH_START);
        let is_name = has(Flags::CAPITAL) & !has(Flags::STOP) & !starts_sentence;
        n += usize::from(has(Flags::NUMBER) | is_name);
        follows_end = has(Flags::SENTENCE_END);
    }
    n
}

/// Whether token `index` is a name, as far as capitals tell.
fn is_name(tokens: &Tokens, index: usize) -> bool {
    is_fact(tokens, index) && !tokens.is(index, Flags::NUMBER)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Place, Span};

    proptest! {
        #[test]
        fn facts_are_counted_as_they_are_told(flags in prop::collection::vec(0_u8..64, 0..30), from in 0_u32..30) {
            let place = |&flags: &u8| Place { start: 0, len: 1, surprisal: 0, flags: Flags(flags) };
            let tokens = Tokens { keys: vec![0; flags.len()], places: flags.iter().map(place).collect() };
            let span = Span::new(from.min(flags.len() as u32), flags.len() as u32);
            let told = span.range().filter(|&index| is_fact(&tokens, index)).count();
            prop_assert_eq!(count_facts(&tokens, span), told);
        }
    }
}
