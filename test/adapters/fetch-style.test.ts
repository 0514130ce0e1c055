import { describe, expect, test } from 'vitest'
import { type FetchAdapterOptions, fetchAuthorizer, permittedFetch } from '../../src/adapters/fetch-authorizer.js'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { verifiedStream } from '../../src/adapters/verified-stream.js'
import { authorizer, deleteBody, headersOf, host, type Sent, secrets } from '../gate/scene.js'

function authorizing(options: Partial<FetchAdapterOptions> = {}): { authorize: ReturnType<typeof fetchAuthorizer>; entries: LogEntry[] } {
  const entries: LogEntry[] = []
  return { entries, authorize: fetchAuthorizer({ authorizer, secrets, log: (entry) => entries.push(entry), ...options }) }
}

function requestOf(sent: Sent, init: RequestInit = {}): Request {
  const { method = 'GET', target = '/photos/public/a.jpg', body } = sent
  const headers = headersOf({ time: Date.now(), ...sent })
  return new Request(`https://${host}${target}`, { method, headers, ...(body === undefined ? {} : { body: body as string }), ...init })
}

const remove: Sent = { method: 'POST', target: '/photos?delete', key: 'EDITOR', body: deleteBody('a') }
const put: Sent = { method: 'PUT', target: '/plain/a', key: 'EDITOR', body: 'hello' }

describe('the connection', () => {
  const office: Sent = { target: '/photos/office/a' }

  test.each<[what: string, connection: FetchAdapterOptions['connection'], status: number | undefined]>([
    ['is not known', undefined, 403],
    ['is what the platform says', () => ({ sourceIp: '203.0.113.7' }), undefined],
    ['is of another place', () => ({ sourceIp: '198.51.100.7' }), 403],
    [
      'cannot be told',
      () => {
        throw new Error('no')
      },
      500,
    ],
  ])('%s', async (_, connection, status) => {
    const { authorize } = authorizing(connection === undefined ? {} : { connection })
    expect((await authorize(requestOf(office)))?.status).toBe(status)
  })

  test('a header of the client does not tell it', async () => {
    const { authorize } = authorizing()
    expect((await authorize(requestOf({ ...office, headers: [['x-forwarded-for', '203.0.113.7']] })))?.status).toBe(403)
  })
})

describe('the body', () => {
  test('can be read after the gate has read it', async () => {
    const request = requestOf(remove)
    expect(await authorizing().authorize(request)).toBeUndefined()
    expect(await request.text()).toBe(remove.body)
  })

  test('that was read before is missed', async () => {
    const { authorize, entries } = authorizing()
    const request = requestOf(remove)
    await request.text()
    expect((await authorize(request))?.status).toBe(500)
    expect(entries[0]?.problem).toMatch(/read before grantree could/)
  })

  test('that was read by somebody else has nothing left to verify', async () => {
    const request = requestOf(put)
    expect(await authorizing().authorize(request)).toBeUndefined()
    await request.text()
    expect(() => verifiedStream(request)).toThrow(TypeError)
  })

  test('of a request that has not passed is not verified', () => {
    expect(() => verifiedStream(requestOf(put))).toThrow(/has not passed/)
  })

  test('that breaks off is told from one that ends', async () => {
    const { authorize } = authorizing()
    const broken = (): RequestInit => ({
      body: new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode('<Delete>'))
          controller.error(new Error('reset'))
        },
      }),
      ...({ duplex: 'half' } as object),
    })
    expect(await (await authorize(requestOf(remove, broken())))?.text()).toContain('<Code>IncompleteBody</Code>')
    const upload = requestOf({ ...put, contentSha256: 'UNSIGNED-PAYLOAD' }, broken())
    expect(await authorize(upload)).toBeUndefined()
    await expect(new Response(verifiedStream(upload)).text()).rejects.toThrow()
  })

  test('without end is read up to the limit, and given up', async () => {
    const { authorize } = authorizing()
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const response = await authorize(requestOf(remove, { body: endless, ...({ duplex: 'half' } as object) }))
    expect(await response?.text()).toContain('<Code>MaxMessageLengthExceeded</Code>')
    expect(pulled).toBeLessThan(8 * 1024 * 1024)
  })

  test('that is signed is held up to 16 MiB', async () => {
    const request = requestOf({ ...put, body: 'x'.repeat(17 * 1024 * 1024) })
    expect(await authorizing().authorize(request)).toBeUndefined()
    await expect(new Response(verifiedStream(request)).text()).rejects.toMatchObject({
      name: 'BodyError',
      error: { code: 'EntityTooLarge' },
    })
  })
})

test('a request made of one that has passed is another', async () => {
  const request = requestOf({ target: '/plain/a', key: 'EDITOR' })
  expect(await authorizing().authorize(request)).toBeUndefined()
  expect(permittedFetch(request)?.request.key).toBe('a')
  expect(permittedFetch(new Request(request))).toBeUndefined()
})

test.each(['/plain/a/../b', '/plain/%2e%2e/photos/public/a'])('what the platform tidies is refused: %s', async (target) => {
  expect((await authorizing().authorize(requestOf({ target, key: 'EDITOR' })))?.status).toBe(403)
})
