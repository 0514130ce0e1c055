import { limits } from '../../sigv4/limits.js'
import { InputError } from '../exit-code.js'

const BYTES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1000],
  ['mb', 1000 ** 2],
  ['gb', 1000 ** 3],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
])

/** The value of --min-size or --max-size in bytes: `2000`, `10MB` (millions) or `10MiB` (1,024 times 1,024). */
export function parseSize(text: string): number {
  const [, digits = '', unit = ''] = /^([0-9]{1,12}) ?([a-zA-Z]{0,3})$/.exec(text) ?? []
  const factor = BYTES.get(unit.toLowerCase())
  if (digits === '' || factor === undefined)
    throw new InputError(`a size is a number of bytes, or such as 500KB, 10MB or 10MiB, not \`${text}\``)
  const bytes = Number(digits) * factor
  if (bytes > limits.body) throw new InputError(`\`${text}\` is more than one upload can have, which is 5GiB`)
  return bytes
}
