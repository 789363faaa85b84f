//! Where sentences and paragraphs end, by punctuation and line breaks alone.

use crate::normalize::fold::is_acronym;

/// What lies between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boundary {
    /// They belong to one sentence.
    Inside,
    /// A sentence, heading or list item ends.
    Sentence,
    /// A blank line.
    Paragraph,
}

/// Words that a full stop follows without ending a sentence, in lower case and order.
const ABBREVIATIONS: [&str; 78] = [
    "abs", "adm", "al", "apr", "art", "aug", "ave", "bd", "brig", "bros", "bzw", "ca", "capt", "cf", "cmdr",
    "co", "col", "corp", "cpl", "dec", "dept", "dr", "ed", "est", "etc", "feb", "fig", "fr", "ft", "gen",
    "gov", "hon", "inc", "jan", "jr", "jul", "jun", "lt", "ltd", "maj", "mar", "messrs", "mfg", "mgr", "mio",
    "mlle", "mm", "mme", "mrd", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "nr", "oct", "op", "p", "pp",
    "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt", "sr", "st", "vol",
    "vs", "г", "см",
];

/// Decides about the gap between the token `before`, which follows `context`, and the text `after` it.
pub(crate) fn boundary(context: &str, before: &str, gap: &str, after: &str) -> Boundary {
    if is_stop_and_blanks(gap.as_bytes()) {
        let goes_on = after.starts_with(char::is_lowercase) || is_abbreviation(context, before);
        return if goes_on { Boundary::Inside } else { Boundary::Sentence };
    }
    let is_line_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let Some(line_start) = gap.as_bytes().iter().rposition(is_line_end) else {
        return if is_terminated(context, before, gap, after) {
            Boundary::Sentence
        } else {
            Boundary::Inside
        };
    };
    if has_blank_line(gap) {
        return Boundary::Paragraph;
    }
    let opens_item = is_list_number(after) || is_bullet(&gap[line_start + 1..], after);
    let line_end = gap.as_bytes().iter().position(is_line_end).map_or(gap, |at| &gap[..at]).trim_end();
    if opens_item || line_end.ends_with([';', ':']) || is_terminated(context, before, gap, after) {
        Boundary::Sentence
    } else {
        Boundary::Inside
    }
}

/// The commonest end of a sentence: a full stop and spaces.
fn is_stop_and_blanks(gap: &[u8]) -> bool {
    matches!(gap, [b'.', b' ', rest @ ..] if rest.iter().all(|&byte| byte == b' '))
}

/// Two line breaks with nothing but blanks between them.
fn has_blank_line(gap: &str) -> bool {
    let mut open = false;
    let mut previous = ' ';
    for c in gap.chars() {
        match c {
            '\n' if previous == '\r' => (),
            '\n' | '\r' if open => return true,
            '\n' | '\r' => open = true,
            '\u{2029}' => return true,
            _ if c.is_whitespace() || c == '\u{feff}' => (),
            _ => open = false,
        }
        previous = c;
    }
    false
}

/// `1. The`, `12) The` at the start of a line.
fn is_list_number(after: &str) -> bool {
    let digits = after.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits)
        && after[digits..]
            .strip_prefix(['.', ')'])
            .is_some_and(|rest| rest.starts_with([' ', '\t', '\u{a0}']))
}

/// A bullet and a blank before `after`; dashes count only before what may start a sentence.
fn is_bullet(line: &str, after: &str) -> bool {
    let mut chars = line.trim_start().chars();
    let (bullet, next) = (chars.next(), chars.next());
    match bullet {
        Some('•' | '*' | '·' | '▪' | '◦' | '●' | '○' | '■' | '‣') => true,
        Some('-' | '–' | '—') => next == Some(' ') && !after.starts_with(char::is_lowercase),
        _ => false,
    }
}

/// A full stop or its like, then closing marks, white space, and what may start a sentence.
fn is_terminated(context: &str, before: &str, gap: &str, after: &str) -> bool {
    let Some(at) = gap.find(is_terminator) else {
        return false;
    };
    let rest = gap[at..].trim_start_matches(|c| is_terminator(c) || is_closing(c));
    if gap[at..].starts_with(['。', '！', '？']) {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) || after.starts_with(char::is_lowercase) {
        return false;
    }
    !(gap.starts_with('.') && !gap[1..].starts_with('.') && is_abbreviation(context, before))
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥' | '።' | '։')
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | ')'
            | ']'
            | '}'
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | '‘'
            | '」'
            | '』'
            | '）'
            | '*'
            | '_'
    )
}

/// Single letters, acronyms, listed abbreviations, and numbers that open a line.
fn is_abbreviation(context: &str, before: &str) -> bool {
    if before.chars().nth(1).is_none() && before.starts_with(char::is_uppercase) || is_acronym(before) {
        return true;
    }
    if before.starts_with(|c: char| c.is_ascii_digit()) {
        let opens_line = context.trim_end_matches([' ', '\t']);
        return before.len() <= 3 && (opens_line.is_empty() || opens_line.ends_with(['\n', '\r']));
    }
    match before.len() {
        0..=8 if before.is_ascii() => is_listed(before.as_bytes()),
        0..=8 => ABBREVIATIONS.contains(&before.to_lowercase().as_str()),
        _ => false,
    }
}

/// Whether ASCII letters are one of the [`ABBREVIATIONS`], in any case.
fn is_listed(word: &[u8]) -> bool {
    const LISTED: [u64; ABBREVIATIONS.len()] = {
        let mut listed = [0; ABBREVIATIONS.len()];
        let mut at = 0;
        while at < listed.len() {
            listed[at] = number(ABBREVIATIONS[at].as_bytes());
            at += 1;
        }
        listed
    };
    let mut lower = [0; 8];
    lower[..word.len()].copy_from_slice(word);
    lower.make_ascii_lowercase();
    let wanted = u64::from_le_bytes(lower);
    // All of them, since a loop that may end early compares one at a time.
    LISTED.iter().fold(false, |found, &listed| found | (listed == wanted))
}

/// A word of at most eight bytes, none of them zero, as a number.
const fn number(word: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let mut at = 0;
    while at < word.len() {
        bytes[at] = word[at];
        at += 1;
    }
    u64::from_le_bytes(bytes)
}
