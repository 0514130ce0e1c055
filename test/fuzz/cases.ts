import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { presignUrl } from '../../src/sigv4/presign-url.js'
import { keys, NOW, SERVICE, secrets } from './scene.js'
import type { Sent } from './sent.js'

export interface FuzzCase {
  /** What was found, or what an attacker would try first. */
  readonly name: string
  readonly sent: Sent
  /** `permitted`, or the code of the refusal. */
  readonly expected: string
}

type Headers = [string, string][]

function anonymous(method: string, target: string, headers: Headers = []): Sent {
  return { method, target, headers: [['Host', SERVICE], ...headers], body: new Uint8Array(0), time: NOW, secure: true }
}

/** @param headers added on the way: nobody has signed them */
function presigned(method: string, target: string, headers: Headers = []): Sent {
  const [secret = ''] = secrets.get(keys.team) ?? []
  const signer = { accessKey: keys.team, secret, region: 'us-east-1', time: NOW }
  const url = presignUrl({ ...signer, method, host: SERVICE, target, expires: 900 }, nodeHashing)
  return anonymous(method, (url as string).slice(`https://${SERVICE}`.length), headers)
}

export const cases: readonly FuzzCase[] = [
  { name: 'a presigned upload', sent: presigned('PUT', '/open/team/a'), expected: 'permitted' },
  { name: 'what is public', sent: anonymous('GET', '/open/public/a.jpg'), expected: 'permitted' },
  // Found: servers that hand headers on as variables take `_` for `-`, and nobody has signed these.
  { name: 'an ACL in disguise', sent: presigned('PUT', '/open/team/a', [['x_amz_acl', 'public-read']]), expected: 'NotImplemented' },
  { name: 'an ACL half in disguise', sent: presigned('PUT', '/open/team/a', [['X-Amz_Acl', 'public-read']]), expected: 'NotImplemented' },
  { name: 'a source in disguise', sent: presigned('PUT', '/open/team/a', [['X_AMZ_COPY_SOURCE', 'vault/a']]), expected: 'NotImplemented' },
  { name: 'a condition in disguise', sent: anonymous('GET', '/open/public/a.jpg', [['x_amz_date', '']]), expected: 'NotImplemented' },
  // Found: a parameter without a name was taken for none.
  { name: 'a parameter without a name', sent: anonymous('GET', '/open/public/a.jpg?='), expected: 'NotImplemented' },
  { name: 'one with a value', sent: presigned('PUT', '/open/team/a?=acl'), expected: 'NotImplemented' },
  { name: 'one beside a sub-resource', sent: presigned('GET', '/open/team/a?=&tagging'), expected: 'NotImplemented' },
  // Found: where no signature is looked at, targets of any length were read.
  { name: 'a preflight of a huge target', sent: anonymous('OPTIONS', `/open?a=${'%41'.repeat(6000)}`), expected: 'InvalidURI' },
  // What is tried first.
  { name: 'an unsigned ACL', sent: presigned('PUT', '/open/team/a', [['x-amz-acl', 'public-read']]), expected: 'AccessDenied' },
  { name: 'an unsigned source', sent: presigned('PUT', '/open/team/a', [['x-amz-copy-source', 'vault/a']]), expected: 'AccessDenied' },
  { name: 'another folder', sent: presigned('PUT', '/open/team/%2e%2e/vault/a'), expected: 'permitted' },
  { name: 'a way out of the folder for proxies that decode', sent: presigned('PUT', '/open/team%2f..%2fvault'), expected: 'permitted' },
  { name: 'a way out of the public folder', sent: anonymous('GET', '/open/private/a.jpg%3f/public/'), expected: 'AccessDenied' },
  { name: 'a public key encoded twice', sent: anonymous('GET', '/open/public%252fa.jpg'), expected: 'AccessDenied' },
  { name: 'an overlong slash', sent: anonymous('GET', '/open/public%c0%afa.jpg'), expected: 'InvalidURI' },
  { name: 'a version of what is public', sent: anonymous('GET', '/open/public/a.jpg?versionId=1'), expected: 'AccessDenied' },
  { name: 'two hosts', sent: anonymous('GET', '/public/a.jpg', [['host', `vault.${SERVICE}`]]), expected: 'InvalidRequest' },
]
