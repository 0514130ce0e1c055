import type { Subject } from '../../analyze/scene/subject.js'
import type { Policy } from '../../policy/ast.js'
import { hasError } from '../../policy/diagnostic.js'
import { readDocument } from '../../policy/document.js'
import { parsePolicy } from '../../policy/parser.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { validatePolicyText } from '../../validate/validate-policy.js'
import { InputError } from '../exit-code.js'
import { readSnapshot, readTextFile, showDiagnostics } from '../read-input.js'
import { listNames } from '../render/list-names.js'
import { printable } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

/** What a file has that can be asked about. */
export type Loaded =
  | { readonly kind: 'policy'; readonly path: string; readonly policy: Policy }
  | { readonly kind: 'snapshot'; readonly path: string; readonly snapshot: Snapshot }

/** Where a policy is, which it does not say itself. */
export interface PolicyPlace {
  readonly bucket?: string
  readonly owner?: string
}

/** The policy or the snapshot in a file, told apart by their members. */
export function loadSubject(path: string, terminal: Terminal, { bucket }: PolicyPlace = {}): Loaded {
  const text = readTextFile(path)
  return kindOf(path, text, terminal) === 'policy'
    ? { kind: 'policy', path, policy: readPolicy(path, text, bucket, terminal) }
    : { kind: 'snapshot', path, snapshot: readSnapshot(path, text, terminal) }
}

/** The policy in a file. */
export function loadPolicy(path: string, terminal: Terminal, { bucket }: PolicyPlace): Policy {
  return readPolicy(path, readTextFile(path), bucket, terminal)
}

/** What questions are asked about. */
export function subjectOf(loaded: Loaded, { bucket, owner }: PolicyPlace): Subject {
  if (loaded.kind === 'snapshot') return loaded.snapshot
  return { policy: loaded.policy, ...(bucket !== undefined && { bucket }), ...(owner !== undefined && { owner }) }
}

const snapshotMembers: ReadonlySet<string> = new Set(['buckets', 'keys', 'accounts'])

function kindOf(path: string, text: string, terminal: Terminal): Loaded['kind'] {
  const { root, problems } = readDocument(text)
  if (root === undefined) {
    showDiagnostics(path, problems.diagnostics, 'other', terminal)
    throw new InputError(`\`${path}\` is neither a policy nor a snapshot`)
  }
  if (root.kind !== 'object') throw new InputError(`\`${path}\` is neither a policy nor a snapshot: both are JSON objects`)
  const names = root.members.map(({ name }) => name)
  const isPolicy = names.includes('Statement')
  const isSnapshot = names.some((name) => snapshotMembers.has(name))
  if (isPolicy !== isSnapshot) return isPolicy ? 'policy' : 'snapshot'
  if (isPolicy) throw new InputError(`\`${path}\` has members of a policy and of a snapshot: ${listNames(names)}`)
  // What `aws s3api get-bucket-policy` prints.
  if (names.includes('Policy')) throw new InputError(`\`${path}\` has a policy as text in its member \`Policy\`; give that text alone`)
  throw new InputError(
    `\`${path}\` is neither a policy, which has \`Statement\`, nor a snapshot, which has \`buckets\` or \`keys\`; it has ${listNames(names)}`,
  )
}

/** A policy that S3 would not store has a meaning all the same; one with an error has none. */
function readPolicy(path: string, text: string, bucket: string | undefined, terminal: Terminal): Policy {
  const { policy, diagnostics } = parsePolicy(text)
  const all = validatePolicyText(text, bucket === undefined ? {} : { bucket })
  if (policy === undefined || hasError(diagnostics)) {
    showDiagnostics(path, all, 'policy', terminal)
    throw new InputError(`the policy in \`${path}\` cannot be read`)
  }
  const refused = all.filter(({ severity }) => severity === 'refused')
  if (refused.length > 0) {
    showDiagnostics(path, refused, 'policy', terminal)
    terminal.err.write(`${terminal.errColors.yellow('warning')}: S3 would not store \`${printable(path)}\`; it is analysed as it reads\n`)
  }
  return policy
}
