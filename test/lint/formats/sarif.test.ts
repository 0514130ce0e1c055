import { expect, test } from 'vitest'
import { fileUri, isAbsolutePath } from '../../../src/lint/formats/file-uri.js'
import { relativePath } from '../../../src/lint/formats/relative-path.js'
import { formats } from '../../../src/lint.js'
import { expectSarif } from './expect-sarif.js'
import { clean, options, sample } from './sample-report.js'

test('the schema accepts what is written', () => {
  expectSarif(formats.sarif(sample, options))
  expectSarif(formats.sarif(clean, options))
  expectSarif(formats.sarif(sample, { texts: new Map(), version: '0.1.0' }))
})

test('the schema refuses what is no SARIF', () => {
  const log = JSON.parse(formats.sarif(sample, options))
  log.runs[0].results[0].level = 'suggestion'
  expect(() => expectSarif(JSON.stringify(log))).toThrow()
})

test('a run is successful if every file was read', () => {
  const isSuccessful = (text: string): boolean => JSON.parse(text).runs[0].invocations[0].executionSuccessful
  expect(isSuccessful(formats.sarif(sample, options))).toBe(false)
  expect(isSuccessful(formats.sarif({ ...sample, problems: [] }, options))).toBe(true)
})

test('fixes make the same text by lines as by offsets', () => {
  const [{ fixes }] = JSON.parse(formats.sarif(sample, options)).runs[0].results
  const [{ deletedRegion }] = fixes[0].artifactChanges[0].replacements
  const line = (options.texts.get('/repo/policies/assets.json') ?? '').split('\n')[deletedRegion.startLine - 1] ?? ''
  expect(line.slice(deletedRegion.startColumn - 1, deletedRegion.endColumn - 1)).toBe(', "s3:GetObject"')
})

test.each([
  ['policies/a b.json', 'policies/a%20b.json'],
  ['a:b/c?d#e.json', 'a%3Ab/c%3Fd%23e.json'],
  ['../写.json', '../%E5%86%99.json'],
  ['/srv/100%.json', 'file:///srv/100%25.json'],
  ['C:/policies/a.json', 'file:///C:/policies/a.json'],
  ['half \ud800', 'half%20%EF%BF%BD'],
])('the URI of %s', (path, uri) => {
  expect(fileUri(path)).toBe(uri)
  expect(isAbsolutePath(path)).toBe(uri.startsWith('file:'))
})

test.each([
  ['/repo/a.json', '/repo', 'a.json'],
  ['/repo/a.json', '/repo/', 'a.json'],
  ['/repository/a.json', '/repo', '/repository/a.json'],
  ['/repo', '/repo', '/repo'],
  ['./a.json', '/repo', 'a.json'],
  ['a.json', undefined, 'a.json'],
  ['/a.json', '/', 'a.json'],
])('%s below %s', (path, root, expected) => {
  expect(relativePath(path, root)).toBe(expected)
})
