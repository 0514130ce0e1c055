import type { LineTable } from '../../policy/position.js'
import { type PositionedValue, plainValueOf } from '../../policy/positioned-value.js'
import { embeddedPolicy } from '../embedded-json.js'
import type { FoundPolicy, SourceFile } from '../found.js'
import { itemsOf, memberOf, textOf } from '../members.js'
import { type OffsetMap, onePlace } from '../offset-map.js'
import { type PolicyPlace, policyAt } from '../policy-at.js'
import { mixesRegions, TEMPLATE_ACCOUNT, TEMPLATE_REGION } from '../template-names.js'
import { isKnown } from '../unknown-text.js'
import { type Assignment, assignmentsOf, undecided } from './assignments.js'
import { bucketBlock } from './bucket-block.js'
import { functionIn, resolve } from './resolve.js'
import { BUDGET, type Scope } from './scope.js'
import type { Template } from './template.js'

/** A template's file, and what is known about its deployment. */
export interface TemplateFile {
  readonly file: SourceFile
  readonly lines: LineTable
  /** Whether the template is written as JSON. */
  readonly isJson: boolean
  /** Where the characters of a text of the file stand. */
  readonly mapOf: (text: Extract<PositionedValue, { kind: 'string' }>) => OffsetMap
  readonly owner?: string
  readonly region?: string
}

/**
 * The bucket policies of a template. A policy that depends on conditions is found once for each way in which they can hold, since each of
 * them is deployed somewhere.
 */
export function readTemplate(template: Template, file: TemplateFile): readonly FoundPolicy[] {
  return [...template.resources].flatMap(([logicalId, resource]) =>
    textOf(resource, 'Type') === 'AWS::S3::BucketPolicy' ? readBucketPolicy(logicalId, resource, template, file) : [],
  )
}

function readBucketPolicy(logicalId: string, resource: PositionedValue, template: Template, file: TemplateFile): readonly FoundPolicy[] {
  const properties = memberOf(resource, 'Properties')
  const document = memberOf(properties, 'PolicyDocument')
  if (document === undefined) return []
  const bucket = memberOf(properties, 'Bucket')
  const found = new Map<string, FoundPolicy>()
  for (const assignment of waysOf(resource, [document, ...(bucket === undefined ? [] : [bucket])], template)) {
    const { owner = TEMPLATE_ACCOUNT, region = TEMPLATE_REGION } = file
    const known = { template, account: owner, assignment }
    const usual = policyOf(logicalId, document, bucket, scopeOf({ ...known, region }), file)
    if (usual === undefined) continue
    const isMixed = usual.root !== undefined && mixesRegions(usual.root)
    const policy = isMixed ? (policyOf(logicalId, document, bucket, scopeOf(known), file) ?? usual) : usual
    const same = JSON.stringify([policy.bucket, policy.root && plainValueOf(policy.root)])
    if (!found.has(same)) found.set(same, policy)
  }
  return [...found.values()]
}

function scopeOf(known: Pick<Scope, 'template' | 'account' | 'region' | 'assignment'>): Scope {
  return { ...known, reasons: new Map(), resolve, names: new Map(), budget: { left: BUDGET } }
}

/** Ways in which the conditions of a policy can hold; one in which nothing is decided if there are too many. */
function waysOf(resource: PositionedValue, values: readonly PositionedValue[], template: Template): readonly Assignment[] {
  const names = new Set<string>()
  for (const value of values) collectConditions(value, names)
  if (names.size === 0) return [undecided]
  const own = textOf(resource, 'Condition')
  const asked = own === undefined ? [...names] : [...names, own]
  const ways = assignmentsOf(asked, template.conditions) ?? [undecided]
  // The policy exists only where its own condition holds.
  return own === undefined ? ways : ways.filter((way) => way.conditions.get(own) !== false)
}

function collectConditions(value: PositionedValue, names: Set<string>): void {
  const called = functionIn(value)
  const condition = called?.name === 'Fn::If' ? itemsOf(called.argument)[0] : undefined
  if (condition?.kind === 'string') names.add(condition.text)
  if (value.kind === 'object') for (const member of value.members) collectConditions(member.value, names)
  if (value.kind === 'array') for (const item of value.items) collectConditions(item, names)
}

function policyOf(
  logicalId: string,
  document: PositionedValue,
  bucket: PositionedValue | undefined,
  scope: Scope,
  { file, lines, isJson, mapOf }: TemplateFile,
): FoundPolicy | undefined {
  const resolved = resolve(document, scope)
  if (resolved === undefined) return undefined
  const name = bucket && resolve(bucket, scope)
  const bucketName = name?.kind === 'string' && isKnown(name.text) ? name.text : undefined
  const publicAccessBlock = bucketName === undefined ? undefined : bucketBlock(bucketName, scope)
  const place: PolicyPlace = {
    file,
    lines,
    path: ['Resources', logicalId, 'Properties', 'PolicyDocument'],
    address: `Resources.${logicalId}${waySpelled(scope.assignment)}`,
    ...(bucketName !== undefined && { bucket: bucketName }),
    owner: scope.account,
    ...(publicAccessBlock !== undefined && { publicAccessBlock }),
    isEditable: isJson && document.kind === 'object' && !callsFunction(document),
  }
  if (resolved.kind !== 'string') return policyAt(resolved, place, scope.reasons)
  // What a function puts together stands where the function is called.
  const map = document.kind === 'string' ? mapOf(document) : onePlace(document)
  return embeddedPolicy(resolved.text, resolved, map, place, scope.reasons)
}

/** ` if IsProduction and not HasKey` */
function waySpelled({ conditions }: Assignment): string {
  const terms = [...conditions].map(([name, holds]) => (holds ? name : `not ${name}`))
  return terms.length === 0 ? '' : ` if ${terms.join(' and ')}`
}

function callsFunction(value: PositionedValue): boolean {
  if (functionIn(value) !== undefined) return true
  if (value.kind === 'array') return value.items.some(callsFunction)
  return value.kind === 'object' && value.members.some((member) => callsFunction(member.value))
}
