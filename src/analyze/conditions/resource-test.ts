import { type ArnParts, type ArnPattern, arnPatternOf, matchesArn, parseArn } from '../../match/arn.js'
import { matchesWildcard, wildcard } from '../../match/wildcard.js'
import { not, or, type Truth } from '../../operators/truth.js'
import type { PolicyVersion, Statement } from '../../policy/ast.js'
import { type Expansion, parseTemplate } from '../../policy/template.js'
import type { EvaluationContext } from '../../request/evaluation-context.js'
import { expandTemplate } from '../../request/variables.js'
import { ARN, partsOf } from '../scene/resource-arn.js'
import { arnLanguage } from './arn-language.js'
import type { Probe } from './probe.js'

/** Resource or NotResource of a statement, its variables replaced. Twin: matchResource, which the tests compare it with. */
export interface ResourceTest {
  readonly probes: readonly Probe[]
  /** The element's texts that are patterns, as the policy spells them. */
  readonly patterns: readonly ResourcePattern[]
  readonly truthOf: (arn: ArnParts) => Truth
}

export interface ResourcePattern {
  readonly text: string
  readonly matches: (arn: ArnParts) => boolean
}

/** What a text of the element names: everything, what it matches, what cannot be told, or nothing because a variable has no value. */
interface KnownPattern extends ResourcePattern {
  readonly probe: Probe
}

type Entry = 'everything' | 'unknown' | 'unset' | KnownPattern

export function resourceTest(
  { Resource, NotResource = [] }: Statement,
  version: PolicyVersion | undefined,
  variables: EvaluationContext,
): ResourceTest {
  const entries = (Resource ?? NotResource).map(({ text }) => entryOf(text, version, variables))
  const probes = entries.flatMap((entry) => (typeof entry === 'string' ? [] : entry.probe))
  const unset = Resource === undefined ? 'unknown' : false
  const covers = (arn: ArnParts): Truth => or(entries.map((entry) => truthOf(entry, arn, unset)))
  return { probes, patterns: entries.flatMap(patternOf), truthOf: Resource === undefined ? (arn) => not(covers(arn)) : covers }
}

/** Whether ARNs match one pattern without variables. */
export function patternTest(pattern: string): ResourceTest {
  const entry = entryOf(pattern, undefined, { valuesOf: () => [] })
  return {
    probes: typeof entry === 'string' ? [] : [entry.probe],
    patterns: patternOf(entry),
    truthOf: (arn) => truthOf(entry, arn, false),
  }
}

function entryOf(text: string, version: PolicyVersion | undefined, variables: EvaluationContext): Entry {
  if (text === '*') return 'everything'
  const template = parseTemplate(text, version)
  const [first] = template
  if (first?.kind !== 'text' || parseArn(first.text) === undefined) return 'unknown'
  const expansion: Expansion = expandTemplate(template, variables)
  if (expansion.kind !== 'text') return expansion.kind
  const pattern = arnPatternOf(expansion.pieces)
  const language = arnLanguage(expansion.pieces)
  if (pattern === undefined || language === undefined) return 'unknown'
  return { text, matches: matcherOf(pattern), probe: { kind: 'language', name: `arn ${JSON.stringify(expansion.pieces)}`, language } }
}

function patternOf(entry: Entry): readonly ResourcePattern[] {
  return typeof entry === 'string' ? [] : [entry]
}

function truthOf(entry: Entry, arn: ArnParts, unset: Truth): Truth {
  if (typeof entry !== 'string') return entry.matches(arn)
  if (entry === 'unset') return unset
  return entry === 'everything' || entry
}

/** The ARNs of buckets and objects differ in their last part only, so the others are matched once. */
function matcherOf(pattern: ArnPattern): (arn: ArnParts) => boolean {
  const last = pattern[5]
  if (last === undefined || !matchesArn(pattern.with(5, wildcard('*')), partsOf(ARN))) return () => false
  return (arn) => matchesWildcard(last, arn[5])
}
