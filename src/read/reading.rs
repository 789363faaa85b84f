//! One file on its way to documents: every record passes through here, whatever its format.

use encoding_rs::{Encoding, UTF_8};
use serde_json::Value;

use crate::model::{Document, Origin, Precision, PublishedFrom, Skipped, Warning};
use crate::read::date::{self, DateFault};
use crate::read::encoding::{self, Decoded, Detector};
use crate::read::fields::{FieldNames, Fields, Metadata, NoText};
use crate::read::headers;
use crate::read::meta_table::MetaTable;
use crate::read::params::ReadParams;
use crate::read::repair;
use crate::read::walk::InputFile;
use crate::store::Intake;

/// What holds for every file of a run.
pub(super) struct Job<'a> {
    pub(super) params: &'a ReadParams,
    pub(super) names: FieldNames,
    pub(super) forced: Option<&'static Encoding>,
    pub(super) meta: Option<MetaTable>,
    pub(super) intake: &'a Intake,
}

/// What one file gave.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Documents in order of the file; their names may repeat.
    pub(super) documents: Vec<Document>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) warnings: Vec<Warning>,
    /// Keys of the `--meta` table that were used.
    pub(super) joined: Vec<String>,
}

/// Where a record stands and how it was decoded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) encoding: &'static Encoding,
    pub(super) replaced: u64,
}

/// One file being read.
pub(super) struct Reading<'a> {
    job: &'a Job<'a>,
    file: &'a InputFile,
    out: Outcome,
    /// `None` in a part, which must not learn from its own records alone.
    detector: Option<Detector>,
    /// Whether a record of a part was decoded without knowing its encoding.
    undecided: bool,
    /// Encoding of the bytes before they reached this place; `None` if records are still to be decoded.
    decoded: Option<&'static Encoding>,
    by_name: Metadata,
    n_records: u32,
    table: Table,
    remarked: Remarked,
    /// Documents with replacement characters, and how many.
    lossy: Vec<(usize, usize)>,
}

/// A run of records that have their fields in common.
#[derive(Default)]
struct Table {
    /// Name of the array, in an object of several.
    label: Option<String>,
    n_documents: u64,
    /// Records without a text field.
    without_text: Vec<Skipped>,
    fields_seen: Vec<String>,
}

/// Things told once a file, with their number and the first line.
#[derive(Default)]
struct Remarked {
    replaced: Tally,
    repaired: Tally,
    unread_dates: Tally,
    ambiguous_dates: Tally,
    short_rows: Tally,
}

#[derive(Default)]
struct Tally {
    count: u64,
    first_line: Option<u32>,
    example: String,
}

impl Tally {
    fn add(&mut self, count: u64, line: u32, example: &str) {
        if self.count == 0 && count > 0 {
            (self.first_line, self.example) = (Some(line), example.to_owned());
        }
        self.count += count;
    }

    /// Adds what was told further down in the file.
    fn absorb(&mut self, later: Tally) {
        if self.count == 0 {
            *self = later;
        } else {
            self.count += later.count;
        }
    }
}

impl Table {
    /// Notes which fields there are, as many as will be told.
    fn saw(&mut self, field: &str) {
        if self.fields_seen.len() <= FIELDS_TOLD && !self.fields_seen.iter().any(|seen| seen == field) {
            self.fields_seen.push(field.to_owned());
        }
    }
}

/// Fields named in the message about a file without texts.
const FIELDS_TOLD: usize = 12;

impl<'a> Reading<'a> {
    pub(super) fn new(
        job: &'a Job<'a>,
        file: &'a InputFile,
        decoded: Option<&'static Encoding>,
    ) -> Reading<'a> {
        let mut out = Outcome::default();
        let by_name = by_name(job, file, &mut out);
        Reading {
            job,
            file,
            out,
            detector: Some(Detector::new()),
            undecided: false,
            decoded,
            by_name,
            n_records: 0,
            table: Table::default(),
            remarked: Remarked::default(),
            lossy: Vec::new(),
        }
    }

    /// A reading of some records further down, the first of which is number `n_records`, for another thread; what it
    /// finds is for [`Reading::absorb`], in order of the file.
    pub(super) fn part(&self, n_records: u32) -> Reading<'a> {
        Reading {
            job: self.job,
            file: self.file,
            out: Outcome::default(),
            detector: None,
            undecided: false,
            decoded: self.decoded,
            by_name: self.by_name.clone(),
            n_records,
            table: Table::default(),
            remarked: Remarked::default(),
            lossy: Vec::new(),
        }
    }

    /// Whether a record of a part is not UTF-8, so that records before it have a say in what it is: the part is void,
    /// and has to be read again in order.
    pub(super) fn is_undecided(&self) -> bool {
        self.undecided
    }

    /// Takes over what a part found.
    pub(super) fn absorb(&mut self, part: Reading<'_>) {
        let before = self.out.documents.len();
        self.lossy.extend(part.lossy.into_iter().map(|(index, n)| (before + index, n)));
        self.out.documents.extend(part.out.documents);
        self.out.skipped.extend(part.out.skipped);
        self.out.warnings.extend(part.out.warnings);
        self.out.joined.extend(part.out.joined);
        self.n_records = part.n_records;
        self.table.n_documents += part.table.n_documents;
        self.table.without_text.extend(part.table.without_text);
        for field in &part.table.fields_seen {
            self.table.saw(field);
        }
        let Remarked { replaced, repaired, unread_dates, ambiguous_dates, short_rows } = part.remarked;
        self.remarked.replaced.absorb(replaced);
        self.remarked.repaired.absorb(repaired);
        self.remarked.unread_dates.absorb(unread_dates);
        self.remarked.ambiguous_dates.absorb(ambiguous_dates);
        self.remarked.short_rows.absorb(short_rows);
    }

    /// Records met so far, read or lost.
    pub(super) fn n_records(&self) -> u32 {
        self.n_records
    }

    /// Largest record in bytes. Offsets are 32-bit, which bounds what may be asked for.
    pub(super) fn limit(&self) -> u64 {
        self.job.params.max_document_bytes.min(u64::from(u32::MAX))
    }

    pub(super) fn names(&self) -> &FieldNames {
        &self.job.names
    }

    /// A new run of records begins.
    pub(super) fn begin_table(&mut self, label: Option<String>) {
        self.end_table();
        self.table.label = label;
    }

    /// The run is over: where none of its records has a text, that is said once.
    pub(super) fn end_table(&mut self) {
        let table = std::mem::take(&mut self.table);
        let n_without = table.without_text.len() as u64;
        if table.n_documents > 0 || n_without < 2 {
            // One such record among documents is a loss; a lone one may be a file of something else.
            let lost = table.n_documents > 0 || self.file.chosen;
            self.out
                .skipped
                .extend(table.without_text.into_iter().map(|skipped| Skipped { lost, ..skipped }));
            return;
        }
        let place = table.label.map(|label| format!(" in the list {label}")).unwrap_or_default();
        let more = if table.fields_seen.len() > FIELDS_TOLD { " and more" } else { "" };
        let seen = table.fields_seen[..table.fields_seen.len().min(FIELDS_TOLD)].join(", ");
        let reason = format!(
            "none of its {n_without} records{place} has a text; the fields are {seen}{more}; if one of them is the text, \
             name it with --text-field"
        );
        // Truth or settings beside the articles are passed over; a file given by name was meant to be read.
        self.skip(None, reason, self.file.chosen);
    }

    fn skip(&mut self, line: Option<u32>, reason: String, lost: bool) {
        self.out.skipped.push(Skipped { path: self.file.shown.clone(), line, reason, lost });
    }

    fn warn(&mut self, line: Option<u32>, message: String) {
        self.out.warnings.push(Warning { path: self.file.shown.clone(), line, message });
    }

    /// A record is lost.
    pub(super) fn lost(&mut self, line: u32, reason: String) {
        self.n_records = self.n_records.saturating_add(1);
        self.skip(Some(line), reason, true);
    }

    /// A record is lost because it is too large.
    pub(super) fn lost_too_long(&mut self, line: u32) {
        let reason = too_long(self.limit());
        self.lost(line, reason);
    }

    /// The rest of the file is lost, or all of it.
    pub(super) fn lost_file(&mut self, reason: String) {
        self.skip(None, reason, true);
    }

    /// A row with fewer fields than the header, read all the same.
    pub(super) fn short_row(&mut self, line: u32) {
        self.remarked.short_rows.add(1, line, "");
    }

    /// Decodes the bytes of a record.
    pub(super) fn decode<'b>(&mut self, bytes: &'b [u8]) -> Decoded<'b> {
        if let Some(encoding) = self.decoded {
            // Decoded upstream; what was replaced there is counted there.
            return Decoded { text: String::from_utf8_lossy(bytes), encoding, replaced: 0 };
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Decoded { text: text.into(), encoding: UTF_8, replaced: 0 };
        }
        let chosen = self.detector.as_mut().map(|detector| detector.choose(bytes));
        self.undecided |= chosen.is_none();
        encoding::decode(bytes, chosen.unwrap_or(UTF_8))
    }

    /// A record in JSON.
    pub(super) fn json_record(&mut self, bytes: &[u8], line: u32) {
        let Decoded { text, encoding, replaced } = self.decode(bytes);
        match repair::parse(&text) {
            Ok((Value::Object(fields), n_repairs)) => {
                self.remarked.repaired.add(n_repairs, line, "");
                self.record(fields, Place { line, encoding, replaced });
            }
            Ok(_) => self.lost(line, "not a JSON object; a record is written as {\"text\": …}".into()),
            Err(error) => {
                let line = line.saturating_add(u32::try_from(error.line().saturating_sub(1)).unwrap_or(0));
                let column = error.column();
                let text = error.to_string();
                let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
                self.lost(line, format!("broken JSON at column {column}: {what}"));
            }
        }
    }

    /// A record with its fields.
    pub(super) fn record(&mut self, mut fields: Fields, place: Place) {
        let number = self.n_records;
        self.n_records = self.n_records.saturating_add(1);
        fields.keys().for_each(|field| self.table.saw(field));
        let text = match self.job.names.take_text(&mut fields) {
            Ok(text) => text,
            Err(fault) => return self.without_text(&fault, &fields, place.line),
        };
        let own = self.job.names.metadata(fields).dated_by(PublishedFrom::Field);
        let name = own.id.clone().unwrap_or_else(|| format!("{}#{number}", self.file.relative));
        let mut inherited = self.by_name.clone();
        inherited.id = None;
        self.finish_document(Draft { name, text, given: own.or(inherited), record: Some(number), place });
    }

    fn without_text(&mut self, fault: &NoText, fields: &Fields, line: u32) {
        let remedy = "name the field with --text-field";
        let reason = match fault {
            NoText::Absent => {
                let seen: Vec<&str> = fields.keys().take(FIELDS_TOLD).map(String::as_str).collect();
                format!("has no text; its fields are {}; {remedy}", seen.join(", "))
            }
            NoText::NotText { field, kind } => {
                format!("its field {field} holds {kind}, not a text; {remedy}")
            }
            NoText::Empty { field } => format!("its text (field {field}) is empty"),
        };
        let skipped = Skipped { path: self.file.shown.clone(), line: Some(line), reason, lost: false };
        match fault {
            NoText::Empty { .. } => self.out.skipped.push(skipped),
            _ => self.table.without_text.push(skipped),
        }
    }

    /// The whole file as one document.
    pub(super) fn plain(&mut self, bytes: &[u8]) {
        let Decoded { text, encoding, replaced } = encoding::decode_input(bytes, self.job.forced);
        if text.trim().is_empty() {
            return self.skip(None, "holds no text".into(), false);
        }
        let name = self.by_name.id.clone().unwrap_or_else(|| self.file.relative.clone());
        let place = Place { line: 1, encoding, replaced };
        let draft = Draft { name, text: text.into_owned(), given: self.by_name.clone(), record: None, place };
        self.finish_document(draft);
    }

    fn finish_document(&mut self, mut draft: Draft) {
        let place = draft.place;
        if u32::try_from(draft.text.len()).is_err() {
            return self.skip(Some(place.line), "its text has 4 GiB or more; split it".into(), true);
        }
        let row = match self.job.meta.as_ref().and_then(|table| table.find(&draft.name, self.file)) {
            Some((key, row)) => {
                self.out.joined.push(key.to_owned());
                row.clone()
            }
            None => Metadata::default(),
        };
        let given = std::mem::take(&mut draft.given);
        let mut remarks = Vec::new();
        let meta = self.with_headers(row, given, &draft, &mut remarks);
        self.note_date(&meta, place.line, &mut remarks);
        self.note_replaced(place, &mut remarks);
        let origin = Origin {
            path: self.file.shown.clone(),
            record: draft.record,
            line: place.line,
            encoding: place.encoding.name().to_owned(),
        };
        let mut document =
            Document { name: draft.name, text: draft.text, origin, remarks, ..Document::default() };
        meta.describe(&mut document);
        self.table.n_documents += 1;
        if self.decoded.is_some() {
            let n = document.text.matches(char::REPLACEMENT_CHARACTER).count();
            self.lossy.extend((n > 0).then_some((self.out.documents.len(), n)));
        }
        self.job.intake.take(&mut document);
        self.out.documents.push(document);
    }

    /// Joins what table, record or header block, file name and dateline say, in this order. A dateline inside a
    /// month or year that is known already makes it a day.
    fn with_headers(
        &self,
        row: Metadata,
        given: Metadata,
        draft: &Draft,
        remarks: &mut Vec<String>,
    ) -> Metadata {
        let known = row.published.or(given.published);
        let year = known
            .and_then(date::year_of)
            .or_else(|| headers::year_in_path(&self.file.relative).filter(|_| draft.record.is_none()));
        let found = headers::read_off(&draft.text, &self.job.names, year);
        let dateline = found.lines.published;
        if draft.record.is_some() && known.is_some_and(|known| known.precision >= Precision::Day) {
            return row.or(given).beside(found.printed, remarks);
        }
        let mut meta = match draft.record {
            // A record's fields are its header; of its text only datelines are read.
            Some(_) => {
                let published_from = found.lines.published_from;
                row.or(given).or(Metadata { published: dateline, published_from, ..Metadata::default() })
            }
            None => row.or(found.block).or(given).or(found.lines),
        };
        if let (Some(coarse), Some(fine)) = (meta.published, dateline)
            && coarse.precision < Precision::Day
            && (coarse.seconds..coarse.seconds + coarse.precision.seconds()).contains(&fine.seconds)
        {
            (meta.published, meta.published_from) = (Some(fine), Some(PublishedFrom::Dateline));
        }
        if let Some(day) = found.day_without_year.filter(|_| meta.published.is_none()) {
            remarks.push(format!(
                "The dateline names the day {day} without a year, so the document is undated; give the year with \
                 --meta or --name-pattern."
            ));
        }
        meta.beside(found.printed, remarks)
    }

    fn note_date(&mut self, meta: &Metadata, line: u32, remarks: &mut Vec<String>) {
        let Some((fault, text)) = &meta.date_fault else { return };
        let (tally, what) = match fault {
            DateFault::Ambiguous => (
                &mut self.remarked.ambiguous_dates,
                "may be read day first or month first, so it was not guessed",
            ),
            DateFault::Unreadable => (&mut self.remarked.unread_dates, "could not be read"),
        };
        tally.add(1, line, text);
        remarks.push(format!("The date {text} {what}; write it as 2026-03-02."));
    }

    fn note_replaced(&mut self, place: Place, remarks: &mut Vec<String>) {
        let Place { line, encoding, replaced } = place;
        self.remarked.replaced.add(replaced, line, encoding.name());
        if replaced > 0 {
            let n = counted(replaced, "replacement character");
            remarks.push(format!("{n} (U+FFFD) for bytes that are not valid {}.", encoding.name()));
        }
    }

    /// Closes the file. `replaced` characters were replaced while its stream was decoded.
    pub(super) fn finish(mut self, replaced: u64) -> Outcome {
        self.end_table();
        if let Some(encoding) = self.decoded.filter(|_| replaced > 0) {
            self.remarked.replaced.add(replaced, 1, encoding.name());
            for &(index, n) in &self.lossy {
                self.out.documents[index]
                    .remarks
                    .push(format!("{} (U+FFFD) in the text.", counted(n as u64, "replacement character")));
            }
        }
        self.tell_remarked();
        if self.out.documents.is_empty() && self.out.skipped.is_empty() {
            self.skip(None, "holds no records".into(), false);
        }
        self.out
    }

    fn tell_remarked(&mut self) {
        let Remarked { replaced, repaired, unread_dates, ambiguous_dates, short_rows } =
            std::mem::take(&mut self.remarked);
        let told = [
            (
                &replaced,
                format!(
                    "{} for bytes that are not valid {}; give --encoding if that is the wrong encoding",
                    counted(replaced.count, "replacement character"),
                    replaced.example
                ),
            ),
            (
                &repaired,
                format!(
                    "{} mended in JSON (lone surrogate escapes, raw control characters, NaN)",
                    counted(repaired.count, "place")
                ),
            ),
            (
                &unread_dates,
                format!(
                    "{} not understood, the first is {}; write dates as 2026-03-02",
                    counted(unread_dates.count, "date"),
                    unread_dates.example
                ),
            ),
            (
                &ambiguous_dates,
                format!(
                    "{} not guessed that may be day first or month first, the first is {}; \
                write dates as 2026-03-02",
                    counted(ambiguous_dates.count, "date"),
                    ambiguous_dates.example
                ),
            ),
            (
                &short_rows,
                format!(
                    "{} with fewer fields than the header; the missing ones count as empty",
                    counted(short_rows.count, "row")
                ),
            ),
        ];
        for (tally, message) in told {
            if tally.count > 0 {
                self.warn(tally.first_line, message);
            }
        }
    }
}

/// `1 date`, `2 dates`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A document before its metadata is put together.
struct Draft {
    name: String,
    text: String,
    /// What record and file name say.
    given: Metadata,
    record: Option<u32>,
    place: Place,
}

/// Why a document of more than `limit` bytes is not read.
pub(super) fn too_long(limit: u64) -> String {
    format!("has more than {limit} bytes; raise --max-document-bytes to read it")
}

fn by_name(job: &Job<'_>, file: &InputFile, out: &mut Outcome) -> Metadata {
    let Some(pattern) = job.params.name_pattern.as_ref().filter(|_| !file.is_stdin()) else {
        return Metadata::default();
    };
    let Some(fields) = pattern.fields(&file.relative) else {
        let message =
            format!("the name does not follow --name-pattern {pattern}, so nothing was read off it");
        out.warnings.push(Warning { path: file.shown.clone(), line: None, message });
        return Metadata::default();
    };
    // Placeholders have fixed names: the flags that rename fields do not reach them.
    let names = FieldNames::new(&ReadParams::default());
    let fields = fields.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
    names.metadata(fields).dated_by(PublishedFrom::FileName)
}
