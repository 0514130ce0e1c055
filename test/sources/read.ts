import { readFileSync } from 'node:fs'
import type { Diagnostic, Location } from '../../src/policy/diagnostic.js'
import type { Found, FoundPolicy, Reading } from '../../src/sources/found.js'
import type { ReadOptions } from '../../src/sources/read-options.js'
import { readSource } from '../../src/sources/read-source.js'

export function readFixture(name: string, options?: ReadOptions): Promise<Reading> {
  return readSource({ path: name, text: readFileSync(new URL(`../../fixtures/sources/${name}`, import.meta.url), 'utf8') }, options)
}

export function readText(path: string, text: string, options?: ReadOptions): Promise<Reading> {
  return readSource({ path, text }, options)
}

export function policiesOf({ found }: Reading): readonly FoundPolicy[] {
  return found.filter((each) => each.kind === 'policy')
}

/** The text at a place of the file that something was found in. */
export function textAt({ file }: Found, { span }: Pick<Location, 'span'>): string {
  return file.text.slice(span.start.offset, span.end.offset)
}

/** `code: text` of each diagnostic. */
export function diagnosed(policy: FoundPolicy, diagnostics: readonly Diagnostic[] = policy.diagnostics): readonly string[] {
  return diagnostics.map((diagnostic) => `${diagnostic.code}: ${textAt(policy, diagnostic)}`)
}

/** `text: reason` of each unknown part. */
export function unknownIn(policy: FoundPolicy): readonly string[] {
  return policy.unknowns.map(({ location, reason }) => `${textAt(policy, location)}: ${reason}`)
}

/** A value without the places in it. */
export function withoutLocations(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (name, held) => (name === 'location' ? undefined : held)))
}
