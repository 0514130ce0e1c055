// Times minio/pkg's policy package on a workload that the TypeScript side wrote into a folder: `minio-peer DIR`.
// It says how far it is and what came of it in lines of JSON, as time-peer.ts does.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

func main() {
	dir := os.Args[1]
	var limits limits
	var checks []check
	var supply []request
	read(dir+"/limits.json", &limits)
	read(dir+"/checks.json", &checks)
	read(dir+"/requests.json", &supply)
	say(map[string]any{"stage": "started"})
	engine, err := load(dir)
	if err != nil {
		say(map[string]any{"status": "failed", "reason": err.Error()})
		return
	}
	say(map[string]any{"stage": "loaded"})
	checked, slowness, problem := compare(engine, checks, limits)
	if problem != nil {
		say(problem)
		return
	}
	say(map[string]any{"stage": "checked"})
	operations, rounds := plan(slowness, limits)
	say(map[string]any{
		"status": "timed", "ns": spreadOf(timeRounds(engine, supply, operations, rounds)),
		"checked": checked, "rounds": rounds, "operations": operations,
	})
}

// compare asks every request, or as many as there is time for, and gives the median time of an answer, or what is wrong.
func compare(engine engine, checks []check, limits limits) (int, time.Duration, map[string]any) {
	begin := time.Now()
	var times []time.Duration
	wrong, first := 0, ""
	for _, check := range checks {
		start := time.Now()
		if start.Sub(begin) > milliseconds(limits.Checking) && len(times) >= limits.FewestChecked {
			break
		}
		allowed := engine(&check.Request)
		taken := time.Since(start)
		if taken > milliseconds(limits.Decision) {
			return 0, 0, map[string]any{"status": "slow", "reason": fmt.Sprintf("one decision took %.1f s", taken.Seconds())}
		}
		times = append(times, taken)
		if allowed != (check.Expected == "Allow") {
			wrong++
			if first == "" {
				text, _ := json.Marshal(check.Request)
				first = fmt.Sprintf("not %s for %s", check.Expected, text)
			}
		}
	}
	if wrong > 0 {
		return 0, 0, map[string]any{"status": "wrong", "reason": fmt.Sprintf("%d of %d, first %s", wrong, len(times), first)}
	}
	return len(times), median(times), nil
}

func read(path string, target any) {
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, target)
	}
	if err != nil {
		panic(err)
	}
}

func say(message map[string]any) {
	text, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}
