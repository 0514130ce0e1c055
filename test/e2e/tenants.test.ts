import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { isAccessDenied } from './clients/s3-client.js'
import { play, type Row } from './play.js'
import { type Stage, startStage } from './stage.js'
import { workedExample } from './worked-example.js'

const A = 'DO00TENANTA000000001'
const AB = 'DO00TENANTAB00000001'
const B = 'DO00TENANTB000000001'
const INTAKE = 'DO00TENANTABINGEST01'
const REPORTS = 'DO00TENANTBREPORT001'
const OPERATIONS = 'DO00PLATFORMOPS00001'
const ANONYMOUS = ''

const objects = {
  'tenant-a/x': 'of A',
  'tenant-ab/x': 'of AB',
  'tenant-b/x': 'of B',
  'shared/tenant-a/x': 'of A, shared',
  'shared/tenant-a/2026/report + résumé.txt': 'of A, of this year',
  'shared/tenant-ab/x': 'of AB, shared',
  'shared/tenant-ab/intake/1.csv': 'came in',
  'shared/tenant-b/x': 'of B, shared',
  'shared/tenant-b/reports/06.pdf': 'a report',
  'shared/common/price-list.csv': 'for all',
}

let stage: Stage

beforeAll(async () => {
  stage = await startStage(inject('ground'), { name: 'tenants', snapshot: workedExample('tenants'), objects })
})

afterAll(() => stage?.stop())

beforeEach(() => stage.restore())

test.each<Row>([
  ['aws-sdk', 'nginx', 'http', A, 'get tenant-a/x', 'allowed'],
  ['awscli', 'caddy', 'https', A, 'put tenant-a/new', 'allowed'],
  ['s3cmd', 'caddy', 'http', AB, 'delete tenant-ab/x', 'allowed'],
  ['rclone', 'nginx', 'https', AB, 'delete tenant-ab/x', 'allowed'],
  ['boto3', 'nginx', 'http', AB, 'list tenant-ab/', 'allowed'],
  ['rclone', 'caddy', 'https', A, 'get shared/tenant-a/2026/report + résumé.txt', 'allowed'],
  ['rclone', 'nginx', 'http', A, 'put-in-parts shared/tenant-a/big', 'allowed'],
  ['boto3', 'caddy', 'http', A, 'put-in-parts shared/tenant-a/big', 'allowed'],
  ['curl', 'caddy', 'https', A, 'copy shared/tenant-a/x to tenant-a/y', 'allowed'],
  ['aws-sdk', 'nginx', 'https', A, 'list shared/tenant-a/', 'allowed'],
  ['s3cmd', 'nginx', 'http', A, 'list shared/tenant-a/2026/', 'allowed'],
  ['rclone', 'nginx', 'http', A, 'presigned-get shared/tenant-a/x', 'allowed'],
  ['aws-sdk', 'nginx', 'http', A, 'get shared/tenant-ab/x', 'AccessDenied'],
  ['awscli', 'nginx', 'http', A, 'put shared/tenant-ab/x', 'AccessDenied'],
  ['s3cmd', 'caddy', 'https', A, 'delete shared/tenant-ab/x', 'AccessDenied'],
  ['rclone', 'caddy', 'http', A, 'list shared/tenant-ab/', 'AccessDenied'],
  ['curl', 'nginx', 'https', A, 'list shared/tenant-a', 'AccessDenied'],
  ['curl', 'caddy', 'http', A, 'list shared/', 'AccessDenied'],
  ['curl', 'nginx', 'http', A, 'copy shared/tenant-b/x to tenant-a/stolen', 'AccessDenied'],
  ['boto3', 'caddy', 'https', AB, 'presigned-get shared/tenant-a/x', 'AccessDenied'],
  ['rclone', 'caddy', 'https', AB, 'put shared/tenant-a/new', 'AccessDenied'],
  ['aws-sdk', 'caddy', 'http', B, 'put-in-parts shared/tenant-ab/big', 'AccessDenied'],
  ['s3cmd', 'nginx', 'https', B, 'get shared/common/price-list.csv', 'allowed'],
  ['awscli', 'nginx', 'https', B, 'presigned-get shared/common/price-list.csv', 'allowed'],
  ['curl', 'nginx', 'http', B, 'put shared/common/price-list.csv', 'AccessDenied'],
  ['curl', 'nginx', 'http', ANONYMOUS, 'get shared/common/price-list.csv', 'AccessDenied'],
  ['aws-sdk', 'nginx', 'http', INTAKE, 'put shared/tenant-ab/intake/2.csv', 'allowed'],
  ['curl', 'caddy', 'http', INTAKE, 'get shared/tenant-ab/intake/1.csv', 'AccessDenied'],
  ['boto3', 'nginx', 'https', INTAKE, 'put shared/tenant-ab/y', 'AccessDenied'],
  ['aws-sdk', 'caddy', 'https', REPORTS, 'presigned-get shared/tenant-b/reports/06.pdf', 'allowed'],
  ['curl', 'caddy', 'https', REPORTS, 'delete shared/tenant-b/reports/06.pdf', 'AccessDenied'],
  ['rclone', 'nginx', 'http', OPERATIONS, 'get tenant-a/x', 'allowed'],
  ['s3cmd', 'caddy', 'http', OPERATIONS, 'get tenant-b/x', 'AccessDenied'],
  ['curl', 'nginx', 'http', OPERATIONS, 'delete tenant-b/x', 'allowed'],
])('%s through %s, %s: %s may %s: %s', async (...row) => play(stage, row))

test.each(['nginx', 'caddy'] as const)('a bucket in the host is the same bucket through %s', async (proxy) => {
  const endpoint = new URL(stage.browser({ proxy, scheme: 'http' }).endpoint)
  const virtual = { endpoint: `http://localhost:${endpoint.port}`, addressing: 'virtual' } as const
  const ofA = stage.client('aws-sdk', A, { proxy, scheme: 'http' }, virtual)
  expect(await ofA.get('shared', 'tenant-a/x')).toMatchObject({ ok: true, text: 'of A, shared' })
  expect(isAccessDenied(await ofA.get('shared', 'tenant-b/x'))).toBe(true)
  expect(isAccessDenied(await ofA.get('tenant-b', 'x'))).toBe(true)
})

test.each(['nginx', 'caddy'] as const)('a path that steps out of the folder is a key of its own through %s', async (proxy) => {
  const browser = stage.browser({ proxy, scheme: 'http' })
  const { host } = new URL(browser.endpoint)
  const { accessKey, secretKey: secret } = stage.keysOf(A)
  const presigned = (target: string) => {
    const signer = { accessKey, secret, region: 'us-east-1', time: Date.now() }
    const url = String(presignUrl({ ...signer, method: 'GET', scheme: 'http', host, target, expires: 300 }, nodeHashing))
    return browser.send({ target: url.slice(browser.endpoint.length) })
  }
  // Allowed, for it is a key below `tenant-a/`, and the gateway has no such object: it must not be tidied into that of tenant B.
  for (const target of [
    '/shared/tenant-a/../tenant-b/x',
    '/shared/tenant-a/%2E%2E/tenant-b/x',
    '/shared/tenant-a%2F..%2Ftenant-b%2Fx',
    '/shared/tenant-a//x',
  ]) {
    expect(await presigned(target), target).toMatchObject({ ok: false, status: 404, code: 'NoSuchKey' })
  }
  expect(await presigned('/shared/%74enant-a%2Fx')).toMatchObject({ ok: true, text: 'of A, shared' })
  for (const target of ['/shared/%74enant-b/x', '/shared/tenant-b%2Fx', '/shared/../tenant-b/x', '//shared/tenant-a/x']) {
    expect(await presigned(target), target).toMatchObject({ ok: false })
    expect(stage.deciders.takeLog().at(-1)?.outcome, target).toBe('refused')
  }
})
