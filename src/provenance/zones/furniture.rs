//! Lines that belong to an article without being its text: headline, dateline, byline, credit, caption, contact.
//!
//! Each short line of the head and the tail is asked what it is, in the order of how sure the signs are; the first answer
//! stands. Datelines and captions are looked for at every line, for a page may hold several articles and pictures.

use std::ops::Range;

use crate::model::{Zone, ZoneKind};
use crate::provenance::zones::aliases::is_short;
use crate::provenance::zones::author;
use crate::provenance::zones::byline;
use crate::provenance::zones::dateline;
use crate::provenance::zones::headline;
use crate::provenance::zones::page::{Line, Page};
use crate::provenance::zones::pictures::{CAPTION, photo_credit};
use crate::provenance::zones::rules::{Cue, Hit};
use crate::provenance::zones::{floor, shown, wire, zone};

/// Longest line that is a mark of its own, in bytes.
pub(super) const SHORT: usize = 160;

/// Longest line that says "contributed to this report" or whose the copyright is, in bytes.
const NOTE: usize = 400;

/// Words before "file photo" or the like at the beginning of a caption.
const FILE_WORDS: usize = 8;

/// Bytes between a sign of copyright and the name of its owner.
const OWNER: usize = 40;

/// Bytes other than space before the words that make a text a press release, at most. In 17,479 releases of senators, whose
/// pages begin with menus, 99.9 % of them stand within 330; of the space between, [`MOST_SPACE`] bytes are gone through.
const RELEASE_HEAD: usize = 400;

/// See [`RELEASE_HEAD`].
const MOST_SPACE: usize = 6_000;

/// Bytes between a line of credit and the first dateline of a page, from which it is the nameplate's and credits nothing.
const NAMEPLATE: u32 = 200;

/// Longest block of contacts, in bytes.
const CONTACT: usize = 3_000;

/// What a line turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Text, or not known.
    Other,
    /// Begins with a dateline.
    Dateline,
    /// Has a role that ends the headline.
    Taken,
    /// Whom to ask, or that this is a press release.
    Contact,
    /// Under a picture.
    Caption,
    /// A credit of a picture alone.
    PhotoCredit,
    /// Navigation of a page.
    Furniture,
    /// A date or time alone.
    Date,
}

/// Adds the zones of whole lines to `zones`.
pub(super) fn find(page: &Page<'_>, zones: &mut Vec<Zone>) {
    let mut reader = Reader {
        page,
        zones,
        roles: Vec::with_capacity(page.lines.len()),
        contact_until: 0,
        has_dateline: false,
        alone: Vec::new(),
    };
    for index in 0..page.lines.len() {
        let role = reader.role(index);
        reader.roles.push(role);
    }
    reader.captions_beside_credits();
    author::find(page, &mut reader.roles, reader.zones);
    headline::find(page, &reader.roles, reader.zones);
    reader.nameplate();
}

struct Reader<'p, 'a, 'z> {
    page: &'p Page<'a>,
    zones: &'z mut Vec<Zone>,
    roles: Vec<Role>,
    contact_until: usize,
    has_dateline: bool,
    /// Places of the credits in lines of their own among the zones.
    alone: Vec<usize>,
}

impl Reader<'_, '_, '_> {
    fn add(&mut self, kind: ZoneKind, span: Range<usize>, name: Option<&str>, fact: String) {
        self.zones.push(zone(self.page.text, kind, span.start, span.end, name, fact));
    }

    /// What line `index` is; its zones are added.
    fn role(&mut self, index: usize) -> Role {
        let line = self.page.lines[index];
        if line.start < self.contact_until {
            return Role::Contact;
        }
        if self.dateline(index) {
            return Role::Dateline;
        }
        let is_edge = self.page.is_head(index) || self.page.is_tail(index);
        let hits = self.page.hits_in(line.start, line.end);
        let is_short = line.end - line.start <= SHORT;
        if self.contact(index, hits) {
            return Role::Contact;
        }
        if is_edge && self.note(index, hits) {
            return Role::Taken;
        }
        if let Some((cue, span)) = wire::credit(self.page, index, hits) {
            let fact = format!("above its item: {}", shown(&self.page.text[span.clone()]));
            self.add(ZoneKind::Credit, span, self.page.rules.name(cue), fact);
            return Role::Taken;
        }
        // A caption stands before the credit of an agency alone: "Name / Reuters" names both.
        if is_edge && is_short && self.credit_alone(index, hits) {
            return Role::Taken;
        }
        if let Some(role) = self.caption(line, hits) {
            return role;
        }
        if !is_short || !self.page.is_head(index) {
            return Role::Other;
        }
        if self.byline(index, hits) {
            return Role::Taken;
        }
        // What follows stands on a line of its own, not inside a wrapped paragraph.
        if !line.begins || self.page.lines.get(index + 1).is_some_and(|next| !next.begins) {
            return Role::Other;
        }
        let text = self.page.line(line);
        if text
            .split([',', '|'])
            .all(|part| dateline::is_date(self.page, part) || headline::is_stamp(self.page, part))
        {
            return Role::Date;
        }
        if headline::is_furniture(self.page, text) { Role::Furniture } else { Role::Other }
    }

    fn dateline(&mut self, index: usize) -> bool {
        let line = self.page.lines[index];
        let may_gap = !self.has_dateline && self.page.is_head(index);
        let gap = || dateline::read_gap(self.page, index).filter(|_| may_gap);
        let Some(found) = dateline::read(self.page, line).or_else(gap) else { return false };
        if self.begins_caption(self.page.line(line)).is_some() {
            return false;
        }
        let is_vouched = found.service.is_some() || found.is_dated;
        if !is_vouched && (self.has_dateline || !self.page.is_head(index)) {
            return false;
        }
        self.has_dateline = true;
        let words = shown(&self.page.text[found.span.clone()]);
        self.add(
            ZoneKind::Dateline,
            found.span.clone(),
            found.place,
            format!("place and date before the text: {words}"),
        );
        if let Some((cue, span)) = found.service {
            let name = self.page.rules.name(cue);
            match cue {
                Cue::Agency(_) => self.add(ZoneKind::Credit, span, name, format!("in the dateline: {words}")),
                Cue::Distributor(_) => {
                    self.add(ZoneKind::Release, span, name, format!("in the dateline: {words}"))
                }
                _ => {}
            }
        }
        true
    }

    /// Whom to ask, and what says that this is a press release.
    fn contact(&mut self, index: usize, hits: &[Hit]) -> bool {
        let page = self.page;
        let line = page.lines[index];
        let text = page.line(line);
        let first =
            hits.first().filter(|hit| page.text[line.start..hit.start].chars().all(|c| !c.is_alphanumeric()));
        if let Some(hit) = hits.iter().find(|hit| hit.cue == Cue::Release && is_release(page, index, hit)) {
            let fact = format!("says so: {}", shown(&page.text[hit.start..hit.end]));
            self.add(ZoneKind::Release, hit.start..hit.end, None, fact);
            return hit.end - line.start + 40 > text.len();
        }
        let is_end_mark = text.len() <= 12 && text.chars().filter(|c| *c == '#').count() >= 2;
        let is_heading =
            first.is_some_and(|hit| hit.cue == Cue::Contact && is_heading(text, hit.end - line.start));
        let ends = is_end_mark && index + 1 < page.lines.len() && page.is_tail(index);
        if !is_heading && !ends {
            return false;
        }
        // The block ends with its paragraph; in the tail, with the text.
        // Above the text nothing but its paragraph is.
        let is_end = page.is_tail(index) && (ends || self.has_text_before(index));
        let goes_on = |next: &&Line| next.start < line.start + CONTACT && (is_end || !next.begins);
        let last = page.lines[index + 1..].iter().take_while(goes_on).last().unwrap_or(&line);
        let end = last.end.min(floor(page.text, line.start + CONTACT)).max(line.end);
        self.contact_until = end;
        let fact = match is_end_mark {
            true => "what follows the end mark".to_owned(),
            false => format!("a block headed {}", shown(text)),
        };
        self.add(ZoneKind::Contact, line.start..end, None, fact);
        true
    }

    /// Whether running text stands before line `index`.
    fn has_text_before(&self, index: usize) -> bool {
        let is_text = |before: usize| match self.roles[before] {
            Role::Dateline => true,
            Role::Other => headline::is_running(self.page.line(self.page.lines[before])),
            _ => false,
        };
        (0..index).any(is_text) || self.page.lines[index].start > CONTACT
    }

    /// Copyright, sign-offs and "contributed to this report".
    fn note(&mut self, index: usize, hits: &[Hit]) -> bool {
        let line = self.page.lines[index];
        let text = self.page.line(line);
        if text.len() > NOTE {
            return false;
        }
        let page = self.page;
        let opens = |hit: &Hit| page.text[line.start..hit.start].chars().all(|c| !c.is_alphanumeric());
        if let Some(hit) = hits.first().filter(|hit| matches!(hit.cue, Cue::Signoff(_)) && opens(hit)) {
            let fact = format!("signed off: {}", shown(text));
            self.add(ZoneKind::Credit, line.start..line.end, page.rules.name(hit.cue), fact);
            return true;
        }
        let Some(agency) = hits.iter().find(|hit| matches!(hit.cue, Cue::Agency(_))) else { return false };
        let copyright = hits.iter().find(|hit| hit.cue == Cue::Copyright);
        let is_owner = copyright.is_some_and(|it| agency.start.abs_diff(it.start) <= OWNER);
        let contributed = hits.iter().any(|hit| hit.cue == Cue::Contributed && hit.start > agency.end);
        if !is_owner && !contributed {
            return false;
        }
        let what = if is_owner { "copyright" } else { "contributed" };
        self.add(
            ZoneKind::Credit,
            line.start..line.end,
            page.rules.name(agency.cue),
            format!("{what}: {}", shown(text)),
        );
        true
    }

    /// A line that names an agency and nothing else but words of credit, dates and times.
    fn credit_alone(&mut self, index: usize, hits: &[Hit]) -> bool {
        let line = self.page.lines[index];
        let mut services = hits.iter().filter(|hit| self.page.rules.service(hit.cue).is_some());
        let Some(hit) = services.next().filter(|hit| !matches!(hit.cue, Cue::Photo(_) | Cue::Signoff(_)))
        else {
            return false;
        };
        let (before, after) = (&self.page.text[line.start..hit.start], &self.page.text[hit.end..line.end]);
        let name = &self.page.text[hit.start..hit.end];
        let is_told = !is_short(name)
            || self.page.is_head(index)
            || [before, after].into_iter().any(|words| words.contains(char::is_alphanumeric))
            || before.contains(['/', '(', '[', '-', '–', '—']);
        // The last word of a sentence has its full stop.
        let signs =
            index + 1 == self.page.lines.len() && !is_short(name) && !self.page.line(line).ends_with('.');
        let is_alone = || signs || self.stands_alone(index);
        if !is_told
            || !headline::is_stamp(self.page, before)
            || !headline::is_stamp(self.page, after)
            || !is_alone()
        {
            return false;
        }
        let kind = if matches!(hit.cue, Cue::Agency(_)) { ZoneKind::Credit } else { ZoneKind::Release };
        let fact = format!("a line of its own: {}", shown(self.page.line(line)));
        self.alone.push(self.zones.len());
        self.add(kind, line.start..line.end, self.page.rules.name(hit.cue), fact);
        true
    }

    /// Whether line `index` is no part of a wrapped paragraph.
    fn stands_alone(&self, index: usize) -> bool {
        let text = self.page.line(self.page.lines[index]);
        let is_bracketed = text.starts_with(['(', '[']) && text.trim_end_matches('.').ends_with([')', ']']);
        let is_last = index + 1 == self.page.lines.len();
        is_bracketed || (self.page.is_apart(index) && (is_last || self.page.is_apart(index + 1)))
    }

    /// Takes back the lines of credit that belong to the nameplate of a newspaper's page: they say so, or stand far above the first
    /// of several datelines and neither say "by" nor stand in brackets, as the credit of one article does.
    fn nameplate(&mut self) {
        let datelines = self.zones.iter().filter(|zone| zone.kind == ZoneKind::Dateline);
        let starts: Vec<u32> = datelines.map(|zone| zone.span.start()).collect();
        let first = if starts.len() > 1 { starts.iter().min().copied() } else { None };
        let mut gone: Vec<usize> = Vec::new();
        for &place in &self.alone {
            let (start, end) = (self.zones[place].span.start() as usize, self.zones[place].span.end());
            let line = self.page.lines.partition_point(|line| line.start < start);
            let lines = &self.page.lines[line..(line + 2).min(self.page.lines.len())];
            let words = self.page.text[start..lines.last().map_or(start, |last| last.end)].to_lowercase();
            let is_article = words.starts_with(['(', '['])
                || byline::after_word(&self.page.rules.words.byline, &words).is_some();
            let says_so = self.page.rules.words.nameplate.iter().any(|it| words.contains(it.as_str()));
            if !is_article && (says_so || first.is_some_and(|first| end + NAMEPLATE < first)) {
                gone.push(place);
            }
        }
        let (mut place, mut gone) = (0, gone.into_iter().peekable());
        self.zones.retain(|_| {
            place += 1;
            gone.next_if_eq(&(place - 1)).is_none()
        });
    }

    /// Words under a picture: they begin as such, or end with who took it.
    fn caption(&mut self, line: Line, hits: &[Hit]) -> Option<Role> {
        let page = self.page;
        let text = page.line(line);
        if text.len() > CAPTION.0 {
            return None;
        }
        let begins = if line.begins { self.begins_caption(text) } else { None };
        if begins.is_none() && hits.is_empty() {
            return None;
        }
        let credit = photo_credit(self.page, line, hits);
        let is_file = hits.iter().any(|hit| {
            let (before, words) = (&page.text[line.start..hit.start], &page.text[hit.start..hit.end]);
            hit.cue == Cue::Picture && words.contains(' ') && before.split(' ').count() <= FILE_WORDS
        });
        if begins.is_none() && credit.is_none() && !is_file {
            return None;
        }
        let name = credit.as_ref().and_then(|credit| credit.name);
        let fact = match &credit {
            Some(credit) => format!("a picture's credit: {}", shown(&self.page.text[credit.span.clone()])),
            None => format!("begins as a caption: {}", shown(&text[..floor(text, 40)])),
        };
        self.add(ZoneKind::Caption, line.start..line.end, name, fact);
        let is_alone = credit.is_some_and(|credit| credit.span.len() + 12 > text.len());
        Some(if is_alone { Role::PhotoCredit } else { Role::Caption })
    }

    /// The words by which a line stands under a picture: "FILE -", "Photo:".
    fn begins_caption(&self, text: &str) -> Option<&String> {
        let begins = |word: &&String| {
            let head = text.as_bytes().get(..word.len());
            // "File-swappers" is a word.
            head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
                && !text.as_bytes().get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
        };
        self.page.rules.words.caption.iter().find(begins)
    }

    /// "By NAME", and with an agency behind the names its credit.
    fn byline(&mut self, index: usize, hits: &[Hit]) -> bool {
        let Some(names) = byline::read(self.page, index, hits) else { return false };
        let line = self.page.lines[index];
        let words = shown(self.page.line(line));
        self.add(ZoneKind::Byline, line.start..line.end, Some(names), format!("who wrote it: {words}"));
        if let Some(agency) = byline::agency(hits) {
            let fact = format!("in the byline: {words}");
            self.add(ZoneKind::Credit, agency.start..agency.end, self.page.rules.name(agency.cue), fact);
        }
        true
    }

    /// A line of nothing but a picture's credit takes the words before it along, or behind it at the top.
    fn captions_beside_credits(&mut self) {
        let first = self.roles.iter().position(|role| *role == Role::Other).unwrap_or(self.roles.len());
        for index in 0..self.roles.len() {
            if self.roles[index] != Role::PhotoCredit {
                continue;
            }
            let beside = if index == 0 { 1 } else { index - 1 };
            let Some(&line) = self.page.lines.get(beside) else { continue };
            let is_free = self.roles[beside] == Role::Other && line.end - line.start <= CAPTION.1;
            // The headline itself may stand right before a picture; it has no full stop.
            let is_first = beside <= first && index != 0 && !self.page.line(line).ends_with('.');
            if is_free && !is_first && self.page.line(line).starts_with(|c: char| !c.is_lowercase()) {
                self.roles[beside] = Role::Caption;
                self.add(
                    ZoneKind::Caption,
                    line.start..line.end,
                    None,
                    "beside a picture's credit".to_owned(),
                );
            }
        }
    }
}

/// Whether the words at `hit` say of line `index`, and so of the text, that it is a press release. In the head they stand at the
/// beginning of a line or, where the layout of a page came out as one line, of what more than one space sets apart; or their
/// date follows. Elsewhere they are a heading. "In a press release", and "calls for immediate release of all", are none.
fn is_release(page: &Page<'_>, index: usize, hit: &Hit) -> bool {
    let line = page.lines[index];
    let (before, after) = (&page.text[line.start..hit.start], &page.text[hit.end..line.end]);
    let is_first = before.chars().all(|c| !c.is_alphanumeric());
    let begins = is_first || before.ends_with("  ") || before.trim_end_matches(' ').ends_with(['\t', '|']);
    let ends = after.is_empty()
        || after.starts_with([':', '\t', '|', '-', '–', '—', '(', '/', '#', '*'])
        || after.starts_with("  ");
    let next =
        after.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let sets = page.rules.sets();
    let is_date = next.starts_with(|c: char| c.is_ascii_digit())
        || [&sets.months, &sets.weekdays].into_iter().any(|set| set.contains(&next.to_lowercase()));
    let is_headed = begins && (ends || is_date);
    let is_head = hit.start < MOST_SPACE
        && page.text[..hit.start].split_whitespace().map(str::len).sum::<usize>() <= RELEASE_HEAD;
    if !is_head {
        return is_first && is_headed && line.begins;
    }
    let is_titled = page.text[hit.start..hit.end].split(' ').all(|word| word.starts_with(char::is_uppercase));
    let is_opening = is_first && line.begins && line.end - line.start <= SHORT;
    is_headed || is_opening || (is_titled && (is_date || begins && !next.starts_with(char::is_lowercase)))
}

/// Whether a word of contacts heads its line: it is most of it, or a colon or the beginning of an address follows.
fn is_heading(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches(['s', ' ']);
    // "Contact Ada Brandt at ada@post.example": a reporter asks for mail.
    let is_address = |rest: &str| rest.contains(['@', '(']) && !rest.contains(" at ");
    rest.is_empty()
        || rest.starts_with([':', ',', '-', '–', '—', '('])
        || (text.len() <= SHORT && is_address(rest))
}
