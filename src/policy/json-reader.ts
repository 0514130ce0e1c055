import type { JsonPath } from './json-path.js'
import type { Extent, PositionedMember, PositionedValue } from './positioned-value.js'

/** Documents nest at most this deep; a policy needs six levels. */
export const MAX_DEPTH = 64

export interface JsonProblem {
  readonly kind: 'syntax' | 'duplicate-member' | 'nesting' | 'lone-surrogate'
  readonly message: string
  readonly start: number
  readonly end: number
  readonly path: JsonPath
}

export interface JsonDocument {
  /** Absent if the text is not JSON. */
  readonly root?: PositionedValue
  /** In the order of the text. Reading ends at the first problem of kind `syntax` or `nesting`. */
  readonly problems: readonly JsonProblem[]
}

/** More than a `ProblemList` takes, so that the list says that it was cut. */
const MAX_LISTED_PROBLEMS = 2000

/**
 * Reads strict JSON (RFC 8259, what `JSON.parse` takes) and keeps the place of every value. Unlike `JSON.parse` it reports
 * repeated member names and text that is not Unicode, and it refuses deep nesting. It never throws and needs no stack.
 */
export function readJson(text: string): JsonDocument {
  const reader = new Reader(text)
  try {
    return { root: reader.readDocument(), problems: reader.problems }
  } catch (error) {
    if (error instanceof Unreadable) return { problems: [...reader.problems, error.problem] }
    throw error
  }
}

class Unreadable extends Error {
  constructor(readonly problem: JsonProblem) {
    super(problem.message)
  }
}

/** Of a name that has not been read yet. */
const nowhere: Extent = { start: 0, end: 0 }

/** An object or array whose end has not been read yet. */
interface OpenObject {
  readonly kind: 'object'
  readonly start: number
  readonly members: PositionedMember[]
  /** The names so far, once there are many; the few of most objects are compared one by one. */
  names: Set<string> | undefined
  /** Undefined while it is being read. */
  name: string | undefined
  nameExtent: Extent
}
interface OpenArray {
  readonly kind: 'array'
  readonly start: number
  readonly items: PositionedValue[]
}

class Reader {
  readonly problems: JsonProblem[] = []
  private at = 0
  private readonly open: (OpenObject | OpenArray)[] = []

  constructor(private readonly text: string) {}

  readDocument(): PositionedValue {
    this.skipSpace()
    let value = this.readValueOrOpen()
    for (;;) {
      const container = this.open[this.open.length - 1]
      if (value === undefined) {
        value = this.readFirstEntry(container as OpenObject | OpenArray)
      } else if (container === undefined) {
        this.skipSpace()
        if (this.at < this.text.length) this.fail('text after the end of the document', this.at, this.text.length)
        return value
      } else {
        value = this.addEntry(container, value)
      }
    }
  }

  /** A whole value, or undefined after opening an object or array. */
  private readValueOrOpen(): PositionedValue | undefined {
    const start = this.at
    switch (this.text.charCodeAt(start)) {
      case QUOTE: {
        const text = this.readString()
        return { kind: 'string', text, start, end: this.at }
      }
      case OPEN_BRACE:
        this.openContainer({ kind: 'object', start, members: [], names: undefined, name: undefined, nameExtent: nowhere })
        return undefined
      case OPEN_BRACKET:
        this.openContainer({ kind: 'array', start, items: [] })
        return undefined
      default:
        return this.readWord() ?? this.readNumber()
    }
  }

  private openContainer(container: OpenObject | OpenArray): void {
    if (this.open.length >= MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH} levels`, this.at, this.at + 1, 'nesting')
    this.at++
    this.open.push(container)
  }

  private readWord(): PositionedValue | undefined {
    const start = this.at
    for (const word of ['true', 'false', 'null'] as const) {
      if (!this.text.startsWith(word, start)) continue
      this.at += word.length
      return word === 'null' ? { kind: 'null', start, end: this.at } : { kind: 'boolean', value: word === 'true', start, end: this.at }
    }
    return undefined
  }

  /** What follows `{` or `[`: the end of the container, or its first value (undefined if that opened another). */
  private readFirstEntry(container: OpenObject | OpenArray): PositionedValue | undefined {
    this.skipSpace()
    if (this.text.charCodeAt(this.at) === closingOf(container)) return this.close(container)
    return this.readEntry(container)
  }

  /** Adds a value to its container and reads on: the next entry, or the container's end. */
  private addEntry(container: OpenObject | OpenArray, value: PositionedValue): PositionedValue | undefined {
    if (container.kind === 'array') container.items.push(value)
    else container.members.push({ name: container.name as string, nameExtent: container.nameExtent, value })
    this.skipSpace()
    const unit = this.text.charCodeAt(this.at)
    if (unit === closingOf(container)) return this.close(container)
    if (unit !== COMMA) this.failHere(`expected \`,\` or \`${container.kind === 'object' ? '}' : ']'}\``)
    this.at++
    this.skipSpace()
    return this.readEntry(container)
  }

  private readEntry(container: OpenObject | OpenArray): PositionedValue | undefined {
    if (container.kind === 'object') this.readName(container)
    this.skipSpace()
    return this.readValueOrOpen()
  }

  private readName(container: OpenObject): void {
    const start = this.at
    container.name = undefined
    if (this.text.charCodeAt(start) !== QUOTE) this.failHere('expected a member name in double quotes')
    const name = this.readString()
    container.name = name
    container.nameExtent = { start, end: this.at }
    if (isRepeated(container, name)) this.report('duplicate-member', `\`${name}\` appears twice in the same object`, start, this.at)
    this.skipSpace()
    if (this.text.charCodeAt(this.at) !== COLON) this.failHere('expected `:` after the member name')
    this.at++
  }

  private close(container: OpenObject | OpenArray): PositionedValue {
    this.at++
    this.open.pop()
    const { start } = container
    // A list that has grown has room for 16 more, 130 bytes for every object of a document; a copy has none.
    return container.kind === 'object'
      ? { kind: 'object', members: container.members.slice(), start, end: this.at }
      : { kind: 'array', items: container.items.slice(), start, end: this.at }
  }

  private readString(): string {
    const { text } = this
    const start = this.at
    let value = ''
    let from = start + 1
    let at = from
    let isPlain = true
    for (;;) {
      const unit = text.charCodeAt(at)
      if (unit === QUOTE) break
      if (unit >= FIRST_SURROGATE) {
        isPlain = false
        at++
      } else if (unit === BACKSLASH) {
        isPlain = false
        this.at = at
        value += text.slice(from, at) + this.readEscape()
        at = this.at
        from = at
      } else if (unit >= SPACE) {
        at++
      } else {
        this.failInString(start, at)
      }
    }
    this.at = at + 1
    const last = text.slice(from, at)
    if (isPlain) return last
    value += last
    if (!value.isWellFormed()) this.report('lone-surrogate', 'text holds half of a surrogate pair, which is no character', start, this.at)
    return value
  }

  private failInString(start: number, at: number): never {
    this.at = at
    if (at >= this.text.length) this.fail('text without a closing `"`', start, at)
    this.fail('control characters in text must be escaped', at, at + 1)
  }

  private readEscape(): string {
    const start = this.at
    const character = this.text[start + 1] ?? ''
    if (character === 'u') {
      const digits = this.text.slice(start + 2, start + 6)
      if (digits.length < 4 || !isHexadecimal(digits)) this.fail('`\\u` needs four hexadecimal digits', start, start + 2)
      this.at += 6
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const unescaped = ESCAPES.get(character)
    if (unescaped === undefined) this.fail(`\`\\${character}\` is no escape in JSON`, start, start + 2)
    this.at += 2
    return unescaped as string
  }

  private readNumber(): PositionedValue {
    const start = this.at
    let end = this.text[start] === '-' ? start + 1 : start
    const wholeEnd = this.text[end] === '0' ? end + 1 : this.skipDigits(end)
    if (wholeEnd === end) this.failHere('expected a value')
    end = wholeEnd
    if (this.text[end] === '.') end = this.requireDigits(end + 1)
    if (this.text[end] === 'e' || this.text[end] === 'E') {
      const sign = this.text[end + 1] === '+' || this.text[end + 1] === '-' ? 1 : 0
      end = this.requireDigits(end + 1 + sign)
    }
    this.at = end
    return { kind: 'number', text: this.text.slice(start, end), start, end }
  }

  private requireDigits(from: number): number {
    const end = this.skipDigits(from)
    if (end === from) this.fail('a digit is missing in this number', this.at, from)
    return end
  }

  private skipDigits(from: number): number {
    let at = from
    while (at < this.text.length && this.text.charCodeAt(at) >= 48 && this.text.charCodeAt(at) <= 57) at++
    return at
  }

  private skipSpace(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.at)
      if (unit > SPACE || (unit !== SPACE && unit !== LINE_FEED && unit !== CARRIAGE_RETURN && unit !== TAB)) return
      this.at++
    }
  }

  private failHere(expected: string): never {
    if (this.at >= this.text.length) this.fail(`${expected}, found the end of the text`, this.at, this.at)
    const found = String.fromCodePoint(this.text.codePointAt(this.at) as number)
    const shown = found === BYTE_ORDER_MARK ? 'a byte order mark, which cannot be seen' : `\`${found}\``
    this.fail(`${expected}, found ${shown}`, this.at, this.at + found.length)
  }

  private fail(message: string, start: number, end: number, kind: 'syntax' | 'nesting' = 'syntax'): never {
    throw new Unreadable({ kind, message, start, end: Math.min(end, this.text.length), path: this.path() })
  }

  private report(kind: JsonProblem['kind'], message: string, start: number, end: number): void {
    if (this.problems.length < MAX_LISTED_PROBLEMS) this.problems.push({ kind, message, start, end, path: this.path() })
  }

  private path(): JsonPath {
    return this.open.flatMap((container) => (container.kind === 'object' ? (container.name ?? []) : container.items.length))
  }
}

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const FIRST_SURROGATE = 0xd800

function closingOf(container: OpenObject | OpenArray): number {
  return container.kind === 'object' ? CLOSE_BRACE : CLOSE_BRACKET
}

/** Up to here, comparing a name with each of those before it costs less than a Set. */
const FEW_NAMES = 12

/** Whether the object has a member of this name already, which is its next. */
function isRepeated(object: OpenObject, name: string): boolean {
  const { members } = object
  if (members.length <= FEW_NAMES) {
    for (let i = 0; i < members.length; i++) if (members[i]?.name === name) return true
    return false
  }
  object.names ??= new Set(members.map((member) => member.name))
  if (object.names.has(name)) return true
  object.names.add(name)
  return false
}

const BYTE_ORDER_MARK = '\ufeff'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

function isHexadecimal(text: string): boolean {
  for (const character of text) {
    if (!'0123456789abcdefABCDEF'.includes(character)) return false
  }
  return true
}
