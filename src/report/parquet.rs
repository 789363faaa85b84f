//! Apache Parquet: one file a table, compressed with zstd, for pandas, R, DuckDB and the like.
//!
//! Columns are those of CSV with their types kept: 64-bit whole numbers, doubles, truth values, UTF-8; lists of texts are
//! lists; objects are JSON as text. The file's metadata holds the columns' descriptions as a Table Schema under the key
//! `wirecopy`. Rows are written in groups, so memory holds one group; the bytes depend on the rows alone.

use std::io::{self, Write};
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{Type, TypePtr};

use crate::model::{Findings, Observer};
use crate::report::codebook::{Cell, Entry, Field, FieldKind};
use crate::report::flat::each_row;
use crate::report::package::{Form, table_schema};
use crate::report::table::Table;

/// Most rows of a group.
const GROUP_ROWS: usize = 1 << 15;

/// Bytes of text from which a group is full.
const GROUP_BYTES: usize = 32 << 20;

/// Writes one table of `analysis`; `observer` is told of rows.
///
/// # Errors
///
/// Whatever `out` reports; a closed pipe keeps its kind.
pub(super) fn write(
    analysis: &dyn Findings,
    table: Table,
    out: &mut dyn Write,
    observer: &dyn Observer,
) -> io::Result<()> {
    let entry = Entry::of(table);
    let mut file =
        SerializedFileWriter::new(Vec::new(), schema(&entry).map_err(other)?, properties(&entry)?.into())
            .map_err(other)?;
    let mut group = Group::new(&entry);
    each_row(analysis, &entry, observer, |row| {
        group.add(row);
        if group.is_full() {
            group.write(&mut file).map_err(other)?;
            pass_on(&mut file, out)?;
        }
        Ok(())
    })?;
    group.write(&mut file).map_err(other)?;
    file.finish().map_err(other)?;
    pass_on(&mut file, out)?;
    out.flush()
}

/// Moves to `out` what was written so far: the writer counts bytes by itself, so it can lose sight of them.
fn pass_on(file: &mut SerializedFileWriter<Vec<u8>>, out: &mut dyn Write) -> io::Result<()> {
    file.flush()?;
    out.write_all(file.inner())?;
    file.inner_mut().clear();
    Ok(())
}

fn other(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn properties(entry: &Entry) -> io::Result<WriterProperties> {
    let codebook = serde_json::to_string(&table_schema(Form::Parquet, entry))?;
    Ok(WriterProperties::builder()
        .set_created_by(format!("wirecopy {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![KeyValue::new("wirecopy".to_owned(), codebook)]))
        .build())
}

fn schema(entry: &Entry) -> Result<TypePtr, ParquetError> {
    let columns = entry.fields.iter().map(|field| column(field).map(Arc::new));
    let columns = columns.collect::<Result<Vec<TypePtr>, ParquetError>>()?;
    Type::group_type_builder(entry.table.name()).with_fields(columns).build().map(Arc::new)
}

fn column(field: &Field) -> Result<Type, ParquetError> {
    if !matches!(field.kind, FieldKind::Words | FieldKind::List) {
        return plain(&field.name, physical(field.kind), Repetition::OPTIONAL);
    }
    // A list as the format's documents have it: three levels, here without null in it.
    let element = plain("element", Physical::BYTE_ARRAY, Repetition::REQUIRED)?;
    let list = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(element)])
        .build()?;
    Type::group_type_builder(&field.name)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(list)])
        .build()
}

fn plain(name: &str, physical: Physical, repetition: Repetition) -> Result<Type, ParquetError> {
    let text = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    Type::primitive_type_builder(name, physical).with_logical_type(text).with_repetition(repetition).build()
}

fn physical(kind: FieldKind) -> Physical {
    match kind {
        FieldKind::Integer => Physical::INT64,
        FieldKind::Number => Physical::DOUBLE,
        FieldKind::Boolean => Physical::BOOLEAN,
        FieldKind::Text | FieldKind::Words | FieldKind::List | FieldKind::Object | FieldKind::Objects => {
            Physical::BYTE_ARRAY
        }
    }
}

/// The columns of the rows that are written together.
struct Group {
    columns: Vec<(FieldKind, Column)>,
    rows: usize,
    bytes: usize,
}

/// Cells of one column, one after another.
#[derive(Default)]
struct Column {
    texts: Vec<ByteArray>,
    integers: Vec<i64>,
    numbers: Vec<f64>,
    booleans: Vec<bool>,
    /// How much of the path to a value is there.
    definitions: Vec<i16>,
    /// Whether a value goes on with the list of the value before it.
    repetitions: Vec<i16>,
}

impl Group {
    fn new(entry: &Entry) -> Group {
        let columns = entry.fields.iter().map(|field| (field.kind, Column::default())).collect();
        Group { columns, rows: 0, bytes: 0 }
    }

    fn is_full(&self) -> bool {
        self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES
    }

    fn add(&mut self, row: Vec<Cell>) {
        for ((_, column), cell) in self.columns.iter_mut().zip(row) {
            self.bytes += column.add(cell);
        }
        self.rows += 1;
    }

    /// Writes the rows and forgets them.
    fn write(&mut self, file: &mut SerializedFileWriter<Vec<u8>>) -> Result<(), ParquetError> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = file.next_row_group()?;
        for (kind, column) in &mut self.columns {
            let Some(writer) = group.next_column()? else { break };
            std::mem::take(column).write(*kind, writer)?;
        }
        (self.rows, self.bytes) = (0, 0);
        group.close().map(drop)
    }
}

impl Column {
    /// Adds a cell; the bytes of its text.
    fn add(&mut self, cell: Cell) -> usize {
        let mut definition = 1;
        let mut bytes = 0;
        match cell {
            Cell::Null => definition = 0,
            Cell::Integer(whole) => self.integers.push(whole),
            Cell::Number(number) => self.numbers.push(number),
            Cell::Boolean(is) => self.booleans.push(is),
            Cell::Text(text) => {
                bytes = text.len();
                self.texts.push(ByteArray::from(text.into_bytes()));
            }
            Cell::List(texts) if !texts.is_empty() => {
                for (text, place) in texts.into_iter().zip(0usize..) {
                    bytes += text.len();
                    self.texts.push(ByteArray::from(text.into_bytes()));
                    self.definitions.push(2);
                    self.repetitions.push(i16::from(place > 0));
                }
                return bytes;
            }
            // An empty list is there, but nothing in it.
            Cell::List(_) => {}
        }
        self.definitions.push(definition);
        self.repetitions.push(0);
        bytes
    }

    fn write(self, kind: FieldKind, writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        match kind {
            FieldKind::Integer => put::<Int64Type>(writer, &self.integers, &self.definitions, None),
            FieldKind::Number => put::<DoubleType>(writer, &self.numbers, &self.definitions, None),
            FieldKind::Boolean => put::<BoolType>(writer, &self.booleans, &self.definitions, None),
            FieldKind::Words | FieldKind::List => {
                put::<ByteArrayType>(writer, &self.texts, &self.definitions, Some(&self.repetitions))
            }
            FieldKind::Text | FieldKind::Object | FieldKind::Objects => {
                put::<ByteArrayType>(writer, &self.texts, &self.definitions, None)
            }
        }
    }
}

fn put<T: DataType>(
    mut writer: SerializedColumnWriter<'_>,
    values: &[T::T],
    definitions: &[i16],
    repetitions: Option<&[i16]>,
) -> Result<(), ParquetError> {
    writer.typed::<T>().write_batch(values, Some(definitions), repetitions)?;
    writer.close()
}
