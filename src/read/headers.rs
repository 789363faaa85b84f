//! What the first lines of an article say about it: front matter, `Key: value` blocks, bylines, datelines.
//!
//! Only clear forms are read, and nothing is removed from the text: offsets point into all of it. An update is
//! never the publication. A dateline without a year takes the year of the file's path, if that names one.

use memchr::memchr_iter;
use serde_json::Value;

use crate::model::{Precision, Published, PublishedFrom};
use crate::read::date;
use crate::read::date_words::{is_date_word, month};
use crate::read::fields::{FieldNames, Fields, Metadata, Role};

/// How much of a text is looked at, in bytes and in lines that are not empty.
const HEAD_BYTES: usize = 8 * 1024;
const HEAD_LINES: usize = 15;

/// How much of a line is looked at, in bytes.
const SHORT_BYTES: usize = 160;

/// How many lines may be a date and nothing else: under a headline and a byline, but not far down.
const DATE_LINES: usize = 6;

/// Bytes from which a line is text of the article, below which a date is that of a letter or a schedule: decks are shorter.
const TEXT_BYTES: usize = 300;

/// Metadata of a header block, and (counting for less) of the lines under it.
pub(super) struct Headers {
    pub(super) block: Metadata,
    pub(super) lines: Metadata,
    /// When a byline or a line of its own says that the text was published; a dateline says when it was written.
    pub(super) printed: Option<Published>,
    /// Day and month of a dateline whose year nobody tells.
    pub(super) day_without_year: Option<String>,
}

/// Reads the first lines of `text`; `year` is what is known of the year of publication.
pub(super) fn read_off(text: &str, names: &FieldNames, year: Option<i64>) -> Headers {
    let head = start_of(text, HEAD_BYTES);
    let (fields, body) =
        front_matter(head).or_else(|| key_block(head, names)).unwrap_or((Fields::new(), head));
    let mut block = names.metadata(fields);
    // A plain file is named by its path.
    if let Some(id) = block.id.take() {
        block.rest.insert("id".into(), id);
    }
    let year = block.published.and_then(date::year_of).or(year);
    let mut headers = Headers { block, lines: Metadata::default(), printed: None, day_without_year: None };
    let (mut date_lines, mut after_update) = (Vec::new(), false);
    let (mut n_before, mut in_text) = (0, false);
    for (at, line) in lines(body).take(HEAD_LINES).enumerate() {
        let is_update = tells_of_update(line);
        // A sentence goes on that was broken at a date.
        if date_lines.len() > n_before && line.starts_with(char::is_lowercase) {
            date_lines.pop();
        }
        n_before = date_lines.len();
        in_text |= line.len() >= TEXT_BYTES;
        // A line that tells something has a date in it or names an author.
        if !is_update && (has_digit(start_of(line, SHORT_BYTES)) || line.starts_with('B')) {
            if at < DATE_LINES && !after_update && !in_text {
                date_lines.extend(date_line(line, year));
            }
            headers.read_line(line, at == 0, year);
        }
        after_update = is_update;
    }
    // Several dates make an archive page or a chronicle, not an article.
    if let [only] = date_lines[..] {
        headers.lines.published.get_or_insert(only);
        headers.printed.get_or_insert(only);
    }
    headers.block = headers.block.dated_by(PublishedFrom::Header);
    headers.lines = headers.lines.dated_by(PublishedFrom::Dateline);
    headers
}

/// The lines of a text that are not empty, without the blanks around them.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let line = move |end| text[std::mem::replace(&mut start, end)..end].trim();
    ends.map(line).filter(|line| !line.is_empty())
}

/// At most `bytes` bytes, whole characters.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// YAML-like lines between two `---`; nested values are passed over.
fn front_matter(head: &str) -> Option<(Fields, &str)> {
    let rest = head.strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    let mut fields = Fields::new();
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return Some((fields, &rest[at..]));
        }
        if let Some((key, value)) = line.split_once(':')
            && !line.starts_with([' ', '\t', '-', '#'])
        {
            let value = value.trim();
            let bare = [('"', '"'), ('\'', '\'')]
                .iter()
                .find_map(|&(open, close)| value.strip_prefix(open)?.strip_suffix(close));
            fields.insert(key.trim().to_owned(), Value::String(bare.unwrap_or(value).to_owned()));
        }
    }
    None
}

/// Lines `Key: value` at the very top, of which at least one key is known.
fn key_block<'a>(head: &'a str, names: &FieldNames) -> Option<(Fields, &'a str)> {
    let known = [Role::Source, Role::Date, Role::Title, Role::Url, Role::Language];
    let mut fields = Fields::new();
    let mut is_header = false;
    let body = head.trim_start();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let Some((key, value)) = key_and_value(line) else { break };
        at += line.len();
        is_header |= known.iter().any(|&role| names.names(role, key));
        let column = key.to_lowercase().replace([' ', '-'], "_");
        fields.entry(column).or_insert_with(|| Value::String(value.to_owned()));
    }
    is_header.then(|| (fields, &body[at..]))
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().split_once(':')?;
    let value = value.trim();
    let is_key = key.len() <= 30
        && key.starts_with(char::is_alphabetic)
        && key.split_whitespace().count() <= 3
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    (is_key && !value.is_empty() && !value.starts_with("//")).then_some((key, value))
}

/// How lines begin that tell of an update.
const UPDATES: [&str; 7] =
    ["last update", "updated", "update:", "last modified", "modified", "last edited", "last revised"];

fn tells_of_update(line: &str) -> bool {
    line.starts_with(['l', 'L', 'u', 'U', 'm', 'M'])
        && UPDATES.iter().any(|start| after_start(line, start).is_some())
}

/// What follows `start`, of small ASCII letters without k, at the beginning of a line in any case. No letter beyond
/// ASCII becomes another of these when it is made small, so bytes decide.
fn after_start<'t>(line: &'t str, start: &str) -> Option<&'t str> {
    let (head, rest) = line.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// Whether a line may tell a date: no form of one goes without a digit.
fn has_digit(line: &str) -> bool {
    // All bytes, since a loop that may end early takes them one at a time.
    line.bytes().fold(false, |found, byte| found | byte.is_ascii_digit())
}

/// How lines begin whose date is the publication.
const PUBLICATIONS: [&str; 6] =
    ["first published", "published", "posted", "publication date", "released", "date"];

impl Headers {
    fn read_line(&mut self, line: &str, is_first: bool, year: Option<i64>) {
        let short = start_of(line, SHORT_BYTES);

        if is_first && let Some(published) = after_the_word_date(short) {
            self.block.published.get_or_insert(published);
            return;
        }
        if line.len() == short.len()
            && let Some((author, published)) = byline(line)
        {
            self.lines.rest.entry("author".into()).or_insert(author);
            self.lines.published = self.lines.published.or(published);
            self.printed = self.printed.or(published);
            return;
        }
        if self.lines.published.is_none()
            && let Some(Dateline { month, day, year: own }) = dateline(short)
        {
            self.lines.published = own.or(year).and_then(|year| date::calendar_day(year, month, day));
            if self.lines.published.is_none() && self.day_without_year.is_none() {
                self.day_without_year = Some(format!("{month:02}-{day:02}"));
            }
        }
    }
}

/// ` date 2023-09-19 BAKU – …`: the longest date after the word.
fn after_the_word_date(line: &str) -> Option<Published> {
    let (word, rest) = line.split_once(char::is_whitespace)?;
    if !word.trim_end_matches(':').eq_ignore_ascii_case("date") {
        return None;
    }
    let words: Vec<&str> = rest.split_whitespace().take(6).collect();
    (1..=words.len()).rev().find_map(|len| date::parse(&words[..len].join(" ")).ok())
}

/// `By Gunay Hajiyeva September 20, 2023`, or a name alone.
fn byline(line: &str) -> Option<(String, Option<Published>)> {
    if !line.starts_with("By") && !line.starts_with("BY") {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let (&first, rest) = words.split_first()?;
    if first != "By" && first != "BY" || !(2..=16).contains(&rest.len()) {
        return None;
    }
    let dated = (1..rest.len()).find_map(|at| Some((at, whole_date(&rest[at..].join(" "))?)));
    let name = rest[..dated.map_or(rest.len(), |(at, _)| at)].join(" ");
    let name = name.trim_end_matches([',', '|', '-', '–', '—', '·', ' ']);
    let is_name = !name.is_empty()
        && name.split_whitespace().count() <= 5
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || word == "and")
        && !name.ends_with(['.', ',', ':']);
    is_name.then(|| (name.to_owned(), dated.map(|(_, published)| published)))
}

/// A line that is a date and nothing else, but for a word such as "Published"; `May 30 at 2:44 PM` is of `year`, if that is known.
fn date_line(line: &str, year: Option<i64>) -> Option<Published> {
    let line = start_of(line, SHORT_BYTES);
    let rest = PUBLICATIONS.iter().find_map(|start| after_start(line, start)).unwrap_or(line);
    let rest = rest.trim_start_matches([':', ' ']);
    // The end of a sentence: `due\nApril 15, 2007.`
    let ends_sentence =
        rest.strip_suffix('.').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    if ends_sentence {
        return None;
    }
    let lower = if rest.is_ascii() { rest } else { &rest.to_lowercase() };
    whole_date(lower).or_else(|| {
        let has_clock = lower.contains(':') && lower.len() <= 40;
        whole_date(&format!("{lower} {}", year.filter(|_| has_clock)?))
    })
}

/// A date of at least a day's precision; a bare number is none.
fn whole_date(text: &str) -> Option<Published> {
    if text.len() > 60 || !starts_like_date(text) || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    date::parse(text).ok().filter(|published| published.precision >= Precision::Day)
}

/// Whether all words of three letters and more before the first digit are those that dates are made of; beyond ASCII,
/// they may be. Most prose is no date from its first word on.
fn starts_like_date(text: &str) -> bool {
    if !text.is_ascii() {
        return true;
    }
    let head = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    let words = head.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= 3);
    words.map(str::to_ascii_lowercase).all(|word| is_date_word(&word))
}

struct Dateline {
    month: i64,
    day: i64,
    year: Option<i64>,
}

/// `BAKU, Azerbaijan, September 21.`, `WASHINGTON, March 2, 2026 (Reuters) -`, `LONDON, 2 March 2026 —`.
fn dateline(line: &str) -> Option<Dateline> {
    if !has_day_beside_name(line) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().take(12).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let at = words.iter().take(8).position(|word| {
        word.starts_with(char::is_uppercase) && month(&bare(word)).is_some_and(|_| !word.ends_with(':'))
    })?;
    let month = month(&bare(words[at]))?;
    let day_after = words.get(at + 1).and_then(|word| small_number(word));
    let day_before = at.checked_sub(1).and_then(|before| small_number(words[before]));
    let (place, (day, mut tail), mut next) = match (day_after, day_before) {
        (Some(after), _) => (&words[..at], after, at + 2),
        (None, Some((day, ""))) => (&words[..at - 1], (day, after_letters(words[at])), at + 1),
        _ => return None,
    };
    let mut year = None;
    if let Some(word) = words.get(next)
        && let Some((digits, rest)) = word.split_at_checked(4)
        && let Ok(value @ 1900..=2100) = digits.parse::<i64>()
        && matches!(tail, "" | ",")
        && !rest.starts_with(char::is_alphanumeric)
    {
        (year, tail, next) = (Some(value), rest, next + 1);
    }
    let follows = words.get(next).copied().unwrap_or("");
    let is_closed = tail.starts_with(['.', ',', ':', ')', '—', '–'])
        || follows.starts_with(['(', '—', '–', '-', '/', '|']);
    let is_agency = follows.starts_with(['(', '—', '–', '-'])
        || follows.chars().filter(|c| c.is_uppercase()).count() >= 3 && !follows.contains(char::is_lowercase);
    let fits =
        is_closed && is_city(place) && is_place(place) || is_agency && (is_city(place) || is_place(place));
    date::calendar_day(year.unwrap_or(2000), month, day)?;
    fits.then_some(Dateline { month, day, year })
}

/// Whether a word that begins with a digit stands beside one with a capital, as day and month do, among those that
/// [`dateline`] looks at.
fn has_day_beside_name(line: &str) -> bool {
    let (mut is_number, mut is_name) = (false, false);
    line.split_whitespace().take(9).any(|word| {
        let (was_number, was_name) = (is_number, is_name);
        is_number = word.starts_with(|c: char| c.is_ascii_digit());
        is_name = word.starts_with(char::is_uppercase);
        was_number && is_name || was_name && is_number
    })
}

/// A number of one or two digits, and what follows them.
fn small_number(word: &str) -> Option<(i64, &str)> {
    let len = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, tail) = word.split_at(len);
    ((1..=2).contains(&len) && !tail.starts_with(char::is_alphanumeric))
        .then(|| digits.parse().ok())
        .flatten()
        .map(|number| (number, tail))
}

fn after_letters(word: &str) -> &str {
    word.trim_start_matches(char::is_alphabetic)
}

/// Names with capitals, closed by a comma.
fn is_place(words: &[&str]) -> bool {
    const NO_PLACE: [&str; 10] = ["In", "On", "At", "By", "From", "Since", "Until", "The", "After", "Before"];
    !words.is_empty()
        && words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '('))
        && words.last().is_some_and(|word| word.ends_with(','))
        && !NO_PLACE.contains(&words[0])
}

/// Words in capitals throughout; of names closed by a comma, the first is enough.
fn is_city(words: &[&str]) -> bool {
    let capitals = |word: &&str| {
        !word.contains(char::is_lowercase) && word.chars().filter(|letter| letter.is_uppercase()).count() >= 2
    };
    words.first().is_some_and(capitals) && (is_place(words) || words.iter().all(capitals))
}

/// The one year a path names, standing alone or in a packed date (`20260302`).
pub(super) fn year_in_path(path: &str) -> Option<i64> {
    let mut years = path.split(|c: char| !c.is_alphanumeric()).filter_map(|part| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        let year = part.get(..4).filter(|_| digits && matches!(part.len(), 4 | 8))?.parse().ok()?;
        let is_date = part.len() == 4 || date::parse(part).is_ok();
        (is_date && (1900..=2100).contains(&year)).then_some(year)
    });
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

#[cfg(test)]
#[path = "headers_tests.rs"]
mod tests;
