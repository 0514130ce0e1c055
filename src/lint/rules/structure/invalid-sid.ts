import { isKnown } from '../../../sources/unknown-text.js'
import type { Rule } from '../../rule.js'
import { hiddenCharacters } from './hidden-characters.js'

export const invalidSid: Rule = {
  meta: {
    id: 'invalid-sid',
    severity: 'suggestion',
    category: 'structure',
    summary: 'A Sid with characters other than letters and digits, which S3 takes and IAM does not',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: { characters: '`{sid}` has characters other than letters and digits, which IAM does not take' },
  },
  create: ({ report }) => ({
    statement({ Sid }) {
      if (Sid === undefined || !isKnown(Sid.text) || [...Sid.text].every(isLetterOrDigit)) return
      if (hiddenCharacters(Sid.text).length > 0) return
      report({
        messageId: 'characters',
        location: Sid.location,
        data: { sid: Sid.text },
        help: 'write it in one word, `AllowReadFromVpn`, if the statement is to be used in other policies',
      })
    },
  }),
}

function isLetterOrDigit(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9')
}
