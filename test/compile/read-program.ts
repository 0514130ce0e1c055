import { actions } from '../../src/catalog/actions.js'
import * as layout from '../../src/program/layout.js'
import { wordsOfActions } from '../../src/program/packed.js'
import type { PolicyProgram } from '../../src/program/policy-program.js'
import { afterText, unitAt } from '../../src/tables/packed-text.js'

/**
 * Reads a program from its header on, as program/layout.ts describes it, and throws at the first reference that is out of range, at the
 * first code that means nothing, and where two records share words that are not the same record. Returns how many words it has read, and the
 * kinds of the records by their places.
 */
export function readProgram({ words, strings }: PolicyProgram): { readonly size: number; readonly kinds: ReadonlyMap<number, string> } {
  const places = new Map<number, string>()
  /** Which record each word belongs to. */
  const owners = new Map<number, number>()

  function word(at: number): number {
    const value = words[at]
    if (value === undefined) throw new RangeError(`no word at ${at}`)
    return value
  }
  /** Notes a record; false if it has been read before. */
  function isNew(at: number, size: number, kind: string): boolean {
    if (at <= 0 && kind !== 'header') throw new RangeError(`${kind} at ${at}`)
    if (at + size > words.length) throw new RangeError(`${kind} at ${at} of ${size} words ends after ${words.length}`)
    const known = places.get(at)
    // A record without words has no place of its own.
    if (size === 0) return true
    if (known === kind) return false
    for (let i = at; i < at + size; i++) {
      if (owners.has(i)) throw new RangeError(`${kind} at ${at} shares word ${i} with ${places.get(owners.get(i) as number)}`)
      owners.set(i, at)
    }
    places.set(at, kind)
    return true
  }
  function string(number: number, mayLack = false): void {
    if (strings[number] === undefined && !(mayLack && number === -1)) throw new RangeError(`no string ${number}`)
  }
  function list(at: number, count: number, read: (item: number) => void): void {
    for (let i = 0; i < count; i++) read(word(at + i))
  }
  function code(value: number, most: number, what: string): void {
    if (value < 0 || value > most) throw new RangeError(`${what} ${value}`)
  }

  const keys = word(layout.HEADER_KEYS)
  function key(number: number): void {
    code(number, word(keys) - 1, 'condition key')
  }
  function readKeys(): void {
    const count = word(keys)
    isNew(keys, 1 + count * layout.KEY_SIZE, 'keys')
    for (let row = keys + 1; row < keys + 1 + count * layout.KEY_SIZE; row += layout.KEY_SIZE) {
      string(word(row + layout.KEY_NAME))
      string(word(row + layout.KEY_FAMILY), true)
      code(word(row + layout.KEY_MULTI_VALUED), 1, 'flag')
    }
  }
  function name(row: number, end: number): void {
    code(word(row + layout.PRINCIPAL_KIND), layout.KIND_CANONICAL_PATTERN, 'kind of principal')
    string(word(row + layout.PRINCIPAL_TEXT))
    string(word(row + layout.PRINCIPAL_ACCOUNT), true)
    string(word(row + layout.PRINCIPAL_NAME), true)
    code(word(row + layout.PRINCIPAL_END), end, 'end of users')
  }
  const principals = word(layout.HEADER_PRINCIPALS)
  const end = word(principals + layout.PRINCIPALS_END)
  function readPrincipals(): void {
    isNew(principals, layout.PRINCIPALS_ROWS + (end - 1) * layout.PRINCIPAL_SIZE, 'principals')
    for (let i = 0; i < end - 1; i++) name(principals + layout.PRINCIPALS_ROWS + i * layout.PRINCIPAL_SIZE, end)
  }
  const statements = word(layout.HEADER_STATEMENTS)
  function readStatements(): void {
    isNew(statements, 1 + word(statements) * layout.STATEMENT_SIZE, 'statements')
    for (let row = statements + 1; row < statements + 1 + word(statements) * layout.STATEMENT_SIZE; row += layout.STATEMENT_SIZE) {
      code(word(row + layout.STATEMENT_EFFECT), 1, 'effect')
      string(word(row + layout.STATEMENT_SID), true)
    }
  }

  function variables(at: number): void {
    if (at === 0 || !isNew(at, 1 + 2 * word(at), 'variables')) return
    for (let i = 0; i < word(at); i++) {
      key(word(at + 1 + 2 * i))
      string(word(at + 2 + 2 * i), true)
    }
  }
  function run(at: number): void {
    if (!isNew(at, 1 + word(at) * layout.ELEMENT_SIZE, 'run')) return
    for (let element = at + 1; element < at + 1 + word(at) * layout.ELEMENT_SIZE; element += layout.ELEMENT_SIZE) {
      const [kind, a, b] = [word(element), word(element + 1), word(element + 2)]
      code(kind, layout.ELEMENT_SOUGHT, 'element')
      if (kind === layout.ELEMENT_VARIABLE) {
        key(a)
        string(b, true)
      } else if (kind !== layout.ELEMENT_ONE) isNew(b, kind === layout.ELEMENT_SOUGHT ? 2 * a : a, 'units')
    }
  }
  function pattern(at: number): void {
    if (isNew(at, 1 + word(at), 'pattern')) list(at + 1, word(at), run)
  }
  function operand(at: number, family: number): void {
    const status = word(at + layout.OPERAND_STATUS)
    code(status, layout.OPERAND_UNKNOWN, 'status')
    string(word(at + layout.OPERAND_TEXT))
    variables(word(at + layout.OPERAND_VARIABLES))
    const data = at + layout.OPERAND_DATA
    if (status !== layout.OPERAND_READABLE) isNew(at, layout.OPERAND_DATA, 'operand')
    else if (isNew(at, layout.OPERAND_DATA + dataSize(family, word(at + layout.OPERAND_VARIABLES) !== 0), 'operand')) {
      if (family === layout.FAMILY_ARN) list(data, 6, pattern)
      else if (family === layout.FAMILY_LIKE || word(at + layout.OPERAND_VARIABLES) !== 0) pattern(word(data))
      else if (family === layout.FAMILY_NUMBER) string(word(data + 1))
      else if (family <= layout.FAMILY_EQUALS_FOLDED || family === layout.FAMILY_BINARY) string(word(data))
    }
  }
  function condition(at: number): void {
    const family = word(at + layout.CONDITION_FAMILY)
    code(family, layout.FAMILY_PRESENCE, 'family')
    key(word(at + layout.CONDITION_KEY))
    string(word(at + layout.CONDITION_OPERATOR))
    const operands = word(at + layout.CONDITION_OPERANDS)
    if (isNew(at, layout.CONDITION_SIZE + operands, 'condition'))
      list(at + layout.CONDITION_SIZE, operands, (each) => operand(each, family))
  }
  function principalTest(at: number): void {
    code(word(at), layout.NOT_SPARED, 'principal test')
    if (!isNew(at, 2 + word(at + 1) * layout.PRINCIPAL_SIZE, 'principal test')) return
    for (let i = 0; i < word(at + 1); i++) name(at + 2 + i * layout.PRINCIPAL_SIZE, end)
  }
  function body(at: number): void {
    const count = word(at + layout.BODY_CONDITIONS)
    if (!isNew(at, layout.BODY_SIZE + count, 'body')) return
    code(word(at + layout.BODY_STATEMENT), word(statements) - 1, 'statement')
    const set = word(at + layout.BODY_ACTIONS)
    if (set !== 0) isNew(set, wordsOfActions([]).length, 'action set')
    const test = word(at + layout.BODY_PRINCIPAL)
    if (test !== 0) principalTest(test)
    list(at + layout.BODY_SIZE, count, condition)
  }
  function resourceTest(at: number): void {
    switch (word(at)) {
      case layout.TEST_UNKNOWN:
        isNew(at, 1, 'test')
        return
      case layout.TEST_PATTERN:
        if (isNew(at, 2, 'test')) pattern(word(at + 1))
        return
      case layout.TEST_TEMPLATE:
        code(word(at + 1), layout.SUBJECT_RESOURCE, 'subject')
        if (!isNew(at, 4 + word(at + 3), 'test')) return
        variables(word(at + 2))
        list(at + 4, word(at + 3), pattern)
        return
      case layout.TEST_NONE_OF:
        if (isNew(at, 2 + word(at + 1), 'test')) list(at + 2, word(at + 1), resourceTest)
        return
      default:
        throw new RangeError(`test ${word(at)}`)
    }
  }
  function node(root: number): void {
    const waiting = [root]
    for (const at of waiting) {
      const [rules, children] = [word(at + layout.NODE_RULES), word(at + layout.NODE_CHILDREN)]
      const first = afterText(words, at + layout.NODE_LABEL)
      if (!isNew(at, first - at + 2 * rules + 2 * children, 'node')) throw new RangeError(`two ways to the node at ${at}`)
      for (let rule = first; rule < first + 2 * rules; rule += 2) {
        if (word(rule) > 0) resourceTest(word(rule))
        else code(word(rule) + 1, 1, 'rest')
        body(word(rule + 1))
      }
      for (let child = first + 2 * rules; child < first + 2 * rules + 2 * children; child += 2) {
        if (word(child) !== unitAt(words, word(child + 1) + layout.NODE_LABEL, 0))
          throw new RangeError(`the node at ${at} mistakes a child`)
        waiting.push(word(child + 1))
      }
    }
  }
  function actionClass(at: number): void {
    const slots = word(at + layout.CLASS_MASK) + 1
    isNew(at, layout.CLASS_SLOTS + 2 * slots, 'class')
    if (word(at + layout.CLASS_EVERYONE) !== 0) node(word(at + layout.CLASS_EVERYONE))
    for (let slot = at + layout.CLASS_SLOTS; slot < at + layout.CLASS_SLOTS + 2 * slots; slot += 2) {
      code(word(slot), end - 1, 'principal')
      if (word(slot) !== 0) node(word(slot + 1))
    }
  }
  function effect(number: number): void {
    const table = word(layout.HEADER_ACTIONS + number)
    const size = Math.ceil(actions.length / layout.ACTIONS_PER_WORD)
    isNew(table, size, 'action classes')
    const classes = Array.from(words.subarray(table, table + size)).flatMap((each) => [0, 8, 16, 24].map((shift) => (each >>> shift) & 255))
    const most = Math.max(...classes)
    isNew(word(layout.HEADER_CLASSES + number), most, 'classes')
    list(word(layout.HEADER_CLASSES + number), most, actionClass)
  }

  isNew(0, layout.HEADER_SIZE, 'header')
  readKeys()
  readPrincipals()
  readStatements()
  effect(layout.DENY)
  effect(layout.ALLOW)
  return { size: owners.size, kinds: places }
}

function dataSize(family: number, isTemplate: boolean): number {
  if (family === layout.FAMILY_ARN) return 6
  if (isTemplate) return 1
  if (family === layout.FAMILY_NUMBER || family === layout.FAMILY_DATE) return 3
  return family === layout.FAMILY_ADDRESS ? 9 : 1
}
