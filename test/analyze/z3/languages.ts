import { ignoringCase as foldedCase } from './folds.js'
import { anyArn, exactly as exactText, glob, partGlob, type Regex, splitArn } from './regexes.js'

/**
 * The texts that an operand stands for. Where it says of each of the six parts of an ARN what it may be, that too: short texts are
 * much easier for Z3 than one long text.
 */
export interface Language {
  readonly whole: Regex
  /** Which ARNs are among them, part by part; `none` if none are. */
  readonly arns?: readonly Regex[] | 'none'
}

const ofText = (text: string, toRegex: (text: string) => Regex): Language => ({
  whole: toRegex(text),
  arns: splitArn(text)?.map(toRegex) ?? 'none',
})

export const exactly = (text: string): Language => ofText(text, exactText)

export const ignoringCase = (text: string): Language => ofText(text, foldedCase)

/** A wildcard before the fifth colon can take in colons. */
export function like(pattern: string): Language {
  const whole = glob(pattern)
  const parts = splitArn(pattern)
  if (parts === undefined) return /[*?]/.test(pattern) ? { whole } : { whole, arns: 'none' }
  return parts.slice(0, 5).some((part) => /[*?]/.test(part)) ? { whole } : { whole, arns: parts.map((part) => glob(part)) }
}

/** An ARN pattern: wildcards of the first five parts stay inside their part. Undefined if there are fewer than six parts. */
export function arnLike(pattern: string): Language | undefined {
  const arns = splitArn(pattern)?.map((part, index) => (index < 5 ? partGlob(part) : glob(part)))
  if (arns === undefined) return undefined
  return { whole: arns.reduce((left, right) => `(re.++ ${left} ${exactText(':')} ${right})`), arns }
}

export const everyArn: Language = { whole: anyArn, arns: ['arn', '*', '*', '*', '*', '*'].map((part) => glob(part)) }
