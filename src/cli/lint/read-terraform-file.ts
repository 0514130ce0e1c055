import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Reading, SourceFile } from '../../sources/found.js'
import { mayHoldPolicy, readTerraform } from '../../sources/terraform/read-terraform.js'
import { InputError } from '../exit-code.js'
import { readTextFile } from '../read-input.js'
import { type LoadedHclParser, loadHclParser } from './load-hcl-parser.js'

/** Loaded once, and only if there is Terraform to read. */
let loading: Promise<LoadedHclParser> | undefined

/**
 * The policies that a file of Terraform holds. The other files of its folder are read too, as all of them are one module; what is found in
 * those comes when it is their turn. @param absolute where the file is; absent for standard input, which has no neighbours
 */
export async function readTerraformFile(file: SourceFile, absolute: string | undefined, owner: string | undefined): Promise<Reading> {
  if (!mayHoldPolicy(file.text)) return { found: [], problems: [] }
  loading ??= loadHclParser()
  const parser = await loading
  if (parser.kind === 'missing') return { found: [], problems: [{ file: file.path, message: parser.message, help: parser.help }] }
  const files = [file, ...(absolute === undefined ? [] : neighboursOf(file, absolute))]
  const { found, problems } = readTerraform(files, parser.parse, owner === undefined ? {} : { account: owner })
  return { found: found.filter((each) => each.file.path === file.path), problems: problems.filter((each) => each.file === file.path) }
}

/** What cannot be read is told when it is that file's turn. */
function neighboursOf(file: SourceFile, absolute: string): readonly SourceFile[] {
  const [folder, own] = [dirname(absolute), basename(absolute)]
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf') && name !== own)
  const shown = file.path.slice(0, file.path.length - own.length)
  return names.flatMap((name) => {
    try {
      return [{ path: shown + name, text: readTextFile(join(folder, name)) }]
    } catch (error) {
      if (error instanceof InputError) return []
      throw error
    }
  })
}
