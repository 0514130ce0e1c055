import { describe, expect, test } from 'vitest'
import { drawCharts } from '../../bench/charts.js'
import { plot } from '../../bench/plot.js'
import { renderResults } from '../../bench/render.js'
import type { Measurement, Result } from '../../bench/result.js'
import { subjects } from '../../bench/subjects.js'
import { targets } from '../../bench/targets.js'
import { single } from '../../src/benchmark/spread.js'

const machine = { cpu: 'A Processor', cores: 2, node: 'v20.0.0', date: '2026-11-23' }
const measured = (id: string, value: number): Measurement => ({
  id,
  what: id,
  unit: 'x',
  value: { low: value * 0.9, median: value, high: value * 1.1 },
})
const result = (subject: string, measurements: readonly Measurement[]): Result => ({ subject, command: '', machine, measurements })

describe('the table of targets', () => {
  const page = renderResults(
    [
      result('decide', [measured('G1', 1.4), measured('G1, contexts prebuilt', 1.2), measured('P1', 1.8)]),
      result('allocation', [measured('allocation G1', 0), measured('allocation P1', 8)]),
      result('forward-auth', [
        measured('forward-auth gateway 20', 0.4),
        measured('forward-auth grantree 0', 0.8),
        measured('forward-auth grantree 20', 0.7),
      ]),
    ],
    [],
  )
  const row = (what: string) => page.split('\n').find((line) => line.startsWith(`| ${what}`))

  test.each<[string, string, string]>([
    [
      'one that is met',
      'decide, 1,000 keys',
      '| ≤ 1.5 × floor | 1.4 (1.26 to 1.54) | met | `node --expose-gc --import tsx bench/decide.ts` |',
    ],
    ['one that is missed', 'decide, policy of 20 statements', '| 1.8 (1.62 to 1.98) | **missed** |'],
    ['one that was not measured', 'decide, 1,000,000 keys', '| not measured |'],
    ['the worst of several', 'allocated by a decision', '| 0 bytes | 8 (7.2 to 8.8) | **missed** |'],
    [
      'one that must not be below',
      'requests/s of Ceph RGW',
      '| ≥ 0.75 × the gateway alone without a policy | 0.7 (0.63 to 0.77) | **missed** | `npm run bench:forward-auth` |',
    ],
  ])('%s', (_, what, cells) => {
    expect(row(what)).toContain(cells)
  })

  test('names the machine', () => {
    expect(page).toContain('Measured on 2 cores of A Processor, Node 20.0.0, 2026-11-23.')
  })

  test('every target has a subject that is run', () => {
    expect(targets.filter(({ subject }) => subjects.every(({ name }) => name !== subject)).map(({ id }) => id)).toEqual([])
  })
})

describe('charts', () => {
  const point = (x: number, ns: number) => ({ x, y: single(ns) })
  const labelsOf = (svg: string) =>
    [...svg.matchAll(/<text x="656" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, y, text]) => ({ y: Number(y), text: text ?? '' }))

  test('names at the ends of lines are never on top of each other, nor outside', () => {
    const series = Array.from({ length: 12 }, (_, index) => ({
      name: `peer ${index}`,
      points: [point(10, 100), point(1000, 5000 + index)],
    }))
    const labels = labelsOf(plot({ title: 't', xLabel: 'x', yLabel: 'y', series }))
    expect(labels).toHaveLength(12)
    for (const [at, { y }] of labels.entries()) {
      if (at > 0) expect(y - (labels[at - 1]?.y ?? 0)).toBeGreaterThanOrEqual(16.9)
      expect(y).toBeLessThan(480)
    }
  })

  test('what comes from outside is text', () => {
    expect(plot({ title: '<b>&', xLabel: 'x', yLabel: 'y', series: [{ name: '<i>', points: [point(1, 1)] }] })).not.toMatch(/<b>|<i>/)
  })

  test('curves of one name are one line, peers join the chart of their kind, and what has no time is left out', () => {
    const results = [
      { ...result('keys', []), curves: [{ chart: 'keys', series: 'grantree', points: [point(10, 100), point(1000, 200)] }] },
      { ...result('g2', []), curves: [{ chart: 'keys', series: 'grantree', points: [point(1_000_000, 900)] }] },
    ]
    const charts = drawCharts(results, [
      { peer: 'other', workload: { kind: 'keys', size: 1000 }, status: 'ok', ns: single(5000) },
      { peer: 'slow', workload: { kind: 'keys', size: 1000 }, status: 'timeout' },
      { peer: 'elsewhere', workload: { kind: 'policy', size: 20 }, status: 'ok', ns: single(7000) },
    ])
    expect(charts.map(({ file }) => file)).toEqual(['statements.svg', 'keys.svg'])
    expect(labelsOf(charts[1]?.svg ?? '').map(({ text }) => text)).toEqual(['other, 5 µs', 'grantree, 900 ns'])
  })

  test('bars grow with their numbers, from zero, and stay inside', () => {
    const bar = (name: string, value: number) => ({
      chart: 'forward-auth',
      name,
      value: { low: value * 0.9, median: value, high: value * 1.1 },
    })
    const [chart] = drawCharts([{ ...result('forward-auth', []), bars: [bar('<a>', 1000), bar('b', 100)] }], [])
    const widths = [...(chart?.svg ?? '').matchAll(/<rect x="400" y="\d+" width="(\d+)"/g)].map(([, width]) => Number(width))
    expect(chart?.file).toBe('forward-auth.svg')
    expect(widths).toHaveLength(2)
    expect((widths[0] ?? 0) / (widths[1] ?? 0)).toBeCloseTo(10, 0)
    expect(Math.max(...widths)).toBeLessThan(960 - 400)
    expect(chart?.svg).toContain('&lt;a&gt;')
  })
})
