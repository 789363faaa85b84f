//! Progress on standard error: a bar on a terminal, else a plain line every ten seconds.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::interrupt::Interrupt;
use crate::model::{Observer, Stage};

/// How often a run without a terminal says where it is.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// How often a bar moves while a stage reports nothing.
const TICK: Duration = Duration::from_millis(120);

/// Where progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    /// Nowhere.
    Nowhere,
    /// As a bar.
    Bar,
    /// As plain lines.
    Lines,
}

/// Listens to a run, shows its progress and hands it the user's wish to stop.
#[derive(Debug)]
pub struct Progress {
    interrupt: Arc<Interrupt>,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Nothing,
    Bar(ProgressBar),
    Lines(Lines),
}

impl Progress {
    /// Progress of a run that begins now.
    #[must_use]
    pub fn new(interrupt: Arc<Interrupt>, display: Display) -> Progress {
        let shown = match display {
            Display::Nowhere => Shown::Nothing,
            Display::Bar => {
                let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
                bar.enable_steady_tick(TICK);
                Shown::Bar(bar)
            }
            Display::Lines => Shown::Lines(Lines::new(LINE_EVERY)),
        };
        Progress { interrupt, shown }
    }

    /// Takes the bar off the screen, so that other text can follow.
    pub fn finish(&self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Observer for Progress {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => {
                // First of all: what the last stage counted says nothing against the new total.
                bar.set_position(0);
                bar.set_style(style(stage, total.is_some()));
                match total {
                    Some(total) => bar.set_length(total),
                    None => bar.unset_length(),
                }
                bar.reset_eta();
                bar.set_message(stage.label());
            }
            Shown::Lines(lines) => lines.begin(stage, total),
        }
    }

    fn advance(&self, done: u64) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.inc(done),
            Shown::Lines(lines) => {
                if let Some(line) = lines.advance(done, Instant::now()) {
                    // Nobody is left to tell when standard error is closed.
                    let _ = io::stderr().lock().write_all(line.as_bytes());
                }
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.is_set()
    }
}

fn style(stage: Stage, bounded: bool) -> ProgressStyle {
    let template = match (stage, bounded) {
        (Stage::Read, true) => "{msg:<12} {bar:30} {bytes} of {total_bytes}, {eta} left",
        (Stage::Read, false) => "{msg:<12} {spinner} {bytes}",
        (_, true) => "{msg:<12} {bar:30} {human_pos} of {human_len}, {eta} left",
        (_, false) => "{msg:<12} {spinner} {human_pos}",
    };
    ProgressStyle::with_template(template).expect("the templates above are well formed")
}

/// Plain lines, none in a run's first seconds.
#[derive(Debug)]
struct Lines {
    every: Duration,
    start: Instant,
    stage: Mutex<(Stage, Option<u64>)>,
    done: AtomicU64,
    /// Milliseconds after `start` when the next line is due.
    due_ms: AtomicU64,
}

impl Lines {
    fn new(every: Duration) -> Lines {
        Lines {
            every,
            start: Instant::now(),
            stage: Mutex::new((Stage::Read, None)),
            done: AtomicU64::new(0),
            due_ms: AtomicU64::new(millis(every)),
        }
    }

    fn begin(&self, stage: Stage, total: Option<u64>) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = (stage, total);
        self.done.store(0, Ordering::Relaxed);
    }

    /// Counts `done` and gives the line to write when one is due.
    fn advance(&self, done: u64, now: Instant) -> Option<String> {
        let done = self.done.fetch_add(done, Ordering::Relaxed) + done;
        let elapsed = millis(now.saturating_duration_since(self.start));
        let due = self.due_ms.load(Ordering::Relaxed);
        let next = elapsed.saturating_add(millis(self.every));
        let mine = elapsed >= due
            && self.due_ms.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if !mine {
            return None;
        }
        let (stage, total) = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let unit = if stage == Stage::Read { " bytes" } else { "" };
        let of = total.map(|total| format!(" of {total}")).unwrap_or_default();
        Some(format!("{}: {done}{of}{unit}, {} s\n", stage.label(), elapsed / 1000))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_when_it_is_due_and_not_again_at_once() {
        let lines = Lines::new(Duration::from_secs(10));
        let at = |seconds| lines.start + Duration::from_secs(seconds);
        lines.begin(Stage::Read, Some(400));
        assert_eq!(lines.advance(100, at(9)), None);
        assert_eq!(lines.advance(100, at(10)), Some("reading: 200 of 400 bytes, 10 s\n".to_owned()));
        assert_eq!(lines.advance(100, at(19)), None);
        lines.begin(Stage::Align, None);
        assert_eq!(lines.advance(7, at(25)), Some("aligning: 7, 25 s\n".to_owned()));
    }

    #[test]
    fn every_stage_has_a_bar() {
        for stage in
            [Stage::Read, Stage::Normalize, Stage::Match, Stage::Align, Stage::Cluster, Stage::Report]
        {
            let _ = (style(stage, true), style(stage, false));
        }
    }

    #[test]
    fn the_wish_to_stop_reaches_the_run() {
        let interrupt = Arc::new(Interrupt::default());
        let progress = Progress::new(Arc::clone(&interrupt), Display::Nowhere);
        assert!(!progress.is_cancelled());
        assert!(!interrupt.ask() && interrupt.ask());
        assert!(progress.is_cancelled());
    }
}
