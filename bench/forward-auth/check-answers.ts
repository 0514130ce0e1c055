import type { Contender } from './contenders.js'

/** Throws unless every sample is answered as it must be. */
export async function checkAnswers({ what, samples }: Contender): Promise<void> {
  for (const { url, body } of samples) {
    const response = await fetch(url)
    const text = await response.text()
    const isRight = body === undefined ? response.status === 403 && text.includes('AccessDenied') : response.status === 200 && text === body
    if (!isRight) throw new Error(`${what} answered ${response.status} to ${url}: ${text.slice(0, 500)}`)
  }
}
