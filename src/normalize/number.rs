//! One spelling for numbers: `1,000`, `1'000` and `1000` are the same, `1.5` and `15` are not.

/// Rewrites every number in a folded word: thousands lose their separators, a decimal comma becomes a point.
///
/// A single point before three digits (`1.000`) is left alone: it is a thousand in one language and one in another.
pub(crate) fn unify(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(from) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..from]);
        let tail = &rest[from..];
        let reach = tail.find(|c: char| !c.is_ascii_digit() && !is_separator(c)).unwrap_or(tail.len());
        let number = tail[..reach].trim_end_matches(is_separator);
        push_number(number, &mut out);
        rest = &tail[number.len()..];
    }
    out.push_str(rest);
    out
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '\'')
}

fn push_number(number: &str, out: &mut String) {
    let groups: Vec<&str> = number.split(is_separator).collect();
    let separators: Vec<char> = number.chars().filter(|&c| is_separator(c)).collect();
    let Some((&last, earlier)) = separators.split_last() else {
        return out.push_str(number);
    };
    if separators.iter().all(|&c| c == last) && are_thousands(&groups) && (last != '.' || groups.len() > 2) {
        return out.extend(groups);
    }
    let (fraction, whole) = (groups[groups.len() - 1], &groups[..groups.len() - 1]);
    let decimal = match earlier.split_first() {
        None => last == ',',
        Some((first, others)) => {
            matches!(last, '.' | ',')
                && last != *first
                && others.iter().all(|c| c == first)
                && are_thousands(whole)
        }
    };
    if decimal {
        out.extend(whole.iter().copied());
        out.push('.');
        out.push_str(fraction);
    } else {
        out.push_str(number);
    }
}

/// `1`, `000`, `000`: one to three digits without a leading zero, then threes.
fn are_thousands(groups: &[&str]) -> bool {
    groups.split_first().is_some_and(|(first, others)| {
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && others.iter().all(|group| group.len() == 3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unifies_what_is_unambiguous_and_nothing_else() {
        let cases = [
            ("1000", "1000"),
            ("1,000", "1000"),
            ("1,000,000", "1000000"),
            ("1'000", "1000"),
            ("1'000'000", "1000000"),
            ("1,000.5", "1000.5"),
            ("1.000,5", "1000.5"),
            ("1.000.000", "1000000"),
            ("1.000.000,25", "1000000.25"),
            ("1.000", "1.000"),
            ("1.5", "1.5"),
            ("1,5", "1.5"),
            ("0,125", "0.125"),
            ("12,34,567", "12,34,567"),
            ("1,2,3", "1,2,3"),
            ("19.09.2023", "19.09.2023"),
            ("192.168.0.1", "192.168.0.1"),
            ("3.5bn", "3.5bn"),
            ("1,000th", "1000th"),
            ("13:00", "13:00"),
            ("a1,000", "a1000"),
            ("", ""),
            ("no", "no"),
        ];
        for (given, expected) in cases {
            assert_eq!(unify(given), expected, "{given}");
        }
    }
}
