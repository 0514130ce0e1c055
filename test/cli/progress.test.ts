import colors from 'picocolors'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { linesOf } from '../../src/cli/lines.js'
import { startProgress } from '../../src/cli/progress.js'
import type { Terminal } from '../../src/cli/terminal.js'
import { Collector } from './grantree.js'

class FakeTty extends Collector {
  readonly isTTY = true
  readonly columns = 80
}

function terminalWith(err: Collector, isWatched: boolean): Terminal {
  const none = colors.createColors(false)
  return {
    out: new Collector(),
    err,
    input: process.stdin,
    outColors: none,
    errColors: none,
    isWatched,
    directory: '/',
    now: Date.now,
    environment: {},
  }
}

/** What a person sees while work of four steps takes this long each. */
function show(total: number, millisecondsPerStep: number, isWatched = true): boolean {
  const err = new FakeTty()
  const shown = vi.spyOn(err, 'write')
  let now = 1000
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  const progress = startProgress(total, terminalWith(err, isWatched))
  for (let done = 1; done <= 4; done++) {
    now += millisecondsPerStep
    progress.update(done)
  }
  progress.stop()
  return shown.mock.calls.length > 0
}

describe('a progress bar', () => {
  afterEach(() => void vi.restoreAllMocks())

  test.each<[string, boolean, boolean]>([
    ['work over a second, watched', show(4, 300), true],
    ['work of a second', show(4, 250), false],
    ['work over a second, not watched', show(4, 300, false), false],
    ['work of unknown size', show(0, 300), false],
  ])('%s', (_, shown, expected) => {
    expect(shown).toBe(expected)
  })
})

describe('linesOf', () => {
  const lines = async (...chunks: readonly (string | Uint8Array)[]) => {
    async function* stream() {
      yield* chunks
    }
    const found: string[] = []
    for await (const line of linesOf(stream())) found.push(Buffer.from(line).toString())
    return found
  }

  test.each<[string, readonly string[], readonly string[]]>([
    ['nothing', [], []],
    ['an empty chunk', [''], []],
    ['a line', ['a\n'], ['a']],
    ['a line without end', ['a'], ['a']],
    ['an empty line', ['\n'], ['']],
    ['empty lines', ['\n\n'], ['', '']],
    ['an empty line between', ['a\n\nb'], ['a', '', 'b']],
    ['a line in pieces', ['a', 'b', '', 'c\nd', 'e\n'], ['abc', 'de']],
    ['an end in a chunk of its own', ['a', '\n', 'b', '\n'], ['a', 'b']],
    ['a character in two chunks', ['é'], ['é']],
  ])('%s', async (_, chunks, expected) => {
    expect(await lines(...chunks)).toEqual(expected)
    expect(await lines(...chunks.map((chunk) => Buffer.from(chunk)))).toEqual(expected)
    expect(await lines(...[...Buffer.from(chunks.join(''))].map((byte) => Buffer.of(byte)))).toEqual(expected)
  })
})
