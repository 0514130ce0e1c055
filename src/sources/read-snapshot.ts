import { hasError } from '../policy/diagnostic.js'
import type { Document } from '../policy/document.js'
import type { LineTable } from '../policy/position.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import { nothingBlocked, type PublicAccessBlock, stricterBlock } from '../public-access/public-access-block.js'
import { parseSnapshotNode } from '../snapshot/parse-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import { policyInString } from './embedded-json.js'
import type { FoundPolicy, Reading, SourceFile } from './found.js'
import { itemsOf, memberOf, textOf } from './members.js'
import { policyAt } from './policy-at.js'

/** A snapshot, and the policies in it. If the snapshot has an error, its policies alone. */
export function readSnapshot(root: PositionedValue, document: Document, file: SourceFile, lines: LineTable): Reading {
  const snapshot = parseSnapshotNode({ value: root, path: [] }, document)
  const { diagnostics } = document.problems
  const policies = itemsOf(memberOf(root, 'buckets')).flatMap((bucket, index) => policyOf(bucket, index, file, lines, snapshot))
  if (snapshot !== undefined && !hasError(diagnostics)) {
    return { found: [{ kind: 'snapshot', file, root, snapshot, diagnostics }, ...policies], problems: [] }
  }
  const problems = diagnostics.map(({ message, path, span, help }) => {
    return { file: file.path, message, location: { path, span }, ...(help !== undefined && { help }) }
  })
  return { found: policies, problems }
}

function policyOf(
  bucket: PositionedValue,
  index: number,
  file: SourceFile,
  lines: LineTable,
  snapshot: Snapshot | undefined,
): readonly FoundPolicy[] {
  const policy = memberOf(bucket, 'policy')
  if (policy === undefined) return []
  const name = textOf(bucket, 'name')
  const owner = textOf(bucket, 'owner')
  const publicAccessBlock = name === undefined ? undefined : blockOf(name, snapshot)
  const place = {
    file,
    lines,
    path: ['buckets', index, 'policy'],
    address: name ?? `buckets[${index}]`,
    ...(name !== undefined && { bucket: name }),
    ...(owner !== undefined && { owner }),
    ...(publicAccessBlock !== undefined && { publicAccessBlock }),
  }
  return [policy.kind === 'string' ? policyInString(policy, place) : policyAt(policy, { ...place, isEditable: true })]
}

function blockOf(name: string, snapshot: Snapshot | undefined): PublicAccessBlock | undefined {
  const bucket = snapshot?.buckets.get(name)
  return bucket && stricterBlock(bucket.publicAccessBlock, snapshot?.accounts.get(bucket.owner)?.publicAccessBlock ?? nothingBlocked)
}
