import type { Colors } from 'picocolors/types.js'
import type { PublicReport } from '../../analyze/questions/public-access.js'
import { quoted } from '../../analyze/words/lists.js'
import { requestInWords } from '../../analyze/words/request-words.js'
import type { StatementReference } from '../../decision/decision.js'
import type { Format } from '../analysis/options.js'
import { plainDecision } from './analysis-record.js'
import { counted, decisionInWords, reasonsOf, statementsInWords } from './analysis-words.js'
import { markdown, markdownCode, markdownDetails, markdownTable } from './markdown.js'
import { printableJson, printableLine } from './printable.js'

/** A bucket of a file. */
export interface BucketReport extends Omit<PublicReport, 'aws'> {
  readonly file: string
  /** AWS's definition; absent where the policy cannot be read. */
  readonly aws?: { readonly isPublic: boolean; readonly statements: readonly StatementReference[] }
}

export interface PublicResult {
  readonly files: number
  /** Those that could not be read. */
  readonly unread: readonly string[]
  readonly reports: readonly BucketReport[]
}

/** A form for each format. */
export const publicForms: Readonly<Record<Format, (result: PublicResult, colors: Colors) => string>> = {
  text: renderText,
  json: (result) => `${printableJson({ verdict: verdictOf(result), buckets: result.reports.map(recordOf), unread: result.unread }, 2)}\n`,
  markdown: renderMarkdown,
}

type Verdict = PublicReport['exact']

/** By either definition. */
function verdictOfOne({ aws, exact }: BucketReport): Verdict {
  return aws?.isPublic ? 'public' : exact
}

function verdictOf({ reports, unread }: PublicResult): Verdict {
  const verdicts = [...reports.map(verdictOfOne), ...unread.map((): Verdict => 'undecided')]
  return (['public', 'undecided'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'not-public'
}

function summaryOf({ reports, unread }: PublicResult): string {
  const rest = unread.length === 0 ? '' : `; ${counted(unread.length, 'file', 'files')} could not be read`
  if (reports.length === 0) return `no bucket has a policy, so none is public${rest}`
  const count = (wanted: Verdict) => reports.filter((report) => verdictOfOne(report) === wanted).length
  const undecided = count('undecided')
  const of = counted(reports.length, 'bucket with a policy', 'buckets with a policy')
  return `public: ${count('public')} of ${of}${undecided === 0 ? '' : `, ${undecided} undecided`}${rest}`
}

function bucketOf({ bucket }: BucketReport): string {
  return bucket === undefined ? 'any bucket' : quoted(bucket)
}

function awsInWords({ aws }: BucketReport): string {
  if (aws === undefined) return 'unknown'
  return aws.isPublic ? `public by ${statementsInWords(aws.statements)}` : 'not public'
}

function exactInWords({ exact, witness, undecided }: BucketReport): string {
  const decision = witness?.decisions[0]?.decision
  if (exact === 'undecided') return `undecided, because ${reasonsOf(undecided).join(', and ')}`
  if (witness === undefined || decision === undefined) return 'not public: strangers are never allowed anything'
  return `public, for example ${requestInWords(witness.request)}: ${decisionInWords(decision)}`
}

function renderText(result: PublicResult, colors: Colors): string {
  const { files, reports } = result
  const marks: Readonly<Record<Verdict, string>> = {
    public: colors.red('PUBLIC'),
    'not-public': colors.green('not public'),
    undecided: colors.yellow('UNDECIDED'),
  }
  const lines = reports.flatMap((report) => {
    const verdict = verdictOfOne(report)
    const where = `${printableLine(bucketOf(report))}${files === 1 ? '' : colors.dim(` in ${printableLine(report.file)}`)}`
    const headline = `${marks[verdict]}  ${where}`
    if (verdict === 'not-public') return [headline]
    return [
      headline,
      `    by AWS's definition: ${printableLine(awsInWords(report))}`,
      `    exactly: ${printableLine(exactInWords(report))}`,
    ]
  })
  return `${[colors.bold(summaryOf(result)), ...lines].join('\n')}\n`
}

function renderMarkdown(result: PublicResult): string {
  const { files, reports } = result
  const heads = [...(files === 1 ? [] : ['file']), 'bucket', "AWS's definition", 'exactly']
  const rows = reports.map((report) => [
    ...(files === 1 ? [] : [markdownCode(report.file)]),
    ...[bucketOf(report), awsInWords(report), exactInWords(report)].map(markdown),
  ])
  const witnesses = reports.flatMap(({ bucket, witness }) => (witness === undefined ? [] : [{ bucket, request: witness.request }]))
  return [
    `### Access: ${markdown(summaryOf(result))}\n`,
    ...(reports.length === 0 ? [] : [markdownTable(heads, rows)]),
    ...(witnesses.length === 0 ? [] : [markdownDetails('The example requests as JSON', witnesses)]),
  ].join('\n')
}

function recordOf({ file, bucket, aws, exact, witness, undecided }: BucketReport): object {
  const decision = witness?.decisions[0]?.decision
  return {
    file,
    ...(bucket !== undefined && { bucket }),
    ...(aws && { aws }),
    exact,
    ...(witness && { words: requestInWords(witness.request), request: witness.request }),
    ...(decision && { decision: plainDecision(decision) }),
    undecided,
  }
}
