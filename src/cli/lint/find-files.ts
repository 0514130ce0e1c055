import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { InputError } from '../exit-code.js'
import { describeFileError } from '../read-input.js'
import { checkPattern, hasGlob, matchesFile } from './file-patterns.js'

/** A file to look into. */
export interface InputFile {
  /** As findings name it: relative to the working directory if it is below it, with slashes. */
  readonly path: string
  /** Where it is; absent for standard input. */
  readonly absolute?: string
  /** Whether the user has named it. One that was only come upon may hold no policy at all. */
  readonly isNamed: boolean
}

/** Folders whose files are not the user's own. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.terraform'])

/** What policies are written in. */
const endings = ['.json', '.yaml', '.yml', '.template', '.tf'] as const

/** The files that arguments stand for, each once: files, folders, patterns; `-` is standard input. */
export function findFiles(args: readonly string[], directory: string, stdinFilename = '<stdin>'): readonly InputFile[] {
  const files = new Map<string, InputFile>()
  for (const arg of args) {
    const found = arg === '-' ? [{ path: stdinFilename, isNamed: true }] : filesOf(arg, directory)
    if (found.length === 0)
      throw new InputError(
        hasGlob(arg)
          ? `no file matches \`${arg}\``
          : `there is no file below \`${arg}\` that can hold policies: none ends in ${endings.join(', ')}`,
      )
    for (const file of found) if (files.get(file.path)?.isNamed !== true) files.set(file.path, file)
  }
  return [...files.values()]
}

function filesOf(arg: string, directory: string): readonly InputFile[] {
  const absolute = resolve(directory, arg)
  const stats = statsOf(absolute)
  if (stats?.isDirectory() === true) {
    const isMeant = (path: string) => endings.some((ending) => path.endsWith(ending))
    return [...walk(absolute, new Set())].filter(isMeant).map((path) => inputFile(path, directory, false))
  }
  if (stats === undefined && hasGlob(arg)) return filesMatching(arg, directory)
  // Whether it can be read shows when it is read, in a report with the others.
  return [inputFile(absolute, directory, true)]
}

function filesMatching(arg: string, directory: string): readonly InputFile[] {
  const parts = slashed(arg).split('/')
  const at = parts.findIndex(hasGlob)
  const base = resolve(directory, parts.slice(0, at).join('/') || (isAbsolute(arg) ? sep : '.'))
  const pattern = parts.slice(at).join('/')
  const problem = checkPattern(pattern)
  if (problem !== undefined) throw new InputError(problem)
  if (statsOf(base)?.isDirectory() !== true) return []
  const isMeant = (path: string) => matchesFile(pattern, slashed(relative(base, path)))
  return [...walk(base, new Set())].filter(isMeant).map((path) => inputFile(path, directory, false))
}

/** Every file below a folder, in order. @param above the folders that it is in, as they really are: links can make circles */
function* walk(folder: string, above: ReadonlySet<string>): Generator<string> {
  const real = realpathSync(folder)
  if (above.has(real)) return
  const within = new Set(above).add(real)
  for (const name of namesIn(folder)) {
    const path = join(folder, name)
    const stats = statsOf(path)
    if (stats?.isFile() === true) yield path
    else if (stats?.isDirectory() === true && !skippedFolders.has(name)) yield* walk(path, within)
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch (error) {
    throw new InputError(`cannot read the folder \`${folder}\`: ${describeFileError(error)}`)
  }
}

/** Nothing for what is not there, and for what cannot be looked at, such as a link to itself. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function inputFile(absolute: string, directory: string, isNamed: boolean): InputFile {
  return { path: pathBelow(directory, absolute), absolute, isNamed }
}

/** A path as people write it: relative if it is below a folder. */
export function pathBelow(folder: string, absolute: string): string {
  const path = relative(folder, absolute)
  return slashed(path === '' || path.startsWith('..') || isAbsolute(path) ? absolute : path)
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
