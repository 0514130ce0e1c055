import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { encodePath, presignUrl } from '../../src/s3.js'
import type { KeyPair } from '../../test/e2e/key-pair.js'

const REGION = 'us-east-1'
const HOUR = 3600

/** A URL that lets anybody make one request at this host for an hour. */
export async function urlOf(
  { accessKey, secretKey }: KeyPair,
  host: string,
  request: { readonly method: string; readonly path: readonly string[]; readonly query?: readonly (readonly [string, string])[] },
): Promise<string> {
  const { method, path, query = [] } = request
  const signer = { accessKey, secret: secretKey, region: REGION, time: Date.now() }
  return presignUrl({ ...signer, scheme: 'http', method, host, target: encodePath(...path), query, expires: HOUR }, nodeHashing)
}

/** Puts something; throws unless the gateway takes it. */
export async function put(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status} ${text}`)
}

/** Does something with each, sixteen at a time. */
export async function forEachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values()
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (const item of rest) await work(item)
    }),
  )
}
