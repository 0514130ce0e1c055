import { describe, expect, test } from 'vitest'
import { fixture, policyIn, policyOf, read, unknownsOf } from './reading.js'

describe('files that are broken', () => {
  test('what is whole is read, and the rest is told', () => {
    const { policies, problems } = read([fixture('broken.tf')])
    expect(policies.map(({ address }) => address)).toContain('aws_s3_bucket_policy.good')
    expect(problems).toMatchObject([{ file: 'broken.tf', message: 'this is no HCL from here on' }])
    expect(problems[0]?.location?.span.start.line).toBeGreaterThan(5)
  })

  test('JSON in a heredoc', () => {
    const { diagnostics, root } = policyIn('broken-json.tf')
    expect(root).toBeUndefined()
    expect(diagnostics).toMatchObject([{ code: 'invalid-json', span: { start: { line: 7, column: 5 } } }])
  })

  test('what refers to itself', () => {
    expect(unknownsOf(policyIn('circular.tf', 'aws_s3_bucket_policy.document'))).toEqual([
      '$.Statement[0]: `data.aws_iam_policy_document.self` refers to itself',
    ])
    expect(policyIn('circular.tf', 'aws_s3_bucket_policy.local')).toMatchObject({ diagnostics: [] })
  })

  const resource = (policy: string) => `resource "aws_s3_bucket_policy" "p" {\n policy = ${policy}\n}\n`
  test.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFFlocals {}'],
    ['another language', '<?xml version="1.0"?><a b="${c}">'],
    ['an end too soon', 'resource "aws_s3_bucket_policy" "p" { policy = <<EOF\n{'],
    ['a NUL', resource('"\u0000${\u0000}"')],
    ['half a surrogate', resource('"{\\"Version\\": \\"\ud800\\"}"')],
    ['many brackets', `a = ${'['.repeat(50_000)}`],
    ['deep lists', resource(`jsonencode(${'['.repeat(3000)}${']'.repeat(3000)})`)],
    ['deep templates', resource(`${'"${'.repeat(2000)}x${'}"'.repeat(2000)}`)],
    ['calls without arguments', resource('join()') + resource('format()') + resource('jsonencode()') + resource('merge()')],
    ['arguments of another type', resource('join(1, {})') + resource('concat(null)') + resource('format("%s %", true)')],
    ['a member `__proto__`', resource('jsonencode({ __proto__ = { Version = "x" }, constructor = 1 })')],
    ['a number for a policy', resource('7')],
    ['marks of unknown parts', resource('"\uE000\uE001\uE000"')],
    [
      'empty blocks',
      'resource "aws_s3_bucket_policy" "p" {}\ndata "aws_iam_policy_document" "d" { statement { principals {} condition {} } }',
    ],
  ])('%s', (_, text) => {
    expect(() => read([{ path: 'main.tf', text }])).not.toThrow()
  })

  test('every beginning of a file', () => {
    for (const name of ['unknowns.tf', 'heredoc.tf', 'merged.tf']) {
      const { text } = fixture(name)
      for (let end = 0; end < text.length; end += 17) expect(() => read([{ path: name, text: text.slice(0, end) }])).not.toThrow()
    }
  })
})

describe('small files that ask for much', () => {
  const locals = (lines: readonly string[]) => `locals {\n${lines.join('\n')}\n}`

  test('texts that double', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `a${i + 1} = "\${local.a${i}}\${local.a${i}}"`)
    expect(policyOf('local.a60', locals(['a0 = "xxxxxxxxxx"', ...lines])).unknowns.length).toBe(1)
  })

  test('lists that double', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `a${i + 1} = [local.a${i}, local.a${i}]`)
    expect(policyOf('jsonencode({ Statement = local.a60 })', locals(['a0 = "x"', ...lines])).unknowns.length).toBe(1)
  })

  test('separators that are long, many times', () => {
    const items = Array.from({ length: 5000 }, () => 'local.s').join(', ')
    expect(policyOf(`join(local.s, [${items}])`, locals([`s = "${'x'.repeat(5000)}"`])).unknowns.length).toBe(1)
  })

  test('names for names for names', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `a${i + 1} = "\${local.a${i}}x"`)
    expect(policyOf('local.a20000', locals(['a0 = "x"', ...lines])).unknowns.length).toBe(1)
  })

  test('documents of documents', () => {
    const documents = Array.from(
      { length: 3000 },
      (_, i) =>
        `data "aws_iam_policy_document" "d${i + 1}" {\n source_policy_documents = [data.aws_iam_policy_document.d${i}.json, data.aws_iam_policy_document.d${i}.json]\n}`,
    )
    expect(policyOf('data.aws_iam_policy_document.d3000.json', documents.join('\n')).unknowns.length).toBeGreaterThan(0)
  })
})
