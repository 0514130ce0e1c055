import { closeSync, fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../exit-code.js'
import { describeFileError } from '../read-input.js'

/** Writes a file so that it is there as a whole or as it was before; who may read it stays. */
export function writeWhole(path: string, text: string): void {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    // A pipe or a device cannot be replaced.
    if (stats !== undefined && !stats.isFile()) writeFileSync(path, text)
    else replace(stats === undefined ? path : realpathSync(path), text, stats?.mode)
  } catch (error) {
    throw new InputError(`cannot write \`${path}\`: ${describeFileError(error)}`)
  }
}

function replace(path: string, text: string, mode: number | undefined): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.draft`)
  const descriptor = openSync(draft, 'wx', 0o666)
  try {
    try {
      if (mode !== undefined) fchmodSync(descriptor, mode & 0o7777)
      writeFileSync(descriptor, text)
    } finally {
      closeSync(descriptor)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
