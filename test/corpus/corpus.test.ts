import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasError, parsePolicy, printPolicy, type Severity, validatePolicy, validatePolicyText } from '../../src/index.js'

const folder = new URL('../../../shared/corpus/', import.meta.url).pathname
const isThere = existsSync(folder)
const names = isThere ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')) : []
const files = names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

const severities: readonly Severity[] = ['error', 'refused', 'warning']
const worst = files.map(({ text }) => {
  const found = new Set(validatePolicyText(text).map(({ severity }) => severity))
  return severities.find((severity) => found.has(severity)) ?? 'fine'
})
const summary = [...severities, 'fine'].map((kind) => `${worst.filter((other) => other === kind).length} ${kind}`).join(', ')

describe.skipIf(!isThere)('policies that others wrote (skipped where ../shared/corpus is not there)', () => {
  test(`at least 240: ${summary}`, () => expect(files.length).toBeGreaterThanOrEqual(240))

  test.each(isThere ? files.map(({ name, text }) => [name, text]) : [['each of them', '']])('%s', (_, text) => {
    const { policy, diagnostics } = parsePolicy(text)
    expect(policy === undefined).toBe(hasError(diagnostics))
    if (policy === undefined) return
    const printed = printPolicy(policy)
    const again = parsePolicy(printed)
    expect(again.diagnostics).toEqual([])
    expect(again.policy && printPolicy(again.policy)).toBe(printed)
    const codes = (of: typeof policy) =>
      validatePolicy(of)
        .map(({ code }) => code)
        .sort()
    expect(again.policy && codes(again.policy)).toEqual(codes(policy))
  })
})
