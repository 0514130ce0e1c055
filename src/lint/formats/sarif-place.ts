import { type LineTable, type Span, spanAt } from '../../policy/position.js'
import type { Edit } from '../finding.js'
import { fileUri, isAbsolutePath } from './file-uri.js'
import type { FormatOptions } from './format.js'
import { relativePath } from './relative-path.js'

/** What relative paths are relative to. Services know the name. */
export const SOURCE_ROOT = '%SRCROOT%'

/** A place in a file; the whole file without a span. */
export function physicalLocation(file: string, span: Span | undefined, options: FormatOptions): object {
  return { artifactLocation: artifactLocation(file, options), ...(span !== undefined && { region: region(span) }) }
}

export function artifactLocation(file: string, { root }: FormatOptions): object {
  const path = relativePath(file, root)
  return { uri: fileUri(path), ...(!isAbsolutePath(path) && { uriBaseId: SOURCE_ROOT }) }
}

/** The part that an edit replaces. Without the file's text its lines are not known. */
export function editedRegion({ start, end }: Edit, lines: LineTable | undefined): object {
  return lines === undefined ? { charOffset: start, charLength: end - start } : region(spanAt(lines, start, end))
}

function region({ start, end }: Span): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}
