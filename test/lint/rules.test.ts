import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatPath } from '../../src/index.js'
import { allRules } from '../../src/lint.js'
import { applyFixes, foundIn, type LintCase, lintCase, readCases } from './lint-case.js'

const root = new URL('../../', import.meta.url)
const pageOf = (id: string): string => readFileSync(new URL(`docs/rules/${id}.md`, root), 'utf8')

/** The text under a heading of a page. */
function sectionOf(page: string, heading: string): string {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
}

function blockIn(section: string, kind: string): string | undefined {
  return section.split(`\`\`\`${kind}\n`)[1]?.split('\n```')[0]
}

/** The example under a heading: a policy or a snapshot, and beside it what it is linted with: `options`, what time it is, and what is blocked. */
function exampleUnder(page: string, heading: string): LintCase {
  const section = sectionOf(page, heading)
  const block = blockIn(section, 'json')
  if (block === undefined) throw new Error(`no \`\`\`json block under ## ${heading}`)
  const given = JSON.parse(blockIn(section, 'json with') ?? '{}') as Pick<LintCase, 'options' | 'now' | 'publicAccessBlock'>
  const isSnapshot = block.includes('"buckets"')
  return isSnapshot ? { why: '', snapshot: JSON.parse(block) as unknown, ...given } : { why: '', text: block, ...given }
}

describe.each(allRules.map((rule) => [rule.meta.id, rule] as const))('%s', (id, rule) => {
  test('has a file of its own', () => {
    expect(existsSync(new URL(`src/lint/rules/${rule.meta.category}/${id}.ts`, root))).toBe(true)
  })

  test('has a page whose examples are what it says', () => {
    const page = pageOf(id)
    expect(page.startsWith(`# ${id}\n\n${rule.meta.summary}.\n`), 'the page begins with the id and the summary').toBe(true)
    for (const heading of ['Why', 'Bad', 'Good', 'How to fix', 'When not to use it', 'Seen in']) expect(page).toContain(`\n## ${heading}\n`)
    expect(page.split('\n## Seen in\n')[1]).toMatch(/https:\/\//)
    const bad = exampleUnder(page, 'Bad')
    expect(lintCase(rule, foundIn(bad), bad).findings.length, 'findings in the bad example').toBeGreaterThan(0)
    const good = exampleUnder(page, 'Good')
    expect(lintCase(rule, foundIn(good), good).findings, 'findings in the good example').toEqual([])
    if (rule.meta.options !== undefined) expect(page).toContain('\n## Options\n')
  })

  const { bad, good } = readCases(id)

  test('has cases for each of its messages, and more than one way to be silent', () => {
    const covered = bad.flatMap(({ findings = [] }) => findings.map(({ messageId }) => messageId))
    expect([...new Set(covered)].toSorted()).toEqual(Object.keys(rule.meta.messages).toSorted())
    expect(good.length).toBeGreaterThan(0)
  })

  test.each(bad.map((each) => [each.why, each] as const))('bad: %s', (_, each) => {
    const found = foundIn(each)
    const { findings, undecided } = lintCase(rule, found, each)
    expect(findings.map(({ messageId, location }) => ({ messageId, path: formatPath(location.path) }))).toEqual(
      each.findings?.map(({ messageId, path }) => ({ messageId, path })),
    )
    for (const [index, { says = '' }] of each.findings?.entries() ?? []) expect(findings[index]?.message).toContain(says)
    for (const { message } of findings) expect(message).not.toMatch(/(?<!\$)\{[a-zA-Z]+\}/)
    expect(undecided.length > 0).toBe(each.undecided ?? false)
    if (each.fixed === undefined) return
    const text = applyFixes(found.file.text, findings)
    expect(text).toBe(each.fixed)
    const { findings: left } = lintCase(rule, foundIn({ ...each, text }), each)
    expect(left).toEqual([])
  })

  test.each(good.map((each) => [each.why, each] as const))('good: %s', (_, each) => {
    const { findings, undecided } = lintCase(rule, foundIn(each), each)
    expect(findings).toEqual([])
    expect(undecided.length > 0).toBe(each.undecided ?? false)
  })

  test('has a fixed case if it fixes', () => {
    expect(bad.some(({ fixed }) => fixed !== undefined)).toBe(rule.meta.fixable)
  })
})

test('every id is a rule’s, once', () => {
  const ids = allRules.map(({ meta }) => meta.id)
  expect(new Set(ids).size).toBe(ids.length)
  const files = (folder: string, end: string) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, -end.length))
  expect(files('fixtures/lint', '.json').toSorted()).toEqual(ids.toSorted())
  expect(
    files('docs/rules', '.md')
      .filter((name) => name !== 'README')
      .toSorted(),
  ).toEqual(ids.toSorted())
})
