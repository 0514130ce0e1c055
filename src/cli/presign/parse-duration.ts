import { InputError } from '../exit-code.js'

const SECONDS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
])

/** What Signature V4 allows. */
const LONGEST = 604_800

/** The value of --expires in seconds: `900`, `30s`, `15m`, `2h` or `7d`. */
export function parseDuration(text: string): number {
  const [, digits = '', unit = ''] = /^([0-9]{1,9})([smhd]?)$/.exec(text) ?? []
  const seconds = digits === '' ? 0 : Number(digits) * (SECONDS.get(unit) as number)
  if (seconds < 1 || seconds > LONGEST) {
    throw new InputError(`--expires takes 1s to 7d, such as 900, 30s, 15m, 2h or 7d, not \`${text}\``)
  }
  return seconds
}
