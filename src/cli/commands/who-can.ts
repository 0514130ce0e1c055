import { type AccessTable, can, whoCan } from '../../analyze/questions/access-table.js'
import { loadPolicy, type PolicyPlace } from '../analysis/load-subject.js'
import type { AnalysisOptions } from '../analysis/options.js'
import { checkAccessKey, checkQuestion } from '../analysis/question.js'
import { refusePlace } from '../analysis/subject-pair.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { loadSnapshot } from '../read-input.js'
import { accessForms, isComplete, type TableTitle } from '../render/access-table.js'
import type { Terminal } from '../terminal.js'

export interface WhoCanOptions extends AnalysisOptions, PolicyPlace {
  readonly snapshot?: string
  readonly policy?: string
}

/** Everyone who may do an action on a resource. */
export function whoCanCommand(action: string, resource: string, options: WhoCanOptions, terminal: Terminal): ExitCode {
  const { snapshot: path, policy, ...rest } = options
  if ((path === undefined) === (policy === undefined))
    throw new InputError('give either --snapshot FILE or --policy FILE; see `grantree who-can --help`')
  if (path !== undefined) refusePlace(rest)
  const snapshot = path === undefined ? undefined : loadSnapshot(path, terminal)
  const subject = snapshot ?? { policy: loadPolicy(policy as string, terminal, rest), ...placeOf(rest) }
  checkQuestion(action, resource, snapshot)
  return show(whoCan(subject, action, resource, stepsOf(rest)), { kind: 'who-can', action, resource }, rest, terminal)
}

export interface CanOptions extends AnalysisOptions {
  readonly snapshot: string
  readonly key: string
}

/** Everything that an access key may do. */
export function canCommand({ snapshot: path, key, ...options }: CanOptions, terminal: Terminal): ExitCode {
  const snapshot = loadSnapshot(path, terminal)
  checkAccessKey(key, snapshot)
  const { name, status } = snapshot.keys.get(key) ?? {}
  const title: TableTitle = { kind: 'can', accessKey: key, ...(name !== undefined && { name }), isSuspended: status === 'suspended' }
  return show(can(snapshot, key, stepsOf(options)), title, options, terminal)
}

function show(table: AccessTable, title: TableTitle, { format }: AnalysisOptions, terminal: Terminal): ExitCode {
  terminal.out.write(accessForms[format](table, title, terminal.outColors))
  return isComplete(table) ? exitCode.fine : exitCode.undecided
}

function stepsOf({ budget }: AnalysisOptions) {
  return budget === undefined ? {} : { budget }
}

function placeOf({ bucket, owner }: PolicyPlace): PolicyPlace {
  return { ...(bucket !== undefined && { bucket }), ...(owner !== undefined && { owner }) }
}
