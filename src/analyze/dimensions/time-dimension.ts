import { compareInstants, type Instant, instantOfMilliseconds, parseInstant } from '../../match/date.js'
import { and } from '../../operators/truth.js'
import { timeKeys } from '../callers/derived-key-names.js'
import type { CompiledStatement } from '../conditions/compiled-statement.js'
import type { Probe } from '../conditions/probe.js'
import { chooseTimes } from '../values/times.js'
import { type Demand, type Dimension, dimensionOf } from './dimension.js'
import type { Ground } from './ground.js'

/** The request's clock, in milliseconds since 1970. */
export function timeDimension(ground: Ground): Dimension<number> {
  const instants: Instant[] = []
  const demands = ground.clauses.list.flatMap((clause, index): readonly Demand<number>[] => {
    if (clause.kind === 'grant' || clause.kind === 'question') return []
    if (clause.kind === 'validity') {
      const { notBefore, expiresAt } = clause.key
      instants.push(...[notBefore ?? [], expiresAt ?? []].flat())
      return [{ clause: index, isMet: (time) => isBetween(instantOfMilliseconds(time), notBefore, expiresAt) }]
    }
    const conditions = (ground.compiled.get(clause.statement) as CompiledStatement).conditions.filter(({ key }) => timeKeys.has(key))
    if (conditions.length === 0) return []
    instants.push(...conditions.flatMap(({ probes }) => probes.flatMap(instantOf)))
    const truthOf = (time: number) => and(conditions.map((test) => test.truthOf([spellTime(test.key, time)])))
    return [{ clause: index, isMet: clause.kind === 'deny' ? (time) => truthOf(time) !== false : (time) => truthOf(time) === true }]
  })
  const tests = [...ground.compiled.values()].flatMap(({ conditions }) => conditions.filter(({ key }) => timeKeys.has(key)))
  const isStrange = tests.some(({ probes }) => probes.some((probe) => instantOf(probe).length === 0))
  const incomplete = isStrange ? 'a condition compares the time as if it were no date' : undefined
  const own = ground.scene.asked?.like?.time
  const times = chooseTimes(instants)
  return dimensionOf('time', own === undefined ? times : [own, ...times], demands, ground.size, incomplete)
}

function instantOf(probe: Probe): readonly Instant[] {
  if (probe.kind === 'instant') return [probe.instant]
  const instant = probe.kind === 'number' ? parseInstant(probe.text) : undefined
  return instant === undefined ? [] : [instant]
}

function isBetween(now: Instant, notBefore: Instant | undefined, expiresAt: Instant | undefined): boolean {
  return (
    (notBefore === undefined || compareInstants(now, notBefore) >= 0) && (expiresAt === undefined || compareInstants(now, expiresAt) < 0)
  )
}

/** Twin: evaluationContextOf. */
function spellTime(key: string, time: number): string {
  return key === 'aws:EpochTime' ? String(Math.floor(time / 1000)) : new Date(time).toISOString()
}
