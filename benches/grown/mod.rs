//! Corpora of real text: `../shared/eval/make_corpus.py` grows them from `../shared/corpora`, once, and they are kept in
//! the build folder. Texts of others may not be in the repository, so a clone without that folder has none.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder with corpora and their maker: `WIRECOPY_SHARED`, else the one beside the repository.
pub(crate) fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("WIRECOPY_SHARED").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    maker(&folder).is_file().then_some(folder)
}

/// Where corpora are kept; deleting it is harmless.
pub(crate) fn kept() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-corpora")
}

/// The file, one document a line, of `megabytes` of text: wire stories up to 10, beyond that of all corpora. A tenth of
/// the documents carry 50 to 150 words of another, edited at 0, 10 or 20 %.
pub(crate) fn corpus(shared: &Path, megabytes: usize) -> PathBuf {
    let folder = kept().join(format!("grown-{megabytes}"));
    if !folder.exists() {
        // Made beside its place and moved there, so that a run cut short leaves none that looks whole.
        let unfinished = kept().join(format!("unfinished-{}", std::process::id()));
        fs::create_dir_all(&unfinished).expect("the build folder can be written");
        let source = shared.join(if megabytes > 10 { "corpora" } else { "corpora/reuters" });
        let status = Command::new("python3")
            .args([maker(shared), source, unfinished.clone()])
            .args(["--no-files", "--bytes", &format!("{megabytes}000000")])
            .stdout(Stdio::null())
            .status()
            .expect("python3 makes the corpora");
        assert!(status.success(), "{} failed", maker(shared).display());
        fs::rename(&unfinished, &folder).expect("two names in one folder");
    }
    folder.join("corpus.jsonl")
}

fn maker(shared: &Path) -> PathBuf {
    shared.join("eval/make_corpus.py")
}
