//! A clock for benchmarks, and the figure that stands for many rounds.

use std::time::Instant;

/// Time of this thread on a core where the system tells it (Linux), so that a busy machine does not count; else time.
pub struct Clock {
    cpu: Option<u64>,
    wall: Instant,
}

impl Clock {
    /// Starts now.
    pub fn start() -> Clock {
        Clock { cpu: Clock::on_cpu(), wall: Instant::now() }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        match (self.cpu, Clock::on_cpu()) {
            (Some(from), Some(to)) if to > from => (to - from) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }

    /// Whose time it is.
    pub fn kind() -> &'static str {
        if Clock::on_cpu().is_some() { "CPU time of one thread" } else { "wall time" }
    }

    fn on_cpu() -> Option<u64> {
        // Giving way once makes the kernel count up to now.
        std::thread::yield_now();
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split_whitespace().next()?.parse().ok()
    }
}

/// The middle one; of an even number the upper of the two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
