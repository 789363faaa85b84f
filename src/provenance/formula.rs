//! Is a widely carried passage a formula of the newsroom, or a statement that travelled?
//!
//! In: the carriers of one cluster and their documents. Out: a [`Formula`] with the fact that decided, or `None`.
//!
//! Two kinds are told. A *form* is wording that is filled in anew each time ("declared a quarterly dividend of … payable
//! …"): what its carriers have in common is wording, what sets them apart is numbers and names. A *standing name* is a
//! title or an institution spelled out ("Chancellor of the Exchequer Nigel Lawson said"). Both recur: over weeks, or
//! within one outlet. A popular statement does not: it is everywhere within hours, keeps its numbers and names, and
//! varies in its wording if at all. Where neither dates nor one outlet show a recurrence, only wording that is
//! evidently a form is called one, and wording that many outlets carried within days never is.
//!
//! A numeral and a capitalized word inside a sentence are *facts*, everything else is *wording*. A word varies if at
//! most half of the carriers hold it. The alignment of the carriers plays no part, so the cost is linear in their
//! words.
//!
//! The wording of the forms found so ([`Forms`]) tells passages of smaller clusters: those in which no other stands.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::cluster::Member;
use crate::fingerprint::hash;
use crate::model::{Document, Flags, Operation, Precision, Step, TokenSpan, Tokens};

/// Fewest documents that tell a formula from a coincidence.
const MIN_DOCS: usize = 5;

/// Least time from the first document to the last, in seconds: a fortnight, which few statements stay news for.
const MIN_SPREAD: i64 = 14 * DAY;

/// Least time in which more than half of the documents appeared, in seconds. A statement of one day that somebody
/// prints again a month later stays a statement.
const MIN_MIDDLE: i64 = 3 * DAY;

const DAY: i64 = 86_400;

/// Share of the documents that one outlet has when a passage is its own.
const OWN_SHARE: f64 = 0.8;

/// What a form must show, as shares from 0 to 1.
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

/// Of wording that one outlet prints again and again for weeks. Read on 1987 wire copy: of 80 clusters drawn from
/// those that pass, 4 were background paragraphs of one story; of those below, a third were forms.
const RECURRING: Limits = Limits { slots: 0.25, varying: 0.3, both: 0.9, fixed: 0.5, density: 0.0 };

/// Of wording whose recurrence shows in less: one outlet without dates, several outlets for weeks, nothing known.
const EVIDENT: Limits = Limits { slots: 0.5, varying: 0.5, both: 1.0, fixed: 0.6, density: 0.15 };

/// Share of facts among the constant content words of a standing name.
const NAME_FACTS: f64 = 2.0 / 3.0;

/// Longest standing name, in words: mean of its carriers, and the longer side of one passage.
const NAME_WORDS: (f64, u32) = (12.0, 16);

/// Share of their facts that two carriers have in common from which they are the same form filled in alike: a reprint.
const FILLED_ALIKE: f64 = 0.85;

/// Fewest facts on either side that tell a reprint from chance: dividends of 25 cents are paid on many first of Aprils.
const MIN_FACTS: usize = 5;

/// Words of one shingle of a form; facts are blanks.
const SHINGLE: usize = 3;

/// Carriers that hold a shingle when it is the form's own.
const HOLDERS: usize = 3;

/// Share of a passage's wording that the shingles of known forms must cover.
const MIN_COVERED: f64 = 0.8;

/// Least wording of a passage that is told by known forms, in words.
const MIN_WORDING: usize = 4;

/// A formula: which kind, and why it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    kind: Kind,
    /// The fact that decided, for people.
    pub fact: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Form,
    Name,
}

impl Formula {
    /// The formula that the documents of `members` share; `None` for a statement, and when too little is known.
    #[must_use]
    pub fn of(members: &[Member], tokens: &[Tokens], documents: &[Document]) -> Option<Formula> {
        let members = one_a_document(members);
        if members.len() < MIN_DOCS {
            return None;
        }
        let shown = Shown::of(&members, documents);
        let words = Words::count(&members, tokens);
        let days = shown.days.map(|days| format!(", over {days} days")).unwrap_or_default();
        let n = members.len();
        if shown.limits().is_some_and(|limits| words.are_a_form(limits)) {
            let (slots, fixed) = (100.0 * words.slots(), 100.0 * words.fixed());
            let fact = format!(
                "a form filled in by {n} articles{days}: {fixed:.0} % of its wording stays, {slots:.0} % of what \
                 varies is numbers and names"
            );
            return Some(Formula { kind: Kind::Form, fact });
        }
        let is_name = shown.days.is_some() && words.are_a_name();
        is_name.then(|| Formula { kind: Kind::Name, fact: format!("a standing name in {n} articles{days}") })
    }

    /// Whether what `members` share can be a formula at all: not what several outlets carried within days.
    #[must_use]
    pub fn is_possible(members: &[Member], documents: &[Document]) -> bool {
        Shown::of(&one_a_document(members), documents).limits().is_some()
    }

    /// Whether the passage of the spans `a` and `b`, aligned by `steps`, is no more than this formula: not the same
    /// form filled in alike, nor a longer passage around a name.
    #[must_use]
    pub fn covers(&self, a: (&Tokens, TokenSpan), b: (&Tokens, TokenSpan), steps: &[Step]) -> bool {
        match self.kind {
            Kind::Name => a.1.len().max(b.1.len()) <= NAME_WORDS.1,
            Kind::Form => !is_filled_alike(a, b, steps),
        }
    }
}

/// Whether nearly all facts of the spans `a` and `b`, aligned by `steps`, are the same.
fn is_filled_alike(a: (&Tokens, TokenSpan), b: (&Tokens, TokenSpan), steps: &[Step]) -> bool {
    let facts =
        |tokens: &Tokens, span: TokenSpan| span.range().filter(|&index| is_fact(tokens, index)).count();
    let matched: usize = steps
        .iter()
        .filter(|step| matches!(step.operation, Operation::Equal | Operation::Move))
        .map(|step| facts(a.0, step.a) + facts(b.0, step.b))
        .sum();
    let all = facts(a.0, a.1) + facts(b.0, b.1);
    all >= 2 * MIN_FACTS && matched as f64 >= FILLED_ALIKE * all as f64
}

/// The wording of all forms of a corpus, by which passages are known that too few documents carry to tell by
/// themselves.
#[derive(Default)]
pub struct Forms {
    shingles: HashSet<u64>,
}

impl Forms {
    /// The shingles that several `members` of the form `formula` hold; none for a standing name.
    #[must_use]
    pub fn shingles_of(formula: &Formula, members: &[Member], tokens: &[Tokens]) -> Vec<u64> {
        let mut held: HashMap<u64, (usize, usize)> = HashMap::new();
        if formula.kind == Kind::Form {
            for (index, member) in one_a_document(members).iter().enumerate() {
                let words = blanked(&tokens[member.document as usize], member.span);
                for shingle in words.windows(SHINGLE).filter_map(shingle) {
                    hold(&mut held, shingle, index);
                }
            }
        }
        let own = held.into_iter().filter(|(_, (n, _))| *n >= HOLDERS);
        let mut own: Vec<u64> = own.map(|(shingle, _)| shingle).collect();
        own.sort_unstable();
        own
    }

    /// Takes in the shingles of one form.
    pub fn add(&mut self, shingles: &[u64]) {
        self.shingles.extend(shingles);
    }

    /// Why the passage of the spans `a` and `b`, aligned by `steps`, is a formula: the wording of both sides is that of
    /// known forms, and they are filled in differently. `None` if it is not.
    #[must_use]
    pub fn fact(&self, a: (&Tokens, TokenSpan), b: (&Tokens, TokenSpan), steps: &[Step]) -> Option<String> {
        if self.shingles.is_empty() || is_filled_alike(a, b, steps) {
            return None;
        }
        let covered = self.covered(a.0, a.1)?.min(self.covered(b.0, b.1)?);
        (covered >= MIN_COVERED).then(|| {
            format!("{:.0} % of its wording is that of forms that recur in these articles", 100.0 * covered)
        })
    }

    /// Share of the wording of `span` that known forms cover; `None` if there is too little of it.
    fn covered(&self, tokens: &Tokens, span: TokenSpan) -> Option<f64> {
        let words = blanked(tokens, span);
        let mut is_covered = vec![false; words.len()];
        for (index, window) in words.windows(SHINGLE).enumerate() {
            if shingle(window).is_some_and(|shingle| self.shingles.contains(&shingle)) {
                is_covered[index..index + SHINGLE].fill(true);
            }
        }
        let of_wording = words.iter().zip(&is_covered).filter(|(word, _)| **word != BLANK);
        let n = of_wording.clone().count();
        (n >= MIN_WORDING).then(|| share(of_wording.filter(|(_, covered)| **covered).count(), n))
    }
}

/// What stands for a fact in the wording of a form.
const BLANK: u64 = 0;

/// The keys of `span` with blanks for facts.
fn blanked(tokens: &Tokens, span: TokenSpan) -> Vec<u64> {
    span.range().map(|index| if is_fact(tokens, index) { BLANK } else { tokens.keys[index] }).collect()
}

/// The hash of a shingle; `None` for blanks alone.
fn shingle(words: &[u64]) -> Option<u64> {
    words.iter().any(|&word| word != BLANK).then(|| hash(words))
}

/// Counts in `held` that carrier `index` holds `key`, once: how many do, and the last of them.
fn hold(held: &mut HashMap<u64, (usize, usize)>, key: u64, index: usize) {
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
    members: usize,
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
    fn count(members: &[Member], tokens: &[Tokens]) -> Words {
        let mut held: HashMap<u64, (usize, usize)> = HashMap::new();
        for (index, member) in members.iter().enumerate() {
            for &key in &tokens[member.document as usize].keys[member.span.range()] {
                hold(&mut held, key, index);
            }
        }
        let mut words = Words { members: members.len(), ..Words::default() };
        for member in members {
            let tokens = &tokens[member.document as usize];
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

    fn are_a_name(&self) -> bool {
        let facts = share(self.constant.facts, self.constant.facts + self.constant.content);
        facts >= NAME_FACTS && self.n() as f64 <= NAME_WORDS.0 * self.members as f64
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Whether token `index` is a number or, as far as capitals tell, a name.
fn is_fact(tokens: &Tokens, index: usize) -> bool {
    let starts_sentence =
        index == 0 || tokens.is(index - 1, Flags::SENTENCE_END) || tokens.is(index, Flags::PARAGRAPH_START);
    tokens.is(index, Flags::NUMBER)
        || (tokens.is(index, Flags::CAPITAL) && !tokens.is(index, Flags::STOP) && !starts_sentence)
}
