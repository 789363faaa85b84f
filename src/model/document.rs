//! A text with its name and what is known about its publication.

use std::collections::BTreeMap;

use crate::model::span::ByteSpan;

/// One article as given: its decoded text, its name, and its metadata.
///
/// Offsets in every result point into [`Document::text`]: the whole file after decoding for a plain file, the
/// text field for a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The name users know it by (`doc_id` in every output); unique in a run. A plain file's path relative to
    /// the given folder, `/` separated; a record's id field.
    pub name: String,
    /// The decoded text, untouched; less than 4 GiB.
    pub text: String,
    /// Where the text was put while it was read, if memory was to be spared; `text` is empty then.
    pub away: Option<TextPlace>,
    /// Of a text that is not the article's but was put together from parts of it: what is known.
    pub rebuilt: Option<Box<Rebuilt>>,
    /// The outlet that published it.
    pub source: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// Language code as given (`en`, `en-GB`), not detected.
    pub language: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// What told when.
    pub published_from: Option<PublishedFrom>,
    /// When its own text says that it was published, if that is another time than `published`: a crawler's date is often that of
    /// the visit. In the zone of `published`.
    pub printed: Option<Published>,
    /// Further input columns, passed through to the output.
    pub meta: BTreeMap<String, String>,
    /// Where it was read.
    pub origin: Origin,
    /// Remarks of the reader that concern this document only, each a whole sentence.
    pub remarks: Vec<String>,
}

/// A text that could not be had and was put together from what a result quotes of it, as long as the article and blank elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// The parts that are the article's words, in order; they do not touch.
    pub known: Vec<ByteSpan>,
    /// SHA-256 of the article's text, in lower-case hexadecimal digits.
    pub text_sha256: String,
}

/// Where a text was put that memory does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPlace {
    /// The place, in the terms of whoever put it there.
    pub at: u64,
    /// Length of the text in bytes.
    pub bytes: u32,
}

/// Where a document was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Path as given by the user joined with the walk, `/` separated; `-` for standard input.
    pub path: String,
    /// Record number inside the file, 0-based; `None` for a file that is one document.
    pub record: Option<u32>,
    /// Physical line of the file on which the record starts, 1-based.
    pub line: u32,
    /// Encoding the bytes were decoded from, by its web name (`UTF-8`, `windows-1251`).
    pub encoding: String,
}

/// A time of publication with the precision it was given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// Seconds since 1970-01-01T00:00:00; of the start of the period when `precision` is coarser. In UTC when
    /// `zone_known`, else on the clock of an unknown zone.
    pub seconds: i64,
    /// How finely it was given.
    pub precision: Precision,
    /// Whether the input named a time zone.
    pub zone_known: bool,
}

/// What told a document's time of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublishedFrom {
    /// A row of a table of metadata.
    Table,
    /// A field of its record.
    Field,
    /// A header block above its text.
    Header,
    /// The name of its file.
    FileName,
    /// A dateline, a byline or a line of its own under the headline.
    Dateline,
}

/// How finely a time was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year only.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A minute.
    Minute,
    /// A second or finer.
    Second,
}

/// When a document appeared, by all that tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Its time of publication.
    pub published: Option<Published>,
    /// Another one, which its text gives.
    pub printed: Option<Published>,
}

impl From<Option<Published>> for Times {
    fn from(published: Option<Published>) -> Times {
        Times { published, printed: None }
    }
}

impl Document {
    /// When it appeared.
    #[must_use]
    pub fn times(&self) -> Times {
        Times { published: self.published, printed: self.printed }
    }

    /// All of it but the text.
    #[must_use]
    pub fn clone_without_text(&self) -> Document {
        Document {
            name: self.name.clone(),
            text: String::new(),
            away: self.away,
            source: self.source.clone(),
            title: self.title.clone(),
            url: self.url.clone(),
            language: self.language.clone(),
            published: self.published,
            published_from: self.published_from,
            printed: self.printed,
            rebuilt: self.rebuilt.clone(),
            meta: self.meta.clone(),
            origin: self.origin.clone(),
            remarks: self.remarks.clone(),
        }
    }
}

impl Published {
    /// Whether no moment lies in the periods of both, taken on one clock.
    #[must_use]
    pub fn is_apart_from(self, other: Published) -> bool {
        let end = |it: Published| it.seconds + it.precision.seconds();
        end(self) <= other.seconds || end(other) <= self.seconds
    }
}

impl Origin {
    /// File and record, the file's path without steps that lead nowhere (`./a//b` is `a/b`): equal for documents read from
    /// one place.
    #[must_use]
    pub fn place(&self) -> (String, Option<u32>) {
        (Origin::plain(&self.path), self.record)
    }

    /// A path without steps that lead nowhere.
    #[must_use]
    pub fn plain(path: &str) -> String {
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty() && *step != ".").collect();
        let root = if path.starts_with('/') { "/" } else { "" };
        format!("{root}{}", steps.join("/"))
    }
}

impl PublishedFrom {
    /// Every kind, those that count for more first.
    pub const ALL: [PublishedFrom; 5] = [
        PublishedFrom::Table,
        PublishedFrom::Field,
        PublishedFrom::Header,
        PublishedFrom::FileName,
        PublishedFrom::Dateline,
    ];

    /// The name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PublishedFrom::Table => "table",
            PublishedFrom::Field => "field",
            PublishedFrom::Header => "header",
            PublishedFrom::FileName => "file_name",
            PublishedFrom::Dateline => "dateline",
        }
    }
}

impl Published {
    /// Whether both times are known and at most `seconds` apart.
    #[must_use]
    pub fn are_within(one: Option<Published>, other: Option<Published>, seconds: i64) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => one.seconds.abs_diff(other.seconds) <= seconds.unsigned_abs(),
            _ => false,
        }
    }
}

impl Precision {
    /// Length of the period in seconds (366 days for a year, 31 for a month).
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Precision::Year => 366 * 86_400,
            Precision::Month => 31 * 86_400,
            Precision::Day => 86_400,
            Precision::Minute => 60,
            Precision::Second => 1,
        }
    }
}

/// What a reader brought home: documents, and what it could not read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corpus {
    /// The documents, in order of name; names are unique.
    pub documents: Vec<Document>,
    /// Files and records that were not read, in order of path and line.
    pub skipped: Vec<crate::model::warning::Skipped>,
    /// Remarks on inputs that were read.
    pub warnings: Vec<crate::model::warning::Warning>,
}
