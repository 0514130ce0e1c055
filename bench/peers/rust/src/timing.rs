use crate::engine::{Engine, Request};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// Those of limits.ts; times are in milliseconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    decision: f64,
    checking: f64,
    timing: f64,
    round: f64,
    pub fewest_checked: usize,
    operations: usize,
    rounds: usize,
    fewest_rounds: usize,
}

impl Limits {
    pub fn decision(&self) -> Duration {
        Duration::from_secs_f64(self.decision / 1000.0)
    }

    pub fn checking(&self) -> Duration {
        Duration::from_secs_f64(self.checking / 1000.0)
    }
}

/// How many decisions a round and how many rounds, as planRounds of rounds.ts does.
pub fn plan(decision: Duration, limits: &Limits) -> (usize, usize) {
    let milliseconds = (decision.as_secs_f64() * 1000.0).max(1e-6);
    let operations = ((limits.round / milliseconds) as usize).clamp(1, limits.operations);
    let rounds = ((limits.timing / (operations as f64 * milliseconds)) as usize).clamp(limits.fewest_rounds, limits.rounds);
    (operations, rounds)
}

/// Every round's nanoseconds a decision, after a third as many rounds to warm up. A round goes on in the supply of requests where the one
/// before stopped.
pub fn time_rounds(engine: &Engine, supply: &[Request], operations: usize, rounds: usize) -> Vec<f64> {
    let mut next = supply.iter().cycle();
    let mut allowed = 0;
    let mut round = || {
        let start = Instant::now();
        for request in next.by_ref().take(operations) {
            allowed += usize::from(matches!(engine.decide(request), Ok(true)));
        }
        start.elapsed().as_nanos() as f64 / operations as f64
    };
    for _ in 0..rounds.div_ceil(3) {
        round();
    }
    let times = (0..rounds).map(|_| round()).collect();
    assert!(allowed > 0, "no request was allowed");
    times
}

#[derive(Serialize)]
pub struct Spread {
    low: f64,
    median: f64,
    high: f64,
}

pub fn spread_of(mut times: Vec<f64>) -> Spread {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((share * times.len() as f64) as usize).min(times.len() - 1)];
    Spread { low: at(0.25), median: at(0.5), high: at(0.75) }
}

pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
