import type { Answer } from './s3-client.js'

/** How programs print an S3 error: awscli and s3cmd, boto3, rclone. */
const spellings = [/\((?<code>[A-Z][A-Za-z]+)\)/, /(?<!\bin )\b(?<code>[A-Z][A-Za-z]+): [^\n]*\n\s*status code: [45]\d\d/]

/**
 * Reads what a program printed when it failed: S3's code and status, if it says them. What the programs make up for a HEAD, which has no
 * document and so no code, is `Forbidden` or the status: no code.
 */
export function complaint(text: string): Answer {
  const code = spellings.map((spelling) => spelling.exec(text)?.groups?.['code']).find((found) => found !== undefined)
  const status = /\b([45]\d\d)\b/.exec(text)?.[1]
  return {
    ok: false,
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(code === undefined || code === 'Forbidden' ? {} : { code }),
    text: text.trim(),
  }
}
