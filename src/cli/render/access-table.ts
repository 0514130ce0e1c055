import type { Colors } from 'picocolors/types.js'
import type { AccessRow, AccessTable } from '../../analyze/questions/access-table.js'
import { principalInWords } from '../../analyze/words/callers.js'
import { quoted } from '../../analyze/words/lists.js'
import { type RegionParts, regionParts } from '../../analyze/words/region-words.js'
import type { Format } from '../analysis/options.js'
import { plainDecision, regionRecord } from './analysis-record.js'
import { reasonsOf } from './analysis-words.js'
import { renderColumns } from './columns.js'
import { markdown, markdownDetails, markdownTable } from './markdown.js'
import { printableJson, printableLine } from './printable.js'

/** What a table answers. */
export type TableTitle =
  | { readonly kind: 'who-can'; readonly action: string; readonly resource: string }
  | { readonly kind: 'can'; readonly accessKey: string; readonly name?: string; readonly isSuspended: boolean }

/** A form for each format. */
export const accessForms: Readonly<Record<Format, (table: AccessTable, title: TableTitle, colors: Colors) => string>> = {
  text: renderText,
  json: (table) => `${printableJson(recordOf(table), 2)}\n`,
  markdown: renderMarkdown,
}

function headingOf({ rows, undecided }: AccessTable, title: TableTitle): string {
  const isEmpty = rows.length === 0
  const isOpen = isEmpty && undecided.length > 0
  if (title.kind === 'who-can') {
    const what = `${quoted(title.action)} on ${quoted(title.resource)}`
    if (isOpen) return `undecided who can do ${what}`
    return isEmpty ? `nobody can do ${what}` : `who can do ${what}`
  }
  const { accessKey, name, isSuspended } = title
  const who = `access key ${quoted(accessKey)}${name === undefined ? '' : ` (${quoted(name)})`}${isSuspended ? ', which is suspended,' : ''}`
  if (isOpen) return `undecided what ${who} can do`
  return isEmpty ? `${who} can do nothing` : `what ${who} can do`
}

/** Whether every row is there and whole. A set of which only one request is known is no whole answer. */
export function isComplete({ rows, undecided }: AccessTable): boolean {
  return undecided.length === 0 && rows.every(({ region }) => region !== undefined)
}

/** What is missing, and why; nothing of a table that is complete. */
function gapsOf(table: AccessTable): readonly string[] {
  const gaps = reasonsOf(table.undecided).map((reason) => `because ${reason}`)
  return isComplete(table) || table.rows.length === 0 ? gaps : ['undecided: there may be more', ...gaps]
}

interface Column {
  readonly head: string
  readonly cellOf: (parts: RegionParts) => string
}

const callers: Column = { head: 'callers', cellOf: (parts) => parts.callers }

const others: readonly Column[] = [
  { head: 'actions', cellOf: ({ actions }) => actions },
  { head: 'on', cellOf: ({ resources }) => resources || '-' },
  { head: 'if', cellOf: ({ conditions }) => conditions.join(', and ') || '-' },
]

/** The caller of what one key can do is that key. */
function columnsOf({ kind }: TableTitle): readonly Column[] {
  return kind === 'can' ? others : [callers, ...others]
}

/** Where only one request of a set is known, that request. */
function partsOf({ region, request }: AccessRow): RegionParts {
  if (region !== undefined) return regionParts(region)
  const { principal, action, bucket, key } = request
  return {
    callers: `among others, ${principalInWords(principal)}`,
    actions: action.replace('s3:', ''),
    resources: bucket === undefined ? '' : quoted(key === undefined ? bucket : `${bucket}/${key}`),
    conditions: ['the whole set is not known'],
  }
}

const MOST_ACTIONS = 12

/** Dozens of actions are no table any more. */
function shortened(actions: string): string {
  const items = actions.split(', ')
  return items.length <= MOST_ACTIONS ? actions : `${items.slice(0, MOST_ACTIONS).join(', ')} and ${items.length - MOST_ACTIONS} more`
}

function renderText(table: AccessTable, title: TableTitle, colors: Colors): string {
  const columns = columnsOf(title)
  const parts = table.rows.map(partsOf)
  const isShortened = parts.some(({ actions }) => shortened(actions) !== actions)
  const cells = parts
    .map((all) => ({ ...all, actions: shortened(all.actions) }))
    .map((row) => columns.map(({ cellOf }) => printableLine(cellOf(row))))
  const [heads = '', ...lines] = renderColumns(
    columns.map(({ head }) => head),
    cells,
  )
  const all = [
    colors.bold(printableLine(headingOf(table, title))),
    ...(cells.length === 0 ? [] : ['', colors.dim(heads), ...lines]),
    ...(isShortened ? ['', colors.dim('--format json lists all actions')] : []),
    ...gapsOf(table).map((line) => colors.yellow(printableLine(line))),
  ]
  return `${all.join('\n')}\n`
}

function renderMarkdown(table: AccessTable, title: TableTitle): string {
  const columns = columnsOf(title)
  const rows = table.rows.map(partsOf).map((parts) => columns.map(({ cellOf }) => markdown(cellOf(parts))))
  const requests = table.rows.map(({ request }) => request)
  return [
    `### Access: ${markdown(headingOf(table, title))}\n`,
    ...(rows.length === 0
      ? []
      : [
          markdownTable(
            columns.map(({ head }) => head),
            rows,
          ),
        ]),
    ...gapsOf(table).map((line) => `${markdown(line)}\n`),
    ...(rows.length === 0 ? [] : [markdownDetails('An example request of each row as JSON', requests)]),
  ].join('\n')
}

function recordOf(table: AccessTable): object {
  const { rows, undecided } = table
  return {
    verdict: isComplete(table) ? 'complete' : 'undecided',
    rows: rows.map(({ words, region, request, decision }) => ({
      words,
      ...(region && { region: regionRecord(region) }),
      request,
      decision: plainDecision(decision),
    })),
    undecided,
  }
}
