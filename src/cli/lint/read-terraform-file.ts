import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Reading, SourceFile } from '../../sources/found.js'
import { readTerraform } from '../../sources/terraform/read-terraform.js'
import type { HclParser } from '../../sources/terraform/syntax.js'
import { InputError } from '../exit-code.js'
import { readTextFile } from '../read-input.js'
import { loadHclParser } from './load-hcl-parser.js'

/** Loaded once, and only if there is Terraform to read. */
let parser: Promise<HclParser> | undefined

/**
 * The policies that a file of Terraform holds. The other files of its folder are read too, as all of them are one module; what is found in
 * those comes when it is their turn. @param absolute where the file is; absent for standard input, which has no neighbours
 */
export async function readTerraformFile(file: SourceFile, absolute: string | undefined, owner: string | undefined): Promise<Reading> {
  parser ??= loadHclParser()
  const files = [file, ...(absolute === undefined ? [] : neighboursOf(file, absolute))]
  const { found, problems } = readTerraform(files, await parser, owner === undefined ? {} : { account: owner })
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
