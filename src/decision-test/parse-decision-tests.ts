import type { Verdict } from '../decision/decision.js'
import { type Diagnostic, hasError } from '../policy/diagnostic.js'
import { type Document, readDocument } from '../policy/document.js'
import type { Node, ShapeReader } from '../policy/shape-reader.js'
import { nothingBlocked } from '../public-access/public-access-block.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { parseRequestNode } from '../request/parse-request.js'
import { parseBucketPolicy, parseSnapshotNode } from '../snapshot/parse-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { DecisionTestCase, DecisionTestFile, Expectation } from './decision-test.js'

/** Owns the bucket of a case that names no snapshot and no owner. */
const DEFAULT_OWNER = '111122223333'

export interface ParsedDecisionTests {
  /** Absent if a diagnostic is an `error`. */
  readonly tests?: DecisionTestFile
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the JSON text of a file of decision tests. Errors inside a case are the case's: it may expect them. */
export function parseDecisionTests(text: string): ParsedDecisionTests {
  const document = readDocument(text)
  const { root, problems } = document
  const tests = root && parseFile({ value: root, path: [] }, document)
  const { diagnostics } = problems
  return tests === undefined || hasError(diagnostics) ? { diagnostics } : { tests, diagnostics }
}

const fileShape = { members: ['$schema', 'snapshot', 'cases'], unknown: 'unknown-member' } as const

function parseFile(node: Node, document: Document): DecisionTestFile | undefined {
  const { reader } = document
  const members = reader.object(node, 'a decision test file', fileShape)
  if (members === undefined) return undefined
  const snapshotNode = members.get('snapshot')
  const snapshot = snapshotNode && parseSnapshotNode(snapshotNode, document)
  const casesNode = members.get('cases')
  if (casesNode === undefined) reader.report('missing-member', node, 'a decision test file needs `cases`')
  const cases = (casesNode && reader.array(casesNode, 'cases'))?.flatMap((item) => parseCase(item, snapshot, document) ?? []) ?? []
  return { ...(snapshot && { snapshot }), cases }
}

const caseShape = { members: ['name', 'snapshot', 'policy', 'owner', 'request', 'expect', 'why'], unknown: 'unknown-member' } as const

function parseCase(node: Node, fileSnapshot: Snapshot | undefined, document: Document): DecisionTestCase | undefined {
  const { reader } = document
  const members = reader.object(node, 'a case', caseShape)
  if (members === undefined) return undefined
  const nameNode = members.get('name')
  const requestNode = members.get('request')
  const expectNode = members.get('expect')
  for (const name of ['name', 'request', 'expect']) {
    if (!members.has(name)) reader.report('missing-member', node, `a case needs \`${name}\``)
  }
  const whyNode = members.get('why')
  const why = whyNode && reader.text(whyNode, 'why')?.text
  const name = nameNode && reader.text(nameNode, 'name')?.text
  const expect = expectNode && parseExpectation(expectNode, reader)
  if (name === undefined || expect === undefined || requestNode === undefined) return undefined
  const requestPart = document.part(requestNode.path)
  const request = parseRequestNode(requestNode, requestPart.reader)
  const { snapshot, diagnostics } = parseSubject(members, request, fileSnapshot, document)
  const errors = [...requestPart.problems.diagnostics, ...diagnostics].filter(({ severity }) => severity === 'error')
  return {
    name,
    location: reader.locationOf(node),
    errors,
    expect,
    ...(why !== undefined && { why }),
    ...(errors.length === 0 && snapshot !== undefined && { snapshot }),
    ...(errors.length === 0 && request !== undefined && { request }),
  }
}

interface Subject {
  readonly snapshot?: Snapshot | undefined
  /** The problems of the case's own snapshot or policy. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The case's own snapshot, the file's, or the request's bucket alone with the case's policy and owner. */
function parseSubject(
  members: ReadonlyMap<string, Node>,
  request: AuthorizationRequest | undefined,
  fileSnapshot: Snapshot | undefined,
  document: Document,
): Subject {
  const { reader } = document
  const snapshotNode = members.get('snapshot')
  const policyNode = members.get('policy')
  const ownerNode = members.get('owner')
  if (snapshotNode !== undefined) {
    for (const rival of [policyNode, ownerNode]) {
      if (rival !== undefined) reader.report('invalid-value', rival, 'a case with `snapshot` has neither `policy` nor `owner`')
    }
    const part = document.part(snapshotNode.path)
    const snapshot = parseSnapshotNode(snapshotNode, part)
    return { snapshot, diagnostics: part.problems.diagnostics }
  }
  if (policyNode === undefined && ownerNode === undefined && fileSnapshot !== undefined) return { snapshot: fileSnapshot, diagnostics: [] }
  const owner = ownerNode === undefined ? DEFAULT_OWNER : (reader.nonEmptyText(ownerNode, 'owner') ?? DEFAULT_OWNER)
  const policy = policyNode && parseBucketPolicy(policyNode, document)
  const name = request?.bucket
  const bucket = name === undefined ? [] : [{ name, owner, publicAccessBlock: nothingBlocked, ...(policy && { policy }) }]
  return {
    diagnostics: policy?.diagnostics ?? [],
    snapshot: { buckets: new Map(bucket.map((item) => [item.name, item])), keys: new Map(), accounts: new Map() },
  }
}

const verdicts: readonly Verdict[] = ['Allow', 'ExplicitDeny', 'ImplicitDeny']

function parseExpectation(node: Node, reader: ShapeReader): Expectation | undefined {
  if (node.value.kind === 'object') {
    const error = reader.object(node, 'expect', { members: ['error'], unknown: 'unknown-member' })?.get('error')
    const code = error && reader.text(error, 'error')?.text
    if (error === undefined) reader.report('missing-member', node, 'expect needs a verdict or `error`')
    return code === undefined ? undefined : { error: code }
  }
  const text = reader.text(node, 'expect')?.text
  const verdict = verdicts.find((candidate) => candidate === text)
  if (text !== undefined && verdict === undefined) {
    reader.report('invalid-value', node, `there is no verdict \`${text}\``, `use ${verdicts.join(', ')} or \`{"error": code}\``)
  }
  return verdict
}
