import { hasWildcard } from '../../../match/wildcard.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { partInS3 } from '../../../validate/check-resources.js'
import type { Rule } from '../../rule.js'

export const prefixWithoutSlash: Rule = {
  meta: {
    id: 'prefix-without-slash',
    severity: 'warning',
    category: 'actions',
    summary: 'A star right behind a name, which covers every longer name too',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      bucket: '`{resource}` covers the bucket, all of its objects, and every bucket whose name begins with `{name}`',
      key: '`{resource}` covers `{name}2/…` too, not only `{name}/…`',
    },
    options: {
      type: 'object',
      properties: { buckets: { type: 'boolean' }, keys: { type: 'boolean' } },
      additionalProperties: false,
    },
    defaults: { buckets: true, keys: true },
  },
  create: ({ options, report }) => ({
    statement({ Effect, Resource }) {
      // A Deny that covers more than it must withholds, and gives nothing away.
      if (Effect === 'Deny') return
      for (const { text, location } of Resource ?? []) {
        const part = isKnown(text) && text.endsWith('*') ? partInS3(text) : undefined
        const found = part === undefined ? undefined : nameBeforeStar(part.slice(0, -1))
        if (found === undefined || options[found.of === 'bucket' ? 'buckets' : 'keys'] !== true) continue
        report({ messageId: found.of, location, data: { resource: text, name: found.name }, help: helpFor(text.slice(0, -1), found) })
      }
    },
  }),
}

interface NameBeforeStar {
  readonly of: 'bucket' | 'key'
  readonly name: string
}

function nameBeforeStar(before: string): NameBeforeStar | undefined {
  const name = before.slice(before.lastIndexOf('/') + 1)
  if (hasWildcard(before) || name === '') return undefined
  if (!before.includes('/')) return name.includes('${') ? undefined : { of: 'bucket', name }
  return isFolderName(name) ? { of: 'key', name } : undefined
}

/** A variable or a word. `report-*`, `2024*` and `log.*` are beginnings of file names. */
function isFolderName(name: string): boolean {
  return name.endsWith('}') || [...name].every(isLetter)
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
}

function helpFor(before: string, { of }: NameBeforeStar): string {
  return of === 'bucket' ? `list \`${before}\` and \`${before}/*\`` : `write \`${before}/*\``
}
