import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { AdapterOptions } from '../../src/adapters/adapter-options.js'
import { fetchAuthorizer } from '../../src/adapters/fetch-authorizer.js'
import { forwardAuth } from '../../src/adapters/forward-auth.js'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { nodeMiddleware } from '../../src/adapters/node-middleware.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'

const time = Date.UTC(2031, 4, 6)

/** The time at which an adapter took a request to come, as its log has it. */
async function loggedBy(run: (options: AdapterOptions) => Promise<void>, options: Partial<AdapterOptions>): Promise<number> {
  const entries: LogEntry[] = []
  await run({ authorizer: Authorizer.from('{}'), secrets: { secretsFor: () => [] }, log: (entry) => entries.push(entry), ...options })
  return Date.parse(entries[0]?.time ?? '')
}

async function askServer(listener: Parameters<typeof createServer>[1]): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/b/x`)).text()
  server.close()
}

test.each<[string, (options: AdapterOptions) => Promise<void>]>([
  ['the fetch style', async (options) => void (await fetchAuthorizer(options)(new Request('https://s3.example.com/b/x')))],
  ['the middleware', (options) => askServer((message, response) => nodeMiddleware(options)(message, response, () => response.end()))],
  ['forward-auth', (options) => askServer(forwardAuth({ ...options, server: 's3', proxy: 'nginx', trustedProxies: ['127.0.0.1'] }))],
])('%s goes by the clock that it is given, or by its own', async (_, run) => {
  expect(await loggedBy(run, { clock: () => time })).toBe(time)
  const before = Date.now()
  expect(await loggedBy(run, {})).toBeGreaterThanOrEqual(before)
})
