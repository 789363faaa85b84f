//! Numbers and names that became others: which of a passage's changes of fact are told.
//!
//! [`super::facts`] are counted and must miss none; what is told is read by a person and must be one. So the changed words
//! fill one slot of one sentence, both texts can be versions of one item (`item`), and what is written there is a number or a
//! name, not what a machine made of it. Where half of the changes are misread letters, the others are taken for such as well.

use crate::edits::item::Occasion;
use crate::edits::slot::{Likeness, Stretch, are_flanked, ends_sentence};
use crate::edits::{Label, Side, Substitution, letters};
use crate::model::{EditKind, Profile, TokenSpan, TypedEdit};

/// Those of `facts` that are told.
pub(super) fn changes(
    facts: &[Substitution],
    a: Side<'_>,
    b: Side<'_>,
    occasion: Occasion,
    profile: Profile,
) -> Vec<TypedEdit> {
    let mut found: Vec<&Substitution> = Vec::new();
    for facts in facts.chunk_by(|x, y| x.a.end() == y.a.start() && x.b.end() == y.b.start()) {
        let hull = |side: fn(&Substitution) -> TokenSpan| side(&facts[0]).hull(side(&facts[facts.len() - 1]));
        let is_name = facts.iter().any(|it| it.label == Label::Name);
        if is_one_slot((a, hull(|it| it.a)), (b, hull(|it| it.b)), is_name) {
            found.extend(facts);
        }
    }
    if profile == Profile::Ocr {
        let misread = facts.iter().filter(|it| is_misread(it, a, b)).count();
        if 2 * misread > facts.len() {
            return Vec::new();
        }
        found.retain(|it| !is_misread(it, a, b));
    }
    found.retain(|it| is_clean(it, a, b));
    if found.is_empty() || !occasion.is_one_item(a, b, facts.len()) {
        return Vec::new();
    }
    found.into_iter().map(|it| fact(it, a, b)).collect()
}

fn fact(it: &Substitution, a: Side<'_>, b: Side<'_>) -> TypedEdit {
    let kind = if it.label == Label::Name { EditKind::NameChanged } else { EditKind::NumberChanged };
    TypedEdit { kind, a: a.tokens.byte_span(it.a), b: b.tokens.byte_span(it.b) }
}

/// Whether the changed words `x` and `y` fill one slot of one sentence. Numbers change together, as the dead and the wounded
/// do; where a name and another name or a number do, a form was filled in. What each has beside the slot as well has moved.
fn is_one_slot((a, x): (Side<'_>, TokenSpan), (b, y): (Side<'_>, TokenSpan), is_name: bool) -> bool {
    let (around_a, around_b) = (Stretch::around(a, x), Stretch::around(b, y));
    are_flanked(a, x, b, y)
        && Likeness::of(&around_a, &around_b).is_version()
        && !around_a.names_another(&around_b)
        && !(is_name && around_a.counts_another(&around_b))
        && !(around_a.has(b, y) && around_b.has(a, x))
}

/// Whether the change of a number or name is more likely one of letters, in print read by a machine.
fn is_misread(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    let (x, y) = (a.tokens.byte_span(it.a), b.tokens.byte_span(it.b));
    letters::are_misread(&a.text[x.range()], &b.text[y.range()])
}

/// Whether both sides of a change are written as a number or name is.
fn is_clean(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    match it.label {
        Label::Name => {
            let name = |side: Side<'_>, span| letters::plain(&side.text[side.tokens.byte_span(span).range()]);
            let (x, y) = (name(a, it.a), name(b, it.b));
            // `Neb.` or `West German` are how another form begins.
            let is_short = x.starts_with(&y) || y.starts_with(&x);
            is_one_name(a, it.a) && is_one_name(b, it.b) && !is_short && !letters::are_misprinted(&x, &y)
        }
        _ => are_numbers(a, it.a) && are_numbers(b, it.b),
    }
}

fn are_numbers(side: Side<'_>, span: TokenSpan) -> bool {
    span.range().all(|at| is_number(&side.text[side.tokens.bytes(at).range()]))
}

/// Longest unit that is written onto a number, in letters: `5pm`, `40mln`.
const LONGEST_UNIT: usize = 4;

/// Whether a word with figures is a number and at most a unit, not one that ran into the next word (`2006Contact`) or into
/// what another encoding made of a blank.
fn is_number(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    !word.contains(|c: char| c.is_ascii_digit())
        || letters.clone().count() <= LONGEST_UNIT && letters.into_iter().all(|c| !matches!(c, 'Â' | 'Ã'))
}

/// Whether no sentence ends and no column begins inside a name.
fn is_one_name(side: Side<'_>, name: TokenSpan) -> bool {
    const COLUMN: &str = "   ";
    (name.start()..name.end() - 1).all(|at| !ends_sentence(side, at) && !side.gap_behind(at).contains(COLUMN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_unit_at_most() {
        for (word, expected) in [
            ("2006", true),
            ("3rd", true),
            ("1,200mln", true),
            ("million", true),
            ("2006Contact", false),
            ("6,285,999Â", false),
        ] {
            assert_eq!(is_number(word), expected, "{word}");
        }
    }
}
