import { type IpRange, parseRange } from '../../../match/cidr.js'
import { hasWildcard, matchesWildcard, wildcard } from '../../../match/wildcard.js'
import type { Condition } from '../../../policy/ast.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { isWithin } from '../../address-blocks.js'
import { removeItem } from '../../edits.js'
import { LONGEST_LIST } from '../../limits.js'
import type { Rule } from '../../rule.js'

export const redundantValue: Rule = {
  meta: {
    id: 'redundant-value',
    severity: 'suggestion',
    category: 'conditions',
    summary: 'A value is covered by another in the same list',
    recommended: true,
    fixable: true,
    analysis: false,
    messages: { twice: '`{value}` stands in the list twice', covered: '`{value}` is covered by `{by}`' },
  },
  create: ({ found, report }) => ({
    statement({ Condition: conditions }) {
      for (const condition of conditions) {
        const { values } = condition
        if (values.length > LONGEST_LIST) continue
        const covering = values.map((_, index) => coveringOf(condition, index))
        const removed = values.filter((_, index) => covering[index] !== undefined).map(({ location }) => location.span)
        for (const [index, { text, location }] of values.entries()) {
          const by = covering[index]
          if (by === undefined) continue
          const edits = removeItem(found, location.span, removed)
          report({
            messageId: by === text ? 'twice' : 'covered',
            location,
            data: { value: text, by },
            help: 'remove it',
            fix: edits && { description: `remove \`${text}\``, edits },
          })
        }
      }
    },
  }),
}

/** Another value that matches all that this one does. Of values that cover each other the first one stays. */
function coveringOf({ operator: { name }, values }: Condition, index: number): string | undefined {
  const text = values[index]?.text ?? ''
  return values.find(
    (other, place) => place !== index && covers(name, other.text, text) && (place < index || !covers(name, text, other.text)),
  )?.text
}

function covers(operator: string, by: string, text: string): boolean {
  if (by === text) return true
  if (!isKnown(by) || !isKnown(text) || by.includes('${') || text.includes('${')) return false
  if (operator === 'IpAddress' || operator === 'NotIpAddress') {
    const [outer, inner] = [parseRange(by), parseRange(text)]
    return outer !== undefined && inner !== undefined && !isBroad(outer) && isWithin(inner, outer)
  }
  // A star matches what is written with wildcards too, letter by letter.
  return (operator === 'StringLike' || operator === 'StringNotLike') && hasStarOnly(by) && matchesWildcard(wildcard(by), text)
}

/** Blocks so broad are what is wrong, not the ones that they cover. */
function isBroad({ bytes, length }: IpRange): boolean {
  return length < (bytes.length === 4 ? 8 : 16)
}

/** A question mark is one character and would match a star that stands for many. */
function hasStarOnly(pattern: string): boolean {
  return hasWildcard(pattern) && !pattern.includes('?')
}
