import { readDocument } from '../../policy/document.js'
import { barePolicy } from '../../sources/bare-policy.js'
import type { Reading, SourceFile } from '../../sources/found.js'

/** What is known of a file beside its text. */
export interface ReadOptions {
  readonly bucket?: string
  readonly owner?: string
  /** Whether the user has named the file; of others it is no problem that they hold no policy. */
  readonly isNamed: boolean
}

/** The policies in a file. */
export async function readFound(file: SourceFile, { isNamed, ...place }: ReadOptions): Promise<Reading> {
  const { root } = readDocument(file.text)
  const isPolicy = root === undefined ? isNamed || file.text.includes('"Statement"') : hasStatement(root)
  if (isPolicy) return { found: [barePolicy(file, place)], problems: [] }
  return {
    found: [],
    problems: isNamed ? [{ file: file.path, message: 'there is no policy in it', help: 'a policy has `Statement`' }] : [],
  }
}

function hasStatement(root: NonNullable<ReturnType<typeof readDocument>['root']>): boolean {
  return root.kind === 'object' && root.members.some(({ name }) => name === 'Statement')
}
