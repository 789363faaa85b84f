//! A folder with a file a table, and the codebook that says what is in them ([`package`]).

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use crate::model::{Findings, Observer, Silent};
use crate::report::codebook::Entry;
use crate::report::package::{self, Digesting, Form};
use crate::report::table::Table;
use crate::report::{Format, RenderOptions, write_observed};

/// Writes every table of `analysis` into the folder `dir` as `documents.csv`, `pairs.csv` and so on, and
/// `datapackage.json`, which describes them; makes the folder when it is missing and overwrites files of these names.
///
/// # Errors
///
/// The first folder or file that could not be written, by name.
pub fn write_csv_folder(analysis: &dyn Findings, dir: &Path) -> io::Result<()> {
    write_folder(analysis, Format::Csv, dir, &Silent)
}

/// The same in `format`, which is one of a single table ([`Format::is_of_one_table`]), while `observer` is told of the rows
/// written.
///
/// # Errors
///
/// As [`write_csv_folder`]; another format.
pub fn write_folder(
    analysis: &dyn Findings,
    format: Format,
    dir: &Path,
    observer: &dyn Observer,
) -> io::Result<()> {
    let form = match format {
        Format::Csv => Form::Csv,
        #[cfg(feature = "parquet")]
        Format::Parquet => Form::Parquet,
        _ => {
            let refusal =
                format!("no folder of tables can be written in the format {format}; use csv or parquet");
            return Err(io::Error::new(io::ErrorKind::Unsupported, refusal));
        }
    };
    let named = |path: &Path, error: io::Error| {
        io::Error::new(error.kind(), format!("cannot write {}: {error}", path.display()))
    };
    fs::create_dir_all(dir).map_err(|error| named(dir, error))?;
    let mut resources = Vec::new();
    for table in Table::ALL {
        let path = dir.join(format!("{table}{}", format.extension()));
        let options = RenderOptions { table, ..RenderOptions::default() };
        let written = File::create(&path).and_then(|file| {
            let mut out = Digesting::new(file);
            write_observed(analysis, format, &options, &mut out, observer)?;
            Ok(out.finish(Entry::of(table)))
        });
        resources.push(written.map_err(|error| named(&path, error))?);
    }
    let path = dir.join(package::FILE_NAME);
    let codebook = File::create(&path).map(BufWriter::new).and_then(|mut out| {
        package::write(form, &resources, &mut out)?;
        out.flush()
    });
    codebook.map_err(|error| named(&path, error))
}

/// Bytes that a codebook fits into, ten times over.
const MOST_CODEBOOK: u64 = 4 << 20;

/// The files of tables in the folder `dir` that the codebook there names, if it is one of ours; none where it cannot be read.
#[must_use]
pub fn tables_in(dir: &Path) -> Vec<String> {
    let mut codebook = Vec::new();
    let read = File::open(dir.join(package::FILE_NAME))
        .and_then(|file| file.take(MOST_CODEBOOK).read_to_end(&mut codebook));
    read.map(|_| package::files_of(&codebook)).unwrap_or_default()
}
