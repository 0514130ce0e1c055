import { publicAccess } from '../../analyze/questions/public-access.js'
import { type Loaded, loadSubject, type PolicyPlace, subjectOf } from '../analysis/load-subject.js'
import type { AnalysisOptions } from '../analysis/options.js'
import { refusePlace } from '../analysis/subject-pair.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { startProgress } from '../progress.js'
import { printable } from '../render/printable.js'
import { type BucketReport, publicForms } from '../render/public.js'
import type { Terminal } from '../terminal.js'

export interface PublicCommandOptions extends AnalysisOptions, PolicyPlace {
  readonly trusted: readonly string[]
}

/** Whether strangers get in, for each bucket of each file. A file that cannot be read spoils the run, but not the other files. */
export function publicCommand(files: readonly string[], { format, ...options }: PublicCommandOptions, terminal: Terminal): ExitCode {
  if (files.filter((file) => file === '-').length > 1) throw new InputError('only one FILE can be standard input')
  const progress = startProgress(files.length, terminal)
  const reports: BucketReport[] = []
  const unread: string[] = []
  for (const [index, file] of files.entries()) {
    const found = reportsOf(file, options, terminal)
    if (found === undefined) unread.push(file)
    else reports.push(...found)
    progress.update(index + 1)
  }
  progress.stop()
  if (unread.length < files.length) terminal.out.write(publicForms[format]({ files: files.length, unread, reports }, terminal.outColors))
  return unread.length > 0 ? exitCode.wrongInput : codeOf(reports)
}

function reportsOf(file: string, options: Omit<PublicCommandOptions, 'format'>, terminal: Terminal): readonly BucketReport[] | undefined {
  try {
    const loaded = loadSubject(file, terminal, options)
    if (loaded.kind === 'snapshot') refusePlace(options)
    return [...askedOf(loaded, options), ...unreadableOf(loaded)]
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    terminal.err.write(`${terminal.errColors.red('error')}: ${printable(error.message)}\n`)
    return undefined
  }
}

function askedOf(loaded: Loaded, { trusted, budget, ...place }: Omit<PublicCommandOptions, 'format'>): readonly BucketReport[] {
  const reports = publicAccess(subjectOf(loaded, place), { trusted, ...(budget !== undefined && { budget }) })
  return reports.map(({ aws, ...report }) => {
    const policy = loaded.kind === 'policy' ? loaded.policy : loaded.snapshot.buckets.get(report.bucket ?? '')?.policy?.policy
    const statements = aws.statements.map((index) => {
      const sid = policy?.Statement[index]?.Sid?.text
      return { index, ...(sid !== undefined && { sid }) }
    })
    return { file: loaded.path, ...report, aws: { isPublic: aws.isPublic, statements } }
  })
}

/** Nothing is allowed in quarantine, but what the policy is nobody knows. */
function unreadableOf(loaded: Loaded): readonly BucketReport[] {
  if (loaded.kind === 'policy') return []
  return [...loaded.snapshot.buckets.values()].flatMap(({ name, policy }) => {
    if (policy === undefined || policy.policy !== undefined) return []
    return [{ file: loaded.path, bucket: name, exact: 'undecided', undecided: [{ reason: 'its policy cannot be read' }] }]
  })
}

function codeOf(reports: readonly BucketReport[]): ExitCode {
  if (reports.some(({ aws, exact }) => aws?.isPublic || exact === 'public')) return exitCode.no
  return reports.some(({ exact }) => exact === 'undecided') ? exitCode.undecided : exitCode.fine
}
