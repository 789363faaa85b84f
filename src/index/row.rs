//! A document of an index as a line of JSON: its name and its metadata.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Document, Origin, Precision, Published, PublishedFrom};

/// What an index keeps of a document besides its words. Blocks of such lines, one document a line, are what is not postings
/// or text: a format that outlives the program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its name.
    pub doc_id: String,
    /// First half of the SHA-256 of its text, in hexadecimal.
    pub text_hash: String,
    /// Bytes of its text.
    pub n_bytes: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Moment>,
    /// Name of what told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_from: Option<String>,
    /// As `published`: the time that its text gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    printed: Option<Moment>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    meta: BTreeMap<String, String>,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<u32>,
    line: u32,
    encoding: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

/// Seconds since 1970, name of the precision, whether the zone is known.
type Moment = (i64, String, bool);

/// Furthest from 1970 that a time can be and still be reckoned with.
pub(super) const MOST_SECONDS: u64 = 1 << 46;

/// Precisions by name.
const PRECISIONS: [(Precision, &str); 5] = [
    (Precision::Year, "year"),
    (Precision::Month, "month"),
    (Precision::Day, "day"),
    (Precision::Minute, "minute"),
    (Precision::Second, "second"),
];

impl Row {
    /// The row of `document`, whose text has `n_bytes`.
    #[must_use]
    pub fn of(document: &Document, n_bytes: u32, text_hash: String) -> Row {
        let Document {
            name,
            source,
            title,
            url,
            language,
            published,
            published_from,
            printed,
            meta,
            origin,
            remarks,
            ..
        } = document.clone();
        Row {
            doc_id: name,
            text_hash,
            n_bytes,
            source,
            title,
            url,
            language,
            published: published.map(moment),
            published_from: published_from.map(|it| it.name().to_owned()),
            printed: printed.map(moment),
            meta,
            path: origin.path,
            record: origin.record,
            line: origin.line,
            encoding: origin.encoding,
            remarks,
        }
    }

    /// Its outlet.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// The language it declares.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The file it was read from, and the record in it.
    #[must_use]
    pub fn place(&self) -> (&str, Option<u32>) {
        (&self.path, self.record)
    }

    /// The document, still without its text; `None` if a word of the row has no meaning.
    #[must_use]
    pub fn into_document(self) -> Option<Document> {
        let published_from = match self.published_from {
            None => None,
            Some(name) => Some(PublishedFrom::ALL.into_iter().find(|it| it.name() == name)?),
        };
        Some(Document {
            name: self.doc_id,
            text: String::new(),
            away: None,
            rebuilt: None,
            source: self.source,
            title: self.title,
            url: self.url,
            language: self.language,
            published: meant(self.published)?,
            published_from,
            printed: meant(self.printed)?,
            meta: self.meta,
            origin: Origin { path: self.path, record: self.record, line: self.line, encoding: self.encoding },
            remarks: self.remarks,
        })
    }
}

fn moment(at: Published) -> Moment {
    let name = PRECISIONS.iter().find(|(one, _)| *one == at.precision).map_or("second", |(_, name)| name);
    (at.seconds, name.to_owned(), at.zone_known)
}

/// What a moment means; `None` if one has no meaning.
fn meant(moment: Option<Moment>) -> Option<Option<Published>> {
    let Some((seconds, name, zone_known)) = moment else { return Some(None) };
    let (precision, _) = PRECISIONS.iter().find(|(_, one)| *one == name)?;
    let published = Published { seconds, precision: *precision, zone_known };
    (seconds.unsigned_abs() <= MOST_SECONDS).then_some(Some(published))
}
