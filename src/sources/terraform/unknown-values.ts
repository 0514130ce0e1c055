import type { Extent, PositionedValue } from '../../policy/positioned-value.js'
import { unknownNames, unknownPart } from '../unknown-text.js'
import { type Expression, textOf } from './block.js'

const MAX_NAME = 100

/** The unknown parts of a module, and why each is unknown. */
export class UnknownValues {
  private readonly reasons = new Map<string, string>()

  /** A value that stands for an unknown one. @param reason what follows a "because" */
  value(name: string, reason: string, { start, end }: Extent): PositionedValue {
    const plain = plainName(name)
    this.reasons.set(plain, reason)
    return { kind: 'string', text: unknownPart(plain), start, end }
  }

  /** The same for an expression, which gives it its name. */
  expression({ node, file }: Expression, reason: string): PositionedValue {
    const name = shortName(textOf(node, file))
    return this.value(name, `\`${name}\` ${reason}`, node)
  }

  reasonOf(name: string): string {
    return this.reasons.get(name) ?? `\`${name}\` is not known`
  }
}

/** Whether all of the value is unknown, not only a part of its text. */
export function isUnknownValue(value: PositionedValue): boolean {
  if (value.kind !== 'string') return false
  const [name] = unknownNames(value.text)
  return name !== undefined && value.text === unknownPart(name)
}

/** Without what has a meaning in JSON, as marks stand in JSON texts too. */
function plainName(name: string): string {
  let plain = ''
  for (const character of name) {
    if (character === '"' || character === '\\') plain += "'"
    else plain += character < ' ' ? ' ' : character
  }
  return plain
}

function shortName(text: string): string {
  const words = text.split('\n').map((line) => line.trim())
  const line = words.join(' ')
  return line.length <= MAX_NAME ? line : `${line.slice(0, MAX_NAME).toWellFormed()}…`
}
