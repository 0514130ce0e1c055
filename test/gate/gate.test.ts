import { describe, expect, test } from 'vitest'
import type { GateOptions } from '../../src/gate/gate-options.js'
import { HeaderList } from '../../src/http/header-list.js'
import { ask, authorizer, deleteBody, gateOf, incomingOf, owner, permittedOf, presigned, refusedOf, type Sent, said } from './scene.js'

const put = (target: string, more: Partial<Sent> = {}): Sent => ({ method: 'PUT', target, key: 'EDITOR', ...more })

describe('what becomes of a request', () => {
  test.each<[what: string, sent: Sent, said: string]>([
    ['a public object, anonymous', {}, 'permitted'],
    ['a private object, anonymous', { target: '/plain/a.jpg' }, 'AccessDenied'],
    ['a private object, by its reader', { target: '/plain/a.jpg', key: 'EDITOR' }, 'permitted'],
    ['outside the prefix of the grant', { target: '/plain/a.jpg', key: 'VISITOR' }, 'AccessDenied'],
    ['inside it', { target: '/plain/albums/a.jpg', key: 'VISITOR' }, 'permitted'],
    ['a presigned URL', { target: presigned({}) }, 'permitted'],
    ['a presigned URL for another method', { method: 'DELETE', target: presigned({}) }, 'SignatureDoesNotMatch'],
    ['a key without secret', { key: 'UNKNOWN' }, 'InvalidAccessKeyId'],
    ['a key with a secret that is in no snapshot', { key: 'NOBODY' }, 'InvalidAccessKeyId'],
    ['a suspended key, on a public object', { key: 'GONE' }, 'InvalidAccessKeyId'],
    ['an old signature', { key: 'EDITOR', time: Date.UTC(2026, 8, 21, 13) }, 'RequestTimeTooSkewed'],
    ['a bucket that is not there', { target: '/nowhere/a.jpg', key: 'ADMIN' }, 'NoSuchBucket'],
    ['an unknown sub-resource', { target: '/photos/public/a.jpg?unheard-of', key: 'EDITOR' }, 'NotImplemented'],
    ['an absolute target', { target: 'http://s3.example.test/photos/public/a.jpg' }, 'InvalidURI'],
    ['the target of OPTIONS', { method: 'OPTIONS', target: '*' }, 'InvalidURI'],
    ['an unknown method', { method: 'PURGE', key: 'EDITOR' }, 'MethodNotAllowed'],
    ['a preflight, which needs no permission', { method: 'OPTIONS', target: '/plain/a.jpg' }, 'permitted'],
    ['a session token that nobody checks', { key: 'EDITOR', sessionToken: 'token' }, 'InvalidToken'],
    [
      'a header twice',
      {
        key: 'EDITOR',
        headers: [
          ['range', 'bytes=0-1'],
          ['x-amz-acl', 'private'],
          ['x-amz-acl', 'private'],
        ],
      },
      'InvalidArgument',
    ],
    ['two hosts', { headers: [['host', 'other.example.test']] }, 'InvalidRequest'],
    ['the address of the office', { target: '/photos/office/a.jpg' }, 'AccessDenied'],
  ])('%s', async (_, sent, expected) => {
    expect(await said(sent)).toBe(expected)
  })

  test('only who signs rightly is told what else is wrong', async () => {
    const { http, ...incoming } = incomingOf({ target: '/photos/a?unheard-of', key: 'EDITOR' })
    const spoiled = [...http.headers.names()].map((name): [string, string] => [name, http.headers.get(name) ?? ''])
    const headers = HeaderList.of(spoiled.map(([name, value]) => [name, name === 'authorization' ? value.slice(0, -1) : value]))
    const outcome = await gateOf().authorize({ ...incoming, http: { ...http, headers } })
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: expect.stringMatching(/Signature|Malformed/) } })
  })

  test('a region that is set is the only one', async () => {
    expect(await said({ target: '/plain/a', key: 'EDITOR' }, { region: 'us-east-1' })).toBe('AuthorizationHeaderMalformed')
  })

  test('a new authorizer takes effect with the next request', async () => {
    let current = authorizer
    const gate = gateOf({ authorizer: () => current })
    const incoming = incomingOf({ target: '/plain/a', key: 'EDITOR' })
    expect(await gate.authorize(incoming)).toMatchObject({ kind: 'permitted' })
    current = authorizer.with({ remove: { keys: ['EDITOR'] } })
    expect(await gate.authorize(incoming)).toMatchObject({ kind: 'refused', error: { code: 'InvalidAccessKeyId' } })
  })
})

describe('header names that another server reads otherwise', () => {
  test.each<[what: string, name: string, value: string, said: string]>([
    ['an ACL', 'x_amz_acl', 'public-read', 'NotImplemented'],
    ['one hyphen of them', 'x-amz_acl', 'public-read', 'NotImplemented'],
    ['capitals', 'X_AMZ_Copy-Source', '/plain/a', 'NotImplemented'],
    ['a condition', 'if_match', '"a"', 'NotImplemented'],
    ['a length', 'content_length', '3', 'NotImplemented'],
    ['metadata in disguise', 'x_amz_meta_a', 'b', 'NotImplemented'],
    ['metadata with an underscore', 'x-amz-meta-a_b', 'c', 'permitted'],
    ['a header that means nothing here', 'x_request_id', '1', 'permitted'],
    ['a connection that drops a header', 'connection', 'close, X-Amz-Acl', 'InvalidRequest'],
    ['a connection that drops the type', 'connection', 'content-type', 'InvalidRequest'],
    ['a plain connection', 'connection', 'keep-alive, TE', 'permitted'],
  ])('%s', async (_, name, value, expected) => {
    expect(await said({ headers: [[name, value]] })).toBe(expected)
  })
})

describe('a hook that throws refuses the request', () => {
  const thrown = (): never => {
    throw new Error('the directory is away')
  }
  const late = async (): Promise<never> => thrown()
  const signed: Sent = { target: '/plain/a.jpg', key: 'EDITOR' }
  const tagged: Sent = { target: '/photos/tagged/a.jpg', key: 'EDITOR' }
  test.each<[what: string, sent: Sent, options: Partial<GateOptions>]>([
    ['secretsFor', signed, { secrets: { secretsFor: thrown } }],
    ['secretsFor, later', signed, { secrets: { secretsFor: late } }],
    ['principalOf', signed, { principalOf: thrown }],
    ['principalOf, later', signed, { principalOf: late }],
    ['lookUp', tagged, { lookUp: thrown }],
    ['lookUp, later', tagged, { lookUp: late }],
    ['authorizer', signed, { authorizer: thrown }],
    ['hashing', signed, { hashing: { sha256: thrown, hmacSha256: thrown } }],
  ])('%s', async (_, sent, options) => {
    const { error, request } = await refusedOf(sent, options)
    expect(error).toMatchObject({ code: 'InternalError', status: 500, reason: 'the directory is away' })
    expect(error.message).not.toContain('directory')
    expect(request?.operation.name).toBe('GetObject')
  })

  test.each([[Object.create(null)], [undefined], [Symbol('a')], ['text']])('whatever is thrown: %#', async (what) => {
    const outcome = await ask(signed, {
      principalOf: () => {
        throw what
      },
    })
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'InternalError' } })
  })

  test.each<[what: string, secrets: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty secret', ['']],
  ])('secretsFor tells %s', async (_, told) => {
    const outcome = await ask(signed, { secrets: { secretsFor: () => told as string[] } })
    expect(outcome.kind).toBe('refused')
  })
})

describe('who a signature stands for', () => {
  test('a session, if somebody has checked its token', async () => {
    const tokens: (string | undefined)[] = []
    const principalOf: GateOptions['principalOf'] = ({ sessionToken }) => {
      tokens.push(sessionToken)
      return sessionToken === 'good'
        ? { kind: 'aws', arn: `arn:aws:sts::${owner}:assumed-role/reader/anna`, account: owner, identityVerdict: 'Allow' }
        : undefined
    }
    expect(await said({ target: '/plain/a', key: 'EDITOR', sessionToken: 'good' }, { principalOf })).toBe('permitted')
    expect(await said({ target: '/plain/a', key: 'EDITOR', sessionToken: 'bad' }, { principalOf })).toBe('InvalidAccessKeyId')
    expect(tokens).toEqual(['good', 'bad'])
  })

  test('it is not asked of the anonymous', async () => {
    const principalOf = (): never => {
      throw new Error('asked')
    }
    expect(await said({}, { principalOf })).toBe('permitted')
  })
})

describe('what is looked up', () => {
  const asked = async (sent: Sent, told: unknown): Promise<{ said: string; keys: readonly (readonly string[])[] }> => {
    const keys: (readonly string[])[] = []
    const lookUp: GateOptions['lookUp'] = (_, names) => {
      keys.push(names)
      return told as Record<string, string>
    }
    return { said: await said(sent, { lookUp }), keys }
  }
  const secretTag = 's3:ExistingObjectTag/secret'

  test.each<[what: string, told: unknown, said: string]>([
    ['another value', { [secretTag]: 'no' }, 'permitted'],
    ['the value that is denied', { [secretTag]: 'yes' }, 'AccessDenied'],
    ['absent', { [secretTag]: null }, 'permitted'],
    ['left out, which is unknown', {}, 'AccessDenied'],
    ['undefined, which is unknown', { [secretTag]: undefined }, 'AccessDenied'],
    ['nothing at all', undefined, 'AccessDenied'],
    ['another key', { 's3:ExistingObjectTag/other': null }, 'AccessDenied'],
    ['no text', { [secretTag]: 3 }, 'InternalError'],
  ])('%s', async (_, told, expected) => {
    expect(await asked({ target: '/photos/tagged/a.jpg', key: 'EDITOR' }, told)).toEqual({ said: expected, keys: [[secretTag]] })
  })

  test('without the hook it is unknown', async () => {
    expect(await said({ target: '/photos/tagged/a.jpg', key: 'EDITOR' })).toBe('AccessDenied')
  })

  test.each<[what: string, sent: Sent, said: string]>([
    ['what is allowed whatever it is', { target: '/plain/a.jpg', key: 'EDITOR' }, 'permitted'],
    ['what is denied whatever it is', { target: '/plain/a.jpg', key: 'VISITOR' }, 'AccessDenied'],
  ])('nothing is looked up for %s', async (_, sent, expected) => {
    expect(await asked(sent, {})).toEqual({ said: expected, keys: [] })
  })

  test('the outcome shows the question with what was told', async () => {
    const { questions } = await permittedOf({ target: '/photos/tagged/a.jpg', key: 'EDITOR' }, { lookUp: () => ({ [secretTag]: 'no' }) })
    expect(questions).toMatchObject([{ question: { action: 's3:GetObject', key: 'tagged/a.jpg' }, decision: { verdict: 'Allow' } }])
  })
})

describe('copies that take the tags of their source along', () => {
  const copy = (key: string, directive?: string): Sent => ({
    method: 'PUT',
    target: '/plain/b',
    key,
    headers: [['x-amz-copy-source', '/plain/a'], ...(directive === undefined ? [] : [['x-amz-tagging-directive', directive] as const])],
  })
  const tags = (told: string | null | undefined): Partial<GateOptions> => ({ lookUp: () => ({ 's3:ExistingObjectTag/*': told }) })

  test.each<[what: string, sent: Sent, options: Partial<GateOptions>, said: string]>([
    ['a key that may read and write tags', copy('EDITOR'), {}, 'permitted'],
    ['a key that may not: there could be tags', copy('COPIER'), {}, 'AccessDenied'],
    ['it is known that there are none', copy('COPIER'), tags(null), 'permitted'],
    ['it is known that there are some', copy('COPIER'), tags('some'), 'AccessDenied'],
    ['the hook cannot tell', copy('COPIER'), tags(undefined), 'AccessDenied'],
    ['the tags are replaced', copy('COPIER', 'REPLACE'), {}, 'permitted'],
  ])('%s', async (_, sent, options, expected) => {
    expect(await said(sent, options)).toBe(expected)
  })

  test('a source that can be read in two ways is looked up in both', async () => {
    const keys: (string | undefined)[] = []
    const lookUp: GateOptions['lookUp'] = ({ key }) => {
      keys.push(key)
      return { 's3:ExistingObjectTag/*': key === 'a b' ? null : 'some' }
    }
    expect(await said({ ...copy('COPIER'), headers: [['x-amz-copy-source', '/plain/a+b']] }, { lookUp })).toBe('AccessDenied')
    expect(keys).toEqual(['a b', 'a+b'])
  })
})

describe('what S3 refuses although it is allowed', () => {
  test.each<[what: string, sent: Sent, options: Partial<GateOptions>, said: string]>([
    ['an ACL that gives something', put('/plain/a', { headers: [['x-amz-acl', 'public-read']] }), {}, 'AccessControlListNotSupported'],
    [
      'the same, if ACLs are somebody else’s affair',
      put('/plain/a', { headers: [['x-amz-acl', 'public-read']] }),
      { accessControlLists: 'pass' },
      'permitted',
    ],
    ['an ACL that gives nothing', put('/plain/a', { headers: [['x-amz-acl', 'private']] }), {}, 'permitted'],
    ['an ACL from who may not write', put('/plain/a', { key: 'VISITOR', headers: [['x-amz-acl', 'public-read']] }), {}, 'AccessDenied'],
    ['the policy, by the account that owns the bucket', { target: '/photos?policy', key: 'ADMIN' }, {}, 'permitted'],
    ['the policy, by a stranger whom it allows', { target: '/photos?policy', key: 'PARTNER' }, {}, 'MethodNotAllowed'],
    [
      'a query over a public object, by nobody',
      { method: 'POST', target: '/photos/public/a.csv?select&select-type=2' },
      {},
      'AccessDenied',
    ],
    ['the same, signed', { method: 'POST', target: '/photos/public/a.csv?select&select-type=2', key: 'EDITOR' }, {}, 'permitted'],
    ['the list, by the same stranger', { target: '/photos?list-type=2', key: 'PARTNER' }, {}, 'permitted'],
    ['the policy, by a stranger whom it does not allow', { target: '/plain?policy', key: 'PARTNER' }, {}, 'AccessDenied'],
    ['the policy, by nobody', { target: '/photos?policy' }, {}, 'AccessDenied'],
  ])('%s', async (_, sent, options, expected) => {
    expect(await said(sent, options)).toBe(expected)
  })
})

describe('DeleteObjects', () => {
  const remove = (key: string | undefined, body: string): Sent => ({
    method: 'POST',
    target: '/photos?delete',
    body,
    ...(key === undefined ? {} : { key }),
  })
  const mixed = deleteBody('a', 'originals/b', 'c')

  test('one object that is refused refuses all', async () => {
    const { error, refusal } = await refusedOf(remove('EDITOR', mixed))
    expect(error.code).toBe('AccessDenied')
    expect(refusal?.question.key).toBe('originals/b')
  })

  test('unless the embedder heeds them one by one', async () => {
    const { objects, body } = await permittedOf(remove('EDITOR', mixed), { partialDeletes: true })
    expect(objects?.map(({ key, isAllowed }) => [key, isAllowed])).toEqual([
      ['a', true],
      ['originals/b', false],
      ['c', true],
    ])
    expect(body?.parsed).toMatchObject({ kind: 'delete', objects: [{ key: 'a' }, { key: 'originals/b' }, { key: 'c' }] })
  })

  test('a caller who is nobody is told so, whatever the embedder heeds', async () => {
    expect(await said(remove('GONE', mixed), { partialDeletes: true })).toBe('InvalidAccessKeyId')
    expect(await said({ ...remove('ADMIN', mixed), target: '/nowhere?delete' }, { partialDeletes: true })).toBe('NoSuchBucket')
  })

  test('of a stranger every object is refused', async () => {
    const { objects } = await permittedOf(remove(undefined, mixed), { partialDeletes: true })
    expect(objects?.some(({ isAllowed }) => isAllowed)).toBe(false)
  })

  test('a body that is not the signed one', async () => {
    const incoming = incomingOf(remove('EDITOR', deleteBody('a')))
    const body = { read: async () => Buffer.from(deleteBody('b')), readForm: () => Promise.reject(new Error()) }
    expect(await gateOf().authorize({ ...incoming, body })).toMatchObject({ error: { code: 'XAmzContentSHA256Mismatch' } })
  })

  test('a body that cannot be seen', async () => {
    const { body: _, ...unseen } = incomingOf(remove('EDITOR', deleteBody('a')))
    expect(await gateOf().authorize(unseen)).toMatchObject({ error: { code: 'AccessDenied', reason: expect.stringMatching(/body/) } })
  })

  test.each([
    ['no document', '', 'MissingRequestBodyError'],
    ['a broken one', '<Delete>', 'MalformedXML'],
  ])('%s', async (_, body, expected) => {
    expect(await said(remove('EDITOR', body))).toBe(expected)
  })
})

describe('what the embedder may tell', () => {
  test.each<[what: string, sent: Sent, may: boolean]>([
    ['a key that may list', { target: '/plain/a', key: 'EDITOR' }, true],
    ['a key that may only read', { target: '/plain/a', key: 'COPIER' }, false],
    ['nobody', {}, false],
  ])('that an object is missing: %s', async (_, sent, may) => {
    expect(await (await permittedOf(sent)).mayLearnThatMissing()).toBe(may)
  })

  test('headers that need a permission of their own', async () => {
    const hiddenFrom = async (key: string): Promise<readonly string[]> => (await permittedOf({ target: '/plain/a', key })).hiddenHeaders()
    expect(await hiddenFrom('COPIER')).toContain('x-amz-tagging-count')
    expect(await hiddenFrom('EDITOR')).not.toContain('x-amz-tagging-count')
  })
})

test('a refusal explains itself, to the operator alone', async () => {
  const refused = await refusedOf({ method: 'DELETE', target: '/photos/originals/a', key: 'EDITOR' })
  expect(refused.refusal?.decision).toMatchObject({ verdict: 'ExplicitDeny', statement: { index: 1 } })
  expect(refused.explain()?.policy.kind).toBe('statements')
  expect(JSON.stringify(refused.error)).not.toContain('Originals')
})
