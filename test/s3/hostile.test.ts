import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HeaderList } from '../../src/http/header-list.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import type { RequestContext } from '../../src/request/request-context.js'
import { operations } from '../../src/s3/operations/operations.js'
import type { RequestPlan } from '../../src/s3/plan.js'
import { planRequest } from '../../src/s3/planning/plan-request.js'
import { routeRequest } from '../../src/s3/routing/route-request.js'
import { s3Errors } from '../../src/s3-error/codes.js'
import type { S3Error } from '../../src/s3-error/s3-error.js'
import { addressing, asked, facts, routed } from './ask.js'

describe('large requests are answered', () => {
  test.each<[what: string, line: string, answer: string]>([
    ['10,000 parameters', `GET /b?${Array.from({ length: 10_000 }, (_, i) => `p${i}=1`).join('&')}`, '400 InvalidURI'],
    ['10,000 times the same', `GET /b?${'acl&'.repeat(10_000)}`, '400 InvalidURI'],
    ['a million percent signs', `GET /b/${'%'.repeat(1_000_000)}`, '400 InvalidURI'],
    ['a key of a million letters', `GET /b/${'a'.repeat(1_000_000)}`, '400 InvalidURI'],
    // As long as a target may be.
    ['separators', `GET /b?${'&'.repeat(16_000)}`, 'ListObjects'],
    ['a key of letters', `GET /b/${'a'.repeat(16_000)}`, '400 KeyTooLongError'],
    ['a key of slashes', `GET /b${'/'.repeat(16_000)}`, '400 KeyTooLongError'],
    ['a key of encoded letters', `GET /b/${'%41'.repeat(5_000)}`, '400 KeyTooLongError'],
    ['a bucket of letters', `DELETE /${'a'.repeat(16_000)}`, 'DeleteBucket'],
    ['a parameter of letters', `GET /b?${'a'.repeat(16_000)}`, '501 NotImplemented'],
  ])('%s', (_, line, answer) => {
    expect(routed(line)).toBe(answer)
  })

  test.each<[name: string, answer: readonly string[] | string]>([
    ['x-amz-tagging', '400 InvalidArgument'],
    ['x-amz-copy-source', '400 InvalidArgument'],
    ['x-amz-acl', ['s3:PutObject b/k', 's3:PutObjectAcl b/k']],
    ['x-amz-object-lock-retain-until-date', ['s3:PutObject b/k', 's3:PutObjectRetention b/k']],
    ['host', '400 InvalidRequest'],
    ['referer', ['s3:PutObject b/k']],
  ])('a megabyte of %s', (name, answer) => {
    expect(asked('PUT /b/k', { headers: { [name]: 'a'.repeat(1_000_000) } })).toEqual(answer)
  })

  test('a copy source of a megabyte', () => {
    expect(asked('PUT /b/k', { headers: { 'x-amz-copy-source': `b/${'%41'.repeat(300_000)}` } })).toBe('400 KeyTooLongError')
  })
})

const headerNames = [
  ...new Set(operations.flatMap(({ headers = [] }) => headers)),
  'referer',
  'user-agent',
  'content-length',
  'content-type',
]
const parameterNames = [
  ...new Set(
    operations.flatMap(({ subresource, requires = [], parameters = [] }) => [
      subresource ?? 'x-id',
      ...requires.map(({ name }) => name),
      ...parameters,
    ]),
  ),
]
const piece = fc.oneof(
  fc.constantFrom(
    '',
    '/',
    '//',
    '..',
    '.',
    'a',
    'b',
    '%2F',
    '%2f',
    '%00',
    '%',
    '%zz',
    '%FF',
    '%C0%AF',
    '%ED%A0%80',
    '+',
    '%20',
    'é',
    '\0',
    '#',
    '\\',
    '?',
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
const value = fc.oneof(
  text,
  fc.constantFrom('2', 'true', 'COPY', 'REPLACE', '/c/d', 'c/d?versionId=v', 'a=b', 'multipart/form-data', 'private', '*'),
)
const byteText = value.map((given) => [...given].map((letter) => String.fromCharCode(letter.charCodeAt(0) & 0xff)).join(''))
const methods = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PATCH', '')
const parameter = fc.tuple(fc.oneof(fc.constantFrom(...parameterNames), fc.constantFrom(...headerNames), text), value)
const hosts = fc.constantFrom(
  's3.example.com',
  'photos.s3.example.com',
  'photos.s3-website.example.com',
  '[::1]:80',
  'x',
  '.s3.example.com',
  '',
)

/** Requests of which many mean something. */
const requests = fc
  .record({
    method: methods,
    path: fc.oneof(fc.constantFrom('/', '/b', '/b/', '/b/k', '/b/k/l', '/WriteGetObjectResponse'), text),
    query: fc.array(parameter, { maxLength: 4 }),
    host: fc.option(hosts, { nil: undefined }),
    headers: fc.array(fc.tuple(fc.constantFrom(...headerNames), byteText), { maxLength: 5 }),
  })
  .map(({ method, path, query, host, headers }) => ({
    method,
    target: path + (query.length === 0 ? '' : `?${query.map(([name, given]) => `${name}=${given}`).join('&')}`),
    headers: HeaderList.of([...(host === undefined ? [] : [['host', host] as const]), ...headers]),
  }))

const bodies = fc.constantFrom(
  undefined,
  { kind: 'tagging', tags: [{ key: '__proto__', value: 'x' }] } as const,
  { kind: 'create-bucket', tags: [{ key: 'a', value: 'b' }] } as const,
  { kind: 'delete', quiet: false, objects: [{ key: 'a' }, { key: '../b', versionId: 'v' }] } as const,
  { kind: 'retention', mode: 'x', retainUntilDate: 'y' } as const,
  { kind: 'form', fields: new Map([['key', '${filename}']]), fileName: 'a/b' } as const,
)

function everyQuestion({ questions, objects = [], ifSourceIsTagged, ifMissing, trims }: RequestPlan): readonly AuthorizationRequest[] {
  const last = ifMissing === undefined ? [] : [ifMissing]
  return [
    ...questions,
    ...objects.flatMap((object) => object.questions),
    ...ifSourceIsTagged,
    ...trims.map(({ question }) => question),
    ...last,
  ]
}

function expectError(error: S3Error): void {
  expect(s3Errors[error.code].status).toBe(error.status)
}

test('every request has an error or questions that can be asked', () => {
  fc.assert(
    fc.property(requests, bodies, (http, body) => {
      const request = routeRequest(http, addressing)
      if (request.kind === 'error') return expectError(request)
      const plan = planRequest(request, facts, body)
      if (plan.kind === 'error') return expectError(plan)
      const questions = everyQuestion(plan)
      expect(questions.length > 0 || request.operation.asks.length === 0).toBe(true)
      for (const { action, bucket, key, context } of questions) {
        expect(bucket === '' || key === '').toBe(false)
        expect(request.operation.asks.some((ask) => [ask.action, ask.versionAction].includes(action))).toBe(true)
        expect(
          (context as RequestContext).slots.every((slot) => slot === undefined || ['string', 'symbol', 'object'].includes(typeof slot)),
        ).toBe(true)
      }
    }),
    { numRuns: 3000 },
  )
})

test('a parameter that nobody knows is never overlooked', () => {
  const known = new Set([...parameterNames, ...headerNames])
  const unknown = fc
    .stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,12}$/)
    .filter((name) => !known.has(name) && !/^(x-|awsaccesskeyid$|signature$|expires$)/i.test(name))
  fc.assert(
    fc.property(requests, unknown, fc.boolean(), (http, name, isFirst) => {
      const [path = '', query = ''] = http.target.split('?', 2)
      const nameless = http.target.length % 2 === 0 ? '&=1' : ''
      const extended = isFirst ? `${path}?${name}&${query}${nameless}` : `${path}?${query}&${name}=1${nameless}`
      const request = routeRequest({ ...http, target: extended })
      expect(request.kind).toBe('error')
    }),
  )
})

test('a known parameter more is either refused or changes nothing but the operation', () => {
  fc.assert(
    fc.property(fc.constantFrom(...operations), fc.constantFrom(...parameterNames), (row, name) => {
      const path = row.path ?? { service: '/', bucket: '/b', object: '/b/k', website: '/b/k' }[row.scope]
      const [method = ''] = row.methods
      const request = routeRequest({ method, target: `${path}?${name}=1`, headers: HeaderList.of([['host', 'h']]) })
      if (request.kind === 'error' || request.operation.ignoresParameters || name === 'x-id') return
      const { subresource, requires = [], parameters = [] } = request.operation
      expect([subresource, ...requires.map((required) => required.name), ...parameters]).toContain(name)
    }),
  )
})
