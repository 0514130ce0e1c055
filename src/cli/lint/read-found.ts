import type { Reading, SourceFile } from '../../sources/found.js'
import { readSource } from '../../sources/read-source.js'
import { readTerraformFile } from './read-terraform-file.js'

/** What is known of a file beside its text. */
export interface ReadOptions {
  readonly bucket?: string
  readonly owner?: string
  /** Whether the user has named the file; of others it is no problem that they hold no policy. */
  readonly isNamed: boolean
  /** Where it is; absent for standard input. */
  readonly absolute?: string
}

/** The policies in a file. */
export async function readFound(file: SourceFile, { isNamed, absolute, ...place }: ReadOptions): Promise<Reading> {
  const isTerraform = file.path.toLowerCase().endsWith('.tf')
  const reading = await (isTerraform ? readTerraformFile(file, absolute, place.owner) : readSource(file, place))
  if (!isNamed || reading.found.length > 0 || reading.problems.length > 0) return reading
  return {
    found: [],
    problems: [
      {
        file: file.path,
        message: 'there is no policy in it',
        help: 'a policy has `Statement`; docs/sources.md tells which files are read',
      },
    ],
  }
}
