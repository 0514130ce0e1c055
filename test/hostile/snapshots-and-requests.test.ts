import { describe, expect, test } from 'vitest'
import { parseRequest, parseSnapshot } from '../../src/index.js'
import { codesOf, expectCapped, filled, SIZE } from './made.js'

describe('a large snapshot', () => {
  const bucket = (policy: string) => `{"name":"b#","owner":"1","policy":${policy}}`

  test('a bucket whose policy is unreadable is quarantined, however many there are', () => {
    for (const policy of ['{}', '"{}"', '"["', '1', '{"Statement":[{}]}']) {
      const { snapshot, diagnostics } = parseSnapshot(`{"buckets":[${filled(SIZE / 4, bucket(policy))}]}`)
      expect(diagnostics).toEqual([])
      expect(snapshot?.buckets.size).toBe(Math.floor(SIZE / 4 / (bucket(policy).length + 1)))
      expect([...(snapshot?.buckets.values() ?? [])].filter((item) => item.policy?.policy !== undefined)).toEqual([])
    }
  })

  test('problems of many buckets beside those of the snapshot itself', () => {
    const { snapshot, diagnostics } = parseSnapshot(
      `{"buckets":[${filled(SIZE, bucket('{"Statement":[{}]}'))}],"keys":[{${filled(20_000, '"a":1')}}]}`,
    )
    expect(snapshot).toBeUndefined()
    expectCapped(diagnostics)
  })

  test('a policy with more problems than are listed leaves no bucket with half of them', () => {
    const { snapshot, diagnostics } = parseSnapshot(
      `{"buckets":[{"name":"b","owner":"1","policy":{"Statement":[],${filled(100_000, '"x":1')}}}]}`,
    )
    const policy = snapshot?.buckets.get('b')?.policy
    expect(policy?.policy).toBeUndefined()
    expect([...(policy?.diagnostics ?? []), ...diagnostics].some(({ code }) => code === 'too-many-problems')).toBe(true)
  })

  test.each([
    { what: 'buckets of one name', text: `{"buckets":[${filled(SIZE, '{"name":"b","owner":"1"}')}]}`, code: 'duplicate-name' },
    { what: 'buckets without a name', text: `{"buckets":[${filled(SIZE, '{"owner":"1"}')}]}`, code: 'missing-member' },
    { what: 'keys without anything', text: `{"keys":[${filled(SIZE, '{}')}]}`, code: 'missing-member' },
    { what: 'keys of one name', text: `{"keys":[${filled(SIZE, '{"accessKey":"k","account":"1","grants":[]}')}]}`, code: 'duplicate-name' },
    {
      what: 'addresses that are none',
      text: `{"keys":[{"accessKey":"k","account":"1","grants":[{"bucket":"b","permission":"read","sourceIp":[${filled(SIZE, '"x#"')}]}]}]}`,
      code: 'invalid-value',
    },
    {
      what: 'grants that are none',
      text: `{"keys":[{"accessKey":"k","account":"1","grants":[${filled(SIZE, '{"bucket":"","permission":"x#"}')}]}]}`,
      code: 'invalid-value',
    },
    {
      what: 'settings that do not exist',
      text: `{"accounts":[{"id":"1","publicAccessBlock":{${filled(SIZE, '"s#":true')}}}]}`,
      code: 'unknown-member',
    },
    { what: 'accounts of one id', text: `{"accounts":[${filled(SIZE, '{"id":"1"}')}]}`, code: 'duplicate-name' },
  ])('$what', ({ text, code }) => {
    const { snapshot, diagnostics } = parseSnapshot(text)
    expect(snapshot).toBeUndefined()
    expectCapped(diagnostics)
    expect(codesOf(diagnostics)).toContain(code)
  })

  test('actions that do not exist are a thousand warnings, and then an error', () => {
    // Names over 64 characters get no suggestion, which would cost more than all the rest.
    const text = (count: number) =>
      JSON.stringify({
        keys: [
          {
            accessKey: 'k',
            account: '1',
            grants: [{ bucket: 'b', actions: Array.from({ length: count }, (_, index) => `s3:${index}`.padEnd(70, 'x')) }],
          },
        ],
      })
    expect(parseSnapshot(text(1000)).snapshot?.keys.get('k')?.grants[0]?.actions).toHaveLength(1000)
    expect(parseSnapshot(text(1001)).snapshot).toBeUndefined()
    expectCapped(parseSnapshot(text(100_000)).diagnostics)
  })
})

describe('a large request', () => {
  const request = (members: string) => `{"principal":{"kind":"anonymous"},"action":"s3:GetObject","bucket":"b","key":"k",${members}}`

  test.each([
    { what: 'context keys', text: request(`"context":{${filled(SIZE, '"aws:PrincipalTag/#":"v"')}}`) },
    { what: 'values of one key', text: request(`"context":{"aws:TagKeys":[${filled(SIZE, '"v#"')}]}`) },
    { what: 'unknown keys', text: request(`"unknown":[${filled(SIZE, '"aws:PrincipalTag/#"')}]`) },
    { what: 'one context key', text: request(`"context":{"${'/k'.repeat(SIZE / 2)}":"v"}`) },
    { what: 'one value', text: request(`"context":{"aws:referer":"${'v'.repeat(SIZE)}"}`) },
    { what: 'one key', text: request('"operation":"GetObject"').replace('"k"', `"${'k'.repeat(SIZE)}"`) },
    {
      what: 'one service',
      text: request('"operation":"GetObject"').replace('{"kind":"anonymous"}', `{"kind":"service","service":"${'s'.repeat(SIZE)}"}`),
    },
    {
      what: 'one ARN',
      text: request('"operation":"GetObject"').replace(
        '{"kind":"anonymous"}',
        `{"kind":"aws","arn":"arn:aws:iam::1:user${'/a'.repeat(SIZE / 2)}"}`,
      ),
    },
  ])('$what', ({ text }) => {
    const { request: parsed, diagnostics } = parseRequest(text)
    expect(diagnostics).toEqual([])
    expect(parsed).toBeDefined()
  })

  test.each([
    {
      what: 'one context key in many spellings',
      text: request(`"context":{${spellings('aws:principalaccount', 3000).map((name) => `"${name}":"anonymous"`)}}`),
      code: 'duplicate-name',
    },
    { what: 'values that are none', text: request(`"context":{${filled(SIZE, '"k#":null')}}`), code: 'wrong-type' },
    { what: 'unknown names that are none', text: request(`"unknown":[${filled(SIZE, '""')}]`), code: 'invalid-value' },
    { what: 'unknown members', text: request(filled(SIZE, '"m#":1')), code: 'unknown-member' },
    {
      what: 'members of the principal that are unknown',
      text: request('"operation":"x"').replace('"anonymous"', `"anonymous",${filled(SIZE, '"m#":1')}`),
      code: 'unknown-member',
    },
  ])('$what', ({ text, code }) => {
    const { request: parsed, diagnostics } = parseRequest(text)
    expect(parsed).toBeUndefined()
    expectCapped(diagnostics)
    expect(codesOf(diagnostics)).toContain(code)
  })

  test.each([
    { what: 'one clock', text: request(`"context":{"aws:CurrentTime":"${'1'.repeat(SIZE)}"}`) },
    { what: 'one time', text: request(`"time":${'1'.repeat(SIZE)}`) },
    {
      what: 'one action that does not exist, without an object',
      text: `{"principal":{"kind":"key","accessKey":""},"action":"${'s'.repeat(SIZE)}"}`,
    },
  ])('$what', ({ text }) => {
    const { request: parsed, diagnostics } = parseRequest(text)
    expect(parsed).toBeUndefined()
    expect(codesOf(diagnostics)).toContain('invalid-value')
  })
})

/** One name in different cases. */
function spellings(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) =>
    [...name].map((letter, index) => ((number >> index) & 1 ? letter.toUpperCase() : letter)).join(''),
  ).filter((spelling, index, all) => all.indexOf(spelling) === index)
}
