package main

import (
	"slices"
	"time"
)

// limits are those of limits.ts; times are in milliseconds.
type limits struct {
	Decision      float64 `json:"decision"`
	Checking      float64 `json:"checking"`
	Timing        float64 `json:"timing"`
	Round         float64 `json:"round"`
	FewestChecked int     `json:"fewestChecked"`
	Operations    int     `json:"operations"`
	Rounds        int     `json:"rounds"`
	FewestRounds  int     `json:"fewestRounds"`
}

func milliseconds(count float64) time.Duration {
	return time.Duration(count * float64(time.Millisecond))
}

// plan says how many decisions a round and how many rounds, as planRounds of rounds.ts does.
func plan(decision time.Duration, limits limits) (operations, rounds int) {
	decision = max(decision, 1)
	operations = min(max(int(milliseconds(limits.Round)/decision), 1), limits.Operations)
	rounds = min(max(int(milliseconds(limits.Timing)/(time.Duration(operations)*decision)), limits.FewestRounds), limits.Rounds)
	return operations, rounds
}

// timeRounds gives every round's nanoseconds a decision, after a third as many rounds to warm up. A round goes on in the supply of
// requests where the one before stopped.
func timeRounds(engine engine, supply []request, operations, rounds int) []float64 {
	var times []float64
	next, allowed := 0, 0
	for round := -(rounds + 2) / 3; round < rounds; round++ {
		start := time.Now()
		for range operations {
			if engine(&supply[next]) {
				allowed++
			}
			next = (next + 1) % len(supply)
		}
		taken := time.Since(start)
		if round >= 0 {
			times = append(times, float64(taken.Nanoseconds())/float64(operations))
		}
	}
	if allowed == 0 {
		panic("no request was allowed")
	}
	return times
}

type spread struct {
	Low    float64 `json:"low"`
	Median float64 `json:"median"`
	High   float64 `json:"high"`
}

func spreadOf(times []float64) spread {
	sorted := slices.Sorted(slices.Values(times))
	at := func(share float64) float64 { return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))] }
	return spread{Low: at(0.25), Median: at(0.5), High: at(0.75)}
}

func median(times []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(times))[len(times)/2]
}
