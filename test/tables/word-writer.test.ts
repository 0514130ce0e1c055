import { expect, test } from 'vitest'
import { StringPool } from '../../src/compile/string-pool.js'
import { WordWriter } from '../../src/tables/word-writer.js'

test('words stand where they were put, and 0 where nobody has put any', () => {
  const writer = new WordWriter()
  expect(writer.reserve(2)).toBe(0)
  expect(writer.append([-1, 0x7fffffff])).toBe(2)
  expect(writer.append([])).toBe(4)
  writer.put(1, [9])
  expect([...writer.finish()]).toEqual([0, 9, -1, 0x7fffffff])
})

test('what is written stays while there is more and more of it', () => {
  const writer = new WordWriter()
  for (let i = 0; i < 10_000; i++) expect(writer.append([i])).toBe(i)
  const place = writer.reserve(100_000)
  writer.put(place + 99_999, [7])
  const words = writer.finish()
  expect([words.length, words[9_999], words[place], words.at(-1)]).toEqual([110_000, 9_999, 0, 7])
})

test('words are pushed and copied at the end, however many there are', () => {
  const writer = new WordWriter()
  for (let i = 0; i < 5_000; i++) writer.push(i)
  expect(writer.copy(Int32Array.from({ length: 5_000 }, (_, at) => -at))).toBe(5_000)
  expect([...writer.finish()]).toEqual(Array.from({ length: 10_000 }, (_, at) => (at < 5_000 ? at : 5_000 - at)))
})

test('a text is its code units, and a word can be set again', () => {
  const writer = new WordWriter()
  expect(writer.appendText('a😀')).toBe(0)
  expect(writer.appendText('')).toBe(3)
  expect(writer.end).toBe(3)
  writer.set(0, -5)
  expect([...writer.finish()]).toEqual([-5, 0xd83d, 0xde00])
  const long = 'x'.repeat(5_000)
  expect([writer.appendText(long), writer.end, writer.finish().at(-1)]).toEqual([3, 5_003, 120])
})

test('what is finished does not change with what is written later', () => {
  const writer = new WordWriter()
  writer.append([1])
  const words = writer.finish()
  writer.put(0, [2])
  expect([...words]).toEqual([1])
})

test('equal strings have one number, from 0 on, whatever they are called', () => {
  const pool = new StringPool()
  expect(['a', '', '__proto__', 'a', 'constructor', ''].map((text) => pool.numberOf(text))).toEqual([0, 1, 2, 0, 3, 1])
  expect(pool.strings).toEqual(['a', '', '__proto__', 'constructor'])
})
