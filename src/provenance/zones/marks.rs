//! Quotation marks.
//!
//! One pass over the marks of a text with a stack a paragraph. An opener waits for its own closer; what is still open at
//! the end of the paragraph was a slip and quotes nothing, unless the next paragraph opens with the same mark, as speech
//! of several paragraphs does: then it quotes to the end of the paragraph. So one missing mark costs one paragraph at
//! most. Outermost quotations are zones, those inside them are part of them.

use std::ops::Range;

use crate::model::{Profile, Zone, ZoneKind};
use crate::provenance::zones::block;
use crate::provenance::zones::gloss;
use crate::provenance::zones::page::Page;
use crate::provenance::zones::rules::{Cue, Hit};
use crate::provenance::zones::zone;

/// Openers that wait for their closers at a time; nobody nests so deep, and a text of openers costs no more.
const DEEPEST: usize = 16;

/// Longest quotation between marks that open and close alike, in bytes. One mark too many turns all that follow round; speech
/// of that length is parted into paragraphs.
const MAX_ALIKE: usize = 1_500;

/// Longest quotation whose closing mark is missing, in bytes.
const MAX_UNCLOSED: usize = 600;

/// In print read by a machine, where specks are read as marks: length from which a quotation needs a verb of saying, in bytes,
/// and how near.
const VOUCHED: (usize, usize) = (300, 150);

/// Capitals of a line that is a headline, in such print.
const HEADLINE_LETTERS: usize = 8;

/// Fewest letters for each other mark, and for two runs of them, of print that a machine has read as words.
const LEGIBLE: (usize, usize) = (2, 5);

/// What a mark does by itself, before its surroundings are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// `"`, which opens and closes.
    Straight,
    /// `'`, which is an apostrophe too.
    Single,
    /// Opens, or closes what `„` opened.
    CurlyOpen,
    /// Closes, or opens what itself closes.
    CurlyClose,
    /// `‘`.
    SingleOpen,
    /// `’`, which is an apostrophe too.
    SingleClose,
    LowDouble,
    LowSingle,
    /// `«`, `‹`: opens, or closes what `»` opened.
    Left(char),
    /// `»`, `›`.
    Right(char),
    /// A corner bracket and the one that closes it.
    Corner(char),
    CornerClose(char),
    /// ` `` `.
    Backticks,
    /// `''`.
    Primes,
}

/// Double marks that stand together in print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Commas,
    Guillemets,
    Corners,
}

impl Mark {
    /// The double marks it belongs to; none of single ones, which are like specks and apostrophes.
    fn family(self) -> Option<Family> {
        match self {
            Mark::Straight
            | Mark::CurlyOpen
            | Mark::CurlyClose
            | Mark::LowDouble
            | Mark::Backticks
            | Mark::Primes => Some(Family::Commas),
            Mark::Left('«') | Mark::Right('»') => Some(Family::Guillemets),
            Mark::Corner(_) | Mark::CornerClose(_) => Some(Family::Corners),
            _ => None,
        }
    }
}

/// The marks that most double marks of `text` belong to: a page is set in one kind, the others are misread.
fn family_of(text: &str) -> Family {
    let (mut commas, mut guillemets, mut corners) = (0, 0, 0);
    for c in text.chars() {
        match c {
            '"' | '“' | '”' | '„' => commas += 1,
            '«' | '»' => guillemets += 1,
            '「' | '」' | '『' | '』' => corners += 1,
            _ => {}
        }
    }
    if commas >= guillemets.max(corners) {
        Family::Commas
    } else if guillemets >= corners {
        Family::Guillemets
    } else {
        Family::Corners
    }
}

/// A mark in the text; bytes.
#[derive(Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
    mark: Mark,
}

/// Bytes with which a mark may begin.
static MAY_BEGIN: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\"'`\xe2\xc2\xe3";
    let mut index = 0;
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

/// The mark at byte `at` of `text`, a byte that may begin one, and its length.
fn mark_at(text: &str, at: usize) -> Option<(Mark, usize)> {
    let rest = &text.as_bytes()[at..];
    let ascii = |mark, len| Some((mark, len));
    match rest {
        [b'"', ..] => return ascii(Mark::Straight, 1),
        [b'\'', b'\'', ..] => return ascii(Mark::Primes, 2),
        [b'\'', ..] => return ascii(Mark::Single, 1),
        [b'`', b'`', ..] => return ascii(Mark::Backticks, 2),
        _ => {}
    }
    let c = text[at..].chars().next()?;
    let mark = match c {
        '“' => Mark::CurlyOpen,
        '”' => Mark::CurlyClose,
        '‟' => Mark::CurlyOpen,
        '‘' | '‛' => Mark::SingleOpen,
        '’' => Mark::SingleClose,
        '„' => Mark::LowDouble,
        '‚' => Mark::LowSingle,
        '«' | '‹' => Mark::Left(c),
        '»' | '›' => Mark::Right(c),
        '「' | '『' => Mark::Corner(c),
        '」' | '』' => Mark::CornerClose(c),
        _ => return None,
    };
    Some((mark, c.len_utf8()))
}

/// Something open: by which mark, from where, and the byte after the mark.
#[derive(Clone, Copy)]
struct Open {
    mark: Mark,
    start: usize,
}

/// Quoted bytes and the mark that opens them.
type Quoted = (Range<usize>, Mark);

/// What a paragraph left open, to its end, and the quotations after the opener.
#[derive(Default)]
struct Carried {
    open: Option<Quoted>,
    inside: Vec<Quoted>,
}

impl Carried {
    /// What is quoted after all, now that the next paragraph is known to begin with `first`: all of it if that goes on, else
    /// only what was closed.
    fn settle(&mut self, first: Option<Mark>) -> Vec<Quoted> {
        let goes_on = self.open.take_if(|(_, mark)| first.is_some_and(|first| opens_as(first, *mark)));
        match goes_on {
            Some(open) => vec![open],
            None => std::mem::take(&mut self.inside),
        }
    }
}

/// Whether what opens at `span` and is not closed in its paragraph is a quotation to its end all the same: a colon stands
/// before the mark, and a sentence ends.
fn is_introduced(page: &Page<'_>, span: &Range<usize>) -> bool {
    let words = page.text[span.clone()].trim_end();
    page.text[..span.start].trim_end_matches(' ').ends_with(':')
        && words.ends_with(['.', '!', '?'])
        && words.len() <= MAX_UNCLOSED
}

/// Those that lie in no other one, in order.
fn outermost(mut quoted: Vec<Quoted>) -> Vec<Quoted> {
    quoted.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut reach = 0;
    quoted.retain(|(span, _)| {
        let is_outer = span.start >= reach;
        reach = reach.max(span.end);
        is_outer
    });
    quoted
}

/// Adds quotations and glosses to `zones`, which hold the datelines; gives the quoted bytes in order.
pub(super) fn find(page: &Page<'_>, zones: &mut Vec<Zone>) -> Vec<Range<usize>> {
    let mut quoted: Vec<Quoted> = Vec::new();
    let mut carried = Carried::default();
    let profile = page.profile;
    let family = (profile == Profile::Ocr).then(|| family_of(page.text));
    for (bytes, goes_on) in pieces(page, zones) {
        let mut found = marks(page.text, bytes.clone());
        if let Some(family) = family {
            found.retain(|found| found.mark.family() == Some(family));
        }
        let first = found.first().filter(|first| goes_on && first.start == bytes.start);
        quoted.extend(carried.settle(first.map(|first| first.mark)));
        let mut reader = Reader { page, bytes: bytes.clone(), stack: Vec::new(), quoted: Vec::new() };
        for (index, &it) in found.iter().enumerate() {
            reader.take(it, found.get(index + 1));
        }
        let open = reader.stack.first().map(|open| (open.start..bytes.end, open.mark));
        let open_from = open.as_ref().map_or(bytes.end, |(span, _)| span.start);
        let (inside, before) =
            outermost(reader.quoted).into_iter().partition(|(span, _)| span.start >= open_from);
        carried = Carried { open, inside };
        let before: Vec<Quoted> = before;
        quoted.extend(before);
        if profile == Profile::News && carried.inside.is_empty() {
            let is_whole = |(span, _): &mut Quoted| is_introduced(page, span);
            quoted.extend(carried.open.as_ref().filter(|(span, _)| is_introduced(page, span)).cloned());
            carried.open.take_if(is_whole);
        }
        gloss::find(page, &bytes, zones);
    }
    quoted.extend(carried.settle(None));
    quoted.retain(|(span, mark)| {
        is_sound(&page.text[span.clone()], *mark)
            && (profile == Profile::News || is_vouched(page, span) && is_print(&page.text[span.clone()]))
    });
    quoted.sort_by_key(|(span, _)| span.start);
    for (span, mark) in &quoted {
        let fact = format!("inside {}", name(*mark));
        zones.push(zone(page.text, ZoneKind::Quotation, span.start, span.end, None, fact));
    }
    let mut spans: Vec<Range<usize>> = quoted.into_iter().map(|(span, _)| span).collect();
    if profile == Profile::News {
        spans.extend(block::find(page, &spans, zones));
        spans.sort_by_key(|span| span.start);
    }
    spans
}

/// The paragraphs, cut where a dateline begins: another article does. With each, whether it may go on with what the one before
/// it left open.
fn pieces(page: &Page<'_>, zones: &[Zone]) -> Vec<(Range<usize>, bool)> {
    let datelines = zones.iter().filter(|zone| zone.kind == ZoneKind::Dateline);
    let mut cuts: Vec<usize> = datelines.map(|zone| zone.span.start() as usize).collect();
    cuts.sort_unstable();
    let mut cuts = cuts.into_iter().peekable();
    let mut pieces = Vec::new();
    for paragraph in page.paragraphs() {
        let bytes = page.bytes(&paragraph);
        let (mut start, mut goes_on) = (bytes.start, true);
        while let Some(cut) = cuts.next_if(|cut| *cut < bytes.end) {
            if cut > start {
                pieces.push((start..cut, goes_on));
            }
            (start, goes_on) = (cut.max(start), false);
        }
        pieces.push((start..bytes.end, goes_on));
    }
    pieces
}

/// Whether `words`, marks included, can be somebody's.
fn is_sound(words: &str, mark: Mark) -> bool {
    let opens_alike = matches!(mark, Mark::Straight | Mark::Single | Mark::CurlyClose);
    (!opens_alike || words.len() <= MAX_ALIKE) && words.contains(char::is_alphanumeric)
}

/// Whether `span` is short, or not too long and a verb of saying stands near it.
fn is_vouched(page: &Page<'_>, span: &Range<usize>) -> bool {
    let says = |from: usize, to: usize| {
        page.hits_in(from, to).iter().any(|hit| matches!(hit.cue, Cue::Saying | Cue::According))
    };
    let is_near =
        || says(span.start.saturating_sub(VOUCHED.1), span.start) || says(span.end, span.end + VOUCHED.1);
    span.len() <= VOUCHED.0 || (span.len() <= MAX_ALIKE && is_near())
}

/// Whether `words`, as read by a machine, are legible and no headline stands among them: a mark that was never closed.
fn is_print(words: &str) -> bool {
    let is_headline = |line: &str| {
        let n_letters = line.chars().filter(|c| c.is_uppercase()).count();
        n_letters >= HEADLINE_LETTERS && line.trim().contains(' ') && !line.contains(char::is_lowercase)
    };
    is_legible(words) && !words.lines().skip(1).any(is_headline)
}

/// Whether most of `words`, as read by a machine, are letters, in runs as long as words are.
fn is_legible(words: &str) -> bool {
    let n_letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let n_other = words.chars().filter(|c| !c.is_alphabetic() && !c.is_whitespace()).count();
    let n_runs = words.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty()).count();
    let is_script = words.contains(|c: char| c >= '\u{2e80}');
    n_letters >= LEGIBLE.0 * n_other && (is_script || 2 * n_letters >= LEGIBLE.1 * n_runs)
}

/// The marks among `bytes` of `text`.
fn marks(text: &str, bytes: Range<usize>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut next = bytes.start;
    for (at, _) in
        text.as_bytes()[bytes.clone()].iter().enumerate().filter(|&(_, &byte)| MAY_BEGIN[usize::from(byte)])
    {
        let start = bytes.start + at;
        if start < next {
            continue;
        }
        if let Some((mark, len)) = mark_at(text, start) {
            found.push(Found { start, end: start + len, mark });
            next = start + len;
        }
    }
    found
}

/// The marks of one paragraph.
struct Reader<'p, 'a> {
    page: &'p Page<'a>,
    bytes: Range<usize>,
    stack: Vec<Open>,
    quoted: Vec<(Range<usize>, Mark)>,
}

impl Reader<'_, '_> {
    fn before(&self, at: usize) -> Option<char> {
        self.page.text[self.bytes.start..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.page.text[at..self.bytes.end].chars().next()
    }

    /// Whether something can begin after a character: at the start, after space, an opening bracket, a dash, a mark.
    fn can_open(&self, it: Found) -> bool {
        let starts =
            self.before(it.start).is_none_or(|c| c.is_whitespace() || "([{—–-/“‘„\"'«‹:;=".contains(c));
        starts && self.after(it.end).is_some_and(|c| !c.is_whitespace())
    }

    /// Whether something can end here: no letter follows.
    fn can_close(&self, it: Found) -> bool {
        let ends = self.before(it.start).is_some_and(|c| !c.is_whitespace());
        ends && self.after(it.end).is_none_or(|c| !c.is_alphanumeric())
    }

    fn open(&mut self, it: Found) {
        if self.stack.len() == DEEPEST {
            self.stack.remove(0);
        }
        self.stack.push(Open { mark: it.mark, start: it.start });
    }

    /// Closes what one of `openers` opened last, and forgets what was opened after it; whether there was such.
    fn close(&mut self, it: Found, openers: &[Mark]) -> bool {
        let Some(index) = self.stack.iter().rposition(|open| openers.contains(&open.mark)) else {
            return false;
        };
        let open = self.stack[index];
        self.stack.truncate(index);
        self.quoted.push((open.start..it.end, open.mark));
        true
    }

    /// Closes what `mark` opened, without a closer, at the end of the sentence before `it`, which opens again: so speech goes on
    /// where its paragraphs ran together.
    fn close_before(&mut self, it: Found, mark: Mark) {
        let Some(open) = self.stack.last().copied().filter(|open| open.mark == mark) else { return };
        let end = self.bytes.start + self.page.text[self.bytes.start..it.start].trim_end().len();
        // "…, said X." ends it, too.
        let ends_words = |hit: &&Hit| {
            let (before, after) = (&self.page.text[..hit.start], &self.page.text[hit.end..]);
            hit.cue == Cue::Saying
                && before.trim_end().ends_with(',')
                && after.trim_start().starts_with(char::is_uppercase)
        };
        if let Some(verb) = self.page.hits_in(open.start, end).iter().find(ends_words) {
            let end = open.start + self.page.text[open.start..verb.start].trim_end().len();
            self.stack.pop();
            self.quoted.push((open.start..end, mark));
            return;
        }
        let words = &self.page.text[open.start..end];
        if words.ends_with(['.', '!', '?', '…']) && words.len() <= MAX_UNCLOSED {
            self.stack.pop();
            self.quoted.push((open.start..end, mark));
        }
    }

    fn is_open(&self, mark: Mark) -> bool {
        self.stack.iter().any(|open| open.mark == mark)
    }

    /// Takes in a mark; `next` is the one after it.
    fn take(&mut self, it: Found, next: Option<&Found>) {
        match it.mark {
            Mark::Straight => self.straight(it),
            Mark::Single | Mark::SingleClose => self.single(it, next),
            Mark::CurlyOpen => {
                if !self.close(it, &[Mark::LowDouble]) {
                    self.close_before(it, Mark::CurlyOpen);
                    self.open(it);
                }
            }
            Mark::CurlyClose => {
                let openers = [Mark::CurlyOpen, Mark::LowDouble, Mark::CurlyClose, Mark::Straight];
                let closed = self.close(it, &openers);
                if !closed && self.can_open(it) {
                    self.open(it);
                }
            }
            Mark::SingleOpen => {
                let closed = self.is_open(Mark::LowSingle) && self.close(it, &[Mark::LowSingle]);
                if !closed && !self.is_elision(it) {
                    self.open(it);
                }
            }
            Mark::LowDouble | Mark::LowSingle | Mark::Corner(_) | Mark::Backticks => self.open(it),
            Mark::Left(c) => {
                if !self.close(it, &[Mark::Right(if c == '«' { '»' } else { '›' })]) {
                    self.open(it);
                }
            }
            Mark::Right(c) => {
                if !self.close(it, &[Mark::Left(if c == '»' { '«' } else { '‹' })]) && self.can_open(it) {
                    self.open(it);
                }
            }
            Mark::CornerClose(c) => {
                self.close(it, &[Mark::Corner(if c == '」' { '「' } else { '『' })]);
            }
            Mark::Primes => {
                self.close(it, &[Mark::Backticks]);
            }
        }
    }

    fn straight(&mut self, it: Found) {
        let (opens, closes) = (self.can_open(it), self.can_close(it));
        if closes && !opens && !self.is_open(Mark::Straight) && self.close(it, &[Mark::CurlyOpen]) {
            // Typists and machines mix the two.
        } else if !self.is_open(Mark::Straight) {
            // A mark that can only close is inches, or the end of what began elsewhere.
            let is_apart = self.before(it.start).is_none_or(char::is_whitespace);
            if opens || (is_apart && !closes) {
                self.open(it);
            }
        } else if opens && !closes {
            // Two openers in a row: the first one was never closed.
            self.close_before(it, Mark::Straight);
            self.stack.retain(|open| open.mark != Mark::Straight);
            self.open(it);
        } else {
            self.close(it, &[Mark::Straight]);
        }
    }

    /// A mark that may be an apostrophe.
    fn single(&mut self, it: Found, next: Option<&Found>) {
        let opener = if it.mark == Mark::Single { Mark::Single } else { Mark::SingleOpen };
        if it.mark == Mark::Single && self.can_open(it) && !self.is_elision(it) {
            self.stack.retain(|open| open.mark != Mark::Single);
            self.open(it);
            return;
        }
        let is_low = it.mark == Mark::SingleClose && self.is_open(Mark::LowSingle);
        if !self.can_close(it) || !(self.is_open(opener) || is_low) {
            return;
        }
        // "the dogs' owner said'": an s before it and a closer after it make it a genitive.
        let is_genitive = self.before(it.start) == Some('s')
            && self.after(it.end) == Some(' ')
            && next
                .is_some_and(|next| next.mark == it.mark && !self.can_open(*next) && self.can_close(*next));
        if !is_genitive {
            self.close(it, if is_low { &[Mark::LowSingle] } else { std::slice::from_ref(&opener) });
        }
    }

    /// Whether a single mark stands for letters left out: 'em, '90s.
    fn is_elision(&self, it: Found) -> bool {
        let rest = &self.page.text[it.end..self.bytes.end];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('s');
        }
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        end < 8 && self.page.rules.sets().elisions.contains(&rest[..end].to_lowercase())
    }
}

/// Whether a paragraph that begins with `first` goes on with what `mark` opened: with the same mark, or, as in French,
/// with the closing one.
fn opens_as(first: Mark, mark: Mark) -> bool {
    first == mark || matches!((first, mark), (Mark::Right('»'), Mark::Left('«')))
}

/// The marks as people write them.
fn name(mark: Mark) -> &'static str {
    match mark {
        Mark::Straight => "\"…\"",
        Mark::Single => "'…'",
        Mark::CurlyOpen => "“…”",
        Mark::CurlyClose => "”…”",
        Mark::SingleOpen | Mark::SingleClose => "‘…’",
        Mark::LowDouble => "„…“",
        Mark::LowSingle => "‚…‘",
        Mark::Left('«') => "«…»",
        Mark::Left(_) => "‹…›",
        Mark::Right('»') => "»…«",
        Mark::Right(_) => "›…‹",
        Mark::Corner('『') => "『…』",
        Mark::Corner(_) | Mark::CornerClose(_) => "「…」",
        Mark::Backticks | Mark::Primes => "``…''",
    }
}
