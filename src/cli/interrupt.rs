//! Ctrl-C: the first one asks the run to stop, the second one, or a run that does not listen, ends the program.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::cli::exit::{Exit, Failure};
use crate::cli::terminal::{Notes, show_path};

/// How long a run may take to stop. A read from a terminal or a pipe that nobody feeds never does.
const GRACE: Duration = Duration::from_secs(2);

/// Whether the user wants to stop, and what lies half-written on disk.
#[derive(Debug, Default)]
pub struct Interrupt {
    stopped: AtomicBool,
    unfinished: Mutex<Vec<PathBuf>>,
    finished: Mutex<Vec<PathBuf>>,
}

impl Interrupt {
    /// One that listens to Ctrl-C and to termination signals.
    ///
    /// # Errors
    ///
    /// The system refuses the handler.
    pub fn listening() -> Result<Arc<Interrupt>, Failure> {
        let interrupt = Arc::new(Interrupt::default());
        let heard = Arc::clone(&interrupt);
        ctrlc::set_handler(move || heard.signal())
            .map_err(|error| Failure::new(format!("cannot listen to Ctrl-C: {error}")))?;
        Ok(interrupt)
    }

    /// Whether the run should stop.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The failure of a run that was stopped, with the results that it had written.
    #[must_use]
    pub fn failure(&self) -> Failure {
        let finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        let written: Vec<String> = finished.iter().map(|path| show_path(path)).collect();
        let written = match written.as_slice() {
            [] => String::new(),
            all => format!("whole: {}; ", all.join(", ")),
        };
        Failure::new(format!("stopped before the work was done; {written}no unfinished file is left behind"))
            .ending(Exit::Cancelled)
    }

    /// Notes that `path` is being written, so that it goes when the program is ended.
    pub fn begin_writing(&self, path: &Path) {
        self.unfinished.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    }

    /// Notes that the result at `path` is whole.
    pub fn finish_writing(&self, path: &Path) {
        self.finished.lock().unwrap_or_else(PoisonError::into_inner).push(path.to_owned());
    }

    /// Notes that `path` is complete or gone.
    pub fn end_writing(&self, path: &Path) {
        self.unfinished.lock().unwrap_or_else(PoisonError::into_inner).retain(|other| other != path);
    }

    /// Asks the run to stop; tells whether it had been asked before.
    pub fn ask(&self) -> bool {
        self.stopped.swap(true, Ordering::Relaxed)
    }

    fn signal(self: &Arc<Interrupt>) {
        if self.ask() {
            self.end_program();
        }
        let patient = Arc::clone(self);
        thread::spawn(move || {
            thread::sleep(GRACE);
            patient.end_program();
        });
    }

    /// Ends the program from outside the run's stack, which is the only way when the run does not listen.
    fn end_program(&self) {
        for path in self.unfinished.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            // What cannot be removed stays behind under its temporary name.
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        let mut stderr = io::stderr();
        if stderr.is_terminal() {
            // A bar may stand on the line. Nobody is left to tell when standard error is closed.
            let _ = stderr.write_all(b"\r\x1b[2K");
        }
        Notes::from_env(&|name| std::env::var_os(name)).failure(&self.failure());
        std::process::exit(Exit::Cancelled.code().into());
    }
}
