import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DecisionTestCase, parseDecisionTests } from '../../src/index.js'

const root = new URL('../../fixtures/', import.meta.url).pathname

/** A file of decision tests and what is in it. */
export interface CorpusFile {
  readonly name: string
  readonly text: string
  readonly cases: readonly DecisionTestCase[]
}

/** Every decision test of the fixtures: the corpus by subject, and the worked examples. */
export function readCorpus(): readonly CorpusFile[] {
  const subjects = readdirSync(join(root, 'decisions')).map((file) => join('decisions', file))
  const examples = ['photography', 'tenants', 'environments'].map((folder) => join(folder, 'tests.json'))
  return [...subjects, ...examples].map((name) => {
    const text = readFileSync(join(root, name), 'utf8')
    const { tests, diagnostics } = parseDecisionTests(text)
    if (tests === undefined) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`)
    return { name, text, cases: tests.cases }
  })
}
