import type { SourceFile } from '../../sources/found.js'
import { readSource } from '../../sources/read-source.js'
import type { FileReading } from './file-reading.js'
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
export async function readFound(file: SourceFile, { isNamed, absolute, ...place }: ReadOptions): Promise<FileReading> {
  // Most files of a Terraform module hold no policy, and nobody takes one for a policy that is spelled wrong.
  if (file.path.toLowerCase().endsWith('.tf')) return readTerraformFile(file, absolute, place.owner)
  const { found, problems } = await readSource(file, place)
  if (!isNamed || found.length > 0 || problems.length > 0) return { found, problems, elsewhere: [] }
  const help = 'a policy has `Statement`; docs/sources.md tells which files are read'
  return { found, problems: [{ file: file.path, message: 'there is no policy in it', help }], elsewhere: [] }
}
