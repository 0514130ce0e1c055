import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formats } from '../../../src/lint.js'
import { options, sample } from './sample-report.js'

const page = readFileSync(new URL('../../../docs/lint-output.md', import.meta.url), 'utf8')

function membersOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(membersOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [name, ...membersOf(member)])
}

test('docs/lint-output.md has every member of the JSON', () => {
  const members = [...new Set(membersOf(JSON.parse(formats.json(sample, options))))]
  expect(members.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
