//! What the changed words of a passage mean: another number, the same name in another spelling, a synonym.
//!
//! In: a passage's edit script and its two sides. Out: [`Substitution`]s, pairs of token spans with a [`Label`] each,
//! of them those of fact alone ([`facts`]).
//!
//! Words are compared by what they stand for. Numbers, times and dates are read into values (`value`): `13:00` is
//! `1 p.m.`, `10,000` is `ten thousand`; where a writing has two readings (`reading`; `1.000`, `3/4/2023`) one that
//! agrees is enough. Names are compared by sound (`name`): `Zelensky` is `Zelenskyy`, a title or a first name more is
//! the same name. What is left is compared as wording (`wording`): spelling, stem, joined words, a small table of
//! synonyms. Labels describe; no passage grows or shrinks by them.
//!
//! A value or name may reach into the unchanged words beside a change (`10 million`, `10 billion`), so each change is
//! looked at together with the numbers and names that adjoin it (`region`). All choices between candidates are the
//! same from either side: swapping the sides swaps the spans and nothing else.
//!
//! Cost: linear in the changed words and their neighbours, times a window of `WINDOW` words. [`facts`] compares names
//! only where either side surely has one that the other lacks.
//!
//! [`typed()`] tells, besides numbers and names, who said it, how sure, what was explained or moved, and [`cut_at_end`] what was
//! cut. Of the changes of fact it tells only those of one slot (`slot`) in versions of one item (`item`): [`facts`] are counted and must miss none, a typed
//! edit is read by a person and must be one.
//!
//! Not promised: sums and rounding, miles against kilometres, time zones, names that differ (`Burma`, `Myanmar`),
//! names in languages that write common nouns with a capital, such as German: there a noun may count as a name.

mod ending;
mod fact;
mod folded;
mod gloss;
mod item;
mod letters;
mod lexis;
mod manner;
mod moved;
mod name;
mod quoted;
mod reading;
mod region;
mod slot;
mod speech;
mod terms;
mod typed;
mod value;
mod word;
mod wording;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod typed_tests;

pub use ending::{Article, Shared, cut_at_end};
pub use item::Occasion;
pub(crate) use letters::distance;
pub use manner::{Manner, Vocabulary};
pub use typed::typed;

use crate::edits::reading::Comparison;
use crate::edits::region::{Region, regions};
use crate::edits::value::Value;
use crate::edits::word::{Naming, Word};
use crate::model::{Span, Step, TokenSpan, Tokens};

/// How far apart, in words or values counted from the start of a change, two may stand that belong together.
const WINDOW: usize = 16;

/// How far apart two words may stand of which one became the other, in words.
const NEAR: usize = 5;

/// One side of a passage.
#[derive(Clone, Copy, Debug)]
pub struct Side<'t> {
    /// The document's text as given.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t Tokens,
    /// The tokens of the passage.
    pub span: TokenSpan,
}

impl<'t> Side<'t> {
    /// What stands before token `at`, behind the one before it.
    fn gap_before(self, at: u32) -> &'t str {
        let from = at.checked_sub(1).map_or(0, |before| self.tokens.bytes(before as usize).end());
        &self.text[from as usize..self.tokens.bytes(at as usize).start() as usize]
    }

    /// What stands behind token `at`, before the next.
    fn gap_behind(self, at: u32) -> &'t str {
        let from = self.tokens.bytes(at as usize).end() as usize;
        let to = self.tokens.places.get(at as usize + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[from..to]
    }
}

/// How some words of a became those of b.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A number or time became another.
    Number,
    /// The same number or time in another form: `13:00`, `1 p.m.`
    NumberForm,
    /// A date or weekday became another.
    Date,
    /// The same date in another form.
    DateForm,
    /// A name became another.
    Name,
    /// The same name: transliterated, shortened, with another title.
    NameForm,
    /// Short for the other: `EU`, `European Union`.
    Abbreviation,
    /// One word or several: `ceasefire`, `cease-fire`.
    Joined,
    /// The same word in another spelling: `organise`, `organize`.
    Spelling,
    /// Words of one stem: `agree`, `agreement`.
    Stem,
    /// Words that news writes for each other: `said`, `stated`.
    Synonym,
    /// None of these.
    Other,
}

impl Label {
    /// The label in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Label::Number => "number changed",
            Label::NumberForm => "same number",
            Label::Date => "date changed",
            Label::DateForm => "same date",
            Label::Name => "name changed",
            Label::NameForm => "same name",
            Label::Abbreviation => "abbreviation",
            Label::Joined => "joined words",
            Label::Spelling => "spelling",
            Label::Stem => "same stem",
            Label::Synonym => "synonym",
            Label::Other => "other words",
        }
    }

    /// Whether a number, a date or a name became another.
    #[must_use]
    pub fn is_fact(self) -> bool {
        matches!(self, Label::Number | Label::Date | Label::Name)
    }

    /// Whether the two say the same thing and only write it differently.
    #[must_use]
    pub fn is_form(self) -> bool {
        matches!(
            self,
            Label::NumberForm
                | Label::DateForm
                | Label::NameForm
                | Label::Abbreviation
                | Label::Joined
                | Label::Spelling
        )
    }
}

/// Words of a that stand as other words in b, as narrow as they can be told apart. Spans are tokens of the documents
/// and may hold unchanged words that belong to a changed number or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Substitution {
    /// Tokens of a.
    pub a: TokenSpan,
    /// Tokens of b.
    pub b: TokenSpan,
    /// How they differ.
    pub label: Label,
}

/// The labelled substitutions of a passage, sorted by place in a.
#[must_use]
pub fn substitutions(steps: &[Step], a: Side<'_>, b: Side<'_>) -> Vec<Substitution> {
    let mut found = Vec::new();
    let mut pair = Compared::default();
    for region in regions(steps, a, b) {
        pair.fill(&region, &a, &b);
        pair.values();
        pair.find_names();
        pair.names();
        pair.wording();
        found.append(&mut pair.found);
    }
    found.sort_unstable();
    found
}

/// The numbers, dates and names of a that became others in b, sorted by place in a: what [`substitutions`] labels so, and
/// nothing else is worked out.
#[must_use]
pub fn facts(steps: &[Step], a: Side<'_>, b: Side<'_>) -> Vec<Substitution> {
    let mut facts = Vec::new();
    let mut pair = Compared::default();
    for region in regions(steps, a, b) {
        let may_rename = region.may_rename(a, b);
        if !(may_rename || region.may_renumber(a, b)) || !region.may_change_facts(a, b) {
            continue;
        }
        pair.fill(&region, &a, &b);
        pair.values();
        if may_rename && pair.may_rename() {
            pair.names();
        }
        facts.extend(pair.found.iter().filter(|found| found.label.is_fact()));
    }
    facts.sort_unstable();
    facts
}

/// The words of a region's sides, and what was found out about them; one region after the other.
#[derive(Default)]
struct Compared<'t> {
    a: Vec<Word<'t>>,
    b: Vec<Word<'t>>,
    // Whether the region has changed words on both sides; otherwise something was only added.
    both_change: bool,
    found: Vec<Substitution>,
    // Values of a and of b.
    values: [Vec<Value>; 2],
    candidates: Vec<Candidate>,
}

impl<'t> Compared<'t> {
    /// Takes up a region.
    fn fill(&mut self, region: &Region<'_>, a: &'t Side<'t>, b: &'t Side<'t>) {
        word::fill(&mut self.a, a, region.a);
        word::fill(&mut self.b, b, region.b);
        for step in region.steps {
            mark_changed(&mut self.a, step.a);
            mark_changed(&mut self.b, step.b);
        }
        let changes = |words: &[Word<'_>]| words.iter().any(|word| word.changed);
        self.both_change = changes(&self.a) && changes(&self.b);
        self.found.clear();
    }

    fn find_names(&mut self) {
        word::find_names(&mut self.a);
        word::find_names(&mut self.b);
    }

    /// Whether a name may have become another: asked before names are looked for, since most regions have none that
    /// the other side lacks.
    fn may_rename(&mut self) -> bool {
        if !self.both_change || !name::may_lack(&self.a, &self.b) || !name::may_lack(&self.b, &self.a) {
            return false;
        }
        self.find_names();
        name::lacks(&self.a, &self.b) && name::lacks(&self.b, &self.a)
    }

    /// Finds names that became others or are written in another way; values first, which are no names.
    fn names(&mut self) {
        let may_name = |words: &[Word<'_>]| words.iter().any(|word| word.naming != Naming::No);
        if self.both_change && may_name(&self.a) && may_name(&self.b) {
            for (a, b) in wording::abbreviations(&self.a, &self.b) {
                self.take(a, b, Label::Abbreviation);
            }
            for (a, b, same) in name::pairs(&self.a, &self.b) {
                self.take(a, b, if same { Label::NameForm } else { Label::Name });
            }
        }
    }

    /// Finds numbers and dates.
    fn values(&mut self) {
        let [mut a, mut b] = std::mem::take(&mut self.values);
        value::values(&self.a, &mut a);
        value::values(&self.b, &mut b);
        let small = self.a.len().min(self.b.len()) <= value::WEAK_WITHIN;
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        for (i, x) in a.iter().enumerate() {
            let near = i.saturating_sub(WINDOW)..b.len().min(i + WINDOW + 1);
            for (j, y) in near.map(|j| (j, &b[j])) {
                let comparison = x.compare(y);
                let counts = match comparison {
                    Comparison::Different => {
                        let (i, j) = (x.words.start, y.words.start);
                        let places = Places { i, j, n_a: self.a.len(), n_b: self.b.len() };
                        (small || !(x.weak || y.weak)) && places.are_near()
                    }
                    comparison => comparison != Comparison::Unlike,
                };
                if counts {
                    candidates.push(Candidate { rank: comparison as u32, i, j });
                }
            }
        }
        choose(&mut candidates, a.len(), b.len());
        for chosen in &candidates {
            let (x, y) = (&a[chosen.i], &b[chosen.j]);
            if let Some(label) = self.value_label(x, y, chosen.rank == Comparison::Different as u32) {
                self.take(x.words.clone(), y.words.clone(), label);
            }
        }
        // A number that is not paired is still no name and no synonym of anything.
        for value in &a {
            self.a[value.words.clone()].iter_mut().for_each(|word| word.value = true);
        }
        for value in &b {
            self.b[value.words.clone()].iter_mut().for_each(|word| word.value = true);
        }
        self.values = [a, b];
        self.candidates = candidates;
    }

    /// What to say about two paired values; `None` where nothing of them changed, or one only says more.
    fn value_label(&self, x: &Value, y: &Value, differ: bool) -> Option<Label> {
        let (a, b) = (&self.a[x.words.clone()], &self.b[y.words.clone()]);
        let changed = a.iter().chain(b).any(|word| word.changed);
        let dates = x.is_date() || y.is_date();
        match (changed, differ) {
            (false, _) => None,
            (true, true) => Some(if dates { Label::Date } else { Label::Number }),
            (true, false) if !self.both_change || x.compare(y) != Comparison::Same => None,
            (true, false) => Some(if dates { Label::DateForm } else { Label::NumberForm }),
        }
    }

    /// Labels what facts leave over.
    fn wording(&mut self) {
        if !self.both_change {
            return;
        }
        for (a, b) in wording::abbreviations(&self.a, &self.b) {
            self.take(a, b, Label::Abbreviation);
        }
        for (a, b, label) in wording::pairs(&self.a, &self.b) {
            self.take(a, b, label);
        }
        let (a, b) = (free_runs(&self.a), free_runs(&self.b));
        for (a, b) in a.into_iter().zip(b) {
            self.take(a, b, Label::Other);
        }
    }

    /// Notes a substitution; its words are not looked at again. The same words on both sides, which stand in another
    /// order, are no substitution.
    fn take(&mut self, a: std::ops::Range<usize>, b: std::ops::Range<usize>, label: Label) {
        let span = |words: &[Word<'_>]| Span::new(words[0].at, words[words.len() - 1].at + 1);
        let (x, y) = (&self.a[a.clone()], &self.b[b.clone()]);
        let other_words = || !x.iter().map(Word::text).eq(y.iter().map(Word::text));
        if !label.is_form() || other_words() {
            self.found.push(Substitution { a: span(x), b: span(y), label });
        }
        self.a[a].iter_mut().for_each(|word| word.taken = true);
        self.b[b].iter_mut().for_each(|word| word.taken = true);
    }
}

fn mark_changed(words: &mut [Word<'_>], step: TokenSpan) {
    let from = words.partition_point(|word| word.at < step.start());
    words[from..].iter_mut().take_while(|word| word.at < step.end()).for_each(|word| word.changed = true);
}

/// Runs of changed words that have no label yet.
fn free_runs(words: &[Word<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, _) in words.iter().enumerate().filter(|(_, word)| word.changed && !word.taken) {
        match runs.last_mut() {
            Some(run) if run.end == index => run.end += 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

/// Two things that may belong together, counted from the start of a region; the lower the rank, the better.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    rank: u32,
    i: usize,
    j: usize,
}

/// The places of two words, counted from the start of a region, and the words of its sides.
#[derive(Clone, Copy, Debug)]
struct Places {
    i: usize,
    j: usize,
    n_a: usize,
    n_b: usize,
}

impl Places {
    /// Whether the two stand at about the same place, the longer side taken for as long as the shorter.
    fn are_near(self) -> bool {
        (self.i * self.n_b).abs_diff(self.j * self.n_a) <= NEAR * self.n_a.max(self.n_b)
    }
}

/// Keeps the best candidates, each thing of either side at most once: by rank, then by how far apart the two stand. The
/// order is the same from either side.
fn choose(candidates: &mut Vec<Candidate>, n_a: usize, n_b: usize) {
    if candidates.len() < 2 {
        return;
    }
    candidates.sort_unstable_by_key(|c| (c.rank, c.i.abs_diff(c.j), c.i + c.j, c.i));
    let mut used = vec![false; n_a + n_b];
    candidates.retain(|c| {
        let free = !used[c.i] && !used[n_a + c.j];
        if free {
            (used[c.i], used[n_a + c.j]) = (true, true);
        }
        free
    });
}
