import { execFileSync } from 'node:child_process'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'

const calls = 1_000_000

/**
 * A program that prints what each function allocates in a million calls. Its young generation is larger than one number
 * a call would fill, so that nothing is collected while it counts.
 */
const program = `
  import { createAddress, readAddress } from './src/scan/address.ts'
  import { createArnColons, readArnColons } from './src/scan/arn.ts'
  import { isCanonicalBase64Range } from './src/scan/base64.ts'
  import { readBoolean } from './src/scan/boolean.ts'
  import { decimalOrder } from './src/scan/decimal.ts'
  import { equalsFolded } from './src/scan/fold.ts'
  import { createInstant, readInstant } from './src/scan/instant.ts'
  import { isInside, maskedRange } from './src/scan/masked-range.ts'
  import { parseRange } from './src/match/cidr.ts'
  import { compareRange, equalsRange } from './src/scan/range.ts'

  const address = createAddress()
  const colons = createArnColons()
  const instant = createInstant()
  const words = Int32Array.from(maskedRange(parseRange('10.0.0.0/8')))
  const functions = {
    none: { call: (text, from, to) => to - from, texts: ['a', 'b'] },
    concatenation: { call: (text, from, to) => (text + to).length, texts: ['a', 'b'] },
    equalsRange: { call: (text, from, to) => equalsRange(text, from, to, 'bucket-1'), texts: ['bucket-1', 'bucket-2', ''] },
    compareRange: { call: (text, from, to) => compareRange(text, from, to, 'bucket-1'), texts: ['bucket-1', 'bucket-2', ''] },
    readAddress: {
      call: (text, from, to) => readAddress(text, from, to, address) && isInside(address, words, 0),
      texts: ['10.1.2.3', '255.255.255.255', '2001:db8::1:ffff', '::ffff:10.0.0.1', '1:2:3:4:5:6:7:8', '::x', ''],
    },
    decimalOrder: {
      call: (text, from, to) => decimalOrder(text, from, to, false, '125', 2),
      texts: ['12.5', '00012.50', '1e999999999', '-12.5e-7', '12345678901234567890', '1.', 'x', ''],
    },
    readInstant: {
      call: (text, from, to) => readInstant(text, from, to, instant),
      texts: ['2026-09-21', '9999-12-31T23:59:59.999999999-23:59', '2026-09-21T14:13Z', '1790000000', '-999999999999999.5', '2026-02-30', ''],
    },
    readBoolean: { call: readBoolean, texts: ['true', 'FALSE', 'tree', ''] },
    isCanonicalBase64Range: { call: isCanonicalBase64Range, texts: ['AA==', 'Zm9vYmFy', 'AB==', 'A', ''] },
    equalsFolded: { call: (text, from, to) => equalsFolded(text, from, to, 'bucket-1'), texts: ['Bucket-1', 'BUCKET-2', ''] },
    readArnColons: { call: (text, from, to) => readArnColons(text, from, to, colons), texts: ['arn:aws:s3:::b/k', 'arn:aws:s3::b', ''] },
  }

  function run(call, texts, count) {
    let answered = 0
    for (let i = 0; i < count; i++) {
      const text = texts[i % texts.length]
      if (call(text, 1, text.length - 1)) answered++
    }
    return answered
  }

  const allocated = {}
  for (const [name, { call, texts }] of Object.entries(functions)) {
    const padded = texts.map((text) => '1' + text + '1')
    for (let i = 0; i < 20; i++) run(call, padded, 50_000)
    gc()
    const before = process.memoryUsage().heapUsed
    run(call, padded, ${calls})
    allocated[name] = process.memoryUsage().heapUsed - before
  }
  console.log(JSON.stringify(allocated))
`

function measure(): Record<string, number> {
  const root = new URL('../..', import.meta.url).pathname
  const built = buildSync({ stdin: { contents: program, resolveDir: root }, bundle: true, format: 'esm', write: false })
  const flags = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128', '--input-type=module', '--eval']
  const printed = execFileSync(process.execPath, [...flags, built.outputFiles[0]?.text ?? ''], { encoding: 'utf8' })
  return JSON.parse(printed) as Record<string, number>
}

test('nothing is allocated, once the functions are compiled', () => {
  const { concatenation, ...allocated } = measure()
  // The smallest object takes eight bytes a call; that this would be seen shows in the one that does allocate.
  expect(concatenation).toBeGreaterThan(calls * 8)
  for (const [name, bytes] of Object.entries(allocated)) expect([name, bytes < calls]).toEqual([name, true])
})
