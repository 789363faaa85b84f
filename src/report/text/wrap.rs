//! Wraps plain text at blanks, by display width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// `text` in lines of at most `width` columns; lines after the first begin with `indent`. A word that is wider than
/// a line is cut between graphemes.
pub(super) fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    let room = width.saturating_sub(indent.width()).max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for part in parts(word, room) {
            let limit = if lines.is_empty() { width } else { room };
            if !line.is_empty() && line.width() + 1 + part.width() > limit {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&part);
        }
    }
    lines.push(line);
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| if index == 0 { line } else { format!("{indent}{line}") })
        .collect()
}

/// `word` in parts of at most `room` columns; one part unless it is wider.
pub(super) fn parts(word: &str, room: usize) -> Vec<String> {
    if word.width() <= room {
        return vec![word.to_owned()];
    }
    let mut parts = vec![String::new()];
    for grapheme in word.graphemes(true) {
        let last = parts.last_mut().expect("there is a first part");
        if !last.is_empty() && last.width() + grapheme.width() > room {
            parts.push(grapheme.to_owned());
        } else {
            last.push_str(grapheme);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_blanks_and_cuts_only_what_is_too_wide() {
        let cases: [(&str, usize, &[&str]); 6] = [
            ("", 5, &[""]),
            ("one two", 7, &["one two"]),
            ("one two", 6, &["one", " two"]),
            ("abcdefghij", 4, &["abc", " def", " ghi", " j"]),
            ("停火协议", 5, &["停火", " 协议"]),
            ("a  b", 9, &["a b"]),
        ];
        for (text, width, expected) in cases {
            assert_eq!(wrapped(text, width, " "), expected, "{text:?}");
        }
    }
}
