import { createServer, type IncomingMessage } from 'node:http'
import type { DeciderAddress } from './decider.js'
import type { Service } from './service.js'

export interface AskedQuestion {
  readonly method: string
  readonly target: string
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[]
  readonly headers: IncomingMessage['headers']
}

export interface StubDecider extends Service {
  readonly address: DeciderAddress
  /** What it says from now on. */
  verdict: Verdict
  readonly asked: AskedQuestion[]
}

export type Verdict = 'allow' | { readonly status: number; readonly code: string }

/** The path under which an answer is always 2xx or 403, with the error in headers, as nginx needs it. */
export const nginxPath = '/nginx'
/** The path under which an answer is what the client gets. */
export const plainPath = '/'

/** Says the same to everybody, in the words that `nginxConf` and `caddyfile` expect of a forward-auth server. */
export async function startStubDecider(address?: DeciderAddress): Promise<StubDecider> {
  const asked: AskedQuestion[] = []
  const server = createServer((request, response) => {
    const target = request.url ?? ''
    asked.push({ method: request.method ?? '', target, rawHeaders: request.rawHeaders, headers: request.headers })
    if (stub.verdict === 'allow') {
      response.writeHead(204).end()
      return
    }
    const { status, code } = stub.verdict
    const document = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
    if (target === nginxPath) response.writeHead(403, { 'x-s3-error-status': status, 'x-s3-error': document }).end()
    else response.writeHead(status, { 'content-type': 'application/xml' }).end(document)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    if (address?.kind === 'socket') server.listen(address.path, resolve)
    else server.listen(address?.port ?? 0, '127.0.0.1', resolve)
  })
  const bound = server.address()
  if (bound === null) throw new Error('a listening server has an address')
  const stub: StubDecider = {
    address: typeof bound === 'string' ? { kind: 'socket', path: bound } : { kind: 'port', port: bound.port },
    verdict: 'allow',
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return stub
}
