import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { allRules, barePolicy, lintFound } from '../../src/lint.js'

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))
const page = readFileSync(new URL('../../docs/lint-review.md', import.meta.url), 'utf8')
const active = allRules
  .filter(({ meta }) => meta.recommended)
  .map((rule) => ({ rule, severity: rule.meta.severity, options: rule.meta.defaults ?? {} }))

/** The rows of the table of all findings: policy, rule, place, verdict, why. */
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .filter((cells) => cells.length === 7 && cells[1]?.endsWith('.json'))
  .map((cells) => cells.slice(1, 6))

test('every finding of the table is judged, with a reason', () => {
  expect(rows.length).toBeGreaterThan(100)
  for (const [policy, , , verdict, why] of rows) {
    expect(['true', 'true, meant'], policy).toContain(verdict)
    expect(why?.length, policy).toBeGreaterThan(20)
  }
})

describe.skipIf(!existsSync(folder))('the reviewed policies (skipped where ../shared/corpus is not there)', () => {
  test('have the findings of the table and no others', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    const found = files.flatMap((file) => {
      const { findings } = lintFound(barePolicy({ path: file, text: readFileSync(`${folder}/${file}`, 'utf8') }), active)
      return findings
        .filter(({ severity }) => severity === 'error' || severity === 'security')
        .map(({ rule, location: { span } }) => `${file} ${rule} ${span.start.line}:${span.start.column}`)
    })
    expect(found.toSorted()).toEqual(rows.map(([policy, rule, place]) => `${policy} ${rule} ${place}`).toSorted())
  })
})
