//! Words of dates: months in the languages of the wires, zones, and words without meaning there.

/// Number of the month with this lower-case name or short form, 1 to 12.
pub(super) fn month(name: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|names| names.contains(&name))?;
    i64::try_from(at).ok().map(|at| at + 1)
}

/// Whether a lower-case word of three letters or more can be part of a date: a month, a zone, or one that says nothing.
pub(super) fn is_date_word(word: &str) -> bool {
    month(word).is_some() || IGNORED_WORDS.contains(&word) || ZONES.iter().any(|(zone, _)| *zone == word)
}

/// English, German, French, Spanish, Italian, Portuguese, Russian, Turkish and Azerbaijani. No word stands in two
/// rows (held by a test).
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "jan",
        "januar",
        "janvier",
        "enero",
        "gennaio",
        "janeiro",
        "января",
        "январь",
        "ocak",
        "yanvar",
    ],
    &[
        "february",
        "feb",
        "februar",
        "février",
        "febrero",
        "febbraio",
        "fevereiro",
        "февраля",
        "февраль",
        "şubat",
        "fevral",
    ],
    &["march", "mar", "märz", "mars", "marzo", "março", "марта", "март", "mart"],
    &["april", "apr", "avril", "abril", "aprile", "апреля", "апрель", "nisan", "aprel"],
    &["may", "mai", "mayo", "maggio", "maio", "мая", "май", "mayıs"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "junho", "июня", "июнь", "haziran", "iyun"],
    &["july", "jul", "juli", "juillet", "julio", "luglio", "julho", "июля", "июль", "temmuz", "iyul"],
    &["august", "aug", "août", "agosto", "августа", "август", "ağustos", "avqust"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "settembre",
        "setembro",
        "сентября",
        "сентябрь",
        "eylül",
        "sentyabr",
    ],
    &[
        "october",
        "oct",
        "oktober",
        "octobre",
        "octubre",
        "ottobre",
        "outubro",
        "октября",
        "октябрь",
        "ekim",
        "oktyabr",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro", "ноября", "ноябрь", "kasım", "noyabr"],
    &[
        "december",
        "dec",
        "dezember",
        "décembre",
        "diciembre",
        "dicembre",
        "dezembro",
        "декабря",
        "декабрь",
        "aralık",
        "dekabr",
    ],
];

/// Words that may stand in a date and say nothing.
pub(super) const IGNORED_WORDS: &[&str] = &[
    "of",
    "the",
    "at",
    "on",
    "de",
    "del",
    "um",
    "uhr",
    "г",
    "года",
    "st",
    "nd",
    "rd",
    "th",
    "local",
    "time",
    "hrs",
    // Zones that mean several.
    "ist",
    "bst",
    "ast",
    "et",
    "ct",
    "mt",
    "pt",
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
];

/// Zones by lower-case name, in hours east of Greenwich: those of RFC 2822 and the unmistakable ones of Europe.
/// Others (IST, BST, AST) mean several and leave the zone unknown.
pub(super) const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("cet", 1),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("msk", 3),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_month_name_means_two_months() {
        let mut names: Vec<&str> = MONTHS.concat();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert_eq!(
            (month("март"), month("iyun"), month("dec"), month("monday")),
            (Some(3), Some(6), Some(12), None)
        );
    }
}
