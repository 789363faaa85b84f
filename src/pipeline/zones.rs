//! Zones of all documents, and how much of a passage lies in them.

use rayon::prelude::*;

use crate::model::{ByteSpan, Document, Span, TokenSpan, Tokens, TokensOf, Zone, ZoneKind};
use crate::provenance::names::{Attribution, Names, tell_offices};
use crate::provenance::zones::{self, Outlets, Rules};
use crate::store::{Library, StoreError};

/// Share of a passage's words that must stand inside quotation marks on one side for it to be quoted, and share of its
/// bytes in a headline or caption for it to lie there. What is left below a fifth is "he said", not a statement.
pub(crate) const MIN_INSIDE: f64 = 0.8;

/// Bytes from a credit to a dateline after it that it stands above.
const ABOVE: u32 = 200;

/// What was found in the documents of a run.
#[derive(Debug, Default)]
pub(crate) struct Zoned {
    of_document: Vec<Vec<Zone>>,
    /// Tokens inside quotation marks, in order and apart.
    quoted: Vec<Vec<TokenSpan>>,
    /// Whom each document is by and names.
    attributions: Vec<Attribution>,
}

impl Zoned {
    /// Looks at every document, as many at a time as `bytes` hold.
    pub(crate) fn of(
        library: &Library,
        documents: &[Document],
        rules: &Rules,
        bytes: usize,
    ) -> Result<Zoned, StoreError> {
        let mut zoned = Zoned::default();
        let outlets = Outlets::of(documents.iter().filter_map(|document| document.source.as_deref()));
        for batch in library.batches(bytes) {
            let found: Vec<(Vec<Zone>, Vec<TokenSpan>)> = batch
                .into_par_iter()
                .map(|document| {
                    let text = library.texts().get(document)?;
                    let zones = zones::find(&text, rules, &outlets);
                    let quoted = quoted(&zones, &library.of(document));
                    Ok((zones, quoted))
                })
                .collect::<Result<_, StoreError>>()?;
            for (zones, quoted) in found {
                zoned.of_document.push(zones);
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
        tell_offices(&mut zoned.attributions, |document| zones[document].iter().any(is_release));
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

    /// Share of the words of `span` that stand inside quotation marks.
    pub(crate) fn quoted_share(&self, document: usize, span: TokenSpan) -> f64 {
        let all = &self.quoted[document];
        let first = all.partition_point(|quoted| quoted.end() <= span.start());
        let inside = all[first..].iter().take_while(|quoted| quoted.start() < span.end());
        let n: u32 = inside.map(|quoted| quoted.overlap(span)).sum();
        f64::from(n) / f64::from(span.len().max(1))
    }

    /// A zone of `kind` that holds most of `span`.
    pub(crate) fn around(&self, document: usize, span: ByteSpan, kind: ZoneKind) -> Option<&Zone> {
        let enough =
            |zone: &&Zone| f64::from(zone.span.overlap(span)) >= MIN_INSIDE * f64::from(span.len().max(1));
        self.of_kind(document, kind).find(enough)
    }

    fn of_kind(&self, document: usize, kind: ZoneKind) -> impl Iterator<Item = &Zone> {
        self.zones(document).iter().filter(move |zone| zone.kind == kind)
    }

    /// The credit that the words at `span` stand under: one of the article, or, on a page with several datelines, one of
    /// its item; else an agency that these words name as a source. Credits of an outlet's own agency are none.
    pub(crate) fn credit(&self, index: usize, span: ByteSpan) -> Option<&Zone> {
        let datelines: Vec<ByteSpan> =
            self.of_kind(index, ZoneKind::Dateline).map(|zone| zone.span).collect();
        let item = |at: u32| match datelines.len() {
            0 | 1 => 0,
            _ => datelines.partition_point(|dateline| dateline.start() <= at),
        };
        // A credit right above a dateline belongs to what follows; one inside a dateline stands where it stands.
        let place = |zone: &Zone| {
            let at = zone.span.start();
            let is_inside = datelines.iter().any(|dateline| dateline.contains(zone.span));
            let next = datelines.iter().map(|dateline| dateline.start()).find(|&start| start >= at);
            next.filter(|next| !is_inside && next - at <= ABOVE).unwrap_or(at)
        };
        let named = &self.attribution(index).named;
        let is_foreign =
            |zone: &&Zone| zone.name.as_ref().is_none_or(|name| named.iter().any(|it| it.name == *name));
        let own = item(span.start());
        let of_item =
            self.of_kind(index, ZoneKind::Credit).find(|zone| is_foreign(zone) && item(place(zone)) == own);
        of_item.or_else(|| {
            self.of_kind(index, ZoneKind::Cited).find(|zone| is_foreign(zone) && span.contains(zone.span))
        })
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
