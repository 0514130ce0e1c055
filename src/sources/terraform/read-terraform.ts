import { Place } from '../../policy/place.js'
import { type LineTable, lineTableOf } from '../../policy/position.js'
import type { FoundPolicy, Reading, SourceFile, SourceProblem } from '../found.js'
import { mixesRegions, TEMPLATE_REGION } from '../template-names.js'
import { ownerOf } from './account.js'
import type { Block } from './block.js'
import { bucketBlock } from './bucket-block.js'
import { Evaluator, type TerraformOptions } from './evaluator.js'
import { foundPolicy } from './found-policy.js'
import { addressOf, type Module, readModule } from './module.js'
import { documentValue } from './policy-document.js'
import { findPolicy } from './policy-source.js'
import { type SettledBucket, settleBucket, withBucketName } from './settled-bucket.js'
import { firstError, type HclParser, type SyntaxNode } from './syntax.js'

/** Longer files are not read. */
const MAX_LENGTH = 2_000_000

/** The resources that have a policy in their attribute `policy`, and where they name the bucket. */
const policyResources: ReadonlyMap<string, 'attribute' | 'self'> = new Map([
  ['aws_s3_bucket_policy', 'attribute'],
  ['digitalocean_spaces_bucket_policy', 'attribute'],
  ['aws_s3_bucket', 'self'],
])

/** Whether a file could have a bucket policy: the cheap question before it is parsed. */
export function mayHoldPolicy(text: string): boolean {
  return text.includes('policy') && [...policyResources.keys()].some((type) => text.includes(type))
}

/**
 * The bucket policies in files of Terraform, `*.tf`. The files of a folder are one module: names of one are known in the others. Never
 * throws. What it reads and what it calls unknown: docs/terraform.md.
 */
export function readTerraform(files: readonly SourceFile[], parse: HclParser, options: TerraformOptions = {}): Reading {
  const folders = new Map<string, SourceFile[]>()
  for (const file of files) {
    const folder = folderOf(file.path)
    const before = folders.get(folder)
    if (before === undefined) folders.set(folder, [file])
    else before.push(file)
  }
  const readings = [...folders.values()].map((folder) => readFolder(folder, parse, options))
  return { found: readings.flatMap(({ found }) => found), problems: readings.flatMap(({ problems }) => problems) }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function readFolder(files: readonly SourceFile[], parse: HclParser, options: TerraformOptions): Reading {
  const problems: SourceProblem[] = []
  const trees = new Map<SourceFile, SyntaxNode>()
  const lines = new Map<SourceFile, LineTable>()
  for (const file of files) {
    if (file.text.length > MAX_LENGTH) {
      problems.push({ file: file.path, message: `the file is longer than ${MAX_LENGTH} characters, so it is not read` })
      continue
    }
    const tree = parse(file.text)
    trees.set(file, tree)
    lines.set(file, lineTableOf(file.text))
    if (tree.hasError) problems.push(unreadable(file, tree, lines.get(file) ?? []))
  }
  const module = readModule(trees)
  return { found: policiesOf(module, options, lines), problems }
}

function policiesOf(module: Module, options: TerraformOptions, lines: ReadonlyMap<SourceFile, LineTable>): readonly FoundPolicy[] {
  const evaluator = new Evaluator(module, documentValue, { region: TEMPLATE_REGION, ...options })
  let withoutRegion: Evaluator | undefined
  return module.resources.flatMap((block) => {
    const policy = readResource(block, evaluator, lines)
    if (policy?.root === undefined || !mixesRegions(policy.root)) return policy ?? []
    withoutRegion ??= new Evaluator(module, documentValue, options)
    return readResource(block, withoutRegion, lines) ?? policy
  })
}

function unreadable(file: SourceFile, tree: SyntaxNode, lines: LineTable): SourceProblem {
  const { start, end } = firstError(tree)
  return {
    file: file.path,
    message: 'this is no HCL from here on',
    location: new Place(lines, { start, end: Math.max(start, Math.min(end, endOfLine(file.text, start))) }, []),
    help: 'run `terraform fmt`, which tells what it expects',
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function readResource(block: Block, evaluator: Evaluator, lines: ReadonlyMap<SourceFile, LineTable>): FoundPolicy | undefined {
  const names = policyResources.get(block.labels[0] ?? '')
  const policy = block.attributes.get('policy')
  if (names === undefined || policy === undefined || policy.value.node.hasError || isNull(policy.value.node)) return undefined
  const address = addressOf(block)
  const bucket = names === 'self' ? { name: evaluator.bucketName(address, address) } : bucketNamed(block, evaluator)
  const source = findPolicy(policy.value, evaluator)
  const root = source.root && bucket ? withBucketName(source.root, bucket) : source.root
  const described = {
    address,
    declaredIn: block.file.path,
    bucket: bucket?.name,
    owner: root && ownerOf(block, root, evaluator.options.account),
    publicAccessBlock: bucket && bucketBlock(bucket.name, evaluator),
    lines: lines.get(source.file) ?? [],
    unknowns: evaluator.unknowns,
  }
  return foundPolicy({ ...source, ...(root && { root }) }, described)
}

function isNull(node: SyntaxNode): boolean {
  return node.children[0]?.children[0]?.type === 'null_lit'
}

function bucketNamed({ attributes }: Block, evaluator: Evaluator): SettledBucket | undefined {
  const attribute = attributes.get('bucket')
  return settleBucket(attribute && evaluator.evaluate(attribute.value))
}
