//! Newsroom formulas and what recurs in one outlet among the clusters: their passages are tagged, not dropped.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::align::Alignment;
use crate::cluster::Member;
use crate::model::{Document, Tokens};
use crate::pipeline::carriers::Carriers;
use crate::pipeline::scope::Subject;
use crate::provenance::formula::{Formulas, Sides, Verdict};
use crate::provenance::recurrence::{self, Recurs};
use crate::provenance::story::{self, Archive};
use crate::store::Library;

/// What each group of passages tells, and all of them together.
pub(crate) struct Judged {
    of_group: Vec<Verdict>,
    recurs: Vec<Vec<Recurs>>,
    formulas: Formulas,
}

impl Judged {
    /// Looks at all carriers of each group.
    pub(crate) fn of(carriers: &[Carriers], library: &Library, subject: &Subject) -> Judged {
        let of_group: Vec<Verdict> = carriers
            .par_iter()
            .map(|carriers| Verdict::of(&carriers.members, library, &subject.documents))
            .collect();
        let recurs = recurring(carriers, library, &subject.documents);
        let mut formulas = Formulas::default();
        for verdict in &of_group {
            formulas.add(verdict);
        }
        Judged { of_group, recurs, formulas }
    }

    /// Why a passage of `group` between the documents `a` and `b` is a formula; `None` if it is not.
    pub(crate) fn fact(&self, group: usize, a: &Tokens, b: &Tokens, alignment: &Alignment) -> Option<String> {
        let sides = Sides { a: (a, alignment.a), b: (b, alignment.b), steps: &alignment.steps };
        self.formulas.fact(self.of_group.get(group)?, sides)
    }

    /// Why a passage of `words` words of `group` between two documents is boilerplate: both are of one outlet, in which it recurs.
    /// Across outlets nothing is, even where it recurs in either: offices that often speak together have forms in common,
    /// and each joint statement begins with one. A form tells its reprints from its uses, so of forms only what appeared
    /// again after the time of a story is.
    pub(crate) fn recurs(&self, group: usize, both: [&Document; 2], words: u32) -> Option<String> {
        let [a, b] = both;
        let source = a.source.as_deref().filter(|_| a.source == b.source)?;
        let is_form = self.of_group.get(group)?.is_form();
        let recurs = self.recurs[group].iter().find(|it| it.source == source)?;
        recurs.holds(words, is_form, both).then(|| recurs.fact())
    }
}

/// The outlets in which the wording of each group recurs without telling one story.
fn recurring(carriers: &[Carriers], library: &Library, documents: &[Document]) -> Vec<Vec<Recurs>> {
    let articles = recurrence::articles(documents);
    let found: Vec<Vec<(Recurs, Vec<Member>)>> =
        carriers.par_iter().map(|it| recurrence::outlets(&it.members, documents, &articles)).collect();
    let sources: BTreeSet<&str> = found.iter().flatten().map(|(recurs, _)| recurs.source.as_str()).collect();
    let archives: BTreeMap<&str, Archive> =
        sources.into_par_iter().map(|source| (source, Archive::of(&articles[source], library))).collect();
    let stands = |(recurs, members): &(Recurs, Vec<Member>)| {
        !story::is_one(members, library, &archives[recurs.source.as_str()])
    };
    found
        .par_iter()
        .map(|of_group| of_group.iter().filter(|it| stands(it)).map(|(recurs, _)| recurs.clone()).collect())
        .collect()
}
