import type { Region, TimeSpan } from '../regions/region.js'
import { callersInWords } from './callers.js'
import { conditionInWords } from './conditions.js'
import { listOf, quoted } from './lists.js'
import { actionsInWords, resourcesInWords } from './resources.js'

/** A set of requests as people say it: "GetObject on `photos/raw/*` for everyone, from outside 10.0.0.0/8". */
export function regionInWords(region: Region): string {
  const { actions, resources, callers, conditions } = regionParts(region)
  const what = `${actions}${resources === '' ? '' : ` on ${resources}`} for ${callers}`
  return [what, ...conditions].join(', ')
}

/** What a region says of each, in words. */
export interface RegionParts {
  readonly actions: string
  /** Empty for actions on nothing. */
  readonly resources: string
  readonly callers: string
  /** All of them must hold. */
  readonly conditions: readonly string[]
}

/** The same apart, for tables. */
export function regionParts(region: Region): RegionParts {
  const conditions = [
    ...region.conditions.map(conditionInWords),
    ...(region.operation === undefined ? [] : [region.operation === 'HeadBucket' ? 'as HeadBucket' : 'other than as HeadBucket']),
    ...(region.times === undefined ? [] : [listOf(region.times.map(spanInWords), 'or')]),
  ]
  return { actions: actionsInWords(region), resources: resourcesInWords(region), callers: callersInWords(region.callers), conditions }
}

function spanInWords({ from, before }: TimeSpan): string {
  if (from !== undefined && before !== undefined) return `from ${quoted(from)} until ${quoted(before)}`
  if (before !== undefined) return `before ${quoted(before)}`
  return from === undefined ? 'at any time' : `from ${quoted(from)} on`
}
