import { bordersOf } from '../match/wildcard.js'
import * as layout from '../program/layout.js'
import type { WordWriter } from '../tables/word-writer.js'
import type {
  NumberedCondition,
  NumberedElement,
  NumberedOperand,
  NumberedPattern,
  NumberedResource,
  NumberedVariable,
} from './numbered-policy.js'

/** Writes a condition and its operands, and returns its place. */
export function layOutCondition(writer: WordWriter, { family, flags, orders, key, operator, operands }: NumberedCondition): number {
  const places = operands.map((operand) => layOutOperand(writer, operand))
  const at = writer.append([family, flags, orders, key, operator, operands.length])
  writer.append(places)
  return at
}

function layOutOperand(writer: WordWriter, { text, variables, reading }: NumberedOperand): number {
  const list = variables.length === 0 ? 0 : layOutVariables(writer, variables)
  switch (reading.kind) {
    case 'unknown':
      return writer.append([text, layout.OPERAND_UNKNOWN, 0])
    case 'unreadable':
      return writer.append([text, layout.OPERAND_UNREADABLE, list])
    case 'string':
      return writer.append([text, layout.OPERAND_READABLE, list, reading.string])
    case 'words': {
      const at = writer.append([text, layout.OPERAND_READABLE, list])
      writer.append(reading.words)
      return at
    }
    case 'pattern': {
      const pattern = layOutPattern(writer, reading.pattern)
      return writer.append([text, layout.OPERAND_READABLE, list, pattern])
    }
    case 'arn': {
      const parts = reading.parts.map((part) => layOutPattern(writer, part))
      return writer.append([text, layout.OPERAND_READABLE, list, ...parts])
    }
  }
}

function layOutVariables(writer: WordWriter, variables: readonly NumberedVariable[]): number {
  return writer.append([variables.length, ...variables.flatMap(({ key, default: fallback }) => [key, fallback])])
}

/** Runs between stars. A text alone between two stars is sought: its borders make that linear. */
function layOutPattern(writer: WordWriter, pattern: NumberedPattern): number {
  const runs = cutAtStars(pattern)
  const places = runs.map((run, at) => layOutRun(writer, run, at > 0 && at < runs.length - 1))
  const at = writer.append([runs.length])
  writer.append(places)
  return at
}

function layOutRun(writer: WordWriter, run: NumberedPattern, isMiddle: boolean): number {
  const isSought = isMiddle && run.length === 1
  const texts = run.map((element) => (element.kind === 'text' ? layOutText(writer, element.text, isSought) : 0))
  const at = writer.append([run.length])
  for (let i = 0; i < run.length; i++) writer.append(elementWords(run[i] as NumberedElement, texts[i] as number, isSought))
  return at
}

function layOutText(writer: WordWriter, text: string, isSought: boolean): number {
  const at = writer.appendText(text)
  if (isSought) writer.append(bordersOf(text))
  return at
}

function elementWords(element: NumberedElement, text: number, isSought: boolean): readonly number[] {
  switch (element.kind) {
    case 'text':
      return [isSought ? layout.ELEMENT_SOUGHT : layout.ELEMENT_TEXT, element.text.length, text]
    case 'variable':
      return [layout.ELEMENT_VARIABLE, element.key, element.default]
    default:
      return [layout.ELEMENT_ONE, 0, 0]
  }
}

/** Writes what is asked of a resource, and returns its place. */
export function layOutResource(writer: WordWriter, resource: NumberedResource): number {
  switch (resource.kind) {
    case 'any':
      return layOutResource(writer, { kind: 'pattern', pattern: [{ kind: 'any' }] })
    case 'unknown':
      return writer.append([layout.TEST_UNKNOWN])
    case 'pattern': {
      const pattern = layOutPattern(writer, resource.pattern)
      return writer.append([layout.TEST_PATTERN, pattern])
    }
    case 'template': {
      const subject = resource.subject === 'rest' ? layout.SUBJECT_REST : layout.SUBJECT_RESOURCE
      const variables = layOutVariables(writer, resource.variables)
      const patterns = resource.patterns.map((pattern) => layOutPattern(writer, pattern))
      return writer.append([layout.TEST_TEMPLATE, subject, variables, patterns.length, ...patterns])
    }
    case 'none-of': {
      const tests = resource.resources.map((each) => layOutResource(writer, each))
      return writer.append([layout.TEST_NONE_OF, tests.length, ...tests])
    }
  }
}

function cutAtStars(pattern: NumberedPattern): readonly NumberedPattern[] {
  let run: NumberedElement[] = []
  const runs = [run]
  for (const element of pattern) {
    if (element.kind === 'any') {
      run = []
      runs.push(run)
    } else {
      run.push(element)
    }
  }
  return runs
}
