import { type Instant, millisecondsOfInstant, parseInstant } from '../match/date.js'
import type { Node, ShapeReader } from '../policy/shape-reader.js'

/** 9999-12-31T23:59:59.999Z: the last time that ISO 8601 writes with a year of four digits. */
const MAX_TIME = 253_402_300_799_999

/**
 * The request's clock in milliseconds: `time`, or what `aws:CurrentTime` or `aws:EpochTime` in the context say. They must agree, the
 * latter to the second.
 */
export function clockOf(
  timeNode: Node | undefined,
  contextNode: Node | undefined,
  context: Readonly<Record<string, string | readonly string[]>> | undefined,
  reader: ShapeReader,
): number | undefined {
  let time = timeNode && parseTime(timeNode, reader)
  if (contextNode === undefined || context === undefined) return time
  for (const { name, unit } of clocks) {
    const [given, ...others] = [context[name] ?? []].flat()
    if (given === undefined) continue
    const instant = others.length === 0 ? parseInstant(given) : undefined
    const milliseconds = instant && millisecondsOfInstant(instant)
    if (instant === undefined || milliseconds === undefined || !isTime(milliseconds)) {
      reader.report('invalid-value', contextNode, `\`${name}\` must be one date such as \`2026-09-21T14:13:20Z\` or Unix seconds`)
    } else if (time === undefined) {
      time = milliseconds
    } else if (!agrees(instant, time, unit)) {
      reader.report('invalid-value', contextNode, `\`${name}\` is another time than \`time\``, 'give the time once')
    }
  }
  return time
}

/** The keys that tell the time, and how exactly, in milliseconds. */
const clocks = [
  { name: 'aws:CurrentTime', unit: 1 },
  { name: 'aws:EpochTime', unit: 1000 },
]

function agrees(instant: Instant, time: number, unit: number): boolean {
  return Math.floor(millisecondsOfInstant(instant) / unit) === Math.floor(time / unit)
}

function parseTime(node: Node, reader: ShapeReader): number | undefined {
  const time = node.value.kind === 'number' ? Number(node.value.text) : Number.NaN
  if (isTime(time)) return time
  reader.report('invalid-value', node, `time must be a whole number of milliseconds since 1970, at most ${MAX_TIME}`)
  return undefined
}

function isTime(time: number): boolean {
  return Number.isSafeInteger(time) && time >= 0 && time <= MAX_TIME
}
