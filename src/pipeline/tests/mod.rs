//! The engine from texts to tables, through the one entry function.

mod carriers;
mod copies;
mod explain;
mod formulas;
mod indexed;
mod indexed_damage;
mod memory;
mod pairs;
mod settings;
mod sound;
mod statistics;
mod tags;
mod typed;
mod worst;

use crate::fixture::document;
use crate::model::{Analysis, Corpus, Document, Passage, Silent};
use crate::pipeline::tests::sound::assert_sound;
use crate::pipeline::{Scope, Settings, compare};

/// Compares all pairs and holds the result against what is true of any.
#[track_caller]
fn analyse(documents: Vec<Document>, settings: &Settings) -> Analysis {
    analyse_in(&Scope::AllPairs, documents, settings)
}

#[track_caller]
fn analyse_in(scope: &Scope, documents: Vec<Document>, settings: &Settings) -> Analysis {
    let corpus = Corpus { documents, ..Corpus::default() };
    let analysis = compare(corpus, scope, settings, &Silent).unwrap();
    assert_sound(&analysis);
    analysis
}

/// Compares two texts, named `a` and `b`.
#[track_caller]
fn analyse_two(a: &str, b: &str) -> Analysis {
    analyse(vec![document("a", a), document("b", b)], &Settings::default())
}

/// The text of a passage on either side.
fn texts<'t>(analysis: &'t Analysis, passage: &Passage) -> (&'t str, &'t str) {
    (
        &analysis.documents[passage.a_doc.index()].text[passage.a.range()],
        &analysis.documents[passage.b_doc.index()].text[passage.b.range()],
    )
}
