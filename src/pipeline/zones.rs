//! Zones of all documents, and how much of a passage lies in them.

use rayon::prelude::*;

use crate::model::{ByteSpan, Document, Profile, Span, TokenSpan, Tokens, TokensOf, Zone, ZoneKind};
use crate::provenance::names::{Attribution, Names, OfficeSigns, tell_offices};
use crate::provenance::zones::{self, Article, Outlets, Rules};
use crate::store::{Library, StoreError};

/// Share of a passage's words that must stand inside quotation marks on one side for it to be quoted, and share of its
/// bytes in a headline or caption for it to lie there. What is left below a fifth is "he said", not a statement.
pub(crate) const MIN_INSIDE: f64 = 0.8;

/// Bytes of an item on a page of several, at most: what stands farther below its credit belongs to another, whose head could
/// not be read. The longest items of a front page fill two columns of some 3,000 each.
const REACH: u32 = 6_000;

/// What was found in the documents of a run.
#[derive(Debug, Default)]
pub(crate) struct Zoned {
    of_document: Vec<Vec<Zone>>,
    /// Tokens inside quotation marks, in order and apart.
    quoted: Vec<Vec<TokenSpan>>,
    /// Whom each document is by and names.
    attributions: Vec<Attribution>,
    /// Where the zones of each document stand.
    places: Vec<Places>,
}

/// The zones of one document that passages are held against, by kind and place: so that a page of thousands of items costs
/// a search for each passage and no walk.
#[derive(Debug, Default)]
struct Places {
    /// Where items begin, in order.
    items: Vec<u32>,
    /// For each item with a credit, the item and the first of its credits: a place in the document's zones.
    credits: Vec<(usize, usize)>,
    /// Sources of single facts, in order: places in the document's zones.
    cited: Vec<usize>,
    /// In order of beginning and end.
    headlines: Vec<usize>,
    /// The same.
    captions: Vec<usize>,
    /// Bytes that are not its running text ([`APART`]), the same.
    apart: Vec<ByteSpan>,
}

/// What is not the running text of an article: who wrote it, whose copy it is, pictures, whom to ask.
const APART: [ZoneKind; 6] = [
    ZoneKind::Dateline,
    ZoneKind::Byline,
    ZoneKind::Credit,
    ZoneKind::Release,
    ZoneKind::Caption,
    ZoneKind::Contact,
];

impl Places {
    /// Those of `zones`, which are in order; credits of the outlet's own agency are none.
    fn of(zones: &[Zone], items: Vec<u32>, attribution: &Attribution) -> Places {
        let of_kind = |kind| (0..zones.len()).filter(move |&index| zones[index].kind == kind);
        let is_foreign = |&index: &usize| {
            let name = zones[index].name.as_ref();
            name.is_none_or(|name| attribution.named.iter().any(|it| it.name == *name))
        };
        let apart = outermost(zones, (0..zones.len()).filter(|&index| APART.contains(&zones[index].kind)));
        let mut places = Places {
            apart: apart.into_iter().map(|index| zones[index].span).collect(),
            items,
            cited: of_kind(ZoneKind::Cited).filter(is_foreign).collect(),
            headlines: outermost(zones, of_kind(ZoneKind::Headline)),
            captions: outermost(zones, of_kind(ZoneKind::Caption)),
            credits: Vec::new(),
        };
        let credits = of_kind(ZoneKind::Credit).filter(is_foreign);
        places.credits = credits.map(|index| (places.item(zones[index].span.start()), index)).collect();
        places.credits.sort_unstable();
        places.credits.dedup_by_key(|(item, _)| *item);
        places
    }

    /// The item that byte `at` belongs to.
    fn item(&self, at: u32) -> usize {
        self.items.partition_point(|&start| start <= at)
    }
}

/// Those of the zones at `places`, in order, that do not lie in one before them; so their ends are in order too.
fn outermost(zones: &[Zone], places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut reach = 0;
    places
        .filter(|&index| {
            let end = zones[index].span.end();
            let goes_on = end > reach;
            reach = reach.max(end);
            goes_on
        })
        .collect()
}

impl Zoned {
    /// Looks at every document, as many at a time as `bytes` hold.
    pub(crate) fn of(
        library: &Library,
        documents: &[Document],
        (rules, profile): (&Rules, Profile),
        bytes: usize,
    ) -> Result<Zoned, StoreError> {
        let mut zoned = Zoned::default();
        let (mut speaking, mut items) = (Vec::new(), Vec::new());
        let outlets = Outlets::of(documents.iter().filter_map(|document| document.source.as_deref()));
        for batch in library.batches(bytes) {
            let found: Vec<(zones::Found, Vec<TokenSpan>, bool)> = batch
                .into_par_iter()
                .map(|document| {
                    let text = library.texts().get(document)?;
                    let source = documents[document].source.as_deref();
                    let title = documents[document].title.as_deref();
                    let article = Article { text: &text, title, source, profile };
                    let found = zones::find(&article, rules, &outlets);
                    let quoted = quoted(&found.zones, &library.of(document));
                    let speaks = source.is_some_and(|source| zones::speaks_of_itself(&text, source, rules));
                    Ok((found, quoted, speaks))
                })
                .collect::<Result<_, StoreError>>()?;
            for (found, quoted, speaks) in found {
                speaking.push(speaks);
                items.push(found.items);
                zoned.of_document.push(found.zones);
                zoned.quoted.push(quoted);
            }
        }
        let mut names = Names::default();
        let of_all = documents.iter().zip(&zoned.of_document);
        zoned.attributions = of_all
            .map(|(document, zones)| names.attribution(document.source.as_deref(), zones, rules))
            .collect();
        let is_release = |zone: &Zone| matches!(zone.kind, ZoneKind::Contact | ZoneKind::Release);
        let zones = &zoned.of_document;
        tell_offices(&mut zoned.attributions, |document| OfficeSigns {
            is_release: zones[document].iter().any(is_release),
            speaks: speaking[document],
        });
        let of_all = zoned.of_document.par_iter().zip(items).zip(&zoned.attributions);
        zoned.places =
            of_all.map(|((zones, items), attribution)| Places::of(zones, items, attribution)).collect();
        Ok(zoned)
    }

    /// The zones of each document.
    pub(crate) fn into_zones(self) -> Vec<Vec<Zone>> {
        self.of_document
    }

    /// Whom each document is by and names.
    pub(crate) fn attributions(&self) -> &[Attribution] {
        &self.attributions
    }

    /// Whom one document is by and names.
    pub(crate) fn attribution(&self, document: usize) -> &Attribution {
        &self.attributions[document]
    }

    /// The zones of one document.
    pub(crate) fn zones(&self, document: usize) -> &[Zone] {
        &self.of_document[document]
    }

    /// Bytes of one document that are not its running text, in order of beginning and end.
    pub(crate) fn apart(&self, document: usize) -> &[ByteSpan] {
        &self.places[document].apart
    }

    /// Whether the bytes at `span` are not running text.
    pub(crate) fn is_apart(&self, document: usize, span: ByteSpan) -> bool {
        let apart = self.apart(document);
        let first = apart.partition_point(|zone| zone.end() < span.end());
        apart.get(first).is_some_and(|zone| zone.contains(span))
    }

    /// Share of the words of `span` that stand inside quotation marks.
    pub(crate) fn quoted_share(&self, document: usize, span: TokenSpan) -> f64 {
        let all = &self.quoted[document];
        let first = all.partition_point(|quoted| quoted.end() <= span.start());
        let inside = all[first..].iter().take_while(|quoted| quoted.start() < span.end());
        let n: u32 = inside.map(|quoted| quoted.overlap(span)).sum();
        f64::from(n) / f64::from(span.len().max(1))
    }

    /// The headline that holds most of `span`.
    pub(crate) fn headline(&self, document: usize, span: ByteSpan) -> Option<&Zone> {
        self.around(document, span, &self.places[document].headlines)
    }

    /// The caption that holds most of `span`.
    pub(crate) fn caption(&self, document: usize, span: ByteSpan) -> Option<&Zone> {
        self.around(document, span, &self.places[document].captions)
    }

    fn around(&self, document: usize, span: ByteSpan, places: &[usize]) -> Option<&Zone> {
        let zones = self.zones(document);
        let enough = f64::from(span.len().max(1)) * MIN_INSIDE;
        let first = places.partition_point(|&index| zones[index].span.end() <= span.start());
        let near = places[first..].iter().map(|&index| &zones[index]);
        near.take_while(|zone| zone.span.start() < span.end())
            .find(|zone| f64::from(zone.span.overlap(span)) >= enough)
    }

    /// The credit that the words at `span` stand under: one of the article, or, on a page with several datelines, one of
    /// its item; else an agency that these words name as a source. Credits of an outlet's own agency are none.
    pub(crate) fn credit(&self, document: usize, span: ByteSpan) -> Option<&Zone> {
        let (zones, places) = (self.zones(document), &self.places[document]);
        let item = places.item(span.start());
        if let Ok(found) = places.credits.binary_search_by_key(&item, |(item, _)| *item) {
            let credit = &zones[places.credits[found].1];
            let is_page = !places.items.is_empty();
            return Some(credit).filter(|it| !is_page || it.span.end() + REACH >= span.start());
        }
        let first = places.cited.partition_point(|&index| zones[index].span.start() < span.start());
        let near = places.cited[first..].iter().map(|&index| &zones[index]);
        near.take_while(|zone| zone.span.start() < span.end()).find(|zone| span.contains(zone.span))
    }
}

/// The tokens inside quotation marks.
fn quoted(zones: &[Zone], tokens: &Tokens) -> Vec<TokenSpan> {
    let marked = zones.iter().filter(|zone| zone.kind == ZoneKind::Quotation);
    let at = |byte: u32| tokens.places.partition_point(|place| place.start < byte) as u32;
    marked
        .map(|zone| Span::new(at(zone.span.start()), at(zone.span.end())))
        .filter(|span| !span.is_empty())
        .collect()
}
