import { keyStages, policyStages } from '../../compile/stages.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { loadSnapshot } from '../read-input.js'
import { listNames } from '../render/list-names.js'
import { printableJson, printableLines } from '../render/printable.js'
import { type PrintForm, printForms } from '../render/programs.js'
import { type Stage, type StageRow, stages } from '../render/stages.js'
import type { Terminal } from '../terminal.js'

export interface CompileOptions {
  readonly snapshot: string
  readonly bucket?: string
  readonly print: PrintForm
  readonly stage?: Stage
}

/** Compiles policies and access keys and shows the programs, or what a stage on the way has made of them. */
export function compile({ snapshot: path, bucket, print, stage }: CompileOptions, terminal: Terminal): ExitCode {
  const snapshot = loadSnapshot(path, terminal)
  const subject = bucket === undefined ? snapshot : onlyBucket(snapshot, bucket)
  if (stage === undefined) {
    terminal.out.write(printPrograms(subject, print))
    return exitCode.fine
  }
  if (bucket !== undefined && stages[stage].policy === undefined)
    throw new InputError(`\`${stage}\` is a stage of access keys, which --bucket leaves out`)
  for (const record of stageRecords(subject, stages[stage])) terminal.out.write(`${jsonOf(record, stage)}\n`)
  return exitCode.fine
}

type Subject = Pick<Snapshot, 'buckets' | 'keys'>

function printPrograms({ buckets, keys }: Subject, print: PrintForm): string {
  const form = printForms[print]
  const policies = [...buckets.values()].flatMap(({ name, policy }) =>
    policy?.policy === undefined ? [] : form.policy(name, policyStages(policy.policy, name).layout),
  )
  const parts = keys.size === 0 ? policies : [...policies, form.keys([...keys.values()])]
  return parts.length === 0 ? '' : `${printableLines(form.together(parts))}\n`
}

/** A record for each policy and one for all keys, where they have the stage. */
function* stageRecords({ buckets, keys }: Subject, row: StageRow): Generator<object> {
  for (const { name, policy } of buckets.values()) {
    if (row.policy !== undefined && policy?.policy !== undefined)
      yield { bucket: name, data: row.policy(policyStages(policy.policy, name)) }
  }
  if (row.keys !== undefined && keys.size > 0) yield { keys: keys.size, data: row.keys(keyStages([...keys.values()])) }
}

/** Policies decide how deep an index is, and JSON.stringify goes only as deep as the stack: 3,000 prefixes of each other are too many. */
function jsonOf(record: object, stage: Stage): string {
  try {
    return printableJson(record)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError(`\`${stage}\` is too deep or too long to be shown as JSON; \`--stage layout\` and \`--print text\` are flat`)
  }
}

/** The bucket alone, if it has something to compile. */
function onlyBucket({ buckets }: Snapshot, name: string): Subject {
  const bucket = buckets.get(name)
  if (bucket === undefined) throw new InputError(`there is no bucket \`${name}\`; the snapshot has ${listNames(buckets.keys())}`)
  if (bucket.policy === undefined) throw new InputError(`\`${name}\` has no policy, so there is nothing to compile`)
  if (bucket.policy.policy === undefined)
    throw new InputError(`\`${name}\` is quarantined: there is no program until its policy is readable`)
  return { buckets: new Map([[name, bucket]]), keys: new Map() }
}
