import { canonicalKeyName } from '../catalog/lookup.js'
import type { Operator } from '../operators/operator.js'
import { operators } from '../operators/table.js'
import type { Condition, Policy, PolicyVersion, Statement } from '../policy/ast.js'
import type { Draft } from '../policy/draft.js'
import { parseTemplate } from '../policy/template.js'
import { isPublicPolicy } from '../public-access/public-policy.js'
import { ActionLists } from './action-lists.js'
import type { NormalCondition, NormalOperand, NormalPolicy, NormalResource, NormalStatement } from './normal-policy.js'
import { normalisePrincipal } from './normalise-principal.js'
import { normaliseResources, type ParsedResource, parseResource, resourceOnBucket, resourceOnObjects } from './normalise-resource.js'
import { patternOf } from './pattern.js'

/** The first stage: what a policy means on its bucket, with everything decided that needs no request. */
export function normalise(policy: Policy, bucket: string): NormalPolicy {
  const { Version, Statement } = policy
  const actions = new ActionLists()
  return {
    bucket,
    isPublic: isPublicPolicy(policy),
    statements: Statement.map((statement, index) => normaliseStatement(statement, index, Version, bucket, actions)),
  }
}

function normaliseStatement(
  statement: Statement,
  index: number,
  version: PolicyVersion | undefined,
  bucket: string,
  actions: ActionLists,
): NormalStatement {
  const { Sid, Effect, Resource, NotResource = [], Condition } = statement
  const resources = (Resource ?? NotResource).map(({ text }) => parseResource(text, version))
  const normal: Draft<NormalStatement> = {
    index,
    effect: Effect,
    actions: actions.of(statement),
    principal: normalisePrincipal(statement),
    onBucket: resourcesOf(statement, resources, resourceOnBucket, bucket),
    onObjects: resourcesOf(statement, resources, resourceOnObjects, bucket),
    conditions: Condition.map((condition) => normaliseCondition(condition, version)),
  }
  if (Sid !== undefined) normal.sid = Sid.text
  return normal
}

function resourcesOf(
  { Effect, Resource }: Statement,
  parsed: readonly ParsedResource[],
  normalise: (resource: ParsedResource, bucket: string) => readonly NormalResource[],
  bucket: string,
): readonly NormalResource[] {
  const [first] = parsed
  const resources =
    parsed.length === 1 && first !== undefined ? normalise(first, bucket) : parsed.flatMap((resource) => normalise(resource, bucket))
  return Resource === undefined ? noneOf(resources) : normaliseResources(resources, Effect === 'Allow')
}

function noneOf(resources: readonly NormalResource[]): readonly NormalResource[] {
  if (resources.some(({ kind }) => kind === 'any')) return []
  return resources.length === 0 ? [{ kind: 'any' }] : [{ kind: 'none-of', resources }]
}

function normaliseCondition({ operator, key, values }: Condition, version: PolicyVersion | undefined): NormalCondition {
  const { name, prefix, ifExists } = operator
  const normal: Draft<NormalCondition> = {
    operator: name,
    ifExists,
    key: canonicalKeyName(key.text),
    operands: values.map(({ text }) => normaliseOperand(text, operators[name], version)),
  }
  if (prefix !== undefined) normal.prefix = prefix
  return normal
}

function normaliseOperand(text: string, { expandsVariables, hasWildcards }: Operator, version: PolicyVersion | undefined): NormalOperand {
  const parts = expandsVariables ? parseTemplate(text, version) : [{ kind: 'text', text } as const]
  const pattern = patternOf(parts, hasWildcards)
  return pattern === undefined ? { text } : { text, pattern }
}
