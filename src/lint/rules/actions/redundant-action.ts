import { foldAscii } from '../../../match/case.js'
import { coversPattern, patternSymbols } from '../../../match/covers.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { coveredTexts, removalFix } from '../../covered-texts.js'
import type { Rule } from '../../rule.js'

export const redundantAction: Rule = {
  meta: {
    id: 'redundant-action',
    severity: 'suggestion',
    category: 'actions',
    summary: 'An action that another of the same statement covers',
    recommended: true,
    fixable: true,
    analysis: false,
    messages: {
      covered: '`{action}` says nothing more: `{by}` covers it',
      repeated: '`{action}` is listed twice',
    },
  },
  create: ({ found, report }) => ({
    statement({ Action, NotAction }) {
      const list = Action ?? NotAction ?? []
      const covered = coveredTexts(list, (outer, inner) => coversAction(outer.text, inner.text))
      for (const { index, text, by } of covered) {
        report({
          messageId: foldAscii(text.text) === foldAscii(by.text) ? 'repeated' : 'covered',
          location: text.location,
          data: { action: text.text, by: by.text },
          help: 'leave it out',
          fix: removalFix(found, list, covered, index),
        })
      }
    },
  }),
}

function coversAction(outer: string, inner: string): boolean {
  if (!isKnown(outer) || !isKnown(inner)) return false
  return coversPattern(patternSymbols(foldAscii(outer)), patternSymbols(foldAscii(inner)))
}
