import { parseInstant } from '../../match/date.js'
import type { Node, ShapeReader } from '../../policy/shape-reader.js'
import type { ConfiguredSuppression } from './config.js'
import { readPatterns, type SettingsReader } from './read-member.js'

export const suppressionMembers = ['rule', 'files', 'sid', 'path', 'bucket', 'reason', 'expires'] as const

export function readSuppressions(settings: SettingsReader, node: Node | undefined): readonly ConfiguredSuppression[] {
  const items = (node && settings.reader.array(node, 'suppressions')) ?? []
  return items.flatMap((item) => readSuppression(settings, item) ?? [])
}

function readSuppression(settings: SettingsReader, node: Node): ConfiguredSuppression | undefined {
  const { reader } = settings
  const members = reader.object(node, 'a suppression', { members: suppressionMembers, unknown: 'unknown-member' })
  if (members === undefined) return undefined
  const textOf = (name: string) => {
    const member = members.get(name)
    return member && reader.nonEmptyText(member, name)
  }
  const rule = reader.requiredText(node, members, 'rule')
  const reason = readReason(reader, node, members)
  const files = readPatterns(settings, members.get('files'))
  const [sid, path, bucket, expires] = [textOf('sid'), readPointer(reader, members.get('path')), textOf('bucket'), textOf('expires')]
  if (expires !== undefined && !isDay(expires)) {
    reader.report('invalid-value', members.get('expires') as Node, `\`${expires}\` is no day`, 'write it as YYYY-MM-DD')
  }
  if (rule === undefined || reason === undefined) return undefined
  return {
    ...{ rule, reason, location: reader.locationOf(node) },
    ...(files !== undefined && { files }),
    ...(sid !== undefined && { sid }),
    ...(path !== undefined && { path }),
    ...(bucket !== undefined && { bucket }),
    ...(expires !== undefined && { expires }),
  }
}

function readReason(reader: ShapeReader, node: Node, members: ReadonlyMap<string, Node>): string | undefined {
  const member = members.get('reason')
  const help = 'say why the finding is right as it is, for whoever reads this next'
  if (member === undefined) {
    reader.report('missing-member', node, '`reason` is missing', help)
    return undefined
  }
  const reason = reader.text(member, 'reason')?.text
  if (reason?.trim() !== '') return reason
  reader.report('invalid-value', member, '`reason` must not be empty', help)
  return undefined
}

function readPointer(reader: ShapeReader, node: Node | undefined): string | undefined {
  const pointer = node && reader.nonEmptyText(node, 'path')
  if (node === undefined || pointer === undefined || pointer.startsWith('/')) return pointer
  reader.report('invalid-value', node, `\`${pointer}\` is no JSON pointer`, 'it begins with a slash, as in `/Statement/0/Action`')
  return undefined
}

const DAY_LENGTH = 'YYYY-MM-DD'.length

/** Whether it is a day of the calendar, `2026-02-30` is not. */
function isDay(text: string): boolean {
  return text.length === DAY_LENGTH && text[4] === '-' && text[7] === '-' && parseInstant(text) !== undefined
}
