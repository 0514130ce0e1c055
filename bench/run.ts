import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import cliProgress from 'cli-progress'
import { drawCharts, type PeerResults } from './charts.js'
import { renderResults } from './render.js'
import type { Result } from './result.js'
import { type Subject, subjects } from './subjects.js'

/** Measures everything, each subject in a process of its own, and writes bench/results/: JSON, charts, and the tables. */
const usual = subjects.filter(({ command }) => command === undefined).map(({ name }) => name)
const { values } = parseArgs({
  options: {
    /** Only these, with commas between; of the others, the results that are there are kept. */
    only: { type: 'string', default: usual.join(',') },
    /** How many keys the large snapshot has. */
    keys: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('results', import.meta.url)) },
  },
})
const chosen = new Set(values.only.split(','))
const unknown = [...chosen].filter((name) => subjects.every((subject) => subject.name !== name))
if (unknown.length > 0) throw new Error(`no subject ${unknown.join(', ')}; there are ${subjects.map(({ name }) => name).join(', ')}`)

mkdirSync(values.out, { recursive: true })
const start = performance.now()
for (const subject of subjects) {
  if (!chosen.has(subject.name)) continue
  const result = await measure(subject)
  writeFileSync(fileOf(subject.name), result)
}
const results = subjects.flatMap(({ name }) => readIfThere<Result>(fileOf(name)))
const charts = drawCharts(
  results,
  readIfThere<PeerResults>(fileOf('peers')).flatMap(({ rows }) => rows),
)
for (const { file, svg } of charts) writeFileSync(`${values.out}/${file}`, svg)
writeFileSync(`${values.out}/README.md`, renderResults(results, charts))
process.stderr.write(`done in ${seconds(start)} s: ${values.out}/README.md\n`)

/** Runs a subject and returns what it prints. Its standard error tells how far it is, a line each: a percentage and what it does. */
async function measure({ name, flags, script: file = `${name}.ts` }: Subject): Promise<string> {
  const own = name === 'g2' && values.keys !== undefined ? ['--keys', values.keys] : []
  const script = fileURLToPath(new URL(file, import.meta.url))
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', script, ...own], { stdio: ['ignore', 'pipe', 'pipe'] })
  const bar = new cliProgress.SingleBar({ format: `${name} {bar} {percentage}% {what}`, clearOnComplete: true, stream: process.stderr })
  const from = performance.now()
  bar.start(100, 0, { what: '' })
  const said: string[] = []
  createInterface(child.stderr).on('line', (line) => {
    const [, percentage, what] = /^(\d+) (.*)$/.exec(line) ?? []
    if (percentage === undefined) said.push(line)
    else bar.update(Number(percentage), { what })
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const printed = await text(child.stdout)
  const code = await ended
  bar.stop()
  if (code !== 0) throw new Error(`${name} failed:\n${said.join('\n')}`)
  process.stderr.write(`${name}: ${seconds(from)} s\n`)
  return printed
}

function fileOf(name: string): string {
  return `${values.out}/${name}.json`
}

function readIfThere<Content>(path: string): readonly Content[] {
  return existsSync(path) ? [JSON.parse(readFileSync(path, 'utf8')) as Content] : []
}

function seconds(from: number): string {
  return ((performance.now() - from) / 1000).toFixed(0)
}
