//! Newsroom formulas among the clusters: their passages are tagged, not dropped.

use rayon::prelude::*;

use crate::align::Alignment;
use crate::model::Tokens;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::scope::Subject;
use crate::provenance::formula::{Formulas, Sides, Verdict};
use crate::store::Library;

/// What each group of passages tells, and all of them together.
pub(crate) struct Judged {
    of_group: Vec<Verdict>,
    formulas: Formulas,
}

impl Judged {
    /// Looks at all carriers of each group.
    pub(crate) fn of(carriers: &[Carriers], library: &Library, subject: &Subject) -> Judged {
        let of_group: Vec<Verdict> = carriers
            .par_iter()
            .map(|carriers| Verdict::of(&carriers.members, library, &subject.documents))
            .collect();
        let mut formulas = Formulas::default();
        for verdict in &of_group {
            formulas.add(verdict);
        }
        Judged { of_group, formulas }
    }

    /// Why a passage of `group` between the documents `a` and `b` is a formula; `None` if it is not.
    pub(crate) fn fact(&self, group: usize, a: &Tokens, b: &Tokens, alignment: &Alignment) -> Option<String> {
        let sides = Sides { a: (a, alignment.a), b: (b, alignment.b), steps: &alignment.steps };
        self.formulas.fact(self.of_group.get(group)?, sides)
    }
}
