//! Newsroom formulas among the clusters: their passages are tagged, not dropped.

use rayon::prelude::*;

use crate::align::Alignment;
use crate::model::Tokens;
use crate::pipeline::carriers::Carriers;
use crate::pipeline::scope::Subject;
use crate::provenance::formula::{Forms, Formula};

/// Which groups of passages are formulas, and the wording of those that are.
pub(crate) struct Formulas {
    of_group: Vec<Verdict>,
    forms: Forms,
}

/// What one group's carriers tell.
struct Verdict {
    formula: Option<Formula>,
    /// Whether it can be one at all.
    is_possible: bool,
}

impl Formulas {
    /// Looks at all carriers of each group.
    pub(crate) fn find(carriers: &[Carriers], tokens: &[Tokens], subject: &Subject) -> Formulas {
        let documents = &subject.documents;
        let (of_group, wording): (Vec<Verdict>, Vec<Vec<u64>>) = carriers
            .par_iter()
            .map(|Carriers { members, .. }| {
                let formula = Formula::of(members, tokens, documents);
                let wording = formula.as_ref().map(|formula| Forms::shingles_of(formula, members, tokens));
                let is_possible = formula.is_some() || Formula::is_possible(members, documents);
                (Verdict { formula, is_possible }, wording.unwrap_or_default())
            })
            .unzip();
        let mut forms = Forms::default();
        for shingles in &wording {
            forms.add(shingles);
        }
        Formulas { of_group, forms }
    }

    /// Why a passage of `group` between the documents `a` and `b` is a formula; `None` if it is not.
    pub(crate) fn fact(&self, group: usize, a: &Tokens, b: &Tokens, alignment: &Alignment) -> Option<String> {
        let verdict = self.of_group.get(group).filter(|verdict| verdict.is_possible)?;
        let (a, b) = ((a, alignment.a), (b, alignment.b));
        match &verdict.formula {
            Some(formula) => formula.covers(a, b, &alignment.steps).then(|| formula.fact.clone()),
            None => self.forms.fact(a, b, &alignment.steps),
        }
    }
}
