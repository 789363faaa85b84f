//! A result as one HTML file that needs neither network nor server: to be mailed, archived, and opened in years.
//!
//! In: [`Findings`]. Out: a page with a summary that needs no script, the data, and a program (`page/`, TypeScript; built and
//! committed, so that building the library needs Rust alone). `page/src/data.ts` is the contract between the two: tables of columns, offsets in UTF-16
//! code units. Tables are read at the start, blocks of texts and differences when a view asks for them.
//!
//! The file stays below a size ([`HtmlOptions`]); what does not fit is left out in steps, and told (`budget`, `kept`). The
//! differences of all pairs are worked out here, by all threads: a tenth of a millisecond each, and the largest part of the time. Memory: the columns,
//! some 200 bytes a passage, and the file itself.

mod blocks;
mod budget;
mod clusters;
mod diffs;
mod documents;
mod kept;
mod pack;
mod page;
mod pairs;
mod strings;
mod texts;
mod utf16;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::fingerprint::content_hash;
use crate::model::{Findings, Observer};
use crate::report::SCHEMA_VERSION;
use crate::report::html::blocks::{Packed, block_name};
use crate::report::html::budget::{Choice, Content, Fit, LeftOut, Limit, flag_value, megabytes};
use crate::report::html::clusters::{Clusters, Edges, RecurringColumns};
use crate::report::html::documents::{Documents, documents, sources};
use crate::report::html::kept::Kept;
use crate::report::html::pack::Block;
use crate::report::html::page::{Head, put_rest};
use crate::report::html::pairs::{Pairs, Passages};
use crate::report::html::texts::Shared;
use crate::report::html::utf16::Places;
use crate::report::names::Names;
use crate::report::overview::{self, PairLayout, plural};
use crate::report::rows::{BoundRow, Rows, SkippedRow, WarningRow};

/// Version of the contract with the page.
const FORMAT: u32 = 1;

/// Rows of the table that needs no script.
const TOP: usize = 20;

/// What can be chosen about a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlOptions {
    /// Bytes that the file may take.
    pub max_bytes: u64,
}

impl Default for HtmlOptions {
    fn default() -> HtmlOptions {
        HtmlOptions { max_bytes: 8_000_000 }
    }
}

/// Where blocks of texts and differences go that do not stand in the page.
pub struct Beside<'b> {
    /// Name of the folder that holds them, which is beside the page.
    pub folder: &'b str,
    /// Takes the name of a file in it and its content.
    pub put: &'b mut dyn FnMut(&str, &str) -> io::Result<()>,
}

/// See `Core` in `page/src/data.ts`.
#[derive(Serialize)]
struct Core<'a, S> {
    format: u32,
    tool: Tool,
    language: &'static str,
    sentence: String,
    settings: S,
    corpus_sha256: String,
    names: Names,
    sources: Vec<&'a str>,
    documents: Documents<'a>,
    pairs: Pairs,
    clusters: Clusters,
    edges: Edges,
    recurring: RecurringColumns<'a>,
    warnings: Vec<WarningRow<'a>>,
    skipped: Vec<SkippedRow<'a>>,
    bounds: Vec<BoundRow<'a>>,
    left_out: Vec<LeftOut>,
    beside: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
    schema_version: u32,
}

impl<S> Core<'_, S> {
    /// Names a block for every text and every pair, so that no choice among them takes more room than this.
    fn assume_all(&mut self) {
        let blocks = |index: usize| (index / 40) as u32;
        let texts = 0..self.documents.text.len();
        self.documents.text =
            texts.map(|index| Some((block_name("texts", blocks(index)), index as u32 % 40))).collect();
        let pairs = 0..self.pairs.len();
        self.pairs.diffs = pairs.map(|index| Some(block_name("diffs", blocks(index)))).collect();
    }

    /// Names the blocks that texts and differences stand in.
    fn place(&mut self, texts: &Packed, diffs: &Packed) {
        let text =
            |place: &Option<(u32, u32)>| place.map(|(block, place)| (block_name("texts", block), place));
        self.documents.text = texts.places.iter().map(text).collect();
        self.pairs.diffs =
            diffs.places.iter().map(|place| place.map(|(block, _)| block_name("diffs", block))).collect();
    }
}

/// Writes `findings` as one page; `observer` is told of pairs.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind. [`io::ErrorKind::FileTooLarge`] if not even the list of documents fits
/// into [`HtmlOptions::max_bytes`].
pub fn write(
    findings: &dyn Findings,
    options: &HtmlOptions,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    render(findings, options, None, out, observer)
}

/// The same with texts and differences in files beside the page, all of them.
///
/// # Errors
///
/// Whatever `out` and [`Beside::put`] report.
pub fn write_split(
    findings: &dyn Findings,
    options: &HtmlOptions,
    beside: Beside<'_>,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    render(findings, options, Some(beside), out, observer)
}

fn render(
    findings: &dyn Findings,
    options: &HtmlOptions,
    beside: Option<Beside<'_>>,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let draft = Draft::of(findings, findings, beside.is_some())?;
    if findings.hidden().is_some() && beside.is_some() {
        let nothing = draft.choice(observer).nothing()?;
        return draft.finish(nothing, BTreeMap::new(), out);
    }
    if let Some(beside) = beside {
        // What is opened from a folder need not be small.
        let (content, files) = beside_the_page(&draft.choice(observer), beside)?;
        return draft.finish(content, files, out);
    }
    let limit = Limit { max_bytes: options.max_bytes, fixed: draft.fixed() };
    let base = limit.fixed - draft.tables();
    let room = options.max_bytes.checked_sub(base).ok_or_else(|| too_large(limit))?;
    let mut fit = Fit::new(&draft.core.pairs, room);
    if let Some(room) = limit.max_bytes.checked_sub(limit.fixed) {
        let content = draft.choice(observer).content(room, limit)?;
        if content.is_all() || fit.is_room_for(draft.tables()) {
            return draft.finish(content, BTreeMap::new(), out);
        }
    }
    drop(draft);
    while let Some((keep, left_out)) = fit.next(limit) {
        let kept = Kept::of(findings, keep);
        let draft = Draft::of(&kept, findings, false)?;
        if fit.suits(draft.tables()) {
            let mut content = draft.choice(observer).content(options.max_bytes - draft.fixed(), limit)?;
            content.left_out.insert(0, left_out);
            return draft.finish(content, BTreeMap::new(), out);
        }
    }
    Err(too_large(limit))
}

/// A page but for its texts and differences.
struct Draft<'a, S> {
    findings: &'a dyn Findings,
    head: Vec<u8>,
    core: Core<'a, S>,
    passages: Block,
    nonce: Option<String>,
    /// Bytes of the core block at most, and of what ends the page.
    core_bytes: u64,
    ending: u64,
}

impl<'a> Draft<'a, ()> {
    /// The page that lists the pairs of `findings` and tells of all that were found, `told`.
    fn of(
        findings: &'a dyn Findings,
        told: &dyn Findings,
        is_split: bool,
    ) -> io::Result<Draft<'a, impl Serialize + use<'a>>> {
        let (places, rows) = (Places::new(findings), Rows::new(findings));
        let passages = Block::of("passages", &Passages::of(findings, &rows, &places))?;
        let mut core = core((findings, told), &rows, &places);
        let nonce = is_split.then(|| passages.nonce());
        let mut head = Vec::new();
        let title = format!(
            "{} compared by wirecopy",
            plural(findings.facts().documents.len(), "article", "articles")
        );
        let table = overview::pairs(told, TOP, PairLayout::Wide);
        let shown =
            Head { title: &title, sentence: &core.sentence, table: table.as_ref(), nonce: nonce.as_deref() };
        shown.put(&mut head)?;
        let ending = size(|out| put_rest([].into_iter(), nonce.as_deref(), out))?;
        core.assume_all();
        // The last word on what is left out is said when it is known.
        let core_bytes = Block::of("core", &core)?.len() * 51 / 50 + 4_096;
        Ok(Draft { findings, head, core, passages, nonce, core_bytes, ending })
    }
}

impl<S: Serialize> Draft<'_, S> {
    /// Bytes of the tables.
    fn tables(&self) -> u64 {
        self.passages.len() + self.core_bytes
    }

    /// Bytes of all but texts and differences.
    fn fixed(&self) -> u64 {
        self.head.len() as u64 + self.tables() + self.ending
    }

    /// What its texts and differences are to be chosen from.
    fn choice<'c>(&'c self, observer: &'c dyn Observer) -> Choice<'c> {
        Choice {
            findings: self.findings,
            observer,
            shared: Shared::of(self.findings),
            pairs: &self.core.pairs,
        }
    }

    /// Writes the page with its texts and differences, and with the names of the `files` beside it.
    fn finish(
        mut self,
        content: Content,
        files: BTreeMap<String, String>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let core = &mut self.core;
        core.beside = files;
        core.place(&content.texts, &content.diffs);
        core.left_out = content.left_out;
        if self.findings.hidden().is_none() {
            core.left_out.extend(budget::rebuilt(self.findings));
        }
        let core = Block::of("core", core)?;
        out.write_all(&self.head)?;
        let blocks =
            [&core, &self.passages].into_iter().chain(&content.texts.blocks).chain(&content.diffs.blocks);
        put_rest(blocks, self.nonce.as_deref(), out)?;
        out.flush()
    }
}

/// The tables but what depends on the choice of texts and differences.
fn core<'a>(
    (findings, told): (&'a dyn Findings, &dyn Findings),
    rows: &Rows<'a>,
    places: &Places<'_>,
) -> Core<'a, impl Serialize + use<'a>> {
    let analysis = findings.facts();
    let sources = sources(analysis);
    let (documents, corpus_sha256) = documents(findings, &sources, places);
    let (begin, end) = (rows.begin(), rows.end());
    Core {
        format: FORMAT,
        tool: Tool { name: begin.tool, version: begin.version, schema_version: SCHEMA_VERSION },
        language: "en",
        sentence: overview::sentence(told),
        settings: begin.setting_values(),
        corpus_sha256,
        names: Names::all(),
        documents,
        pairs: Pairs::of(findings),
        clusters: Clusters::of((findings, told), places),
        edges: Edges::of(&analysis.edges, &sources),
        recurring: RecurringColumns::of(&analysis.recurring, &sources),
        warnings: analysis.warnings.iter().map(WarningRow::new).collect(),
        skipped: end.skipped,
        bounds: end.bounds,
        left_out: Vec::new(),
        beside: BTreeMap::new(),
        sources,
    }
}

/// All texts and differences in files of their own: a call of a function of the page with the block's name and its text, since a
/// page from disk may load a script and nothing else. The names of the files, by block.
fn beside_the_page(
    choice: &Choice<'_>,
    beside: Beside<'_>,
) -> io::Result<(Content, BTreeMap<String, String>)> {
    let mut files = BTreeMap::new();
    let mut content = choice.everything(&mut |block: Block| {
        // A block of another report never takes its place.
        let digest = content_hash(&[block.text.as_bytes()]);
        let name = format!("{}-{digest:016x}.js", block.name);
        (beside.put)(&name, &format!("wirecopyBlock(\"{}\",\"{}\");\n", block.name, block.text))?;
        files.insert(block.name, format!("{}/{name}", in_address(beside.folder)));
        Ok(())
    })?;
    let message = format!(
        "Texts and differences stand in {} in the folder {} beside this one; keep them together.",
        plural(files.len(), "file", "files"),
        beside.folder,
    );
    content.left_out.push(LeftOut { what: "split", count: files.len(), message });
    Ok((content, files))
}

/// `name` as a step of an address (RFC 3986).
fn in_address(name: &str) -> String {
    let step = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(step).collect()
}

/// Bytes that `put` writes.
fn size(put: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<u64> {
    let mut bytes = Vec::new();
    put(&mut bytes)?;
    Ok(bytes.len() as u64)
}

fn too_large(limit: Limit) -> io::Error {
    let message = format!(
        "its tables alone take {}, more than the {} of --max-size, which has no room for the list of articles either; \
         --max-size {} has room for them, and so has --split",
        megabytes(limit.fixed),
        megabytes(limit.max_bytes),
        flag_value(limit.fixed),
    );
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}
