import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Workload } from '../workloads.js'
import { cedarKey, cedarKeyPolicies, cedarPolicies } from './engines/cedar-language.js'
import { statementsOf } from './statement.js'

/** A peer with a program of its own, built where its toolchain is on the machine. */
export interface NativePeer {
  readonly name: string
  readonly version: string
  readonly language: string
  readonly folder: string
  readonly build: { readonly file: string; readonly args: readonly string[] }
  readonly program: string
  /** Writes what only this peer needs of a workload. Throws `CannotExpress`. */
  write(folder: string, workload: Workload): void
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const nativePeers: readonly NativePeer[] = [
  {
    name: 'minio/pkg policy',
    version: /minio\/pkg\/v3 v(\S+)/.exec(readFileSync(here('go/go.mod'), 'utf8'))?.[1] ?? '?',
    language: 'Go',
    folder: here('go'),
    build: { file: 'go', args: ['build', '-o', 'minio-peer', '.'] },
    program: here('go/minio-peer'),
    write: () => {},
  },
  {
    name: 'cedar-policy',
    version: /name = "cedar-policy"\nversion = "(.+)"/.exec(readFileSync(here('rust/Cargo.lock'), 'utf8'))?.[1] ?? '?',
    language: 'Rust',
    folder: here('rust'),
    build: { file: 'cargo', args: ['build', '--release', '--locked'] },
    program: here('rust/target/release/cedar-peer'),
    write: (folder, workload) => {
      const statements = statementsOf(workload)
      writeFileSync(join(folder, 'policies.cedar'), statements === undefined ? cedarKeyPolicies : cedarPolicies(statements))
      const entities = (workload.snapshot.keys ?? []).map(({ accessKey, grants }) => cedarKey(accessKey, grants))
      writeFileSync(join(folder, 'entities.json'), JSON.stringify(entities))
    },
  },
]

/** Builds a peer's program. Gives the reason where that cannot be. */
export function build({ build: { file, args }, folder }: NativePeer): string | undefined {
  const { error, status } = spawnSync(file, args, { cwd: folder, stdio: ['ignore', process.stderr, process.stderr] })
  if (error !== undefined) return 'toolchain missing'
  return status === 0 ? undefined : `\`${[file, ...args].join(' ')}\` failed`
}
