import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Puts a body where a program can read it. */
export function bodyFile(directory: string, body: Buffer): string {
  const file = freshFile(directory)
  writeFileSync(file, body)
  return file
}

/** The name of a file that is not there yet. */
export function freshFile(directory: string): string {
  return join(directory, randomUUID())
}
