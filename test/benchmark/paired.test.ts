import { describe, expect, test } from 'vitest'
import { type Contender, ratioOf, timePairs } from '../../src/benchmark/paired.js'

/** Contenders on a clock of their own: each run takes as long as it says, and everything is written down. */
function fake() {
  let now = 0
  const log: string[] = []
  const contender = (name: string, operations: number, takes: (round: number) => number): Contender<string> => {
    let round = 0
    return {
      name,
      operations,
      prepare: () => {
        log.push(`prepare ${name}`)
        now += 1_000_000
        return `${name}${round}`
      },
      run: (input) => {
        expect(input).toBe(`${name}${round}`)
        log.push(`run ${name}`)
        now += takes(round++)
      },
      check: () => {
        log.push(`check ${name}`)
        now += 1_000_000
      },
    }
  }
  return { clock: () => now, log, contender }
}

describe('timePairs', () => {
  test('times runs alone, by operation, and leaves out the rounds to warm up', () => {
    const { clock, contender } = fake()
    const baseline = contender('floor', 10, () => 100)
    const [own] = timePairs(baseline, [contender('own', 5, (round) => (round < 3 ? 9999 : 150))], { clock, rounds: 4, warmUp: 3 })
    expect(own).toEqual({ name: 'own', nanoseconds: [30, 30, 30, 30], baseline: [10, 10, 10, 10] })
  })

  test('each is run once a round, the baseline among them, and each round starts with another', () => {
    const { clock, log, contender } = fake()
    timePairs(
      contender('f', 1, () => 1),
      [contender('a', 1, () => 1), contender('b', 1, () => 1)],
      { clock, rounds: 2, warmUp: 0 },
    )
    expect(log.filter((line) => line.startsWith('run')).map((line) => line.slice(4))).toEqual(['f', 'a', 'b', 'a', 'b', 'f'])
    expect(log.slice(0, 6)).toEqual(['prepare f', 'run f', 'check f', 'prepare a', 'run a', 'check a'])
  })

  test('a wrong answer ends it, while it warms up too', () => {
    const { clock, contender } = fake()
    const wrong = { ...contender('wrong', 1, () => 1), check: () => expect.unreachable('wrong') }
    expect(() =>
      timePairs(
        contender('f', 1, () => 1),
        [wrong],
        { clock, rounds: 1, warmUp: 1 },
      ),
    ).toThrow('wrong')
  })

  test('tells before and after each round', () => {
    const { clock, contender } = fake()
    const told: (number | string)[] = []
    const options = {
      clock,
      rounds: 2,
      warmUp: 1,
      beforeRound: (round: number) => told.push(`before ${round}`),
      onRound: (done: number) => told.push(done),
    }
    timePairs(
      contender('f', 1, () => 1),
      [contender('a', 1, () => 1)],
      options,
    )
    expect(told).toEqual(['before 0', 1, 'before 1', 2, 'before 2', 3])
  })
})

test('ratios are of pairs: load that comes and goes with the rounds leaves them alone', () => {
  const { clock, contender } = fake()
  const load = (round: number) => 1 + (round % 7)
  const [own] = timePairs(
    contender('f', 1, (round) => 100 * load(round)),
    [contender('a', 1, (round) => 150 * load(round))],
    {
      clock,
      rounds: 30,
      warmUp: 0,
    },
  )
  expect(own && ratioOf(own)).toEqual({ low: 1.5, median: 1.5, high: 1.5 })
})
