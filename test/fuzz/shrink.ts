import { copyOf, type Sent } from './sent.js'

const MOST_TRIES = 3000

/** The smallest request, of those made by leaving something out, that still shows a finding. */
export async function shrink(found: Sent, stillShows: (sent: Sent) => Promise<boolean>): Promise<Sent> {
  let smallest = found
  let tries = 0
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false
    for (const candidate of smallerOnes(smallest)) {
      if (++tries > MOST_TRIES) return smallest
      if (!(await stillShows(candidate))) continue
      smallest = candidate
      isSmaller = true
      break
    }
  }
  return smallest
}

function* smallerOnes(sent: Sent): Generator<Sent> {
  const with_ = (change: Partial<Sent>): Sent => ({ ...copyOf(sent), ...change })
  for (let i = 0; i < sent.headers.length; i++) yield with_({ headers: sent.headers.filter((_, index) => index !== i) })
  if (sent.body.length > 0) yield with_({ body: new Uint8Array(0) })
  for (const cut of halves(sent.body.length))
    yield with_({ body: Buffer.concat([sent.body.subarray(0, cut.from), sent.body.subarray(cut.to)]) })
  for (const { from, to } of halves(sent.target.length)) yield with_({ target: sent.target.slice(0, from) + sent.target.slice(to) })
  for (const [index, [name, value]] of sent.headers.entries()) {
    for (const { from, to } of halves(value.length)) {
      const headers = copyOf(sent).headers
      headers[index] = [name, value.slice(0, from) + value.slice(to)]
      yield with_({ headers })
    }
  }
}

/** Parts to leave out: halves, quarters, and so on. */
function* halves(length: number): Generator<{ readonly from: number; readonly to: number }> {
  for (let size = Math.ceil(length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < length; from += size) yield { from, to: Math.min(length, from + size) }
  }
}
