import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ForwardAuthProfile, forwardAuthProfiles } from '../../src/adapters/forward-auth-profiles.js'
import { forwardedRequest } from '../../src/adapters/forwarded-request.js'
import { HeaderList } from '../../src/http/header-list.js'

interface Message {
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly body?: string
}

interface Recording {
  readonly proxy: 'traefik' | 'envoy'
  readonly version: string
  readonly howObtained: string
  readonly exchanges: readonly {
    readonly name: string
    readonly setup: string
    readonly client: Message & { readonly scheme?: string; readonly httpVersion?: string }
    readonly call: Message | null
    readonly upstream: Message | null
  }[]
}

function recordingOf(proxy: string): Recording {
  return JSON.parse(readFileSync(new URL(`../../fixtures/forward-auth/${proxy}.json`, import.meta.url), 'utf8'))
}

/** The setups that are recommended, and whether they pass bodies. */
const setups: Readonly<Record<string, boolean>> = { 'without body': false, 'with body': true, 'body where needed': true }

/** What S3 reads of a request, without lengths, which are looked at by themselves. */
function meaningOf({ method, target, rawHeaders }: Message): unknown {
  return asked({ method, target, headers: HeaderList.ofRaw(rawHeaders) })
}

function asked({ method, target, headers }: { method: string; target: string; headers: HeaderList }): unknown {
  const counts = (name: string): boolean => name.startsWith('x-amz-') || ['authorization', 'content-type', 'host', 'range'].includes(name)
  const named = [...headers.names()].filter(counts).sort()
  return {
    method,
    target,
    headers: named.map((name) => [
      name,
      ...headers
        .all(name)
        .map((value) => value.trim())
        .join(','),
    ]),
  }
}

/** Where the proxy itself changes what the client sent, for the call and the store alike. */
const changed: Readonly<Record<Recording['proxy'], readonly string[]>> = {
  envoy: ['absolute target', 'header named by Connection', 'repeated header'],
  // It writes some paths anew; signatures are over the path as it is meant, so most of them still hold.
  traefik: [
    ...[
      'absolute target',
      'header named by Connection',
      'encoded dot segments',
      'encoded slash, lower case',
      'encoded unreserved characters',
    ],
    ...['characters that should be encoded', 'semicolon in query'],
  ],
}

describe.each(['traefik', 'envoy'].map(recordingOf))('$proxy $version, calls that were $howObtained', ({ proxy, exchanges }) => {
  const profile: ForwardAuthProfile = forwardAuthProfiles[proxy]
  const calls = exchanges.flatMap(({ name, setup, client, call, upstream }) =>
    call === null || setups[setup] === undefined ? [] : [{ name, client, call, upstream, passesBody: setups[setup] }],
  )

  test('there are many', () => {
    expect(calls.length).toBeGreaterThan(50)
  })

  test.each(calls)('$name', ({ name, client, call, upstream, passesBody }) => {
    const { method, target, rawHeaders } = call
    const read = forwardedRequest({ method, target, headers: HeaderList.ofRaw(rawHeaders) }, profile, passesBody)
    if (read.kind === 'error') throw new Error(read.reason)
    const found = asked(read.http)
    // What is decided is what the store gets.
    if (upstream !== null) expect(found).toEqual(meaningOf(upstream))
    if (!changed[proxy].some((change) => name.endsWith(change))) expect(found).toEqual(meaningOf(client))
    // A body that is there is seen, or may be there.
    if ((client.body ?? '') !== '') {
      const length = read.http.headers.get('content-length')
      expect(read.hasBody ? call.body : client.body).toBe(client.body)
      expect(read.hasBody || read.http.headers.has('transfer-encoding') || Number(length) > 0).toBe(true)
    }
    expect([...read.http.headers.names()].filter((header) => profile.added.includes(header))).toEqual([])
  })
})

test('what Envoy has joined is taken apart where only one value counts', () => {
  const call = {
    method: 'PUT',
    target: '/photos/b',
    headers: HeaderList.of([
      ['host', 'h'],
      ['x-amz-copy-source', '/plain/a,/secret/b'],
      ['x-amz-meta-a', 'one,two'],
    ]),
  }
  const read = forwardedRequest(call, forwardAuthProfiles.envoy, false)
  if (read.kind === 'error') throw new Error(read.reason)
  expect(read.http.headers.all('x-amz-copy-source')).toEqual(['/plain/a', '/secret/b'])
  expect(read.http.headers.all('x-amz-meta-a')).toEqual(['one,two'])
})
