import { compareInstants, instantOfMilliseconds } from '../../../match/date.js'
import { dateOf } from '../../date-words.js'
import type { Rule } from '../../rule.js'
import { keyName, keysInPlace } from '../../snapshot-grants.js'

export const expiringSoon: Rule = {
  meta: {
    id: 'expiring-soon',
    severity: 'warning',
    category: 'grants',
    summary: 'An access key that expires within days',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: {
      soon: 'access key {key} expires at {date}',
    },
    options: {
      type: 'object',
      properties: { days: { type: 'number', minimum: 0, description: 'how many days ahead' } },
      additionalProperties: false,
    },
    defaults: { days: 14 },
  },
  create: ({ report, now, options }) => ({
    snapshot(found) {
      if (now === undefined) return
      const horizon = instantOfMilliseconds(now + Number(options.days) * MILLISECONDS_A_DAY)
      for (const { key, locationOf } of keysInPlace(found)) {
        const { expiresAt, status } = key
        if (expiresAt === undefined || status === 'suspended') continue
        if (compareInstants(expiresAt, instantOfMilliseconds(now)) <= 0 || compareInstants(expiresAt, horizon) > 0) continue
        const data = { key: keyName(key), date: dateOf(expiresAt) }
        report({
          messageId: 'soon',
          location: locationOf('expiresAt'),
          data,
          help: 'replace it, and remove it when nobody uses it any more',
        })
      }
    },
  }),
}

const MILLISECONDS_A_DAY = 86_400_000
