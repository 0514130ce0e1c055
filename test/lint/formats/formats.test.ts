import { expect, test } from 'vitest'
import { type FormatName, formatNames, formats } from '../../../src/lint.js'
import { clean, options, sample } from './sample-report.js'

const markup = (name: string) => (text: string) => `‹${name}›${text}‹/›`
const colors = {
  bold: markup('bold'),
  dim: markup('dim'),
  red: markup('red'),
  yellow: markup('yellow'),
  magenta: markup('magenta'),
  cyan: markup('cyan'),
}

test('the list has all formats, by name', () => {
  expect(Object.keys(formats)).toEqual([...formatNames])
})

test.each(formatNames)('a report with something of everything as %s', async (name: FormatName) => {
  await expect(formats[name](sample, options)).toMatchFileSnapshot(`expected/${name}.txt`)
})

test.each(formatNames)('a report without findings as %s', async (name: FormatName) => {
  await expect(formats[name](clean, options)).toMatchFileSnapshot(`expected/${name}-clean.txt`)
})

test('colours of the report for people', async () => {
  await expect(formats.pretty(sample, { ...options, colors })).toMatchFileSnapshot('expected/pretty-colors.txt')
})

test.each(formatNames)('%s does without the files’ texts', (name: FormatName) => {
  expect(formats[name](sample, { texts: new Map(), version: '1.2.3' })).not.toContain('undefined')
})
