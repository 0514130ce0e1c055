import type { Answer } from './s3-client.js'

/**
 * Reads what a program printed when it failed: an S3 error code in brackets or before a colon, a status 400 to 599. What AWS's programs
 * call a HEAD's missing code, `Forbidden` or a status, is none.
 */
export function complaint(text: string): Answer {
  const code = /\(([A-Z][A-Za-z]+)\)/.exec(text)?.[1] ?? /\b([A-Z][a-z]+[A-Z][A-Za-z]+): /.exec(text)?.[1]
  const status = /\b([45]\d\d)\b/.exec(text)?.[1]
  return {
    ok: false,
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(code === undefined || code === 'Forbidden' ? {} : { code }),
    text: text.trim(),
  }
}
