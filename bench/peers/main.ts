import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Outcome } from './outcome.js'
import { CannotExpress, type Peer } from './peer.js'
import { loadNow, machine, markdownOf, type Results, type Row } from './results.js'
import { type Command, runProcess } from './run-process.js'
import { writeWorkload } from './workload-files.js'
import { type WorkloadName, workloadNames, workloadOf } from './workload-list.js'

/**
 * Times all peers on all workloads and writes `bench/results/peers.json` and `peers.md`. With arguments, only peers whose names hold one
 * of them, and nothing is written.
 */
const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')
const work = join(here, '.work')
const asked = process.argv.slice(2)

installPackages()
// Only now: these read the versions of what was installed.
const { inProcess } = await import('./engines/in-process.js')
const { build, nativePeers } = await import('./native.js')

type Named = Pick<Peer, 'name' | 'version' | 'language'>
const isAsked = ({ name }: { readonly name: string }) => asked.length === 0 || asked.some((text) => name.includes(text))

const scripted = (await Promise.all(Object.values(inProcess).map((load) => load()))).filter(isAsked)
const native = nativePeers.filter(isAsked).map((peer) => ({ peer, missing: build(peer) }))
const rows: Row[] = []
const load: number[] = []
for (const workloadName of workloadNames) {
  const workload = workloadOf(workloadName)
  load.push(loadNow())
  const folder = join(work, `${workloadName.kind}-${workloadName.size}`)
  tell(`${workload.name}: asking the reference`)
  writeWorkload(folder, workloadName, workload)
  for (const peer of scripted) await time(peer, workloadName, () => scriptCommand(peer, workloadName, folder))
  for (const { peer, missing } of native) {
    await time(peer, workloadName, () => {
      if (missing !== undefined) return { status: 'missing', reason: missing }
      peer.write(folder, workload)
      return { file: peer.program, args: [folder] }
    })
  }
}
rmSync(work, { recursive: true, force: true })
if (asked.length === 0) writeResults({ machine: machine(load), rows })

async function time({ name, version, language }: Named, workload: WorkloadName, command: () => Command | Outcome): Promise<void> {
  const outcome = await outcomeOf(command)
  rows.push({ peer: name, version, language, workload, ...outcome })
  tell(`  ${name}: ${outcome.status === 'timed' ? `${outcome.ns.median.toFixed(0)} ns` : `${outcome.status}, ${outcome.reason}`}`)
}

async function outcomeOf(command: () => Command | Outcome): Promise<Outcome> {
  try {
    const next = command()
    return 'status' in next ? next : await runProcess(next, root)
  } catch (error) {
    if (error instanceof CannotExpress) return { status: 'cannot', reason: error.message }
    throw error
  }
}

function scriptCommand({ name }: Named, { kind, size }: WorkloadName, folder: string): Command {
  // Node 20 was seen to crash in a hot loop of calls into WebAssembly that it had inlined.
  const options = ['--no-turbo-inline-js-wasm-calls', '--max-old-space-size=8192', '--import', 'tsx']
  return { file: process.execPath, args: [...options, join(here, 'time-peer.ts'), name, kind, String(size), join(folder, 'checks.json')] }
}

function installPackages(): void {
  const installed = join(here, 'node_modules/.package-lock.json')
  const lock = join(here, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  tell('installing the peers')
  const { status } = spawnSync('npm', ['ci'], { cwd: here, stdio: ['ignore', process.stderr, process.stderr] })
  if (status !== 0) throw new Error('`npm ci` in bench/peers failed')
}

function writeResults(results: Results): void {
  const target = join(root, 'bench/results')
  writeFileSync(join(target, 'peers.json'), `${JSON.stringify(results, toFiveDigits, 2)}\n`)
  writeFileSync(join(target, 'peers.md'), markdownOf(results))
}

/** More digits would be noise. */
function toFiveDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
