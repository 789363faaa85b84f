//! Progress on standard error: a bar on a terminal, else a plain line every ten seconds; stage, how much of it is done, at
//! what rate, and how long it will take from here.

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::interrupt::Interrupt;
use crate::cli::terminal::Notes;
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
    notes: Notes,
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
    pub fn new(interrupt: Arc<Interrupt>, display: Display, notes: Notes) -> Progress {
        let shown = match display {
            Display::Nowhere => Shown::Nothing,
            Display::Bar => {
                let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
                bar.enable_steady_tick(TICK);
                Shown::Bar(bar)
            }
            Display::Lines => Shown::Lines(Lines::new(LINE_EVERY)),
        };
        Progress { interrupt, shown, notes }
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
            Shown::Lines(lines) => lines.begin(stage, total, Instant::now()),
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

    fn note(&self, text: &str) {
        match &self.shown {
            Shown::Bar(bar) => bar.suspend(|| self.notes.note(text)),
            Shown::Nothing | Shown::Lines(_) => self.notes.note(text),
        }
    }

    fn is_cancelled(&self) -> bool {
        self.interrupt.is_set()
    }
}

/// What a stage counts.
fn unit(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "MB",
        Stage::Compare | Stage::Normalize | Stage::Merge | Stage::Verify => "articles",
        Stage::Match => "parts",
        Stage::Align => "pairs",
        Stage::Cluster => "passages",
        Stage::Report => "rows",
    }
}

fn style(stage: Stage, bounded: bool) -> ProgressStyle {
    let template = match (stage, bounded) {
        (Stage::Read, true) => {
            "{msg:<12} {bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left".to_owned()
        }
        (Stage::Read, false) => "{msg:<12} {spinner} {bytes}, {bytes_per_sec}".to_owned(),
        (_, true) => format!(
            "{{msg:<12}} {{bar:30}} {{human_pos}} of {{human_len}} {}, {{per_sec}}, {{eta}} left",
            unit(stage)
        ),
        (_, false) => format!("{{msg:<12}} {{spinner}} {{human_pos}} {}, {{per_sec}}", unit(stage)),
    };
    ProgressStyle::with_template(&template).expect("the templates above are well formed")
}

/// Plain lines, none in a run's first seconds.
#[derive(Debug)]
struct Lines {
    every: Duration,
    start: Instant,
    stage: Mutex<(Stage, Option<u64>, Instant)>,
    done: AtomicU64,
    /// Milliseconds after `start` when the next line is due.
    due_ms: AtomicU64,
}

impl Lines {
    fn new(every: Duration) -> Lines {
        Lines {
            every,
            start: Instant::now(),
            stage: Mutex::new((Stage::Read, None, Instant::now())),
            done: AtomicU64::new(0),
            due_ms: AtomicU64::new(millis(every)),
        }
    }

    fn begin(&self, stage: Stage, total: Option<u64>, now: Instant) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = (stage, total, now);
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
        let (stage, total, since) = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = now.saturating_duration_since(since).as_secs_f64();
        Some(format!("{}, {} s in all\n", line(stage, done, total, seconds), elapsed / 1000))
    }
}

/// Where a stage is after `seconds`: how much is done, how fast, how long the rest will take.
fn line(stage: Stage, done: u64, total: Option<u64>, seconds: f64) -> String {
    let shown = |count: f64| match stage {
        Stage::Read => format!("{:.0}", count / 1e6),
        _ if count < 10.0 && count.fract() > 0.0 => format!("{count:.1}"),
        _ => format!("{count:.0}"),
    };
    let rate = done as f64 / seconds.max(1e-3);
    let of = total.map(|total| format!(" of {}", shown(total as f64))).unwrap_or_default();
    let mut said =
        format!("{}: {}{of} {}, {} a second", stage.label(), shown(done as f64), unit(stage), shown(rate));
    if let Some(total) = total.filter(|&total| total >= done && done > 0) {
        let left = (total - done) as f64 / rate;
        said += &match left {
            0.0..100.0 => format!(", {left:.0} s left"),
            100.0..6_000.0 => format!(", {:.0} min left", left / 60.0),
            _ => format!(", {:.0} h left", left / 3_600.0),
        };
    }
    said
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
        lines.begin(Stage::Read, Some(400_000_000), at(0));
        assert_eq!(lines.advance(100_000_000, at(9)), None);
        let expected = "reading: 200 of 400 MB, 20 a second, 10 s left, 10 s in all\n";
        assert_eq!(lines.advance(100_000_000, at(10)).as_deref(), Some(expected));
        assert_eq!(lines.advance(100, at(19)), None);
        lines.begin(Stage::Align, None, at(20));
        let expected = "aligning: 7 pairs, 1.4 a second, 25 s in all\n";
        assert_eq!(lines.advance(7, at(25)).as_deref(), Some(expected));
    }

    #[test]
    fn a_line_tells_rate_and_rest() {
        let cases = [
            (
                Stage::Align,
                1_000,
                Some(11_000),
                10.0,
                "aligning: 1000 of 11000 pairs, 100 a second, 2 min left",
            ),
            (Stage::Align, 0, Some(11_000), 10.0, "aligning: 0 of 11000 pairs, 0 a second"),
            (Stage::Match, 1, Some(40_000), 1.0, "matching: 1 of 40000 parts, 1 a second, 11 h left"),
            (Stage::Normalize, 5, Some(5), 0.0, "normalizing: 5 of 5 articles, 5000 a second, 0 s left"),
            (Stage::Align, 9, Some(5), 1.0, "aligning: 9 of 5 pairs, 9 a second"),
        ];
        for (stage, done, total, seconds, expected) in cases {
            assert_eq!(line(stage, done, total, seconds), expected);
        }
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
        let progress =
            Progress::new(Arc::clone(&interrupt), Display::Nowhere, Notes { quiet: true, color: false });
        assert!(!progress.is_cancelled());
        assert!(!interrupt.ask() && interrupt.ask());
        assert!(progress.is_cancelled());
    }
}
