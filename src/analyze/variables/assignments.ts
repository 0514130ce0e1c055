import { canonicalKeyName, findConditionKey } from '../../catalog/lookup.js'
import { resolveCaller } from '../../evaluate/evaluate.js'
import { anything, type Language, literal, something, withoutColonOrSlash, withoutSlash } from '../../languages/language.js'
import { fillings, type Gap } from '../../languages/split.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { ContextValues } from '../../operators/evaluate-operator.js'
import type { Statement } from '../../policy/ast.js'
import type { TemplatePart } from '../../policy/template.js'
import { evaluationContextOf } from '../../request/evaluation-context.js'
import { callerKeys, timeKeys } from '../callers/derived-key-names.js'
import { knownValues } from '../callers/known-values.js'
import { anyArn } from '../conditions/arn-language.js'
import { conditionTest } from '../conditions/condition-test.js'
import { exactProbe, exactTextOf, type Probe } from '../conditions/probe.js'
import type { Scene } from '../scene/scene.js'
import { chooseTexts } from '../values/texts.js'
import { callersOf, callerValueProbes } from './caller-values.js'
import { type Assignment, contextOfAssignment, type Template, templatesOf, templateTokens, usesVariable, variablesOf } from './variables.js'

/** What variables may stand for, so that every request is like one under one of the assignments. */
export interface Assignments {
  readonly list: readonly AssignmentOf[]
  /** Why some requests may be like none; absent if all are. */
  readonly incomplete?: string
}

export interface AssignmentOf {
  readonly values: Assignment
  /** The keys of which other values are not followed exactly where this one stands in a text. */
  readonly vague: ReadonlySet<string>
}

/** More than these are not tried. */
const MOST = 150
const STEPS = 20_000

export function assignmentsOf(scene: Scene): Assignments {
  const { sides } = scene
  const statements = sides.flatMap(({ policy }) => policy?.Statement.map((statement) => ({ statement, version: policy.Version })) ?? [])
  const templates = statements.flatMap(({ statement, version }) => templatesOf(statement, version))
  const variables = variablesOf(templates).filter((key) => findConditionKey(key)?.multiValued === undefined)
  if (variables.length === 0) return { list: [{ values: new Map(), vague: new Set() }] }
  const callers = callersOf(statements)
  const reasons = new Set<string>()
  let list: readonly AssignmentOf[] = [{ values: new Map(), vague: new Set() }]
  for (const key of variables) {
    const probes = [
      ...ownProbes(
        key,
        statements.map(({ statement }) => statement),
      ),
      ...callerValueProbes(key, callers),
      ...(callerKeys.has(key) ? knownValues(key, scene) : []),
      ...fillingProbes(key, templates),
      ...(scene.asked?.like === undefined ? [] : ownTexts(scene, key).map(exactProbe)),
    ]
    const { values, incomplete } = valuesOf(
      key,
      probes,
      sides.map(({ owner }) => owner),
    )
    if (incomplete !== undefined) reasons.add(incomplete)
    const isVague = vagueness(key, templates, probes)
    list = list.flatMap((assignment) =>
      values.map((value) => ({
        values: new Map([...assignment.values, [key, value]]),
        vague: isVague(value) ? new Set([...assignment.vague, key]) : assignment.vague,
      })),
    )
    if (list.length > MOST) reasons.add('the policies use too many variables together')
    list = list.slice(0, MOST)
  }
  const [reason] = reasons
  return { list, ...(reason !== undefined && { incomplete: reason }) }
}

interface VariableValues {
  readonly values: readonly ContextValues[]
  readonly incomplete?: string
}

/** Absent, not known, and a text for every way in which the probes tell texts apart. */
function valuesOf(key: string, probes: readonly Probe[], owners: readonly string[]): VariableValues {
  if (key === 'aws:ResourceAccount' || key === 's3:ResourceAccount') {
    const [owner = '', ...others] = new Set(owners)
    return { values: [[owner]], ...(others.length > 0 && { incomplete: `\`${key}\` is another on each side` }) }
  }
  if (timeKeys.has(key)) return { values: [[]], incomplete: `\`${key}\` stands in a variable` }
  const { values, incomplete } = chooseTexts({ language: domainOf(key), liked: ['somebody'] }, probes, STEPS)
  const none: readonly ContextValues[] = callerKeys.has(key) && key !== 'aws:username' ? [[], 'unknown'] : [[]]
  return {
    values: [...none, ...values.map((value) => [value])],
    ...(incomplete !== undefined && { incomplete: `\`${key}\`: ${incomplete}` }),
  }
}

/** The ARNs that `aws:PrincipalArn` can be: those of users, roles, roots and federated users. */
const callerArns: Language = (
  [
    ['iam', [...literal('user/'), ...anything, ...withoutSlash]],
    ['iam', [...literal('role/'), ...anything, ...withoutSlash]],
    ['iam', literal('root')],
    ['sts', [...literal('federated-user/'), ...withoutSlash]],
  ] as const
).map(([service, resource]) => [
  ...literal('arn:'),
  ...withoutColonOrSlash,
  ...literal(`:${service}::`),
  ...withoutColonOrSlash,
  ...literal(':'),
  ...resource,
])

function domainOf(key: string): Language {
  if (key === 'aws:username') return [withoutSlash]
  if (key === 'aws:PrincipalAccount') return [withoutColonOrSlash]
  if (key === 'aws:PrincipalArn') return callerArns
  if (key === 'aws:userid' || key === 'aws:PrincipalServiceName') return [something]
  return findConditionKey(key)?.type === 'ARN' ? anyArn : [anything]
}

/** What the variable itself is compared with. */
function ownProbes(key: string, statements: readonly Statement[]): readonly Probe[] {
  const nothing = contextOfAssignment(new Map())
  return statements.flatMap(({ Condition }) =>
    Condition.filter((condition) => canonicalKeyName(condition.key.text) === key).flatMap(
      (condition) => conditionTest(condition, undefined, nothing).probes,
    ),
  )
}

/** How a value in the variable's place leads every other text that the same is compared with. */
function fillingProbes(key: string, templates: readonly Template[]): readonly Probe[] {
  return templates.flatMap((template) =>
    gapsOf(key, template).flatMap((gap) =>
      templates
        .filter(({ comparedWith }) => comparedWith === template.comparedWith)
        .flatMap((other) => fillings(templateTokens(other.parts), gap))
        .map((tokens): Probe => ({ kind: 'language', name: JSON.stringify(tokens), language: [tokens] })),
    ),
  )
}

function gapsOf(key: string, { parts }: Template): readonly Gap[] {
  return parts.flatMap((part, index) => {
    if (part.kind !== 'variable' || canonicalKeyName(part.key) !== key) return []
    const before = parts.slice(0, index).map(textOf).join('')
    const rest = parts.slice(index + 1)
    const following = rest.map(textOf).join('')
    const after = beforeWildcard(following)
    return [{ before, after, ends: rest.every(({ kind }) => kind !== 'variable') && after === following }]
  })
}

function beforeWildcard(text: string): string {
  let end = 0
  while (end < text.length && !hasWildcard(text.charAt(end))) end++
  return text.slice(0, end)
}

function textOf(part: TemplatePart): string {
  return part.kind === 'variable' || part.kind === 'malformed' ? '' : part.text
}

/** The letters that no value of the key holds. */
const lacking: ReadonlyMap<string, string> = new Map([
  ['aws:username', '/'],
  ['aws:PrincipalAccount', ':/'],
])

/**
 * Which values stand for others that are not followed exactly. A text with a variable is, if the variable is the only one, stands after plain
 * text, and either ends where no value of it goes on, or the text after it is plain to its end. A value that a test names stands for itself alone.
 */
function vagueness(key: string, templates: readonly Template[], probes: readonly Probe[]): (value: ContextValues) => boolean {
  const used = templates.filter(({ parts }) => usesVariable(parts, key))
  const isFollowed = used.every(({ parts }) => {
    const at = parts.findIndex(({ kind }) => kind === 'variable')
    const before = parts.slice(0, at).map(textOf).join('')
    const after = parts
      .slice(at + 1)
      .map(textOf)
      .join('')
    const others = parts.filter(({ kind }) => kind === 'variable').length
    const isBounded = after !== '' && (lacking.get(key) ?? '').includes(after.charAt(0))
    return others === 1 && !hasWildcard(before) && (isBounded || !hasWildcard(after))
  })
  const named = new Set(probes.flatMap(exactTextOf))
  return (value) => !isFollowed && value !== 'unknown' && value.some((text) => !named.has(text))
}

/** What the key is in the request that the question is about. */
function ownTexts({ place, sides, asked }: Scene, key: string): readonly string[] {
  const [side] = sides
  if (asked?.like === undefined || side === undefined) return []
  const caller = resolveCaller(side.snapshotFor(place.kind === 'bucket' ? place.name : undefined), asked.like)
  const values = caller && evaluationContextOf(asked.like, caller, side.owner).valuesOf(key)
  return values === undefined || values === 'unknown' ? [] : values
}
