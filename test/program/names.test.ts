import { execFileSync } from 'node:child_process'
import { buildSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { compileSnapshot } from '../../src/authorizer/change.js'
import * as layout from '../../src/program/name-layout.js'
import { findName, memberOfName, memberOfNumber, textOfNumber } from '../../src/program/names.js'
import { hashFor, shardFor } from '../../src/tables/table.js'
import { snapshotOf } from '../evaluate/ask.js'

describe.each([3, 1_500, 4_000])('%i buckets', (count) => {
  const buckets = Array.from({ length: count }, (_, at) => ({ name: `bucket-${at}`, owner: `account-${at % 7}` }))
  const keys = [{ accessKey: 'k', account: 'account-1', grants: [{ bucket: 'only-in-a-grant', permission: 'read' }] }]
  const program = compileSnapshot(snapshotOf({ buckets, keys, accounts: [{ id: 'account-0', canonicalId: 'c' }] }))
  const names = [...buckets.map(({ name }) => name), 'account-0', 'account-1', 'account-2', 'only-in-a-grant', 'c']

  test('each name has a number of its own, from 1 on, and the number leads back to the name: to the same string', () => {
    const numbers = names.map((name) => memberOfName(program, name, layout.NAME_NUMBER))
    expect(new Set(numbers).size).toBe(names.length)
    expect([Math.min(...numbers) >= 1, Math.max(...numbers) < program.nameCount]).toEqual([true, true])
    expect(numbers.map((number) => textOfNumber(program, number))).toEqual(names)
    expect(numbers.map((number) => memberOfNumber(program, number, layout.NAME_NUMBER))).toEqual(numbers)
  })

  test('whatever else is said of a name is found by the name and by its number', () => {
    const number = (name: string) => memberOfName(program, name, layout.NAME_NUMBER)
    for (const { name, owner } of buckets) {
      expect(memberOfName(program, name, layout.NAME_OWNER)).toBe(number(owner))
      expect(memberOfNumber(program, number(name), layout.NAME_OWNER)).toBe(number(owner))
      expect(memberOfNumber(program, number(name), layout.NAME_FLAGS)).toBe(layout.FLAG_BUCKET)
    }
    expect(memberOfName(program, 'c', layout.NAME_ACCOUNT)).toBe(number('account-0'))
    expect(memberOfName(program, 'account-0', layout.NAME_CANONICAL_ID)).toBe(number('c'))
    expect(memberOfName(program, 'only-in-a-grant', layout.NAME_FLAGS)).toBe(0)
  })

  test('a name that nobody has named has none', () => {
    for (const name of ['', 'k', 'bucket', 'bucket-', `bucket-${count}`, '__proto__', 'C', 'c\0']) {
      const hash = hashFor(program.names, name)
      expect([findName(shardFor(program.names, hash), hash, name), memberOfName(program, name, layout.NAME_NUMBER)]).toEqual([0, 0])
    }
  })
})

/** What a program prints that has so many seconds. */
function printed(contents: string, seconds: number): string {
  const root = new URL('../..', import.meta.url).pathname
  const built = buildSync({ stdin: { contents, resolveDir: root }, bundle: true, format: 'esm', write: false })
  const input = built.outputFiles[0]?.text ?? ''
  return execFileSync(process.execPath, ['--input-type=module'], { encoding: 'utf8', input, timeout: 1_000 * seconds, stdio: 'pipe' })
}

test('a snapshot that nobody has parsed, with an empty name for an owner, is decided on all the same', () => {
  const asked = printed(
    `
      import { Authorizer } from './src/authorizer/authorizer.ts'
      const publicAccessBlock = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false }
      const buckets = new Map([['b', { name: 'b', owner: '', publicAccessBlock }]])
      const authorizer = Authorizer.from({ buckets, keys: new Map(), accounts: new Map() })
      console.log(authorizer.decide({ principal: { kind: 'anonymous' }, action: 's3:ListBucket', bucket: 'b' }).reason)
    `,
    10,
  )
  expect(asked).toBe('no-allow\n')
})
