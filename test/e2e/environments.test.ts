import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { Principal } from '../../src/request/principal.js'
import { play, type Row } from './play.js'
import { type Stage, startStage } from './stage.js'
import { workedExample } from './worked-example.js'

const ELI = 'DO00DEVELOPERELI0001'
const SHIPPER = 'DO00LOGSHIPPER000001'
const PIPELINE = 'TEMPPIPELINE00000001'
const PATHLESS = 'TEMPPIPELINE00000002'
const TESTER = 'TEMPTESTER0000000001'
const GLASS = 'USERBREAKGLASS000001'
const GLASS_MFA = 'USERBREAKGLASS000002'
const ROOT = 'ROOTOFTHEACCOUNT0001'
const ANONYMOUS = ''

/** Callers with credentials of AWS's kind: who they are is the business of whoever embeds grantree. */
const principals: Readonly<Record<string, Principal>> = {
  [PIPELINE]: sessionOf('deployer', 'arn:aws:iam::444455556666:role/pipelines/deployer'),
  [PATHLESS]: sessionOf('deployer'),
  [TESTER]: sessionOf('tester', 'arn:aws:iam::444455556666:role/pipelines/tester'),
  [GLASS]: { kind: 'aws', arn: 'arn:aws:iam::111122223333:user/break-glass' },
  [GLASS_MFA]: { kind: 'aws', arn: 'arn:aws:iam::111122223333:user/break-glass' },
  [ROOT]: { kind: 'aws', arn: 'arn:aws:iam::111122223333:root' },
}

const objects = {
  'app-dev/x': 'of development',
  'app-staging/app/index.js': 'of staging',
  'app-staging/app/old.js': 'old',
  'app-prod/logs/2026-06-01.gz': 'a log',
  'app-prod/releases/4.2.0.tar.gz': 'a release',
  'app-prod/config.json': '{}',
}

let stage: Stage

beforeAll(async () => {
  stage = await startStage(inject('ground'), {
    name: 'environments',
    snapshot: workedExample('environments'),
    objects,
    otherKeys: Object.keys(principals),
    principalOf: ({ accessKey = '' }) => principals[accessKey] ?? { kind: 'key', accessKey },
    // Only who was there when the session began knows of MFA.
    lookUp: ({ principal }, keys) =>
      keys.includes('aws:MultiFactorAuthPresent') && (principal === principals[GLASS] || principal === principals[GLASS_MFA])
        ? { 'aws:MultiFactorAuthPresent': String(principal === principals[GLASS_MFA]) }
        : {},
  })
})

afterAll(() => stage?.stop())

beforeEach(() => stage.restore())

test.each<Row>([
  ['aws-sdk', 'nginx', 'http', ELI, 'get app-dev/x', 'allowed'],
  ['s3cmd', 'caddy', 'https', ELI, 'put app-dev/y', 'allowed'],
  ['rclone', 'nginx', 'http', ELI, 'delete app-dev/x', 'allowed'],
  ['boto3', 'caddy', 'http', ELI, 'get app-staging/app/index.js', 'allowed'],
  ['awscli', 'nginx', 'https', ELI, 'put app-staging/app/index.js', 'AccessDenied'],
  ['s3cmd', 'nginx', 'https', ELI, 'delete app-staging/app/old.js', 'AccessDenied'],
  ['rclone', 'caddy', 'https', ELI, 'get app-prod/logs/2026-06-01.gz', 'allowed'],
  ['rclone', 'caddy', 'http', ELI, 'get app-prod/logs/2026-06-01.gz', 'AccessDenied'],
  ['awscli', 'caddy', 'https', ELI, 'presigned-get app-prod/logs/2026-06-01.gz', 'allowed'],
  ['aws-sdk', 'nginx', 'https', ELI, 'presigned-get app-prod/releases/4.2.0.tar.gz', 'AccessDenied'],
  ['s3cmd', 'nginx', 'https', ELI, 'list app-prod/logs/', 'allowed'],
  ['curl', 'nginx', 'https', ELI, 'list app-prod/', 'AccessDenied'],
  ['boto3', 'nginx', 'https', ELI, 'put app-prod/releases/4.3.0.tar.gz', 'AccessDenied'],
  ['curl', 'caddy', 'https', ELI, 'delete app-prod/logs/2026-06-01.gz', 'AccessDenied'],
  ['curl', 'nginx', 'https', SHIPPER, 'put app-prod/logs/2026-06-02.gz', 'allowed'],
  ['boto3', 'caddy', 'https', SHIPPER, 'get app-prod/logs/2026-06-01.gz', 'AccessDenied'],
  ['rclone', 'nginx', 'https', SHIPPER, 'put-in-parts app-prod/releases/4.3.0.tar.gz', 'AccessDenied'],
  ['aws-sdk', 'caddy', 'http', PIPELINE, 'put app-staging/app/new.js', 'allowed'],
  ['aws-sdk', 'nginx', 'http', PIPELINE, 'delete app-staging/app/old.js', 'allowed'],
  ['awscli', 'nginx', 'https', PIPELINE, 'put-in-parts app-prod/releases/4.3.0.tar.gz', 'allowed'],
  ['aws-sdk', 'caddy', 'https', PIPELINE, 'list app-prod/releases/', 'allowed'],
  ['aws-sdk', 'nginx', 'http', PIPELINE, 'put app-prod/releases/4.3.0.tar.gz', 'AccessDenied'],
  ['s3cmd', 'caddy', 'https', PIPELINE, 'put app-prod/config.json', 'AccessDenied'],
  ['curl', 'nginx', 'https', PIPELINE, 'delete app-prod/releases/4.2.0.tar.gz', 'AccessDenied'],
  ['curl', 'nginx', 'http', PATHLESS, 'put app-staging/app/new.js', 'allowed'],
  ['curl', 'nginx', 'https', PATHLESS, 'put app-prod/releases/4.3.0.tar.gz', 'AccessDenied'],
  ['curl', 'caddy', 'http', TESTER, 'put app-staging/app/new.js', 'AccessDenied'],
  ['rclone', 'nginx', 'https', GLASS, 'get app-prod/releases/4.2.0.tar.gz', 'allowed'],
  ['s3cmd', 'caddy', 'https', GLASS, 'put app-prod/releases/4.2.0.tar.gz', 'allowed'],
  ['s3cmd', 'nginx', 'https', GLASS, 'delete app-prod/releases/4.2.0.tar.gz', 'AccessDenied'],
  ['s3cmd', 'nginx', 'https', GLASS_MFA, 'delete app-prod/releases/4.2.0.tar.gz', 'allowed'],
  ['curl', 'caddy', 'http', GLASS_MFA, 'delete app-prod/releases/4.2.0.tar.gz', 'AccessDenied'],
  ['curl', 'nginx', 'https', ROOT, 'put app-prod/releases/4.3.0.tar.gz', 'AccessDenied'],
  ['curl', 'nginx', 'https', ROOT, 'delete app-prod/releases/4.2.0.tar.gz', 'AccessDenied'],
  ['curl', 'caddy', 'https', ANONYMOUS, 'get app-prod/releases/4.2.0.tar.gz', 'AccessDenied'],
])('%s through %s, %s: %s may %s: %s', async (...row) => play(stage, row))

test('the policy: break-glass may change it with MFA, root always', async () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::app-prod', 'arn:aws:s3:::app-prod/*'] }],
  }
  const put = { method: 'PUT', target: '/app-prod?policy=', body: Buffer.from(JSON.stringify(policy)) }
  const way = { proxy: 'nginx', scheme: 'https' } as const
  expect(await stage.browser(way, GLASS).signed(put)).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
  expect(await stage.browser(way, PIPELINE).signed(put)).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
  expect(await stage.browser(way, GLASS_MFA).signed(put)).toMatchObject({ ok: true })
  expect(await stage.browser(way, ROOT).signed(put)).toMatchObject({ ok: true })
})

function sessionOf(role: string, roleArn?: string): Principal {
  const arn = `arn:aws:sts::444455556666:assumed-role/${role}/build-1207`
  return { kind: 'aws', arn, identityVerdict: 'Allow', ...(roleArn === undefined ? {} : { roleArn }) }
}
