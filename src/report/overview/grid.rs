//! A table of cells without a look.

/// Which side the cells of a column keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A column: its heading and its side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// One or two short lines.
    pub(crate) heading: &'static str,
    /// The side.
    pub(crate) align: Align,
}

/// A titled table whose columns are all in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// What the table shows, and how much of it.
    pub(crate) title: String,
    /// Columns.
    pub(crate) columns: Vec<Column>,
    /// Cells, as many a row as there are columns; a cell may hold line breaks of ours.
    pub(crate) rows: Vec<Vec<String>>,
    /// What a reader needs to know about a column; one sentence, may be empty.
    pub(crate) note: String,
}

impl Grid {
    /// A table of `rows` without the columns that are empty in every row.
    pub(crate) fn new(title: String, columns: &[Column], rows: Vec<Vec<String>>, note: &str) -> Grid {
        let used: Vec<bool> =
            (0..columns.len()).map(|index| rows.iter().any(|row| !row[index].is_empty())).collect();
        let keep = |row: Vec<String>| -> Vec<String> {
            row.into_iter().zip(&used).filter_map(|(cell, &used)| used.then_some(cell)).collect()
        };
        Grid {
            title,
            columns: columns
                .iter()
                .zip(&used)
                .filter_map(|(&column, &used)| used.then_some(column))
                .collect(),
            rows: rows.into_iter().map(keep).collect(),
            note: note.to_owned(),
        }
    }

    /// Whether a column of this heading is shown.
    pub(crate) fn has(&self, heading: &str) -> bool {
        self.columns.iter().any(|column| column.heading == heading)
    }
}

/// A column of text.
pub(crate) const fn text(heading: &'static str) -> Column {
    Column { heading, align: Align::Left }
}

/// A column of numbers.
pub(crate) const fn number(heading: &'static str) -> Column {
    Column { heading, align: Align::Right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_a_single_entry_is_not_shown() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let columns = [text("article"), text("outlet"), number("words")];
        let rows = vec![row(["x", "", "7"]), row(["y", "", ""])];
        let grid = Grid::new("t".to_owned(), &columns, rows, "");
        assert_eq!(grid.columns, [text("article"), number("words")]);
        assert_eq!(grid.rows, [["x", "7"], ["y", ""]]);
        assert!(grid.has("words") && !grid.has("outlet"));
    }
}
