import { compareInstants, instantOfMilliseconds } from '../../../match/date.js'
import { dateOf } from '../../date-words.js'
import type { Rule } from '../../rule.js'
import { keyName, keysInPlace } from '../../snapshot-grants.js'

export const expiredKey: Rule = {
  meta: {
    id: 'expired-key',
    severity: 'warning',
    category: 'grants',
    summary: 'An access key that has expired',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      expired: 'access key {key} expired at {date}',
      never: 'access key {key} expires before it begins to work: it never works',
    },
  },
  create: ({ report, now }) => ({
    snapshot(found) {
      for (const { key, locationOf } of keysInPlace(found)) {
        const { notBefore, expiresAt } = key
        if (expiresAt === undefined) continue
        const isNever = notBefore !== undefined && compareInstants(notBefore, expiresAt) >= 0
        const isOver = now !== undefined && compareInstants(expiresAt, instantOfMilliseconds(now)) <= 0
        if (!isNever && !isOver) continue
        const data = { key: keyName(key), date: dateOf(expiresAt) }
        const help = isNever
          ? 'let `expiresAt` be later than `notBefore`'
          : 'remove the key, or give it another `expiresAt` if it is still needed'
        report({ messageId: isNever ? 'never' : 'expired', location: locationOf('expiresAt'), data, help })
      }
    },
  }),
}
