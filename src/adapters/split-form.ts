import type { S3Error } from '../s3-error/s3-error.js'
import { malformedForm } from './boundary.js'
import type { FormLimits } from './form.js'
import type { FormPart, PartHeaders } from './form-reading.js'

/** The parts of a form that is there as a whole, one after the other, so that whoever asks can stop. Ends with an error if the form is wrong. */
export function* splitForm(bytes: Uint8Array, boundary: string, limits: FormLimits): Generator<FormPart | S3Error, void> {
  const delimiter = Uint8Array.from(`\r\n--${boundary}`, (character) => character.charCodeAt(0))
  // The first delimiter needs no line end before it.
  const first = startsWith(bytes, delimiter.subarray(2), 0) ? delimiter.length - 2 : after(bytes, delimiter, 0)
  for (let at = first; ; ) {
    if (at < 0) return yield malformedForm('the form has no end')
    if (startsWith(bytes, DASHES, at)) {
      const isLong = bytes.length - at - DASHES.length > limits.maxEpilogueBytes
      return isLong ? yield malformedForm('the body goes on after the form') : undefined
    }
    if (!startsWith(bytes, LINE_END, at)) return yield malformedForm('a boundary is not alone on its line')
    const next = after(bytes, delimiter, at)
    const part = next < 0 ? undefined : readPart(bytes.subarray(at, next - delimiter.length), limits)
    if (part === undefined) return yield malformedForm('a part has no end, no end of its headers, or broken ones')
    yield part
    at = next
  }
}

const DASHES = Uint8Array.of(0x2d, 0x2d)
const LINE_END = Uint8Array.of(0xd, 0xa)
const BLANK_LINE = Uint8Array.of(0xd, 0xa, 0xd, 0xa)

/** @param bytes from the line end after the boundary on */
function readPart(bytes: Uint8Array, limits: FormLimits): FormPart | undefined {
  const bodyStart = after(bytes.subarray(0, limits.maxHeaderBytes), BLANK_LINE, 0)
  if (bodyStart < 0) return undefined
  const headers = readHeaders(bytes.subarray(2, Math.max(2, bodyStart - BLANK_LINE.length)), limits.maxHeaderLines)
  return headers === undefined ? undefined : { headers, body: bytes.subarray(bodyStart) }
}

function readHeaders(bytes: Uint8Array, maxLines: number): PartHeaders | undefined {
  const lines = String.fromCharCode(...bytes).split('\r\n')
  const headers: Record<string, string[]> = Object.create(null)
  if (lines.length > maxLines) return undefined
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).toLowerCase()
    const isBroken = colon <= 0 || name.trim() !== name || line.includes('\r') || line.includes('\n') || line.includes('\0')
    if (isBroken) return undefined
    headers[name] = [...(headers[name] ?? []), line.slice(colon + 1).trim()]
  }
  return headers
}

/** The place after the next such bytes; negative if there are none. */
function after(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xd, from); at >= 0; at = bytes.indexOf(0xd, at + 1)) {
    if (startsWith(bytes, wanted, at)) return at + wanted.length
  }
  return -1
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}
