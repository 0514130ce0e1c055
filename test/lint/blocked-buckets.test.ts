import { describe, expect, test } from 'vitest'
import { publicAccess } from '../../src/analyze.js'
import { parsePolicy } from '../../src/index.js'
import { allRules, lintFound, readSource } from '../../src/lint.js'

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/*' }],
}
const all = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }
const none = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false }
const bucket = { name: 'photos', owner: '111122223333', policy }
const active = allRules.map((rule) => ({ rule, severity: rule.meta.severity, options: {} }))

async function rulesFor(snapshot: object): Promise<readonly string[]> {
  const { found } = await readSource({ path: 'snapshot.json', text: JSON.stringify(snapshot) })
  return found.flatMap((each) => lintFound(each, active).findings).map(({ rule }) => rule)
}

describe('a policy that lets everybody read', () => {
  test.each<[string, object, boolean]>([
    ['without a block', { buckets: [bucket] }, true],
    ['where the bucket restricts it', { buckets: [{ ...bucket, publicAccessBlock: all }] }, false],
    ['where the account does', { buckets: [bucket], accounts: [{ id: '111122223333', publicAccessBlock: all }] }, false],
    ['where another account does', { buckets: [bucket], accounts: [{ id: '444455556666', publicAccessBlock: all }] }, true],
    ['where only new policies are refused', { buckets: [{ ...bucket, publicAccessBlock: { ...none, BlockPublicPolicy: true } }] }, true],
  ])('%s', async (_, snapshot, isPublic) => {
    expect((await rulesFor(snapshot)).includes('public-read')).toBe(isPublic)
  })

  test('the analyser knows of the block: only services are left', () => {
    const { policy: parsed } = parsePolicy(JSON.stringify(policy))
    if (parsed === undefined) throw new Error('the policy has no errors')
    const caller = (publicAccessBlock: typeof all) =>
      publicAccess({ policy: parsed, publicAccessBlock })[0]?.witness?.request.principal.kind
    expect([caller(all), caller(none)]).toEqual(['service', 'anonymous'])
  })
})
