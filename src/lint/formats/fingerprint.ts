import type { JsonPath } from '../../policy/json-path.js'
import type { Finding } from '../finding.js'
import { hash } from './hash.js'
import { relativePath } from './relative-path.js'

/** Where the files of findings are. */
export interface FingerprintOptions {
  readonly texts: ReadonlyMap<string, string>
  readonly root?: string
}

/**
 * What tells each finding from all others, in their order: `0123456789abcdef:1`. It stays the same when lines move, indentation changes,
 * or statements are added before it, and changes with the text it is about. Findings that are alike are numbered, `:1`, `:2`.
 */
export function fingerprintsOf(findings: readonly Finding[], { texts, root }: FingerprintOptions): readonly string[] {
  const counts = new Map<string, number>()
  return findings.map((finding) => {
    const alike = hash(identityOf(finding, texts.get(finding.file) ?? '', root))
    const count = (counts.get(alike) ?? 0) + 1
    counts.set(alike, count)
    return `${alike}:${count}`
  })
}

function identityOf({ rule, messageId, file, address, sid, location }: Finding, text: string, root: string | undefined): string {
  const { start, end } = location.span
  const place = withoutSpace(text.slice(start.offset, end.offset))
  return JSON.stringify([rule, messageId, relativePath(file, root), address, sid ?? null, withoutIndices(location.path), place])
}

/** Statements and list entries move; what they are called by is their text. */
function withoutIndices(path: JsonPath): readonly string[] {
  return path.map((step) => (typeof step === 'number' ? '[]' : step))
}

function withoutSpace(text: string): string {
  return [' ', '\t', '\n', '\r'].reduce((rest, space) => rest.replaceAll(space, ''), text)
}
