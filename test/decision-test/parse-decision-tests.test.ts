import { describe, expect, test } from 'vitest'
import { parseDecisionTests } from '../../src/decision-test/parse-decision-tests.js'
import { formatPath } from '../../src/policy/json-path.js'

const request = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'x' }
const plain = { name: 'a case', request, expect: 'Allow' }
const policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: 'arn:aws:s3:::b/*' }] }
const snapshot = {
  buckets: [
    { name: 'b', owner: '1' },
    { name: 'c', owner: '2' },
  ],
}

const show = (diagnostics: ReturnType<typeof parseDecisionTests>['diagnostics']) =>
  diagnostics.map(({ code, severity, path, message, help }) => {
    return `${severity} ${code} ${formatPath(path)}: ${message}${help === undefined ? '' : ` (${help})`}`
  })

const parse = (json: unknown) => parseDecisionTests(typeof json === 'string' ? json : JSON.stringify(json))

/** The one case of a file. */
function parseCase(testCase: object, file: object = {}) {
  const { tests, diagnostics } = parse({ ...file, cases: [testCase] })
  const [first] = tests?.cases ?? []
  if (first === undefined) throw new Error(JSON.stringify(diagnostics))
  return first
}

describe('problems of a file', () => {
  const verdicts = '(use Allow, ExplicitDeny, ImplicitDeny or `{"error": code}`)'
  test.each<[string, unknown, readonly string[]]>([
    ['no JSON', '{"cases":', ['error invalid-json $.cases: expected a value, found the end of the text']],
    ['no object', [], ['error wrong-type $: a decision test file must be an object, found an array']],
    ['no cases', {}, ['error missing-member $: a decision test file needs `cases`']],
    ['cases that are no list', { cases: {} }, ['error wrong-type $.cases: cases must be an array, found an object']],
    [
      'an unknown member',
      { cases: [], tests: [] },
      ['error unknown-member $.tests: a decision test file has no member `tests` (its members are `$schema`, `snapshot`, `cases`)'],
    ],
    ['a case that is no object', { cases: ['x'] }, ['error wrong-type $.cases[0]: a case must be an object, found text']],
    ['a case without name', { cases: [{ ...plain, name: undefined }] }, ['error missing-member $.cases[0]: a case needs `name`']],
    ['a case without request', { cases: [{ ...plain, request: undefined }] }, ['error missing-member $.cases[0]: a case needs `request`']],
    ['a case without expect', { cases: [{ ...plain, expect: undefined }] }, ['error missing-member $.cases[0]: a case needs `expect`']],
    [
      'an empty case',
      { cases: [{}] },
      [
        'error missing-member $.cases[0]: a case needs `name`',
        'error missing-member $.cases[0]: a case needs `request`',
        'error missing-member $.cases[0]: a case needs `expect`',
      ],
    ],
    ['its owner', { cases: [{ ...plain, owner: 1 }] }, ['error wrong-type $.cases[0].owner: owner must be text, found a number']],
    [
      'snapshot and policy',
      { cases: [{ ...plain, snapshot: {}, policy }] },
      ['error invalid-value $.cases[0].policy: a case with `snapshot` has neither `policy` nor `owner`'],
    ],
    [
      'snapshot and owner',
      { cases: [{ ...plain, snapshot: {}, owner: '1' }] },
      ['error invalid-value $.cases[0].owner: a case with `snapshot` has neither `policy` nor `owner`'],
    ],
    [
      'snapshot, policy and owner',
      { cases: [{ ...plain, snapshot: {}, policy, owner: '1' }] },
      [
        'error invalid-value $.cases[0].policy: a case with `snapshot` has neither `policy` nor `owner`',
        'error invalid-value $.cases[0].owner: a case with `snapshot` has neither `policy` nor `owner`',
      ],
    ],
    [
      'an unknown member',
      { cases: [{ ...plain, polcy: {} }] },
      ['error unknown-member $.cases[0].polcy: a case has no member `polcy` (did you mean `policy`?)'],
    ],
    ['a reason that is no text', { cases: [{ ...plain, why: 1 }] }, ['error wrong-type $.cases[0].why: why must be text, found a number']],
    [
      'an unknown member of expect',
      { cases: [{ ...plain, expect: { error: 'x', eror: 'y' } }] },
      ['error unknown-member $.cases[0].expect.eror: expect has no member `eror` (did you mean `error`?)'],
    ],
    ['a name that is no text', { cases: [{ ...plain, name: 1 }] }, ['error wrong-type $.cases[0].name: name must be text, found a number']],
    [
      'a verdict that does not exist',
      { cases: [{ ...plain, expect: 'Deny' }] },
      [`error invalid-value $.cases[0].expect: there is no verdict \`Deny\` ${verdicts}`],
    ],
    [
      'a verdict in small letters',
      { cases: [plain, { ...plain, expect: 'allow' }] },
      [`error invalid-value $.cases[1].expect: there is no verdict \`allow\` ${verdicts}`],
    ],
    [
      'an expect that is a boolean',
      { cases: [{ ...plain, expect: true }] },
      ['error wrong-type $.cases[0].expect: expect must be text, found a boolean'],
    ],
    [
      'an expect that is empty',
      { cases: [{ ...plain, expect: {} }] },
      ['error missing-member $.cases[0].expect: expect needs a verdict or `error`'],
    ],
    [
      'an error that is no text',
      { cases: [{ ...plain, expect: { error: 5 } }] },
      ['error wrong-type $.cases[0].expect.error: error must be text, found a number'],
    ],
    ['an unreadable snapshot', { snapshot: [], cases: [] }, ['error wrong-type $.snapshot: a snapshot must be an object, found an array']],
    [
      'a snapshot with a problem',
      { snapshot: { buckets: [{ name: 'b' }] }, cases: [] },
      ['error missing-member $.snapshot.buckets[0]: `owner` is missing'],
    ],
  ])('%s', (_, json, expected) => {
    const parsed = parse(json)
    expect(show(parsed.diagnostics)).toEqual(expected)
    expect(parsed).not.toHaveProperty('tests')
  })

  test('none', () => {
    expect(parse({ $schema: 'x', snapshot, cases: [] })).toEqual({ tests: { cases: [], snapshot: expect.anything() }, diagnostics: [] })
  })

  test('a quarantined bucket of the file’s snapshot is no problem of the file', () => {
    const parsed = parse({ snapshot: { buckets: [{ name: 'b', owner: '1', policy: '{' }] }, cases: [plain] })
    expect(parsed.diagnostics).toEqual([])
    expect(parsed.tests?.cases[0]?.snapshot?.buckets.get('b')?.policy?.policy).toBeUndefined()
  })

  test('a warning leaves the file readable', () => {
    const grants = [{ bucket: 'b', actions: ['s3:Frobnicate'] }]
    const parsed = parse({ snapshot: { keys: [{ accessKey: 'k', account: '1', grants }] }, cases: [] })
    expect(parsed.diagnostics).toMatchObject([{ code: 'unknown-action', severity: 'warning' }])
    expect(parsed.tests).toBeDefined()
  })
})

describe('a case', () => {
  test('has what it says', () => {
    const { location, snapshot: subject, ...rest } = parseCase({ ...plain, expect: { error: 'missing-key' }, why: 'S13' })
    expect(rest).toStrictEqual({ name: 'a case', errors: [], expect: { error: 'missing-key' }, why: 'S13', request })
    expect(location.path).toEqual(['cases', 0])
    expect(subject).toBeDefined()
    expect(parseCase(plain)).not.toHaveProperty('why')
  })

  test.each(['Allow', 'ExplicitDeny', 'ImplicitDeny'])('expects %s', (verdict) => {
    expect(parseCase({ ...plain, expect: verdict }).expect).toBe(verdict)
  })

  test('knows its line', () => {
    const { tests } = parse(`{\n"cases": [\n${JSON.stringify(plain)},\n  ${JSON.stringify(plain)}]}`)
    expect(tests?.cases.map(({ location }) => [location.span.start.line, location.span.start.column])).toEqual([
      [3, 1],
      [4, 3],
    ])
  })
})

describe('what a case is decided on', () => {
  const owners = (testCase: object, file?: object) => {
    const { buckets } = parseCase(testCase, file).snapshot ?? { buckets: new Map() }
    return [...buckets.values()].map(({ name, owner, policy: own }) => `${name} ${owner}${own === undefined ? '' : ' with policy'}`)
  }
  const nowhere = { ...plain, request: { principal: { kind: 'anonymous' }, action: 's3:ListAllMyBuckets' } }

  test.each<[string, object, object, readonly string[]]>([
    ['nothing: the request’s bucket, of the default owner', plain, {}, ['b 111122223333']],
    ['the file’s snapshot', plain, { snapshot }, ['b 1', 'c 2']],
    ['its own snapshot instead of the file’s', { ...plain, snapshot: { buckets: [{ name: 'd', owner: '4' }] } }, { snapshot }, ['d 4']],
    ['its own snapshot without the file’s', { ...plain, snapshot: { buckets: [{ name: 'd', owner: '4' }] } }, {}, ['d 4']],
    ['its own empty snapshot', { ...plain, snapshot: {} }, { snapshot }, []],
    ['its policy instead of the file’s snapshot', { ...plain, policy }, { snapshot }, ['b 111122223333 with policy']],
    ['its policy', { ...plain, policy }, {}, ['b 111122223333 with policy']],
    ['its policy as text', { ...plain, policy: JSON.stringify(policy) }, {}, ['b 111122223333 with policy']],
    ['its policy and owner', { ...plain, policy, owner: '9' }, {}, ['b 9 with policy']],
    ['its owner instead of the file’s snapshot', { ...plain, owner: '9' }, { snapshot }, ['b 9']],
    ['no bucket in the request', nowhere, {}, []],
    ['no bucket in the request, but a policy', { ...nowhere, policy }, {}, []],
  ])('%s', (_, testCase, file, expected) => {
    expect(owners(testCase, file)).toEqual(expected)
    expect(parseCase(testCase, file).errors).toEqual([])
  })

  test('has no keys and no accounts, and nothing is blocked, where the case has its own bucket', () => {
    const own = parseCase(
      { ...plain, policy },
      { snapshot: { keys: [{ accessKey: 'k', account: '1', grants: [] }], accounts: [{ id: '1' }] } },
    ).snapshot
    expect(own?.keys.size).toBe(0)
    expect(own?.accounts.size).toBe(0)
    expect(own?.buckets.get('b')?.publicAccessBlock).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    })
  })

  test('cases of one file share its snapshot', () => {
    const { tests } = parse({ snapshot, cases: [plain, plain] })
    expect(tests?.cases[0]?.snapshot).toBe(tests?.cases[1]?.snapshot)
  })
})

describe('errors inside a case are the case’s: it has neither snapshot nor request', () => {
  test.each<[string, object, readonly string[]]>([
    [
      'its request',
      { ...plain, request: { ...request, key: undefined } },
      ['error missing-key $.cases[0].request: `s3:GetObject` needs an object (add `key`)'],
    ],
    [
      'its request is no object',
      { ...plain, request: 5 },
      ['error wrong-type $.cases[0].request: a request must be an object, found a number'],
    ],
    [
      'its policy',
      { ...plain, policy: { Statement: [], Version: '2013' } },
      ['error invalid-version $.cases[0].policy.Version: there is no policy version `2013` (use `2012-10-17`)'],
    ],
    ['its policy as text', { ...plain, policy: '[]' }, ['error not-an-object $: a policy is a JSON object']],
    [
      'its snapshot',
      { ...plain, snapshot: { buckets: [{ name: 'b' }] } },
      ['error missing-member $.cases[0].snapshot.buckets[0]: `owner` is missing'],
    ],
  ])('%s', (_, testCase, expected) => {
    const parsed = parseCase(testCase)
    expect(show(parsed.errors)).toEqual(expected)
    expect(parsed).not.toHaveProperty('snapshot')
    expect(parsed).not.toHaveProperty('request')
  })

  test('the other cases of the file are untouched', () => {
    const { tests, diagnostics } = parse({ cases: [plain, { ...plain, policy: {} }, plain] })
    expect(diagnostics).toEqual([])
    expect(tests?.cases.map(({ errors }) => errors.length)).toEqual([0, 1, 0])
  })

  test('a member twice inside a case too', () => {
    const { tests, diagnostics } = parse(`{"cases": [${JSON.stringify(plain)}, {"name": "x", "request": {"principal": {"kind": "anonymous"},
      "action": "s3:ListAllMyBuckets", "action": "s3:ListAllMyBuckets"}, "expect": "Allow"}]}`)
    expect(diagnostics).toEqual([])
    expect(tests?.cases.map(({ errors }) => show(errors))).toEqual([
      [],
      ['error duplicate-member $.cases[1].request.action: `action` appears twice in the same object'],
    ])
  })

  test('what is no error is none of them', () => {
    const refused = { Statement: { Effect: 'Allow', NotPrincipal: { AWS: '1' }, Action: 's3:Nope', Resource: 'x' } }
    expect(parseCase({ ...plain, policy: refused }).errors).toEqual([])
    expect(parseCase({ ...plain, policy: ` ${JSON.stringify(policy)}` }).errors).toEqual([])
    expect(parseCase({ ...plain, request: { ...request, action: 's3:Frobnicate' } }).errors).toEqual([])
  })
})
