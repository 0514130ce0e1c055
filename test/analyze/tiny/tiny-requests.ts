import { actions as catalogue } from '../../../src/catalog/actions.js'
import { carriesKey, isKeyOfActions } from '../../../src/catalog/carried-keys.js'
import type { AuthorizationRequest, ContextRecord, Principal } from '../../../src/index.js'

const callers: readonly Principal[] = [
  { kind: 'anonymous' },
  ...['1', '2', '3', '4'].flatMap((account): readonly Principal[] => [
    { kind: 'aws', arn: `arn:aws:iam::${account}:user/a`, identityVerdict: 'Allow' },
    { kind: 'aws', arn: `arn:aws:iam::${account}:user/z`, identityVerdict: 'Allow' },
  ]),
  { kind: 'aws', arn: 'arn:aws:iam::1:user/a' },
  { kind: 'aws', arn: 'arn:aws:iam::1:user/z' },
  { kind: 'aws', arn: 'arn:aws:sts::2:assumed-role/r/s', roleArn: 'arn:aws:iam::2:role/r', identityVerdict: 'Allow' },
  { kind: 'service', service: 's' },
  { kind: 'service', service: 't' },
]

const objects = ['a', 'b', 'c', 'aa', 'ab', 'ba', 'bb', 'ac', 'cb', 'aab', 'acb', 'abc', 'cba', 'ccc']

const values: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  'aws:SourceIp': [undefined, '10.0.0.0', '10.0.0.2', '10.0.0.3', '11.0.0.1', '2001:db8::1'],
  'aws:SecureTransport': ['true', 'false'],
  's3:prefix': [undefined, '', 'a', 'A', 'ab', 'aB', 'b'],
  's3:max-keys': [undefined, '4', '5', '6'],
  's3:RequestObjectTagKeys': [undefined, ['a'], ['c'], ['a', 'b'], ['a', 'c']],
}

/** Every request that can make a difference to policies that mention these condition keys. */
export function tinyRequests(mentioned: ReadonlySet<string>): readonly AuthorizationRequest[] {
  return ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:GetObjectAcl'].flatMap((action) => {
    const row = catalogue.find(({ name }) => name === action)
    if (row === undefined) throw new Error(action)
    const carried = [...mentioned].filter((key) => key in values && (!isKeyOfActions(key) || carriesKey(row, key)))
    const contexts = carried.reduce<readonly ContextRecord[]>(
      (list, key) =>
        list.flatMap((context) => (values[key] ?? []).map((value) => (value === undefined ? context : { ...context, [key]: value }))),
      [{}],
    )
    const places = row.kind === 'object' ? objects.map((key) => ({ bucket: 'b', key })) : [{ bucket: 'b' }]
    return callers.flatMap((principal) => places.flatMap((place) => contexts.map((context) => ({ principal, action, ...place, context }))))
  })
}
