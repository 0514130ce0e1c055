import { type JsonPath, stepTo } from '../policy/json-path.js'
import { type LineTable, spanAt } from '../policy/position.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import type { PublicAccessBlock } from '../public-access/public-access-block.js'
import { terraformBlock } from './blocked-access.js'
import { policyInString } from './embedded-json.js'
import type { FoundPolicy, SourceFile } from './found.js'
import { itemsOf, memberOf, textOf, valueAt } from './members.js'
import { unreadablePolicy } from './policy-at.js'

/** Resources of Terraform that hold a bucket policy as JSON in `policy`. */
const policyTypes: ReadonlySet<string> = new Set(['aws_s3_bucket_policy', 'digitalocean_spaces_bucket_policy', 'aws_s3_bucket'])

/** The resource that blocks public access to a bucket. */
const BLOCK_TYPE = 'aws_s3_bucket_public_access_block'

/** A resource that matters here, and the way to its values. */
interface PlannedResource {
  readonly address: string
  readonly type: string
  readonly values: PositionedValue
  readonly path: JsonPath
}

interface PlanFile {
  readonly file: SourceFile
  readonly lines: LineTable
  readonly owner: string | undefined
  readonly resources: readonly PlannedResource[]
}

/** Whether a document is what `terraform show -json` prints of a plan or a state, or the file of a state. */
export function isTerraformJson(root: PositionedValue): boolean {
  const isShown = memberOf(root, 'format_version') !== undefined
  const isState = memberOf(root, 'terraform_version') !== undefined && memberOf(root, 'resources') !== undefined
  return isState || (isShown && ['planned_values', 'resource_changes', 'values'].some((name) => memberOf(root, name) !== undefined))
}

/** The bucket policies of a plan or a state of Terraform. @param owner the account of the buckets, if it is known */
export function readTerraformJson(
  root: PositionedValue,
  file: SourceFile,
  lines: LineTable,
  owner: string | undefined,
): readonly FoundPolicy[] {
  const unknown = unknownPolicies(root)
  const all = resourcesOf(root)
  const resources = all.filter(({ type }) => policyTypes.has(type))
  const separate = new Set(
    resources.flatMap((resource) => (resource.type === 'aws_s3_bucket' ? [] : (textOf(resource.values, 'policy') ?? []))),
  )
  return resources.flatMap((resource) => {
    // The provider shows a policy that is a resource of its own with its bucket too.
    const isRepeated = resource.type === 'aws_s3_bucket' && separate.has(textOf(resource.values, 'policy') ?? '')
    return isRepeated ? [] : policyOf(resource, unknown.has(resource.address), { file, lines, owner, resources: all })
  })
}

/** What is blocked of public access to a bucket; undefined if nothing is said of it. */
function bucketBlock(bucket: string | undefined, resources: readonly PlannedResource[]): PublicAccessBlock | undefined {
  if (bucket === undefined) return undefined
  const block = resources.find(({ type, values }) => type === BLOCK_TYPE && textOf(values, 'bucket') === bucket)
  return block && terraformBlock((name) => memberOf(block.values, name))
}

function policyOf(
  { address, values, path }: PlannedResource,
  isUnknown: boolean,
  { file, lines, owner, resources }: PlanFile,
): readonly FoundPolicy[] {
  const policy = memberOf(values, 'policy')
  const bucket = textOf(values, 'bucket')
  const publicAccessBlock = bucketBlock(bucket, resources)
  const place = {
    file,
    lines,
    path: stepTo(path, 'policy'),
    address,
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    ...(publicAccessBlock !== undefined && { publicAccessBlock }),
  }
  if (policy?.kind === 'string' && policy.text !== '') return [policyInString(policy, place)]
  if (!isUnknown) return []
  const location = { path, span: spanAt(lines, values.start, values.end) }
  return [
    unreadablePolicy({ ...place, isEditable: false }, [], [{ location, reason: 'the policy is known only after the plan is applied' }]),
  ]
}

/** Addresses of the resources whose policies are known only after the plan is applied. A bucket without a policy is none of them. */
function unknownPolicies(root: PositionedValue): ReadonlySet<string> {
  const addresses = itemsOf(memberOf(root, 'resource_changes')).flatMap((change) => {
    const policy = valueAt(change, 'change', 'after_unknown', 'policy')
    const isOwn = textOf(change, 'type') !== 'aws_s3_bucket'
    return isOwn && policy?.kind === 'boolean' && policy.value ? (textOf(change, 'address') ?? []) : []
  })
  return new Set(addresses)
}

function resourcesOf(root: PositionedValue): readonly PlannedResource[] {
  for (const name of ['planned_values', 'values']) {
    const values = memberOf(root, name)
    if (values !== undefined) return inModule(memberOf(values, 'root_module'), [name, 'root_module'])
  }
  return [...inChanges(memberOf(root, 'resource_changes')), ...inState(memberOf(root, 'resources'))]
}

function inModule(module: PositionedValue | undefined, path: JsonPath): readonly PlannedResource[] {
  const own = itemsOf(memberOf(module, 'resources')).flatMap((resource, index) =>
    plannedResource(resource, memberOf(resource, 'values'), [...path, 'resources', index, 'values']),
  )
  const children = itemsOf(memberOf(module, 'child_modules')).flatMap((child, index) => inModule(child, [...path, 'child_modules', index]))
  return [...own, ...children]
}

function inChanges(changes: PositionedValue | undefined): readonly PlannedResource[] {
  return itemsOf(changes).flatMap((change, index) =>
    plannedResource(change, valueAt(change, 'change', 'after'), ['resource_changes', index, 'change', 'after']),
  )
}

/** The file of a state lists resources with an instance each for `count` and `for_each`. */
function inState(resources: PositionedValue | undefined): readonly PlannedResource[] {
  return itemsOf(resources).flatMap((resource, index) => {
    const module = textOf(resource, 'module')
    const name = `${module === undefined ? '' : `${module}.`}${textOf(resource, 'type')}.${textOf(resource, 'name')}`
    return itemsOf(memberOf(resource, 'instances')).flatMap((instance, at) => {
      const key = memberOf(instance, 'index_key')
      const step = key?.kind === 'string' ? `[${JSON.stringify(key.text)}]` : key?.kind === 'number' ? `[${key.text}]` : ''
      const path = ['resources', index, 'instances', at, 'attributes']
      return plannedResource(resource, memberOf(instance, 'attributes'), path, name + step)
    })
  })
}

function plannedResource(
  resource: PositionedValue,
  values: PositionedValue | undefined,
  path: JsonPath,
  address = textOf(resource, 'address') ?? '',
): readonly PlannedResource[] {
  const type = textOf(resource, 'type') ?? ''
  if (!(policyTypes.has(type) || type === BLOCK_TYPE) || textOf(resource, 'mode') === 'data' || values === undefined) return []
  return [{ address, type, values, path }]
}
