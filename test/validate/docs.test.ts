import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ProblemCode, problems } from '../../src/catalog/problems.js'

const text = readFileSync(new URL('../../docs/validation.md', import.meta.url), 'utf8')

/** Codes that come from snapshots, requests and decision tests alone. */
const foreign: ReadonlySet<string> = new Set<ProblemCode>([
  'missing-member',
  'unknown-member',
  'invalid-value',
  'duplicate-name',
  'account-mismatch',
  'derived-key-conflict',
  'missing-key',
  'missing-bucket',
  'unknown-action',
])

interface Row {
  readonly code: string
  readonly severity: string
  readonly meaning: string
  readonly answer: string
}

/** The rows of the tables of codes. */
const rows = text.split('\n').flatMap((line): Row[] => {
  const [, code = '', severity = '', meaning = '', answer = ''] = line.split('|').map((cell) => cell.trim())
  return /^`[a-z-]+`$/.test(code) && severity !== '' ? [{ code: code.slice(1, -1), severity, meaning, answer }] : []
})

describe('the tables of codes', () => {
  test('have a row for every code that concerns policies, in the order of the catalogue, and no other', () => {
    expect(rows.map(({ code }) => code)).toEqual(Object.keys(problems).filter((code) => !foreign.has(code)))
  })

  test.each(rows.map((row) => [row.code, row] as const))('%s: severity and S3’s answer', (code, { severity, meaning, answer }) => {
    const { severity: expected, s3Message }: { severity: string; s3Message?: string } = problems[code as ProblemCode]
    expect(severity).toBe(expected)
    expect(answer).toBe(s3Message === undefined ? '–' : `\`${s3Message}\``)
    expect(meaning).not.toBe('')
  })
})
