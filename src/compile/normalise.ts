import { actions } from '../catalog/actions.js'
import { canonicalKeyName } from '../catalog/lookup.js'
import { operators } from '../operators/table.js'
import type { Condition, Policy, PolicyVersion, Statement, Text } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'
import { isPublicPolicy } from '../public-access/public-policy.js'
import { ActionPatterns } from './action-patterns.js'
import type { NormalCondition, NormalPolicy, NormalResource, NormalStatement } from './normal-policy.js'
import { normalisePrincipal } from './normalise-principal.js'
import { normaliseResources, resourceOnBucket, resourceOnObjects } from './normalise-resource.js'
import { patternOf } from './pattern.js'

/** The first stage: what a policy means on its bucket, with everything decided that needs no request. */
export function normalise(policy: Policy, bucket: string): NormalPolicy {
  const { Version, Statement } = policy
  const patterns = new ActionPatterns()
  return {
    bucket,
    isPublic: isPublicPolicy(policy),
    statements: Statement.map((statement, index) => normaliseStatement(statement, index, Version, bucket, patterns)),
  }
}

function normaliseStatement(
  statement: Statement,
  index: number,
  version: PolicyVersion | undefined,
  bucket: string,
  patterns: ActionPatterns,
): NormalStatement {
  const { Sid, Effect, Condition } = statement
  return {
    index,
    ...(Sid !== undefined && { sid: Sid.text }),
    effect: Effect,
    actions: actionsOf(statement, patterns),
    principal: normalisePrincipal(statement),
    onBucket: resourcesOf(statement, (text) => resourceOnBucket(text, version, bucket)),
    onObjects: resourcesOf(statement, (text) => resourceOnObjects(text, version, bucket)),
    conditions: Condition.map((condition) => normaliseCondition(condition, version)),
  }
}

function actionsOf({ Action, NotAction = [] }: Statement, patterns: ActionPatterns): readonly string[] {
  const sets = (Action ?? NotAction).map(({ text }) => patterns.coveredBy(text))
  return decidable.filter((name) => sets.some((set) => set.has(name)) === (Action !== undefined))
}

/** The actions that a policy is asked about. */
const decidable = actions.flatMap(({ name, kind }) => (kind === 'bucket' || kind === 'object' ? [name] : []))

function resourcesOf(
  { Effect, Resource, NotResource = [] }: Statement,
  normalise: (text: Text) => readonly NormalResource[],
): readonly NormalResource[] {
  return Resource === undefined
    ? noneOf(NotResource.flatMap(normalise))
    : normaliseResources(Resource.flatMap(normalise), Effect === 'Allow')
}

function noneOf(resources: readonly NormalResource[]): readonly NormalResource[] {
  if (resources.some(({ kind }) => kind === 'any')) return []
  return resources.length === 0 ? [{ kind: 'any' }] : [{ kind: 'none-of', resources }]
}

function normaliseCondition({ operator, key, values }: Condition, version: PolicyVersion | undefined): NormalCondition {
  const { name, prefix, ifExists } = operator
  const { expandsVariables, hasWildcards } = operators[name]
  return {
    operator: name,
    ...(prefix !== undefined && { prefix }),
    ifExists,
    key: canonicalKeyName(key.text),
    operands: values.map(({ text }) => {
      const parts = expandsVariables ? parseTemplate(text, version) : [{ kind: 'text', text } as const]
      const pattern = patternOf(parts, hasWildcards)
      return { text, ...(pattern !== undefined && { pattern }) }
    }),
  }
}
