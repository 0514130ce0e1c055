import { limits } from './limits.js'

/** What signs a request: an access key, and the day, region and service its signature is good for. */
export interface Credential {
  readonly accessKey: string
  /** `20260921`. */
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
  /** `20260921/us-east-1/s3/aws4_request`. */
  readonly scope: string
}

/** Reads `AKIA…/20260921/us-east-1/s3/aws4_request`, from its end: an access key may have slashes. Undefined for anything else. */
export function parseCredential(text: string): Credential | undefined {
  const terminatorAt = text.lastIndexOf('/')
  const serviceAt = before(text, terminatorAt)
  const regionAt = before(text, serviceAt)
  const dateAt = before(text, regionAt)
  if (dateAt <= 0 || dateAt > limits.accessKey || !isAscii(text)) return undefined
  return {
    accessKey: text.slice(0, dateAt),
    date: text.slice(dateAt + 1, regionAt),
    region: text.slice(regionAt + 1, serviceAt),
    service: text.slice(serviceAt + 1, terminatorAt),
    terminator: text.slice(terminatorAt + 1),
    scope: text.slice(dateAt + 1),
  }
}

/** `20260921/us-east-1/s3/aws4_request`. @param date `20260921T141300Z`, or its day */
export function scopeOf(date: string, region: string): string {
  return `${date.slice(0, 8)}/${region}/s3/aws4_request`
}

function before(text: string, at: number): number {
  return at <= 0 ? -1 : text.lastIndexOf('/', at - 1)
}

/** Printable, without blanks. */
function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f) return false
  }
  return true
}
