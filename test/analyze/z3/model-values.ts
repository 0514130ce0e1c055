/** The value of a constant in a model: a truth, a text, a fraction, or bits as a number. */
export type ModelValue = boolean | string | bigint | { readonly above: bigint; readonly below: bigint }

/** Reads a value as Z3 writes it. */
export function readValue(text: string): ModelValue {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text.startsWith('"')) return readText(text.slice(1, -1))
  if (/^#[xb]/.test(text)) return BigInt(`0${text.slice(1)}`)
  const [, minus, above, below] = /^(\(- )?(?:\(\/ )?([\d.]+)(?: ([\d.]+)\))?\)?$/.exec(text) ?? []
  if (above === undefined) throw new TypeError(`there is no value such as ${text}`)
  const sign = minus === undefined ? 1n : -1n
  const whole = (number: string) => BigInt(number.replace(/\.0$/, ''))
  return above.includes('.') ? { above: sign * whole(above), below: whole(below ?? '1') } : sign * whole(above)
}

function readText(text: string): string {
  return text.replace(/""|\\u\{([0-9a-f]+)\}/gi, (_, hex) => (hex === undefined ? '"' : String.fromCodePoint(Number.parseInt(hex, 16))))
}

/** A fraction as a decimal; undefined if it has no end. */
export function decimalText({ above, below }: { readonly above: bigint; readonly below: bigint }): string | undefined {
  let scale = 0
  let number = above
  while (number % below !== 0n && scale < 60) {
    number *= 10n
    scale++
  }
  if (number % below !== 0n) return undefined
  const digits = `${number / below}`.padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
