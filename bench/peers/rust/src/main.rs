//! Times the cedar-policy crate on a workload that the TypeScript side wrote into a folder: `cedar-peer DIR`.
//! It says how far it is and what came of it in lines of JSON, as time-peer.ts does.

mod engine;
mod timing;

use engine::{Engine, Request};
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, Value};
use std::time::{Duration, Instant};
use timing::{median, plan, spread_of, time_rounds, Limits};

#[derive(Deserialize)]
struct Check {
    request: Request,
    expected: String,
}

fn main() {
    let dir = std::env::args().nth(1).expect("a folder");
    let limits: Limits = read(&dir, "limits.json");
    let checks: Vec<Check> = read(&dir, "checks.json");
    let supply: Vec<Request> = read(&dir, "requests.json");
    say(json!({ "stage": "started" }));
    let engine = match Engine::load(&dir) {
        Ok(engine) => engine,
        Err(reason) => return say(json!({ "status": "failed", "reason": reason.to_string() })),
    };
    say(json!({ "stage": "loaded" }));
    let (checked, decision) = match compare(&engine, &checks, &limits) {
        Ok(right) => right,
        Err(problem) => return say(problem),
    };
    say(json!({ "stage": "checked" }));
    let (operations, rounds) = plan(decision, &limits);
    let ns = spread_of(time_rounds(&engine, &supply, operations, rounds));
    say(json!({ "status": "timed", "ns": ns, "checked": checked, "rounds": rounds, "operations": operations }));
}

/// Asks every request, or as many as there is time for: how many, and the median time of an answer, or what is wrong.
fn compare(engine: &Engine, checks: &[Check], limits: &Limits) -> Result<(usize, Duration), Value> {
    let begin = Instant::now();
    let mut times = Vec::new();
    let mut wrong = Vec::new();
    for Check { request, expected } in checks {
        let start = Instant::now();
        if start - begin > limits.checking() && times.len() >= limits.fewest_checked {
            break;
        }
        let answer = engine.decide(request);
        let taken = start.elapsed();
        if taken > limits.decision() {
            return Err(json!({ "status": "slow", "reason": format!("one decision took {:.1} s", taken.as_secs_f64()) }));
        }
        times.push(taken);
        match answer {
            Ok(allowed) if allowed == (expected == "Allow") => {}
            Ok(_) => wrong.push(format!("not {expected} for {request:?}")),
            Err(error) => wrong.push(format!("{error} for {request:?}")),
        }
    }
    match wrong.first() {
        Some(first) => Err(json!({ "status": "wrong", "reason": format!("{} of {}, first {first}", wrong.len(), times.len()) })),
        None => Ok((times.len(), median(times))),
    }
}

fn read<T: DeserializeOwned>(dir: &str, name: &str) -> T {
    let text = std::fs::read_to_string(format!("{dir}/{name}")).expect(name);
    serde_json::from_str(&text).expect(name)
}

fn say(message: Value) {
    println!("{message}");
}
