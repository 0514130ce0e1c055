import { readFileSync } from 'node:fs'
import type { AuthorizationRequest } from '../../src/index.js'
import { random, type Workload } from '../workloads.js'
import { checkAnswers } from './check-answers.js'
import type { CheckedRequest } from './checked-requests.js'
import { floor } from './engines/floor.js'
import { grantree } from './engines/grantree.js'
import { inProcess } from './engines/in-process.js'
import { counts } from './limits.js'
import { type Message, type Outcome, spreadOf } from './outcome.js'
import { CannotExpress, type Engine, type Peer } from './peer.js'
import { type Contender, planRounds, timeRounds } from './rounds.js'
import { type WorkloadName, workloadOf } from './workload-list.js'

/**
 * The program that times one peer on one workload, `time-peer.ts PEER KIND SIZE CHECKS`: it loads, compares answers, and times the peer in turn
 * with grantree and the floor. It is a process of its own so that a peer that hangs, crashes or fills the memory harms nobody else.
 */
const [name = '', kind = '', size = '', checks = ''] = process.argv.slice(2)
const load = inProcess[name]
if (load === undefined) throw new Error(`no peer ${name}`)
say(await outcomeOf(await load(), { kind: kind === 'keys' ? 'keys' : 'policy', size: Number(size) }))

async function outcomeOf(peer: Peer, workloadName: WorkloadName): Promise<Outcome> {
  const workload = workloadOf(workloadName)
  const requests = JSON.parse(readFileSync(checks, 'utf8')) as readonly CheckedRequest[]
  try {
    say({ stage: 'started' })
    const engine = await peer.prepare(workload)
    say({ stage: 'loaded' })
    const answers = checkAnswers(engine, requests)
    if ('status' in answers) return answers
    say({ stage: 'checked' })
    return await time(peer, engine, workload, answers)
  } catch (error) {
    if (error instanceof CannotExpress) return { status: 'cannot', reason: error.message }
    return { status: 'failed', reason: String(error) }
  }
}

async function time(peer: Peer, engine: Engine, workload: Workload, answers: { checked: number; milliseconds: number }): Promise<Outcome> {
  const { operations, rounds } = planRounds(answers.milliseconds)
  const own = peer === grantree ? engine : await grantree.prepare(workload)
  const contenders = [floor(counts.operations), contender(workload, own, counts.operations), contender(workload, engine, operations)]
  const [floorTimes = [], ownTimes = [], times = []] = timeRounds(contenders, rounds)
  const against = peer === grantree ? floorTimes : ownTimes
  return {
    status: 'timed',
    ns: spreadOf(times),
    ratio: spreadOf(times.map((time, round) => time / (against[round] ?? Number.NaN))),
    ...(peer === grantree && { floor: spreadOf(floorTimes) }),
    checked: answers.checked,
    rounds,
    operations,
  }
}

function contender(workload: Workload, engine: Engine, operations: number): Contender<readonly AuthorizationRequest[]> {
  return {
    operations,
    prepare: (count) => workload.requests(random, count),
    run: (requests) => {
      let allowed = 0
      for (const request of requests) if (engine.decide(request) === 'Allow') allowed++
      return allowed
    },
  }
}

function say(message: Message): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}
