import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Found, Reading, SourceFile } from '../../sources/found.js'
import { mayHoldPolicy, readTerraform } from '../../sources/terraform/read-terraform.js'
import { InputError } from '../exit-code.js'
import { readTextFile } from '../read-input.js'
import type { FileReading } from './file-reading.js'
import { type LoadedHclParser, loadHclParser } from './load-hcl-parser.js'

/** Loaded once, and only if there is Terraform to read. */
let loading: Promise<LoadedHclParser> | undefined

/**
 * The policies that stand in a file of Terraform. The other files of its folder are read too, as all of them are one module; what is found in
 * those comes when it is their turn. @param absolute where the file is; absent for standard input, which has no neighbours
 */
export async function readTerraformFile(file: SourceFile, absolute: string | undefined, owner: string | undefined): Promise<FileReading> {
  const files = absolute === undefined ? [file] : moduleOf(file, absolute)
  if (!files.some(({ text }) => mayHoldPolicy(text))) return { found: [], problems: [], elsewhere: [] }
  loading ??= loadHclParser()
  const parser = await loading
  if (parser.kind === 'missing') {
    const problems = mayHoldPolicy(file.text) ? [{ file: file.path, message: parser.message, help: parser.help }] : []
    return { found: [], problems, elsewhere: [] }
  }
  const { found, problems } = readModule(files, parser, owner)
  const declared = found.filter((each) => isDeclaredIn(each, file.path))
  return {
    found: found.filter((each) => each.file.path === file.path),
    problems: problems.filter((each) => each.file === file.path),
    elsewhere: declared.map((each) => each.file.path),
  }
}

function isDeclaredIn(found: Found, path: string): boolean {
  return found.kind === 'policy' && found.declaredIn === path
}

/** The module that was read last: its files come one after the other, and each needs all of it. */
let last: { readonly files: readonly SourceFile[]; readonly owner: string | undefined; readonly reading: Reading } | undefined

function readModule(
  files: readonly SourceFile[],
  { parse }: Extract<LoadedHclParser, { kind: 'parser' }>,
  owner: string | undefined,
): Reading {
  if (last !== undefined && last.owner === owner && areSame(last.files, files)) return last.reading
  const reading = readTerraform(files, parse, owner === undefined ? {} : { account: owner })
  last = { files, owner, reading }
  return reading
}

function areSame(before: readonly SourceFile[], now: readonly SourceFile[]): boolean {
  return before.length === now.length && before.every(({ path, text }, index) => path === now[index]?.path && text === now[index]?.text)
}

/** All files of the folder, this one with the text that it has here. What cannot be read is told when it is that file's turn. */
function moduleOf(file: SourceFile, absolute: string): readonly SourceFile[] {
  const [folder, own] = [dirname(absolute), basename(absolute)]
  const names = new Set(readdirSync(folder).filter((name) => name.endsWith('.tf')))
  const shown = file.path.slice(0, file.path.length - own.length)
  return [...names.add(own)].toSorted().flatMap((name) => {
    if (name === own) return [file]
    try {
      return [{ path: shown + name, text: readTextFile(join(folder, name)) }]
    } catch (error) {
      if (error instanceof InputError) return []
      throw error
    }
  })
}
