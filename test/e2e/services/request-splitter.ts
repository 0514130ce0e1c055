const HEAD_END = Buffer.from('\r\n\r\n')
const LINE_END = Buffer.from('\r\n')

/**
 * Finds where one request ends and the next begins in what a client sends on one connection (HTTP/1.1). For the well-formed requests of
 * real clients; a head that never ends is never a request.
 */
export class RequestSplitter {
  private pending: Buffer = Buffer.alloc(0)
  private since = 0

  /** @param onRequest called with each whole request and the time of its first byte */
  constructor(private readonly onRequest: (bytes: Buffer, time: number) => void) {}

  push(chunk: Buffer): void {
    if (this.pending.length === 0) this.since = Date.now()
    this.pending = Buffer.concat([this.pending, chunk])
    for (let end = requestEnd(this.pending); end !== undefined; end = requestEnd(this.pending)) {
      this.onRequest(Buffer.from(this.pending.subarray(0, end)), this.since)
      this.pending = this.pending.subarray(end)
      this.since = Date.now()
    }
  }
}

function requestEnd(bytes: Buffer): number | undefined {
  const head = bytes.indexOf(HEAD_END)
  if (head < 0) return undefined
  const bodyStart = head + HEAD_END.length
  const text = bytes.toString('latin1', 0, head).toLowerCase()
  if (headerOf(text, 'transfer-encoding') === 'chunked') return chunkedEnd(bytes, bodyStart)
  const end = bodyStart + Number(headerOf(text, 'content-length') ?? 0)
  return end <= bytes.length ? end : undefined
}

function headerOf(head: string, name: string): string | undefined {
  const line = head.split('\r\n').find((each) => each.startsWith(`${name}:`))
  return line?.slice(name.length + 1).trim()
}

function chunkedEnd(bytes: Buffer, start: number): number | undefined {
  for (let at = start; ; ) {
    const line = bytes.indexOf(LINE_END, at)
    if (line < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (size === 0) {
      const end = bytes.indexOf(HEAD_END, line)
      return end < 0 ? undefined : end + HEAD_END.length
    }
    at = line + LINE_END.length + size + LINE_END.length
    if (at > bytes.length) return undefined
  }
}
