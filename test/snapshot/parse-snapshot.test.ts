import { describe, expect, test } from 'vitest'
import { formatPath } from '../../src/policy/json-path.js'
import { nothingBlocked, publicAccessSettings } from '../../src/public-access/public-access-block.js'
import { type ParsedSnapshot, parseSnapshot } from '../../src/snapshot/parse-snapshot.js'
import type { Snapshot } from '../../src/snapshot/snapshot.js'

const OWNER = '111122223333'
const readable = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
}

function problems({ diagnostics }: Pick<ParsedSnapshot, 'diagnostics'>): readonly string[] {
  return diagnostics.map(({ code, severity, path, message }) => `${severity} ${code} ${formatPath(path)}: ${message}`)
}

function read(json: string | object): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(JSON.stringify(diagnostics))
  return snapshot
}

/** For each bucket: `readable`, `none`, or the problems of its policy. */
function policies(json: string | object): Readonly<Record<string, string | readonly string[]>> {
  const rows = [...read(json).buckets.values()].map(({ name, policy }) => {
    if (policy === undefined) return [name, 'none'] as const
    return [name, policy.policy === undefined ? problems(policy) : 'readable'] as const
  })
  return Object.fromEntries(rows)
}

describe('a snapshot without problems', () => {
  test('from an object and from text is the same', () => {
    const json = {
      buckets: [{ name: 'b', owner: OWNER, policy: readable, publicAccessBlock: { BlockPublicPolicy: true } }],
      keys: [{ accessKey: 'k', account: OWNER, grants: [] }],
      accounts: [{ id: OWNER, canonicalId: 'c', publicAccessBlock: { RestrictPublicBuckets: true } }],
    }
    const fromText = parseSnapshot(JSON.stringify(json))
    expect(parseSnapshot(json)).toEqual(fromText)
    expect(fromText.diagnostics).toEqual([])
    const { buckets, keys, accounts } = read(json)
    expect([...buckets.keys(), ...keys.keys(), ...accounts.keys()]).toEqual(['b', 'k', OWNER])
    expect(buckets.get('b')).toMatchObject({ name: 'b', owner: OWNER, publicAccessBlock: { ...nothingBlocked, BlockPublicPolicy: true } })
    expect(buckets.get('b')?.policy?.policy?.Statement).toHaveLength(1)
    expect(keys.get('k')).toMatchObject({ accessKey: 'k', account: OWNER, status: 'active' })
    expect(accounts.get(OWNER)).toStrictEqual({
      id: OWNER,
      canonicalId: 'c',
      publicAccessBlock: { ...nothingBlocked, RestrictPublicBuckets: true },
    })
  })

  test('everything may be left out', () => {
    expect(parseSnapshot({})).toEqual({ snapshot: { buckets: new Map(), keys: new Map(), accounts: new Map() }, diagnostics: [] })
    const { buckets, accounts } = read({ buckets: [{ name: 'b', owner: '1' }], accounts: [{ id: '1' }] })
    expect(buckets.get('b')).toStrictEqual({ name: 'b', owner: '1', publicAccessBlock: nothingBlocked })
    expect(accounts.get('1')).toStrictEqual({ id: '1', publicAccessBlock: nothingBlocked })
  })

  test('editors may write $schema', () => {
    expect(parseSnapshot({ $schema: 'https://example.com/snapshot.schema.json', buckets: [] }).diagnostics).toEqual([])
  })

  test.each(['__proto__', 'constructor', 'toString', '*', '\u{1F600}', 'A B', 'UPPER'])('any text is a name: %s', (name) => {
    const json = JSON.stringify({
      buckets: [{ name, owner: name }],
      keys: [{ accessKey: name, account: name, grants: [] }],
      accounts: [{ id: name }],
    })
    const { buckets, keys, accounts } = read(json)
    expect(buckets.get(name)).toMatchObject({ name, owner: name })
    expect(keys.get(name)?.accessKey).toBe(name)
    expect(accounts.get(name)?.id).toBe(name)
    expect(buckets.size + keys.size + accounts.size).toBe(3)
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })

  test('a warning leaves it readable', () => {
    const { snapshot, diagnostics } = parseSnapshot({
      keys: [{ accessKey: 'k', account: '1', grants: [{ bucket: 'b', actions: ['s3:Frobnicate'] }] }],
    })
    expect(diagnostics.map(({ code, severity, path }) => [code, severity, formatPath(path)])).toEqual([
      ['unknown-action', 'warning', '$.keys[0].grants[0].actions[0]'],
    ])
    expect(snapshot?.keys.size).toBe(1)
  })
})

describe('problems of its own form', () => {
  const bucket = { name: 'b', owner: '1' }
  test.each<[string, string | object, readonly string[]]>([
    ['no JSON', '{"buckets": [', ['error invalid-json $.buckets[0]: expected a value, found the end of the text']],
    ['the empty text', '', ['error invalid-json $: expected a value, found the end of the text']],
    ['two documents', '{}{}', ['error invalid-json $: text after the end of the document']],
    ['no object', [], ['error wrong-type $: a snapshot must be an object, found an array']],
    ['null', 'null', ['error wrong-type $: a snapshot must be an object, found null']],
    ['an unknown member', { bucket: [] }, ['error unknown-member $.bucket: a snapshot has no member `bucket`']],
    ['a member twice', '{"keys": [], "keys": []}', ['error duplicate-member $.keys: `keys` appears twice in the same object']],
    ['buckets that are no list', { buckets: {} }, ['error wrong-type $.buckets: buckets must be an array, found an object']],
    ['keys that are no list', { keys: null }, ['error wrong-type $.keys: keys must be an array, found null']],
    ['accounts that are no list', { accounts: 'x' }, ['error wrong-type $.accounts: accounts must be an array, found text']],
    ['a bucket that is no object', { buckets: ['b'] }, ['error wrong-type $.buckets[0]: a bucket must be an object, found text']],
    ['a key that is no object', { keys: ['b'] }, ['error wrong-type $.keys[0]: a key must be an object, found text']],
    ['an account that is no object', { accounts: [1] }, ['error wrong-type $.accounts[0]: an account must be an object, found a number']],
    ['a bucket without name', { buckets: [{ owner: '1' }] }, ['error missing-member $.buckets[0]: `name` is missing']],
    [
      'buckets and accounts without names, which are not the same',
      { buckets: [{ owner: '1' }, { owner: '1' }], accounts: [{}, {}] },
      [
        'error missing-member $.buckets[0]: `name` is missing',
        'error missing-member $.buckets[1]: `name` is missing',
        'error missing-member $.accounts[0]: `id` is missing',
        'error missing-member $.accounts[1]: `id` is missing',
      ],
    ],
    ['a bucket without owner', { buckets: [{ name: 'b' }] }, ['error missing-member $.buckets[0]: `owner` is missing']],
    [
      'an empty name and owner',
      { buckets: [{ name: '', owner: '' }] },
      ['error invalid-value $.buckets[0].name: name must not be empty', 'error invalid-value $.buckets[0].owner: owner must not be empty'],
    ],
    [
      'an owner that is a number',
      { buckets: [{ name: 'b', owner: 1 }] },
      ['error wrong-type $.buckets[0].owner: owner must be text, found a number'],
    ],
    [
      'an unknown member of a bucket',
      { buckets: [{ ...bucket, acl: 1 }] },
      ['error unknown-member $.buckets[0].acl: a bucket has no member `acl`'],
    ],
    [
      'the same bucket twice',
      { buckets: [bucket, { ...bucket, owner: '2' }] },
      ['error duplicate-name $.buckets[1]: `b` is in buckets twice'],
    ],
    [
      'the same key twice',
      { keys: [1, 2, 3].map(() => ({ accessKey: 'k', account: '1', grants: [] })) },
      ['error duplicate-name $.keys[1]: `k` is in keys twice', 'error duplicate-name $.keys[2]: `k` is in keys twice'],
    ],
    ['the same account twice', { accounts: [{ id: '1' }, { id: '1' }] }, ['error duplicate-name $.accounts[1]: `1` is in accounts twice']],
    ['an account without id', { accounts: [{}] }, ['error missing-member $.accounts[0]: `id` is missing']],
    ['an account with an empty id', { accounts: [{ id: '' }] }, ['error invalid-value $.accounts[0].id: id must not be empty']],
    [
      'an empty canonical id',
      { accounts: [{ id: '1', canonicalId: '' }] },
      ['error invalid-value $.accounts[0].canonicalId: canonicalId must not be empty'],
    ],
    [
      'a canonical id that is no text',
      { accounts: [{ id: '1', canonicalId: 5 }] },
      ['error wrong-type $.accounts[0].canonicalId: canonicalId must be text, found a number'],
    ],
    [
      'an unknown member of an account',
      { accounts: [{ id: '1', name: 'x' }] },
      ['error unknown-member $.accounts[0].name: an account has no member `name`'],
    ],
    [
      'a block that is no object',
      { buckets: [{ ...bucket, publicAccessBlock: true }] },
      ['error wrong-type $.buckets[0].publicAccessBlock: publicAccessBlock must be an object, found a boolean'],
    ],
    [
      'a setting that does not exist',
      { accounts: [{ id: '1', publicAccessBlock: { BlockEverything: true } }] },
      ['error unknown-member $.accounts[0].publicAccessBlock.BlockEverything: publicAccessBlock has no member `BlockEverything`'],
    ],
    [
      'a setting that is no boolean',
      { buckets: [{ ...bucket, publicAccessBlock: { BlockPublicAcls: 'true' } }] },
      ['error wrong-type $.buckets[0].publicAccessBlock.BlockPublicAcls: BlockPublicAcls must be `true` or `false`, found text'],
    ],
    [
      'half a character',
      '{"buckets":[{"name":"\\ud800","owner":"1"}]}',
      ['error lone-surrogate $.buckets[0].name: text holds half of a surrogate pair, which is no character'],
    ],
    [
      'problems everywhere',
      { buckets: [{ name: 'b' }, 5], keys: [{}], accounts: [{}] },
      [
        'error missing-member $.buckets[0]: `owner` is missing',
        'error wrong-type $.buckets[1]: a bucket must be an object, found a number',
        'error missing-member $.keys[0]: `accessKey` is missing',
        'error missing-member $.keys[0]: `account` is missing',
        'error missing-member $.accounts[0]: `id` is missing',
      ],
    ],
  ])('%s', (_, json, expected) => {
    const parsed = parseSnapshot(json)
    expect(problems(parsed)).toEqual(expected)
    expect(parsed).not.toHaveProperty('snapshot')
  })

  test('their places are in the text', () => {
    const { diagnostics } = parseSnapshot('{\n  "buckets": [\n    { "name": "b" }\n  ]\n}')
    expect(diagnostics[0]?.span.start).toEqual({ offset: 21, line: 3, column: 5 })
  })
})

describe('the public access block', () => {
  const block = (publicAccessBlock: object) => {
    return read({ buckets: [{ name: 'b', owner: '1', publicAccessBlock }] }).buckets.get('b')?.publicAccessBlock
  }

  test.each(publicAccessSettings)('%s, in capitals or with a small letter first', (name) => {
    const small = name.slice(0, 1).toLowerCase() + name.slice(1)
    expect(block({ [name]: true })).toEqual({ ...nothingBlocked, [name]: true })
    expect(block({ [small]: true })).toEqual({ ...nothingBlocked, [name]: true })
    expect(block({ [name]: false })).toEqual(nothingBlocked)
    expect(block({ [name]: true, [small]: false })).toEqual({ ...nothingBlocked, [name]: true })
    expect(block({ [name]: false, [small]: true })).toEqual({ ...nothingBlocked, [name]: true })
    expect(parseSnapshot({ accounts: [{ id: '1', publicAccessBlock: { [name.toUpperCase()]: true } }] }).diagnostics).toMatchObject([
      { code: 'unknown-member' },
    ])
  })

  test('the empty block blocks nothing', () => {
    expect(block({})).toEqual(nothingBlocked)
  })
})

describe('quarantine: a policy without meaning is its bucket’s problem alone', () => {
  const bad = { ...readable, Statment: [] }
  const others = [
    { name: 'before', owner: '1', policy: readable },
    { name: 'after', owner: '1' },
  ] as const
  const among = (policy: unknown) => ({ buckets: [others[0], { name: 'bad', owner: '1', policy }, others[1]] })

  test.each<[string, unknown, readonly string[]]>([
    ['an object with an unknown element', bad, ['error unknown-element $.buckets[1].policy.Statment: a policy has no member `Statment`']],
    ['text with an unknown element', JSON.stringify(bad), ['error unknown-element $.Statment: a policy has no member `Statment`']],
    ['an empty object', {}, ['error missing-statement $.buckets[1].policy: a policy needs `Statement`']],
    ['the empty text', '', ['error not-an-object $: a policy is a JSON object']],
    ['text that is no JSON', '{"Statement": ', ['error invalid-json $.Statement: expected a value, found the end of the text']],
    ['null', null, ['error wrong-type $.buckets[1].policy: a policy must be an object, found null']],
    ['a list', [], ['error wrong-type $.buckets[1].policy: a policy must be an object, found an array']],
    ['a number', 5, ['error wrong-type $.buckets[1].policy: a policy must be an object, found a number']],
    [
      'text with a member twice',
      '{"Statement": [], "Statement": []}',
      ['error duplicate-member $.Statement: `Statement` appears twice in the same object'],
    ],
    [
      'text that nests too deep',
      `{"Statement": ${'['.repeat(64)}`,
      [`error nesting-too-deep $.Statement${'[0]'.repeat(63)}: nested deeper than 64 levels`],
    ],
  ])('%s', (_, policy, expected) => {
    expect(policies(among(policy))).toEqual({ before: 'readable', bad: expected, after: 'none' })
    expect(parseSnapshot(among(policy)).diagnostics).toEqual([])
    expect(read(among(policy)).buckets.get('bad')?.policy).not.toHaveProperty('policy')
  })

  test.each<[string, string, readonly string[]]>([
    [
      'in the policy',
      '{"Statement": [], "Statement": []}',
      ['error duplicate-member $.buckets[1].policy.Statement: `Statement` appears twice in the same object'],
    ],
    [
      'in a condition',
      '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a": "1", "a": "2"}}}}',
      ['error duplicate-member $.buckets[1].policy.Statement.Condition.Bool.a: `a` appears twice in the same object'],
    ],
    [
      'half a character',
      '{"Id": "\\ud800", "Statement": []}',
      ['error lone-surrogate $.buckets[1].policy.Id: text holds half of a surrogate pair, which is no character'],
    ],
  ])('a problem of the JSON inside a policy object: %s', (_, policy, expected) => {
    const json = `{"buckets": [${JSON.stringify(others[0])}, {"name": "bad", "owner": "1", "policy": ${policy}}, ${JSON.stringify(others[1])}]}`
    expect(policies(json)).toEqual({ before: 'readable', bad: expected, after: 'none' })
    expect(parseSnapshot(json).diagnostics).toEqual([])
  })

  test('half a character inside a policy text', () => {
    const json = `{"buckets": [${JSON.stringify(others[0])}, {"name": "bad", "owner": "1", "policy": "{\\"Id\\": \\"\\ud800\\", \\"Statement\\": []}"}]}`
    expect(problems(parseSnapshot(json))).toEqual([])
    expect(Object.keys(policies(json))).toEqual(['before', 'bad'])
    expect(read(json).buckets.get('bad')?.policy?.policy).toBeUndefined()
  })

  test('two bad buckets have their own problems each', () => {
    const json = `{"buckets": [
      {"name": "one", "owner": "1", "policy": {"Statement": [], "Statement": []}},
      {"name": "good", "owner": "1", "policy": ${JSON.stringify(readable)}},
      {"name": "two", "owner": "1", "policy": {"Id": 5, "Statement": [], "Id": 6}}
    ]}`
    expect(policies(json)).toEqual({
      one: ['error duplicate-member $.buckets[0].policy.Statement: `Statement` appears twice in the same object'],
      good: 'readable',
      two: [
        'error duplicate-member $.buckets[2].policy.Id: `Id` appears twice in the same object',
        'error wrong-type $.buckets[2].policy.Id: Id must be text, found a number',
      ],
    })
  })

  test('a member twice beside the policy is the snapshot’s problem', () => {
    const json = '{"buckets": [{"name": "b", "name": "b", "owner": "1", "policy": {"Statement": [], "Statement": []}}]}'
    expect(problems(parseSnapshot(json))).toEqual(['error duplicate-member $.buckets[0].name: `name` appears twice in the same object'])
  })

  test.each([
    ['objects', '{"Statement": []}'],
    ['texts', '"{\\"Statement\\": []}"'],
  ])('two policies of one bucket, as %s, are never both forgotten', (_, policy) => {
    const { snapshot } = parseSnapshot(`{"buckets": [{"name": "b", "owner": "1", "policy": ${policy}, "policy": ${policy}}]}`)
    expect(snapshot?.buckets.get('b')?.policy?.policy).toBeUndefined()
  })

  test('a policy that S3 would refuse is readable', () => {
    const refused = { Statement: { Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: 's3:Nope', Resource: 'nowhere' } }
    expect(policies(among(refused))).toEqual({ before: 'readable', bad: 'readable', after: 'none' })
    expect(policies(among(` ${JSON.stringify(readable)}`))).toEqual({ before: 'readable', bad: 'readable', after: 'none' })
    expect(read(among(` ${JSON.stringify(readable)}`)).buckets.get('bad')?.policy?.diagnostics).toMatchObject([
      { code: 'leading-space', severity: 'refused' },
    ])
  })

  test('the places of a policy’s problems: in the snapshot, or in its own text', () => {
    const object = read('{"buckets": [\n{"name": "b", "owner": "1", "policy": {}}]}').buckets.get('b')?.policy
    const text = read('{"buckets": [\n{"name": "b", "owner": "1", "policy": "{}"}]}').buckets.get('b')?.policy
    expect(object?.diagnostics[0]?.span.start).toMatchObject({ line: 2, column: 39 })
    expect(text?.diagnostics[0]?.span.start).toMatchObject({ line: 1, column: 1 })
  })
})
