//! The table of settings: one row a flag, which is also a key of `wirecopy.toml` and a `WIRECOPY_*` variable.
//!
//! Help, completions, the configuration, the environment and `config show` are all made from this table, so none
//! can lag behind another; defaults are read from the library's own `Default`s.

use std::path::PathBuf;

use crate::cli::choice;
use crate::cli::options_check;
use crate::cli::value;
use crate::model::SettingValue;
use crate::report::{Graph, Table};

pub use crate::cli::opt::{Kind, Opt, Set, Show, Taken};

/// The setting that a key of `wirecopy.toml` means.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Opt> {
    let name = key.replace('_', "-");
    OPTIONS.iter().find(|option| option.name == name)
}

/// Heading of what decides which wording is shared.
pub(super) const SHARED: &str = "What counts as shared";
/// Heading of what decides which documents are compared.
pub(super) const COMPARED: &str = "What is compared";
const INPUT: &str = "Input";
const FIELDS: &str = "Fields and metadata";
const OUTPUT: &str = "Output";
const RUN: &str = "Run";

/// Name of the flag that turns colour on and off, which is needed before settings are known.
pub const COLOR: &str = "color";

macro_rules! field {
    ($name:literal, $field:ident, $help:literal) => {
        Opt::new(
            Kind::One,
            $name,
            "FIELD",
            |to, values| choice::text(values).map(|text| to.read.$field = Some(text.to_owned())),
            |of| choice::shown(of.read.$field.as_deref()),
        )
        .help(FIELDS, $help)
    };
}

macro_rules! switch {
    ($name:literal, $opposite:literal, $($field:ident).+) => {
        Opt::new(
            Kind::Switch,
            $name,
            "",
            |to, values| choice::text(values).and_then(value::switch).map(|on| to.$($field).+ = on),
            |of| SettingValue::Flag(of.$($field).+),
        )
        .opposite($opposite)
    };
}

macro_rules! paths {
    ($name:literal, $value:literal, $field:ident) => {
        Opt::new(
            Kind::Many,
            $name,
            $value,
            |to, values| choice::paths(values).map(|paths| to.$field = paths),
            |of| choice::shown_paths(&of.$field),
        )
        .path()
    };
}

macro_rules! path {
    ($name:literal, $($field:ident).+) => {
        Opt::new(
            Kind::One,
            $name,
            "FILE",
            |to, values| choice::path(values).map(|path| to.$($field).+ = Some(path)),
            |of| choice::shown(of.$($field).+.as_ref().map(PathBuf::as_path).map(choice::path_text).as_deref()),
        )
        .path()
    };
}

/// Every setting, in the order of help and of `config show`.
pub static OPTIONS: &[Opt] =
    &joined::<{ GENERAL.len() + options_check::CHECK.len() }>(GENERAL, options_check::CHECK);

/// One list of two.
const fn joined<const N: usize>(first: &[Opt], second: &[Opt]) -> [Opt; N] {
    let mut all = [first[0]; N];
    let mut index = 0;
    while index < N {
        all[index] = if index < first.len() { first[index] } else { second[index - first.len()] };
        index += 1;
    }
    all
}

/// The settings of how documents are read and compared, and of what `compare` writes.
const GENERAL: &[Opt] = &[
    Opt::new(
        Kind::One,
        "profile",
        "KIND",
        |to, values| choice::profile(values).map(|profile| to.settings.profile = profile),
        |of| SettingValue::Text(of.settings.profile.name().to_owned()),
    )
    .words(choice::profile_names)
    .brief()
    .help(
        SHARED,
        "Kind of text: news as typed, or ocr, print read by a machine\nWith ocr, letters that look alike are one, \
         and words split or run together are mended.",
    ),
    Opt::new(
        Kind::One,
        "min-words",
        "N",
        |to, values| choice::count(values, 1).map(|n| to.settings.min_words = n),
        |of| SettingValue::Integer(of.settings.min_words.into()),
    )
    .brief()
    .taken(Taken::Matching)
    .help(SHARED, "Shortest passage, in words: the mean of its two sides"),
    Opt::new(
        Kind::One,
        "min-identity",
        "SHARE",
        |to, values| choice::text(values).and_then(value::share).map(|share| to.settings.min_identity = share),
        |of| SettingValue::Number(of.settings.min_identity),
    )
    .brief()
    .taken(Taken::Matching)
    .help(SHARED, "Least share of words both sides have in common (40%, 0.4)"),
    Opt::new(
        Kind::One,
        "min-bits",
        "BITS",
        |to, values| choice::text(values).and_then(value::number).map(|bits| to.settings.min_bits = bits),
        |of| SettingValue::Number(of.settings.min_bits),
    )
    .taken(Taken::Matching)
    .help(
        SHARED,
        "Least evidence of a passage, in bits\nRare words carry many bits, common ones few: seven rare words in \
         a row pass, three common ones do not.",
    ),
    Opt::new(
        Kind::One,
        "statistics",
        "KIND",
        |to, values| choice::statistics(values).map(|statistics| to.settings.statistics = statistics),
        |of| SettingValue::Text(of.settings.statistics.name().to_owned()),
    )
    .words(choice::statistics_names)
    .taken(Taken::Matching)
    .help(
        SHARED,
        "What tells how rare a word is: builtin figures of its language, or the corpus too\nWith corpus, words \
         frequent in the documents given say less, and what two of them share depends on the others.",
    ),
    Opt::new(
        Kind::One,
        "max-gap",
        "N",
        |to, values| choice::count(values, 0).map(|n| to.settings.max_gap = n),
        |of| SettingValue::Integer(of.settings.max_gap.into()),
    )
    .taken(Taken::Matching)
    .help(SHARED, "Longest stretch of differing words inside one passage"),
    Opt::new(
        Kind::One,
        "reach",
        "N",
        |to, values| choice::count(values, 1).map(|n| to.settings.reach = n),
        |of| SettingValue::Integer(of.settings.reach.into()),
    )
    .taken(Taken::Matching)
    .help(
        SHARED,
        "Farthest that two shared words may stand apart to begin a passage\nMore finds wording with few words left, \
         and joins what stands close together.",
    ),
    Opt::new(
        Kind::One,
        "min-summary",
        "SHARE",
        |to, values| choice::text(values).and_then(value::share).map(|share| to.settings.min_summary = share),
        |of| SettingValue::Number(of.settings.min_summary),
    )
    .taken(Taken::Matching)
    .help(
        SHARED,
        "Least probability that a stretch sums up the other text\nA summary takes its words from all over the other \
         text; 1 looks for none.",
    ),
    Opt::new(
        Kind::Words,
        "exclude-tags",
        "TAGS",
        |to, values| choice::tags(values).map(|tags| to.settings.exclude_tags = tags),
        |of| choice::shown_tags(&of.settings.exclude_tags),
    )
    .words(choice::tag_names)
    .taken(Taken::Matching)
    .help(
        SHARED,
        "Passages with one of these tags are shown but do not count\nReplaces the default list; 'none' empties \
         it. Tags: boilerplate, common, credited, quoted, exact-copy, formula, headline, caption; excluded unless \
         told otherwise: boilerplate, formula.",
    ),
    Opt::new(
        Kind::Words,
        "include-tags",
        "TAGS",
        |to, values| choice::tags(values).map(|tags| to.include_tags = tags),
        |of| choice::shown_tags(&of.include_tags),
    )
    .words(choice::tag_names)
    .taken(Taken::Matching)
    .help(SHARED, "Take these tags off the list of --exclude-tags"),
    paths!("boilerplate", "FILE", boilerplate)
        .taken(Taken::Matching)
        .help(SHARED, "Known text (a disclaimer, a header): passages that repeat it are tagged boilerplate"),
    paths!("rules", "FILE", rules).taken(Taken::Matching).help(
        SHARED,
        "Names and words by which the parts of an article are told, added to those built in; repeatable\nTOML: agencies \
         and other services, verbs of saying, words of bylines, captions and contacts, as in the built-in rules for \
         English.",
    ),
    switch!("fold-diacritics", "no-fold-diacritics", settings.fold_diacritics)
        .help(SHARED, "Let letters match their forms without diacritics (é and e)"),
    Opt::new(
        Kind::One,
        "language",
        "CODE",
        |to, values| choice::language(values).map(|code| to.settings.language = Some(code)),
        |of| choice::shown(of.settings.language.as_deref()),
    )
    .help(SHARED, "Language of every document (en, az), whatever is declared or detected"),
    paths!("against", "PATH", against)
        .brief()
        .taken(Taken::Against)
        .help(COMPARED, "Compare with these, not among themselves (check: both)"),
    path!("pairs", pairs)
        .brief()
        .taken(Taken::Comparing)
        .help(
            COMPARED,
            "Compare only the document pairs listed in FILE\nCSV or JSON Lines with the ids in columns a and b, \
             or susp and src.",
        ),
    Opt::new(
        Kind::One,
        "min-coverage",
        "SHARE",
        |to, values| choice::text(values).and_then(value::share).map(|share| to.settings.min_coverage = share),
        |of| SettingValue::Number(of.settings.min_coverage),
    )
    .brief()
    .taken(Taken::Finding)
    .help(COMPARED, "Leave out pairs that share less than this of either side (20%)"),
    Opt::new(
        Kind::One,
        "skip-same",
        "FIELD",
        |to, values| choice::skip_same(values).map(|skip| to.settings.skip_same_source = skip),
        |of| choice::shown(of.settings.skip_same_source.then_some("source")),
    )
    .words(choice::skip_same_names)
    .brief()
    .taken(Taken::Against)
    .help(COMPARED, "Do not count what documents of one source share\nThe passages are shown all the same."),
    Opt::new(
        Kind::One,
        "within",
        "TIME",
        |to, values| choice::text(values).and_then(value::duration).map(|s| to.settings.within_seconds = Some(s)),
        |of| choice::shown(of.settings.within_seconds.map(value::show_duration).as_deref()),
    )
    .brief()
    .taken(Taken::Against)
    .help(COMPARED, "Compare only documents dated at most this far apart (72h, 3d)"),
    Opt::new(
        Kind::One,
        "tolerance",
        "TIME",
        |to, values| choice::text(values).and_then(value::duration).map(|s| to.settings.tolerance = s),
        |of| SettingValue::Text(value::show_duration(of.settings.tolerance)),
    )
    .taken(Taken::Against)
    .help(COMPARED, "Times at most this far apart do not tell who was first (10m)"),
    Opt::new(
        Kind::Many,
        "min-lag",
        "OUTLET=TIME",
        |to, values| choice::min_lag(values).map(|lags| to.settings.min_lag = lags),
        |of| choice::shown_lags(&of.settings.min_lag),
    )
    .taken(Taken::Against)
    .help(
        COMPARED,
        "An outlet takes nothing from what appeared less than this before (\"Daily Herald=6h\")\nA paper takes hours to \
         print. The order stays; what is nearer counts neither as a first match nor as derived. In wirecopy.toml also \
         [sources.\"Daily Herald\"] with min_lag = \"6h\".",
    ),
    switch!("first-match", "no-first-match", settings.first_match)
        .taken(Taken::Finding)
        .help(COMPARED, "Table of outlets: of each article only what it shares with the earliest"),
    Opt::new(
        Kind::One,
        "max-pairs",
        "N",
        |to, values| choice::places(values).map(|n| to.settings.max_pairs = n),
        |of| choice::shown_places(of.settings.max_pairs),
    )
    .taken(Taken::Pairing)
    .help(
        COMPARED,
        "Document pairs written in full for one widely carried passage\nBeyond it, the pairs of its \
         representative and of consecutive carriers; the list of carriers is always complete.",
    ),
    Opt::new(
        Kind::One,
        "max-df",
        "N",
        |to, values| choice::places(values).map(|n| to.settings.max_df = n),
        |of| choice::shown_places(of.settings.max_df),
    )
    .taken(Taken::Pairing)
    .help(
        COMPARED,
        "Documents that one word sequence links pair by pair\nBeyond it they are linked through a few of \
         them, so that widely carried text stays findable in linear time.",
    ),
    path!("files-from", files_from)
        .brief()
        .taken(Taken::Gathering)
        .help(INPUT, "Read paths from FILE, one a line ('-': standard input)"),
    Opt::new(
        Kind::Many,
        "glob",
        "GLOB",
        |to, values| choice::texts(values).map(|globs| to.read.globs = globs),
        |of| SettingValue::List(of.read.globs.clone()),
    )
    .brief()
    .help(INPUT, "In folders, read only such files ('*.txt', or '!*.txt' for all others)"),
    switch!("hidden", "no-hidden", read.hidden).help(INPUT, "In folders, read hidden files too"),
    switch!("no-ignore", "ignore", read.no_ignore).help(INPUT, "In folders, read files that .gitignore and .ignore leave out"),
    Opt::new(
        Kind::One,
        "encoding",
        "NAME",
        |to, values| choice::text(values).map(|name| to.read.encoding = Some(name.to_owned())),
        |of| choice::shown(of.read.encoding.as_deref()),
    )
    .help(INPUT, "Encoding of every input (utf-8, windows-1251), whatever is declared or detected"),
    Opt::new(
        Kind::One,
        "max-document-bytes",
        "SIZE",
        |to, values| choice::text(values).and_then(value::size).map(|n| to.read.max_document_bytes = n),
        |of| SettingValue::Text(value::show_size(of.read.max_document_bytes)),
    )
    .help(INPUT, "Skip documents larger than this, and say so (200M)"),
    field!("id-field", id_field, "Field or column with the document's id"),
    field!("text-field", text_field, "Field or column with the text").brief(),
    field!("source-field", source_field, "Field or column with the outlet").brief(),
    field!("date-field", date_field, "Field or column with the date of publication").brief(),
    field!("title-field", title_field, "Field or column with the headline"),
    field!("url-field", url_field, "Field or column with the address"),
    field!("language-field", language_field, "Field or column with the language"),
    Opt::new(
        Kind::One,
        "name-pattern",
        "PATTERN",
        choice::name_pattern,
        |of| choice::shown(of.read.name_pattern.as_ref().map(ToString::to_string).as_deref()),
    )
    .help(FIELDS, "Read metadata from file names, as in '{source}_{date}_{id}.txt'"),
    path!("meta", read.meta).help(FIELDS, "CSV with metadata, a row a document"),
    Opt::new(
        Kind::One,
        "format",
        "FORMAT",
        |to, values| choice::format(values).map(|format| to.format = format),
        |of| SettingValue::Text(of.format.name().to_owned()),
    )
    .words(choice::format_names)
    .brief()
    .taken(Taken::Finding)
    .help(OUTPUT, "Form of standard output"),
    paths!("output", "PATH", outputs)
        .short('o')
        .brief()
        .taken(Taken::Finding)
        .prefixed()
        .help(
            OUTPUT,
            "Also write this file, or FORMAT:PATH, or folder/ of CSV tables; repeatable\nThe extension decides the form: .html \
             .txt .json .jsonl .csv .md .xlsx .parquet .gexf .graphml; a format before a colon overrides it. A file of one table \
             (.csv, .parquet) holds the table it is named after, as in passages.parquet, else that of --table, else pairs. A \
             name with a trailing slash or without extension is a folder of all tables, in CSV or, as in parquet:tables/, in \
             Parquet, with a codebook (datapackage.json).",
        ),
    Opt::new(
        Kind::One,
        "max-size",
        "SIZE",
        |to, values| choice::text(values).and_then(value::size).map(|n| to.render.html.max_bytes = n),
        |of| SettingValue::Text(value::show_size(of.render.html.max_bytes)),
    )
    .taken(Taken::Finding)
    .help(
        OUTPUT,
        "Size that a report (.html) stays below\nOver it, articles are cut to what they share with some words around it, \
         then texts and differences of the least alike pairs are left out; the report tells what.",
    ),
    switch!("split", "no-split", split)
        .taken(Taken::Finding)
        .help(OUTPUT, "Put the texts of a report into a folder beside it, all of them"),
    paths!("texts", "PATH", texts)
        .taken(Taken::Restoring)
        .help(INPUT, "Where the articles of the result are now, if not where they were; repeatable"),
    Opt::new(
        Kind::One,
        "table",
        "NAME",
        |to, values| choice::table(values).map(|table| to.table = Some(table)),
        |of| choice::shown(of.table.map(Table::name)),
    )
    .words(choice::table_names)
    .taken(Taken::Finding)
    .help(OUTPUT, "Write one table to standard output, as CSV or, with --format parquet, in Parquet"),
    Opt::new(
        Kind::One,
        "graph",
        "KIND",
        |to, values| choice::graph(values).map(|graph| to.render.graph = Some(graph)),
        |of| choice::shown(of.render.graph.map(Graph::name)),
    )
    .words(choice::graph_names)
    .taken(Taken::Finding)
    .help(
        OUTPUT,
        "Network that .gexf and .graphml hold: documents, sequence or outlets\ndocuments has an edge for each pair, sequence \
         one from the earlier to the later where that is known, outlets one for all that two outlets share. Without it, \
         outlets where several share wording, else documents.",
    ),
    Opt::new(
        Kind::One,
        "redact",
        "WHAT",
        |to, values| choice::redact(values).map(|redact| to.redact_text = redact),
        |of| choice::shown(of.redact_text.then_some("text")),
    )
    .words(choice::redact_names)
    .taken(Taken::Finding)
    .help(
        OUTPUT,
        "Leave the words of the articles out of every output: text\nTitles, names and addresses, offsets, counts and hashes \
         stay, so that whoever has the articles can put their words back. Remarks and further columns lose every four words in a \
         row that any article has; where an article is not at hand or known in parts only, all remarks and further columns \
         of four words or more.",
    ),
    Opt::new(
        Kind::One,
        "top",
        "N",
        |to, values| choice::places(values).map(|n| to.render.top = n),
        |of| choice::shown_places(of.render.top),
    )
    .brief()
    .taken(Taken::Finding)
    .help(OUTPUT, "Rows of each table on the terminal"),
    Opt::new(
        Kind::One,
        COLOR,
        "WHEN",
        |to, values| choice::color(values).map(|color| to.color = color),
        |of| SettingValue::Text(of.color.name().to_owned()),
    )
    .words(choice::color_names)
    .taken(Taken::Always)
    .help(OUTPUT, "When to use colour (NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE are honoured)"),
    switch!("show", "no-show", show)
        .brief()
        .taken(Taken::Searching)
        .help(OUTPUT, "Show the passages of every article in the table, changed words marked"),
    switch!("exit-code", "no-exit-code", exit_code)
        .taken(Taken::Finding)
        .help(OUTPUT, "End with exit code 1 when shared passages were found"),
    Opt::new(
        Kind::One,
        "threads",
        "N",
        |to, values| choice::threads(values).map(|n| to.settings.threads = n),
        |of| choice::shown_places(of.settings.threads),
    )
    .short('j')
    .help(RUN, "Worker threads, 0 for one a processor; results do not depend on it"),
    Opt::new(
        Kind::One,
        "memory",
        "SIZE",
        |to, values| choice::text(values).and_then(value::size).map(|n| to.settings.memory_bytes = Some(n)),
        |of| choice::shown(of.settings.memory_bytes.map(value::show_size).as_deref()),
    )
    .help(
        RUN,
        "Stay within this much memory; what does not fit goes to disk (2G)\nBy default half of what the machine has free. \
         Files go to the folder of --work, else to TMPDIR, and are gone when the program ends, however it ends.",
    ),
    Opt::new(
        Kind::One,
        "work",
        "DIR",
        |to, values| choice::path(values).map(|path| to.work = Some(path)),
        |of| choice::shown(of.work.as_deref().map(choice::path_text).as_deref()),
    )
    .path()
    .taken(Taken::Pairing)
    .help(
        RUN,
        "Keep what is finished in this folder, so that the same command goes on after it was stopped\nThe folder is \
         emptied once the results are written. One that holds a run with other inputs or settings is refused.",
    ),
    switch!("no-progress", "progress", no_progress).help(RUN, "Show no progress on standard error"),
    switch!("quiet", "no-quiet", quiet)
        .short('q')
        .taken(Taken::Always)
        .help(RUN, "Write no notes and no progress to standard error; errors still show"),
    switch!("verbose", "no-verbose", verbose)
        .short('v')
        .taken(Taken::Always)
        .help(RUN, "List every skipped input and every warning on standard error"),
];
