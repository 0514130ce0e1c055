import type { Contender } from './contenders.js'
import { processorTimes } from './processor-time.js'
import { type Load, wrk } from './wrk.js'

/** What a contender did in one round. */
export interface Turn extends Load {
  /** Microseconds of a processor a request, by program. */
  readonly processor: ReadonlyMap<string, number>
}

/** All rounds of a contender, in order. */
export interface Run {
  readonly contender: Contender
  readonly turns: readonly Turn[]
}

/**
 * Loads contenders in turn, round by round, so that whatever else the machine does meets all of them. Each round starts with another one. A
 * round that does not count comes first.
 * @param options `seconds` each contender has in a round
 */
export async function timeInTurn(
  contenders: readonly Contender[],
  { seconds, rounds, onRound }: { seconds: number; rounds: number; onRound: (share: number) => void },
): Promise<readonly Run[]> {
  const runs = contenders.map((contender) => ({ contender, turns: [] as Turn[] }))
  for (const { contender } of runs) await take(contender, seconds)
  for (let round = 0; round < rounds; round++) {
    onRound(round / rounds)
    for (let turn = 0; turn < runs.length; turn++) {
      const run = runs[(turn + round) % runs.length] as (typeof runs)[number]
      run.turns.push(await take(run.contender, seconds))
    }
  }
  return runs
}

async function take({ origin, targets }: Contender, seconds: number): Promise<Turn> {
  const before = processorTimes()
  const load = await wrk(origin, targets, seconds)
  const after = processorTimes()
  const processor = new Map([...after].map(([name, time]) => [name, ((time - (before.get(name) ?? 0)) * 1000) / load.requests] as const))
  return { ...load, processor }
}
