import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { type FormatName, formats } from '../../../src/lint.js'
import { readable } from '../../../src/sources/unknown-text.js'
import { type AnyReport, anyReport } from './arbitraries.js'
import { expectSarif } from './expect-sarif.js'

const write = (name: FormatName, { report, texts }: AnyReport): string => formats[name](report, { texts, version: '1.2.3' })

/** Control characters, line separators, what turns text, halves of pairs. */
const HIDDEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069\u200e\u200f\ufeff\ufffe\uffff]|\p{Cs}/u

const ESCAPE = String.fromCharCode(0x1b)
const sgr = (code: number) => (text: string) => `${ESCAPE}[${code}m${text}${ESCAPE}[0m`
const colors = { bold: sgr(1), dim: sgr(2), red: sgr(31), yellow: sgr(33), magenta: sgr(35), cyan: sgr(36) }

describe('any text in any place', () => {
  const holds = (law: (any: AnyReport) => void) => fc.assert(fc.property(anyReport, law), { numRuns: 300 })

  test('no format writes what must not be shown, but newlines', () =>
    holds((any) => {
      for (const name of Object.keys(formats) as FormatName[]) {
        for (const line of write(name, any).split('\n')) expect(line).not.toMatch(HIDDEN)
      }
    }))

  test('for people, nothing but the colours steers the terminal', () =>
    holds((any) => {
      const { report, texts } = any
      const text = formats.pretty(report, { texts, version: '1.2.3', colors })
      const plain = Object.values(colors)
        .reduce((rest, color) => rest.replaceAll(color('').slice(0, -4), ''), text)
        .replaceAll(`${ESCAPE}[0m`, '')
      expect(plain).toBe(write('pretty', any))
    }))

  test('JSON says what the report says', () =>
    holds((any) => {
      const document = JSON.parse(write('json', any))
      expect(document.findings.map(({ message }: { message: string }) => message)).toEqual(
        any.report.findings.map(({ message }) => message),
      )
      expect(document.findings.map(({ sid }: { sid?: string }) => sid)).toEqual(
        any.report.findings.map(({ sid }) => (sid === undefined ? undefined : readable(sid))),
      )
      expect(document.problems.map(({ help }: { help?: string }) => help)).toEqual(any.report.problems.map(({ help }) => help))
    }))

  test('NDJSON has a line for each, and the summary last', () =>
    holds((any) => {
      const lines = write('ndjson', any).trimEnd().split('\n')
      const { findings, undecided, problems, unusedSuppressions } = any.report
      expect(lines.map((line) => JSON.parse(line).type)).toEqual([
        ...findings.map(() => 'finding'),
        ...undecided.map(() => 'undecided'),
        ...problems.map(() => 'problem'),
        ...unusedSuppressions.map(() => 'unused-suppression'),
        'summary',
      ])
    }))

  test('SARIF is what its schema says', () => holds((any) => expectSarif(write('sarif', any))))

  test('a workflow command is one line', () =>
    holds((any) => {
      const { findings, undecided, problems, unusedSuppressions } = any.report
      const open = findings.filter(({ suppressed }) => suppressed === undefined)
      const lines = write('github', any).split('\n')
      expect(lines.pop()).toBe('')
      expect(lines).toHaveLength(open.length + undecided.length + problems.length + unusedSuppressions.length)
      for (const line of lines)
        expect(line).toMatch(/^::(error|warning|notice) ([a-zA-Z]+=([^:,%]|%[0-9A-F]{2})*,?)+::([^%]|%[0-9A-F]{2})*$/u)
    }))

  test('JUnit’s XML is read by a strict reader, and its numbers are right', () =>
    holds((any) => {
      const text = write('junit', any)
      expect(XMLValidator.validate(text)).toBe(true)
      const { testsuites } = new XMLParser({
        ignoreAttributes: false,
        isArray: (name) => name === 'testsuite' || name === 'testcase',
      }).parse(text)
      const cases = testsuites.testsuite.flatMap(({ testcase }: { testcase: object[] }) => testcase)
      expect(cases).toHaveLength(Number(testsuites['@_tests']))
      expect(cases.filter((each: object) => 'failure' in each)).toHaveLength(Number(testsuites['@_failures']))
      expect(cases.filter((each: object) => 'skipped' in each)).toHaveLength(Number(testsuites['@_skipped']))
    }))
})
