import { foldAscii } from '../match/case.js'
import type { Reading, SourceFile } from './found.js'
import { readJsonFile } from './read-json-file.js'
import type { ReadOptions } from './read-options.js'
import { readYamlFile } from './read-yaml-file.js'

/** Reads the files of one format. */
export type FormatReader = (file: SourceFile, options: ReadOptions) => Reading | Promise<Reading>

/** Who reads a file, by the end of its name. A format with a parser of its own gets its row here. */
const readers: readonly { readonly ends: readonly string[]; readonly read: FormatReader }[] = [
  { ends: ['.json', '.tfstate'], read: readJsonFile },
  { ends: ['.yaml', '.yml'], read: readYamlOrJson },
]

/**
 * The bucket policies in a file: bare ones, those of snapshots, of CloudFormation templates and of Terraform's plans. What a file holds is
 * told by what is in it; its name tells only how it is written. A file without policies has nothing found and no problem.
 */
export async function readSource(file: SourceFile, options: ReadOptions = {}): Promise<Reading> {
  const name = foldAscii(file.path)
  const reader = readers.find(({ ends }) => ends.some((end) => name.endsWith(end)))
  return (reader?.read ?? readByContent)(file, options)
}

function readYamlOrJson(file: SourceFile, options: ReadOptions): Reading {
  // JSON is YAML too, but its own reader knows more about it. What only starts like it may be YAML with braces.
  const reading = isJson(file.text) ? readJsonFile(file, options) : undefined
  return reading === undefined || reading.problems.length > 0 ? readYamlFile(file, options) : reading
}

/** Names such as `template` and `-` tell nothing. */
function readByContent(file: SourceFile, options: ReadOptions): Reading {
  if (isJson(file.text)) return readJsonFile(file, options)
  const holdsPolicy = file.text.includes('Statement:') || file.text.includes('AWS::S3::BucketPolicy')
  return holdsPolicy ? readYamlFile(file, options) : { found: [], problems: [] }
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}
