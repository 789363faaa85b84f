//! Newsroom formulas and what recurs in one outlet among the clusters: their passages are tagged, not dropped.

use rayon::prelude::*;

use crate::align::Alignment;
use crate::model::{Document, Tokens};
use crate::pipeline::carriers::Carriers;
use crate::pipeline::scope::Subject;
use crate::provenance::formula::{Formulas, Sides, Verdict};
use crate::provenance::recurrence::{self, Recurs};
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
        let recurs =
            carriers.par_iter().map(|it| recurrence::outlets(&it.members, &subject.documents)).collect();
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

    /// Why a passage of `group` between the documents `a` and `b` is boilerplate of their outlets: it recurs in one, of which
    /// both are, or in either. What recurs in one outlet and stands once in another was taken from there.
    pub(crate) fn recurs(&self, group: usize, a: &Document, b: &Document) -> Option<String> {
        let outlets = self.recurs.get(group).filter(|outlets| !outlets.is_empty())?;
        let of = |document: &Document| {
            let source = document.source.as_deref()?;
            outlets.iter().find(|it| it.source == source)
        };
        let (a, b) = (of(a)?, of(b)?);
        Some(if a.source == b.source { a.fact() } else { format!("{}; {}", a.fact(), b.fact()) })
    }
}
