//! Numbers and names that became others: which of a passage's changes of fact are told.
//!
//! [`super::facts`] are counted and must miss none; what is told is read by a person and must be one. So the changed words
//! fill one slot of one sentence, both texts can be versions of one item (`item`), and what is written there is a number or a
//! name, not what a machine made of it. Where half of the changes are misread letters, the others are taken for such as well.

use crate::edits::item::Occasion;
use crate::edits::slot::{Likeness, Stretch, are_flanked, ends_sentence, stand_alike};
use crate::edits::{Label, Side, Substitution, letters};
use crate::model::{EditKind, Flags, Profile, TokenSpan, TypedEdit};

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
        if is_one_slot((a, hull(|it| it.a)), (b, hull(|it| it.b))) {
            found.extend(facts);
        }
    }
    if profile == Profile::Ocr {
        let misread = facts.iter().filter(|it| is_misread(it, a, b)).count();
        if 2 * misread > facts.len() {
            return Vec::new();
        }
        found.retain(|it| !is_misread(it, a, b) && is_legible(it, a, b));
    }
    found.retain(|it| is_clean(it, a, b) && !is_elsewhere(it, a, b, profile));
    // A form that names its subject again and again.
    if occasion.same_source {
        let is_subject = |it: &Substitution| {
            let of = |one, other| own(one, other).any(|at| one.0.tokens.is(at, Flags::REPEATED));
            of((a, it.a), (b, it.b)) && of((b, it.b), (a, it.a))
        };
        found.retain(|it| it.label != Label::Name || !is_subject(it));
    }
    let is_name = |it: &&Substitution| it.label == Label::Name;
    let n_names = found.iter().filter(|it| is_name(it)).count();
    let is_filled_in = profile == Profile::News && n_names > 0 && n_names < found.len();
    if found.is_empty() || is_filled_in || !occasion.is_one_item((a, b), facts.len(), n_names, profile) {
        return Vec::new();
    }
    found.into_iter().map(|it| fact(it, a, b)).collect()
}

fn fact(it: &Substitution, a: Side<'_>, b: Side<'_>) -> TypedEdit {
    let kind = if it.label == Label::Name { EditKind::NameChanged } else { EditKind::NumberChanged };
    TypedEdit { kind, a: a.tokens.byte_span(it.a), b: b.tokens.byte_span(it.b) }
}

/// Whether the changed words `x` and `y` fill one slot of one sentence.
fn is_one_slot((a, x): (Side<'_>, TokenSpan), (b, y): (Side<'_>, TokenSpan)) -> bool {
    are_flanked(a, x, b, y)
        && stand_alike(a, x, b, y)
        && Likeness::of(&Stretch::around(a, x), &Stretch::around(b, y)).is_version()
}

/// Whether the change of a number or name is more likely one of letters, in print read by a machine.
fn is_misread(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    let (x, y) = (a.tokens.byte_span(it.a), b.tokens.byte_span(it.b));
    letters::are_misread(&a.text[x.range()], &b.text[y.range()])
}

/// Whether a machine surely read what is written: a number in words on one side at least, since of two in figures either may be
/// misread; a name that the page has elsewhere too, on both.
fn is_legible(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    let has_figures = |side: Side<'_>, span: TokenSpan| {
        side.text[side.tokens.byte_span(span).range()].contains(|c: char| c.is_ascii_digit())
    };
    match it.label {
        Label::Name => [(a, it.a), (b, it.b)].into_iter().all(|(side, name)| {
            is_repeated(side, name) && !is_broken(side, name) && !is_oddly_written(side, name)
        }),
        _ => {
            let in_figures = [(a, it.a), (b, it.b)].map(|(side, span)| has_figures(side, span));
            match in_figures {
                [true, true] => false,
                [true, false] => is_round(a, it.a),
                [false, true] => is_round(b, it.b),
                [false, false] => true,
            }
        }
    }
}

/// Whether a number in figures may stand for one in words: of these, the long ones are round. `3006` was read for `3000`.
fn is_round(side: Side<'_>, span: TokenSpan) -> bool {
    const LONG: usize = 3;
    let figures = figures(side, span);
    figures.len() < LONG || figures.ends_with('0')
}

/// Whether the text has all words of a name elsewhere too.
fn is_repeated(side: Side<'_>, name: TokenSpan) -> bool {
    name.range().all(|at| side.tokens.is(at, Flags::REPEATED) || side.tokens.is(at, Flags::STOP))
}

/// Whether a name goes on in the next line: `Get-: tinje`.
fn is_broken(side: Side<'_>, name: TokenSpan) -> bool {
    side.text[side.tokens.byte_span(name).end() as usize..].starts_with(['-', '\u{ad}'])
}

/// Whether a capital stands inside a word that has small letters: `VUMsU`.
fn is_oddly_written(side: Side<'_>, name: TokenSpan) -> bool {
    name.range().any(|at| {
        let word = &side.text[side.tokens.bytes(at).range()];
        word.contains(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase)
    })
}

/// Whether both sides of a change are written as a number or name is.
fn is_clean(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    match it.label {
        Label::Name => is_one_name(a, it.a) && is_one_name(b, it.b) && !is_form(it, a, b),
        Label::Date if is_dateline(a, it.a) || is_dateline(b, it.b) => false,
        _ => are_numbers(a, it.a) && are_numbers(b, it.b) && figures(a, it.a) != figures(b, it.b),
    }
}

/// Whether a day is written out with its year and no small word leads to it, as where a text says of what day it is.
fn is_dateline(side: Side<'_>, date: TokenSpan) -> bool {
    const WHOLE: u32 = 3;
    let is_led_to = date.start().checked_sub(1).is_some_and(|at| side.tokens.is(at as usize, Flags::STOP));
    date.len() >= WHOLE && !is_led_to
}

/// The figures of a number as they stand there, without colons, naughts before them and letters: `9:40` is `0940`, `1st` is `1`. Of a
/// number in words, its letters.
fn figures(side: Side<'_>, span: TokenSpan) -> String {
    let raw = &side.text[side.tokens.byte_span(span).range()];
    if !raw.contains(|c: char| c.is_ascii_digit()) {
        return raw.to_lowercase();
    }
    let figures: String =
        raw.chars().filter(|c| !c.is_alphabetic() && !c.is_whitespace() && *c != ':').collect();
    figures.trim_matches(|c: char| !c.is_ascii_digit()).trim_start_matches('0').to_owned()
}

/// Tokens of `words` that the other side of the change lacks.
fn own<'t>(
    (side, words): (Side<'t>, TokenSpan),
    (other, others): (Side<'t>, TokenSpan),
) -> impl Iterator<Item = usize> + Clone {
    let theirs = &other.tokens.keys[others.range()];
    words.range().filter(move |&at| !theirs.contains(&side.tokens.keys[at]))
}

/// Whether what stands on one side alone of the change is in the other's sentence, in another place: then the two changed places
/// or are both told of. So it is with a name where both passages have both; on a page read by a machine, where one has.
fn is_elsewhere(it: &Substitution, a: Side<'_>, b: Side<'_>, profile: Profile) -> bool {
    let is_in = |one: (Side<'_>, TokenSpan), other: (Side<'_>, TokenSpan), within: TokenSpan| {
        let keys = &other.0.tokens.keys[within.range()];
        own(one, other).any(|at| !one.0.tokens.is(at, Flags::STOP) && keys.contains(&one.0.tokens.keys[at]))
    };
    let sentence = |side: Side<'_>, words: TokenSpan| Stretch::around(side, words).span;
    let (x, y) = ((a, it.a), (b, it.b));
    if is_in(x, y, sentence(b, it.b)) || is_in(y, x, sentence(a, it.a)) {
        return true;
    }
    let (x_in_b, y_in_a) = (is_in(x, y, b.span), is_in(y, x, a.span));
    it.label == Label::Name && if profile == Profile::Ocr { x_in_b || y_in_a } else { x_in_b && y_in_a }
}

/// Whether what differs is one name in two forms: how the other begins, whatever stands between its letters (`Neb.`, `West
/// German`), another spelling or ending, or a letter, which is no name.
fn is_form(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    let letters = |side: Side<'_>, words: &mut dyn Iterator<Item = usize>| -> String {
        let raw = words.flat_map(|at| side.text[side.tokens.bytes(at).range()].chars().collect::<Vec<_>>());
        raw.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let begins = |x: &str, y: &str| x.starts_with(y) || y.starts_with(x);
    let (x, y) = (letters(a, &mut it.a.range()), letters(b, &mut it.b.range()));
    let own_x = letters(a, &mut own((a, it.a), (b, it.b)));
    let own_y = letters(b, &mut own((b, it.b), (a, it.a)));
    let is_letter = |own: &str| own.chars().count() == 1;
    begins(&x, &y)
        || begins(&own_x, &own_y)
        || letters::are_one_name(&own_x, &own_y)
        || is_letter(&own_x)
        || is_letter(&own_y)
        || is_shortened(it, a, b)
}

/// Whether a word of what differs is short for one of the other side, letters left out of it: `HI` for `Hawaii`, `Sens.` for
/// `Senators`, `Joe` for `Joseph`.
fn is_shortened(it: &Substitution, a: Side<'_>, b: Side<'_>) -> bool {
    let words = |one: (Side<'_>, TokenSpan), other| -> Vec<String> {
        own(one, other).map(|at| one.0.text[one.0.tokens.bytes(at).range()].to_lowercase()).collect()
    };
    let (x, y) = (words((a, it.a), (b, it.b)), words((b, it.b), (a, it.a)));
    x.iter().any(|x| y.iter().any(|y| letters::is_shortened(x, y) || letters::is_shortened(y, x)))
}

fn are_numbers(side: Side<'_>, span: TokenSpan) -> bool {
    span.range().all(|at| is_number(&side.text[side.tokens.bytes(at).range()]))
}

/// Longest unit that is written onto a number, in letters: `5pm`, `40mln`.
const LONGEST_UNIT: usize = 4;

/// Whether a word with figures is a number and at most a unit behind it, not one that ran into the next word (`2006Contact`) or into
/// what another encoding made of a blank, nor letters read for figures (`S00`).
fn is_number(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let unit = word.trim_start_matches(|c: char| !c.is_alphabetic());
    !word.contains(|c: char| c.is_ascii_digit())
        || letters.clone().count() <= LONGEST_UNIT
            && letters.into_iter().all(|c| !matches!(c, 'Â' | 'Ã'))
            && !unit.contains(|c: char| c.is_ascii_digit())
}

/// Whether no sentence ends and no column begins inside a name.
fn is_one_name(side: Side<'_>, name: TokenSpan) -> bool {
    const COLUMN: &str = "   ";
    (name.start()..name.end() - 1).all(|at| {
        let (from, to) = (
            side.tokens.bytes(at as usize).end() as usize,
            side.tokens.bytes(at as usize + 1).start() as usize,
        );
        !ends_sentence(side, at) && !side.text[from..to].contains(COLUMN)
    })
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
            ("S00", false),
        ] {
            assert_eq!(is_number(word), expected, "{word}");
        }
    }
}
