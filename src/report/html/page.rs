//! The page around the data: what a browser shows before and without the script, what it may do, and the program of the page.
//!
//! The policy lets nothing in but the two assets, by their digests, and nothing out: no request, no form. Data stand in elements
//! that a browser does not run, as Base64, so that no article can end one.

use std::io::{self, Write};

use crate::report::html::pack::{Block, hash_source};
use crate::report::overview::Grid;

/// The program of the page, built in `page/`.
pub(super) const SCRIPT: &str = include_str!("page/dist/report.js");

/// Its look.
pub(super) const STYLE: &str = include_str!("page/dist/report.css");

/// What is seen until the program runs, and where it does not.
const OPENING: &str =
    "The report opens in a moment. If it does not, its file was cut off on the way: ask for it again.";

/// What stands before the data.
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) sentence: &'a str,
    /// Shown where no script runs.
    pub(super) table: Option<&'a Grid>,
    /// What marks scripts of ours in files beside the page, if there are any.
    pub(super) nonce: Option<&'a str>,
}

impl Head<'_> {
    fn policy(&self) -> String {
        let nonce = self.nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
        format!(
            "default-src 'none'; script-src {}{nonce}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
            hash_source(SCRIPT),
            hash_source(STYLE),
        )
    }

    /// Writes it.
    pub(super) fn put(&self, out: &mut dyn Write) -> io::Result<()> {
        let title = escaped(self.title);
        writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">", self.policy())?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
        writeln!(out, "<meta name=\"generator\" content=\"wirecopy {}\">", env!("CARGO_PKG_VERSION"))?;
        writeln!(out, "<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<noscript>")?;
        writeln!(out, "<h1>{title}</h1>\n<p>{}</p>", escaped(self.sentence))?;
        if let Some(table) = self.table {
            put_table(table, out)?;
        }
        writeln!(out, "<p>Here scripts are switched off; where they run, this file shows everything.</p>")?;
        // The program stands at the end of the file, so this is what a file shows that was cut off.
        writeln!(out, "</noscript>\n<div id=\"app\"><p>{OPENING}</p></div>")
    }
}

/// Writes the data, the program, and the end.
pub(super) fn put_rest<'b>(
    blocks: impl Iterator<Item = &'b Block>,
    nonce: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for block in blocks {
        block.put(out)?;
    }
    let nonce = nonce.map(|nonce| format!(" nonce=\"{nonce}\"")).unwrap_or_default();
    writeln!(out, "<script{nonce}>{SCRIPT}</script>\n</body>\n</html>")
}

fn put_table(table: &Grid, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<table>\n<caption>{}</caption>\n<thead><tr>", escaped(&table.title))?;
    for column in &table.columns {
        write!(out, "<th scope=\"col\">{}</th>", escaped(column.heading))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        write!(out, "<tr>")?;
        for cell in row {
            write!(out, "<td>{}</td>", escaped(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

/// `text`, which is safe to show, where it cannot become markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What would end the element an asset stands in, or be read otherwise than it is hashed.
    #[test]
    fn assets_can_stand_in_a_page() {
        for (asset, name) in [(SCRIPT, "script"), (STYLE, "style")] {
            let lower = asset.to_ascii_lowercase();
            assert!(!lower.contains(&format!("</{name}")), "{name}");
            assert!(!lower.contains("<!--") && !asset.contains(['\r', '\0']), "{name}");
            assert!(!lower.contains("http://") || name == "script", "{name} asks for something");
        }
    }
}
