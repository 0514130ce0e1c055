import { createHash } from 'node:crypto'
import { runCommand } from '../run-command.js'
import { bodyFile } from './body-file.js'
import { encodePath } from './encode-path.js'
import type { Answer, ClientOptions, S3Client } from './s3-client.js'

export interface CurlRequest {
  readonly method?: string
  /** Path and query, sent as they are. */
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface Curl extends S3Client {
  readonly endpoint: string
  /** Signed by curl's own Signature V4. */
  signed(request: CurlRequest): Promise<Answer>
  /** As it is: anonymous, presigned, or wrong on purpose. */
  send(request: CurlRequest): Promise<Answer>
}

const empty = Buffer.alloc(0)

/** Debian's curl 7.88, whose `--aws-sigv4` signs the query as it stands: parameters have to be sorted and encoded. */
export function curl(options: ClientOptions): Curl {
  const signing = [
    '--aws-sigv4',
    `aws:amz:${options.region ?? 'us-east-1'}:s3`,
    '--user',
    `${options.keys.accessKey}:${options.keys.secretKey}`,
  ]
  const send = async ({ method = 'GET', target, headers = {}, body }: CurlRequest, more: readonly string[] = []): Promise<Answer> => {
    const args = ['-q', '--silent', '--show-error', '--path-as-is', '--globoff', '--max-time', '50', '--write-out', '\\n%{http_code}']
    args.push(...(method === 'HEAD' ? ['--head', '--output', '/dev/null'] : ['--request', method]))
    if (options.certificate !== undefined) args.push('--cacert', options.certificate)
    for (const [name, value] of Object.entries(headers)) args.push('--header', value === '' ? `${name};` : `${name}: ${value}`)
    if (body !== undefined) args.push('--data-binary', `@${bodyFile(options.directory, body)}`)
    const { status, stdout, stderr } = await runCommand('/usr/bin/curl', [...args, ...more, options.endpoint + target])
    return answerOf(status, stdout.toString('latin1'), stderr)
  }
  const signed = (request: CurlRequest): Promise<Answer> => {
    const hash = createHash('sha256')
      .update(request.body ?? empty)
      .digest('hex')
    const type = request.body === undefined ? {} : { 'content-type': 'application/octet-stream' }
    return send({ ...request, headers: { ...type, ...request.headers, 'x-amz-content-sha256': hash } }, signing)
  }
  const target = (bucket: string, key: string): string => `/${bucket}/${encodePath(key)}`
  return {
    name: 'curl',
    endpoint: options.endpoint,
    signed,
    send: (request) => send(request),
    makeBucket: (bucket) => signed({ method: 'PUT', target: `/${bucket}` }),
    put: (bucket, key, body) => signed({ method: 'PUT', target: target(bucket, key), body }),
    get: (bucket, key) => signed({ target: target(bucket, key) }),
    head: (bucket, key) => signed({ method: 'HEAD', target: target(bucket, key) }),
    async list(bucket, prefix) {
      const answer = await signed({ target: `/${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}` })
      return answer.ok
        ? { ...answer, text: [...utf8(answer.text).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key).join('\n') }
        : answer
    },
    delete: (bucket, key) => signed({ method: 'DELETE', target: target(bucket, key) }),
    async deleteMany(bucket, keys) {
      const body = Buffer.from(`<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`)
      const headers = { 'content-md5': createHash('md5').update(body).digest('base64'), 'content-type': 'application/xml' }
      const answer = await signed({ method: 'POST', target: `/${bucket}?delete=`, headers, body })
      const code = codeIn(answer.text)
      return answer.ok && code !== undefined ? { ...answer, ok: false, code } : answer
    },
    copy: (bucket, from, to) =>
      signed({ method: 'PUT', target: target(bucket, to), headers: { 'x-amz-copy-source': target(bucket, from) } }),
  }
}

function answerOf(exit: number, output: string, stderr: string): Answer {
  if (exit !== 0) return { ok: false, text: stderr.trim() }
  const split = output.lastIndexOf('\n')
  const status = Number(output.slice(split + 1))
  const text = output.slice(0, split)
  if (status < 300) return { ok: true, status, text }
  const code = codeIn(text)
  return { ok: false, status, ...(code === undefined ? {} : { code }), text }
}

function codeIn(document: string): string | undefined {
  return /<Code>(\w+)<\/Code>/.exec(document)?.[1]
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString()
}
