import { describe, expect, test } from 'vitest'
import { connectionOf } from '../../src/adapters/forwarded-connection.js'
import { clientAddress, trustedProxies } from '../../src/adapters/trusted-proxies.js'
import { HeaderList } from '../../src/http/header-list.js'

const proxies = trustedProxies(['10.0.0.0/8', '::1', 'unix'])

describe('the address of the client', () => {
  test.each<[what: string, peer: string | undefined, forwardedFor: string[], client: string | undefined]>([
    ['a direct connection', '203.0.113.7', [], '203.0.113.7'],
    ['a stranger who says he is a proxy', '203.0.113.7', ['192.0.2.1'], '203.0.113.7'],
    ['a trusted proxy', '10.0.0.1', ['203.0.113.7'], '203.0.113.7'],
    ['a trusted proxy, the client having said something too', '10.0.0.1', ['192.0.2.1, 203.0.113.7'], '203.0.113.7'],
    ['two trusted proxies', '10.0.0.1', ['203.0.113.7, 10.0.0.2'], '203.0.113.7'],
    ['two headers', '10.0.0.1', ['192.0.2.1', '203.0.113.7,10.9.9.9'], '203.0.113.7'],
    ['a proxy over a Unix socket', 'unix', ['203.0.113.7'], '203.0.113.7'],
    ['a client that has gone, which is no Unix socket', undefined, ['203.0.113.7'], undefined],
    ['an IPv6 client', '::1', ['2001:db8::1'], '2001:db8::1'],
    ['an IPv4-mapped proxy', '::ffff:10.0.0.1', ['203.0.113.7'], '203.0.113.7'],
    ['a proxy that says nothing', '10.0.0.1', [], undefined],
    ['a proxy that says nothing of use', '10.0.0.1', ['unknown'], undefined],
    ['a hop with a port', '10.0.0.1', ['203.0.113.7:1234'], undefined],
    ['a client on a machine of the proxies', '10.0.0.1', ['10.0.0.2'], '10.0.0.2'],
    ['nothing but proxies', '10.0.0.1', ['10.0.0.3, 10.0.0.2'], '10.0.0.3'],
    ['too many hops', '10.0.0.1', [Array.from({ length: 60 }, () => '10.0.0.2').join(',')], undefined],
  ])('%s', (_, peer, forwardedFor, client) => {
    expect(clientAddress(peer, forwardedFor, proxies)).toBe(client)
  })

  test('a Unix socket is nobody unless it is trusted', () => {
    expect(clientAddress('unix', ['203.0.113.7'], trustedProxies([]))).toBeUndefined()
  })

  test('a list with something else is a mistake', () => {
    expect(() => trustedProxies(['loopback'])).toThrow(/"loopback"/)
    expect(() => trustedProxies(['10.0.0.0/33'])).toThrow(TypeError)
  })
})

describe('the connection', () => {
  test.each<[what: string, peer: Parameters<typeof connectionOf>[0], headers: [string, string][], connection: object]>([
    ['plain HTTP', { address: '203.0.113.7', isSecure: false }, [], { sourceIp: '203.0.113.7', secureTransport: false }],
    [
      'TLS',
      { address: '203.0.113.7', isSecure: true, tlsProtocol: 'TLSv1.3' },
      [],
      { sourceIp: '203.0.113.7', secureTransport: true, tlsVersion: '1.3' },
    ],
    [
      'a stranger who says it is TLS',
      { address: '203.0.113.7', isSecure: false },
      [['X-Forwarded-Proto', 'https']],
      { sourceIp: '203.0.113.7', secureTransport: false },
    ],
    [
      'a proxy with TLS before it',
      { address: '10.0.0.1', isSecure: false },
      [
        ['X-Forwarded-Proto', 'https'],
        ['X-Forwarded-For', '203.0.113.7'],
        ['X-Forwarded-Tls-Version', 'TLSv1.2'],
      ],
      { sourceIp: '203.0.113.7', secureTransport: true, tlsVersion: '1.2' },
    ],
    ['a proxy reached over TLS that says nothing', { address: '10.0.0.1', isSecure: true, tlsProtocol: 'TLSv1.3' }, [], {}],
    [
      'a proxy that says it twice',
      { address: '10.0.0.1', isSecure: false },
      [
        ['X-Forwarded-Proto', 'http'],
        ['X-Forwarded-Proto', 'https'],
      ],
      {},
    ],
  ])('%s', (_, peer, headers, connection) => {
    expect(connectionOf(peer, HeaderList.of(headers), proxies, 'x-forwarded-tls-version')).toEqual(connection)
  })
})
