import { bench, describe } from 'vitest'
import { evaluate, parsePolicy, parseRequest, parseSnapshot } from '../src/index.js'

/** A policy of 100 statements, about 20 KB: the most that S3 stores. */
const policy = {
  Version: '2012-10-17',
  Statement: Array.from({ length: 100 }, (_, index) => ({
    Sid: `Statement${index}`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::111122223333:user/user${index}` },
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: `arn:aws:s3:::bench/home/${index}/*`,
  })),
}
const text = JSON.stringify(policy)
const { snapshot } = parseSnapshot({ buckets: [{ name: 'bench', owner: '111122223333', policy }] })
const { request } = parseRequest({
  principal: { kind: 'aws', arn: 'arn:aws:iam::111122223333:user/user99' },
  action: 's3:GetObject',
  bucket: 'bench',
  key: 'home/99/a.txt',
})
if (snapshot === undefined || request === undefined) throw new Error('the benchmark has an invalid input')
if (evaluate(snapshot, request).verdict !== 'Allow') throw new Error('the benchmark has a wrong answer')

describe(`reading a policy of ${text.length} characters`, () => {
  bench('JSON.parse, the floor', () => {
    JSON.parse(text)
  })
  bench('parsePolicy, with positions and diagnostics', () => {
    parsePolicy(text)
  })
})

describe('deciding on 100 statements', () => {
  bench('evaluate, the reference evaluator', () => {
    evaluate(snapshot, request)
  })
})
