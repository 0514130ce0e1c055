import { foldAscii } from '../../../match/case.js'
import { hasWildcard } from '../../../match/wildcard.js'
import { principalsOf } from '../../place.js'
import type { Rule } from '../../rule.js'

/** What names of service principals end in, partition by partition. */
const endings: readonly string[] = [
  '.amazonaws.com',
  '.amazonaws.com.cn',
  '.amazonaws.eu',
  '.amazon.com',
  '.aws.internal',
  '.c2s.ic.gov',
  '.sc2s.sgov.gov',
]

/** Services that ask under one name in all regions of a partition. */
const withoutRegion: readonly string[] = ['cloudfront', 'cloudtrail', 'delivery.logs', 'logging.s3']

export const unknownService: Rule = {
  meta: {
    id: 'unknown-service',
    severity: 'warning',
    category: 'principals',
    summary: 'A service principal whose name no AWS service has',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      form: '`{service}` is not the name of a service principal',
      region: '`{service}` names a region, but the service asks as `{name}` everywhere',
    },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const { type, text, location } of principalsOf(statement)) {
        // Empty names and patterns are invalid principals already.
        if (type !== 'Service' || text === '' || hasWildcard(text)) continue
        const name = regionless(text)
        if (!isServiceName(text))
          report({ messageId: 'form', location, data: { service: text }, help: 'an example is `cloudtrail.amazonaws.com`' })
        else if (name !== undefined) report({ messageId: 'region', location, data: { service: text, name }, help: `use \`${name}\`` })
      }
    },
  }),
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-_'

/** Dots between labels of small letters, digits and hyphens, and an ending that AWS uses. */
export function isServiceName(text: string): boolean {
  const ending = endings.find((candidate) => text.endsWith(candidate))
  if (ending === undefined || foldAscii(text) !== text) return false
  const labels = text.slice(0, -ending.length).split('.')
  return labels.every((label) => label !== '' && [...label].every((letter) => LETTERS.includes(letter)))
}

/** The name without its region, if it has one that it must not have. */
function regionless(text: string): string | undefined {
  for (const service of withoutRegion) {
    if (!text.startsWith(`${service}.`)) continue
    const region = text.slice(service.length + 1).split('.')[0] ?? ''
    if (region.split('-').length > 2) return service + text.slice(service.length + 1 + region.length)
  }
  return undefined
}
