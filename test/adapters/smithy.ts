import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import { region, type Sent, secretOf } from '../gate/scene.js'

/** Hashing as the SDK wants it, by `node:crypto`. */
class Sha256 {
  private readonly hash: Hash | Hmac

  constructor(secret?: unknown) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array)
  }

  update(data: Uint8Array | string): void {
    this.hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }
}

/** The headers of a request as the AWS SDK for JavaScript signs it: nothing of this package takes part. */
export async function signedBySmithy(
  { method = 'GET', target = '/', body = '', key = 'EDITOR', headers = [] }: Sent,
  host: string,
): Promise<[string, string][]> {
  const url = new URL(target, 'http://localhost')
  const signer = new SignatureV4({
    service: 's3',
    region,
    uriEscapePath: false,
    credentials: { accessKeyId: key, secretAccessKey: secretOf(key) },
    sha256: Sha256,
  })
  const { headers: signed } = await signer.sign({
    method,
    protocol: 'http:',
    hostname: host,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...Object.fromEntries(headers), host },
    body,
  })
  return Object.entries(signed)
}
