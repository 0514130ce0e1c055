import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { get, grantree, records, scratch, snapshot } from './grantree.js'

afterEach(() => vi.restoreAllMocks())

const { file } = scratch()
const fixtures = new URL('../../fixtures/', import.meta.url).pathname
const s = file('s.json', snapshot)
const good = JSON.stringify(get('public/x'))
const wrong = { verdict: 'ImplicitDeny', reason: 'no-allow' } as const

describe.each(['photography', 'tenants', 'environments'])('%s: both engines write the same', (name) => {
  const directory = `${fixtures}${name}/`
  const both = async (command: string, ...args: readonly string[]) => {
    const [program, reference, byDefault] = await Promise.all(
      [['--engine', 'program'], ['--engine', 'reference'], []].map((engine) => grantree([command, ...engine, ...args])),
    )
    expect(program).toEqual(reference)
    expect(byDefault).toEqual(program)
    return program
  }

  test('check, a request', async () => {
    const requests = readdirSync(`${directory}requests`)
    expect(requests.length).toBeGreaterThan(9)
    for (const request of requests) {
      const ended = await both('check', '-s', `${directory}snapshot.json`, '-r', `${directory}requests/${request}`)
      expect(ended?.out).toMatch(/^\{"verdict":/)
    }
  })

  test('check, the requests of all decision tests', async () => {
    const { cases } = JSON.parse(readFileSync(`${directory}tests.json`, 'utf8')) as { cases: { request: object }[] }
    const requests = file('requests.ndjson', cases.map(({ request }) => `${JSON.stringify(request)}\n`).join(''))
    const ended = await both('check', '-s', `${directory}snapshot.json`, '--requests', requests)
    expect(records(ended?.out ?? '')).toHaveLength(cases.length)
  })

  test('test', async () => {
    const ended = await both('test', '--json', `${directory}tests.json`)
    expect(ended).toMatchObject({ code: 0, err: '' })
  })
})

describe('the engine is the one that is asked for', () => {
  const cases = file('tests.json', { snapshot, cases: [{ name: 'public', request: get('public/x'), expect: 'Allow' }] })
  const r = file('r.json', good)

  test.each<[string, readonly string[], number]>([
    ['by default the program', [], 1],
    ['the program', ['--engine', 'program'], 1],
    ['the reference', ['--engine=reference'], 0],
  ])('%s', async (_, engine, code) => {
    vi.spyOn(Authorizer.prototype, 'decide').mockReturnValue(wrong)
    expect((await grantree(['check', '-s', s, '-r', r, ...engine])).code).toBe(code)
    expect((await grantree(['test', cases, ...engine])).code).toBe(code)
    const many = await grantree(['check', '-s', s, '--requests', r, ...engine])
    expect(records(many.out)).toMatchObject([{ verdict: code === 0 ? 'Allow' : 'ImplicitDeny' }])
  })

  test('an explanation is the reference’s', async () => {
    vi.spyOn(Authorizer.prototype, 'decide').mockReturnValue(wrong)
    expect((await grantree(['explain', '-s', s, '-r', r])).out).toMatch(/^ALLOWED/)
  })

  test('many requests are decided on one authorizer', async () => {
    const from = vi.spyOn(Authorizer, 'from')
    const { out } = await grantree(['check', '-s', s, '--requests', '-'], { input: [`${good}\n`.repeat(5)] })
    expect(records(out)).toHaveLength(5)
    expect(from).toHaveBeenCalledOnce()
  })

  test.each(['program', 'reference'])('%s is not asked about a request that the snapshot contradicts', async (engine) => {
    const decide = vi.spyOn(Authorizer.prototype, 'decide')
    const conflict = JSON.stringify(get('x', { context: { 'aws:ResourceAccount': '9' } }))
    const { code, out } = await grantree(['check', '-s', s, '--engine', engine, '--requests', '-'], { input: [conflict] })
    expect(records(out)).toMatchObject([{ error: [{ code: 'derived-key-conflict' }] }])
    expect(code).toBe(2)
    expect((await grantree(['check', '-s', s, '--engine', engine, '-r', file('conflict.json', conflict)])).code).toBe(2)
    expect(decide).not.toHaveBeenCalled()
  })
})
