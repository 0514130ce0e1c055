import { commonHeaders } from '../operations/names.js'
import type { OperationRow } from '../operations/operation-row.js'
import { operations } from '../operations/operations.js'

const taken: ReadonlyMap<OperationRow, ReadonlySet<string>> = new Map(
  operations.map((row) => [row, new Set([...commonHeaders, ...(row.headers ?? [])])]),
)

/**
 * Headers that any part of the mapping reads, each of which has one value. One that came twice is refused: whoever carries the request out
 * might read the other.
 */
export const readHeaders: ReadonlySet<string> = new Set([
  ...['content-length', 'content-type', 'referer', 'transfer-encoding', 'user-agent', 'x-amz-date', 'x-amz-security-token'],
  ...commonHeaders,
  ...operations.flatMap(({ headers = [] }) => headers),
])

/** Whether the operation takes the header. @param name in lower case */
export function takesHeader(row: OperationRow, name: string): boolean {
  return taken.get(row)?.has(name) === true
}

/** The operations that take any of these headers: of the others nobody has to look for them. */
export function operationsThatTake(names: readonly string[]): ReadonlySet<OperationRow> {
  return new Set(operations.filter((row) => names.some((name) => takesHeader(row, name))))
}
