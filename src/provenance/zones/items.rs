//! Where the items of a page begin: what a credit or a dateline covers.
//!
//! A text with several datelines is several items. Each begins with its dateline, or with a credit right above it. On a page of
//! print read by a machine it begins with the headline above those, and what stands under another headline is an item of its
//! own, with or without a dateline: an advertisement is no agency's.

use crate::model::{ByteSpan, Profile, Zone, ZoneKind};
use crate::provenance::zones::headline;
use crate::provenance::zones::page::Page;

/// Bytes from a credit to a dateline after it that it stands above.
const ABOVE: u32 = 200;

/// The bytes at which the items of a page begin, in order, given its zones in order; none where all of it is one item.
pub(super) fn starts(page: &Page<'_>, zones: &[Zone]) -> Vec<u32> {
    let of_kind = |kind: ZoneKind| zones.iter().filter(move |zone| zone.kind == kind).map(|zone| zone.span);
    let datelines: Vec<ByteSpan> = of_kind(ZoneKind::Dateline).collect();
    let is_inside = |credit: &ByteSpan| {
        let next = datelines.partition_point(|dateline| dateline.start() <= credit.start());
        next.checked_sub(1).is_some_and(|before| datelines[before].contains(*credit))
    };
    let credits: Vec<ByteSpan> = of_kind(ZoneKind::Credit).filter(|credit| !is_inside(credit)).collect();
    if page.profile == Profile::Ocr {
        let n_marked = datelines.len() + credits.len();
        return if n_marked < 2 { Vec::new() } else { headed(page, &datelines, &credits) };
    }
    if datelines.len() < 2 {
        return Vec::new();
    }
    let mut credits = credits.into_iter().peekable();
    let above = datelines.iter().map(|dateline| {
        let start = dateline.start();
        while credits.next_if(|credit| credit.start() + ABOVE < start).is_some() {}
        let first = credits.peek().map(|credit| credit.start()).filter(|&first| first < start);
        while credits.next_if(|credit| credit.start() < start).is_some() {}
        first.unwrap_or(start)
    });
    above.collect()
}

/// Items of a page of print: each begins with the first of the headlines, credits and datelines that stand together.
fn headed(page: &Page<'_>, datelines: &[ByteSpan], credits: &[ByteSpan]) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut is_head = false;
    let begins = |spans: &[ByteSpan], start: usize, end: usize| {
        let first = spans.partition_point(|span| (span.start() as usize) < start);
        spans.get(first).is_some_and(|span| (span.start() as usize) < end)
    };
    for line in &page.lines {
        let is_dateline = begins(datelines, line.start, line.end);
        let is_mark =
            is_dateline || begins(credits, line.start, line.end) || headline::is_heading(page, line);
        if is_mark && !is_head {
            found.push(line.start as u32);
        }
        is_head = is_mark && !is_dateline;
    }
    found
}
