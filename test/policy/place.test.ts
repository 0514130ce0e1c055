import { expect, test } from 'vitest'
import { stepTo } from '../../src/policy/json-path.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { Place } from '../../src/policy/place.js'
import { lineTableOf } from '../../src/policy/position.js'
import { pathOf } from '../../src/policy/trail.js'

test('a place is where it was told, with the whole way there', () => {
  const trail = { above: { above: ['snapshot'], name: 'buckets' }, name: 3 }
  const place = new Place(lineTableOf('{\n"a":1}'), { start: 2, end: 5 }, trail)
  const expected = {
    path: ['snapshot', 'buckets', 3],
    span: { start: { offset: 2, line: 2, column: 1 }, end: { offset: 5, line: 2, column: 4 } },
  }
  expect({ path: place.path, span: place.span }).toEqual(expected)
  expect(JSON.parse(JSON.stringify(place))).toEqual(expected)
})

test.each([{ path: [] }, { path: ['a'] }, { path: ['a', 0, '__proto__'] }])('a step from $path on leaves the path as it is', ({ path }) => {
  const before = [...path]
  expect(stepTo(path, 'b')).toEqual([...before, 'b'])
  expect(path).toEqual(before)
  expect(pathOf(path)).toEqual(before)
})

test('a policy written as JSON has its places', () => {
  const { policy } = parsePolicy('{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}')
  expect(JSON.parse(JSON.stringify(policy))).toMatchObject({
    Statement: [{ location: { path: ['Statement', 0], span: { start: { offset: 14, line: 1, column: 15 } } } }],
    location: { path: [], span: { start: { offset: 0 } } },
  })
})
