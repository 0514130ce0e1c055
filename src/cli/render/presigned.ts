import type { PresignFormat } from '../presign/presign-options.js'
import type { PresignedForm } from '../presign/presigned-form.js'
import type { PresignedUrl } from '../presign/presigned-url.js'
import { mediaTypeOf } from './media-types.js'
import { timeText } from './outlook.js'
import { printableJson } from './printable.js'
import { isUnprintable, shellWord } from './shell-word.js'
import { uploadPage } from './upload-page.js'

export interface FormatRow {
  readonly url?: (url: PresignedUrl, file: string | undefined) => string
  readonly form?: (form: PresignedForm, file: string | undefined) => string
}

/** How what is signed is written, each for what it can hold. */
export const presignedFormats: Readonly<Record<PresignFormat, FormatRow>> = {
  url: { url: ({ url }) => `${url}\n` },
  curl: { url: curlOfUrl, form: curlOfForm },
  json: { url: jsonOfUrl, form: jsonOfForm },
  html: { form: uploadPage },
}

function jsonOfUrl({ method, url, headers, request }: PresignedUrl): string {
  return `${printableJson({ method, url, headers: Object.fromEntries(headers), expiresAt: timeText(request.until) }, 2)}\n`
}

function jsonOfForm({ url, fields, typePrefix, size, request }: PresignedForm): string {
  const startsWith = typePrefix === undefined ? {} : { startsWith: { 'Content-Type': typePrefix } }
  return `${printableJson({ method: 'POST', url, fields, ...startsWith, ...(size && { size }), expiresAt: timeText(request.until) }, 2)}\n`
}

/** Stands where a file is to be named. */
const FILE = 'FILE'

/** Whether clients that tidy paths up, as browsers do, would ask for something else: a key with `..` in it. */
export function isTidiedUp(url: string): boolean {
  return new URL(url).href !== url
}

function curlOfUrl({ method, url, headers }: PresignedUrl, file = FILE): string {
  const { host, pathname } = new URL(url)
  return command([
    ['--fail-with-body'],
    ...(isTidiedUp(url) ? [['--path-as-is']] : []),
    // Brackets are a pattern for curl.
    ...(host.startsWith('[') ? [['--globoff']] : []),
    ...(method === 'PUT' ? bodyOf(file, pathname, headers) : (methods[method]?.(pathname) ?? [])),
    ...headers.map(([name, value]) => ['--header', `${name}: ${value}`]),
    [url],
  ])
}

type Arguments = readonly (readonly string[])[]

const methods: Readonly<Record<string, (pathname: string) => Arguments>> = {
  GET: (pathname) => [['--output', fileNameOf(pathname)]],
  HEAD: () => [['--head']],
  DELETE: () => [['--request', 'DELETE']],
}

function bodyOf(file: string, pathname: string, headers: PresignedUrl['headers']): Arguments {
  if (!pathname.endsWith('/')) return [['--upload-file', file]]
  // After a slash, curl would go on with the name of the file; and it gives other data the type of a web form, unless told to give none.
  const type = headers.some(([name]) => name === 'content-type') ? [] : [['--header', 'content-type:']]
  return [['--request', 'PUT'], ['--data-binary', `@${file}`], ...type]
}

/** The object's name without folders, where files can have that name. */
function fileNameOf(pathname: string): string {
  const name = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
  return name === '' || /^[.-]|[/\\]/.test(name) || isUnprintable(name) ? FILE : name
}

function curlOfForm({ url, fields, typePrefix }: PresignedForm, file = FILE): string {
  const type = typePrefix === undefined ? [] : [['Content-Type', mediaTypeOf(file, typePrefix) ?? `${typePrefix}TYPE`] as const]
  const texts = [...Object.entries(fields), ...type].map(([name, value]) => ['--form-string', `${name}=${value}`])
  return command([['--fail-with-body'], ...texts, ['--form', `file=@${quotedPath(file)}`], [url]])
}

/** curl reads `;` and `,` in a path as the start of something else, unless the path is quoted. */
function quotedPath(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** An option and its value are a line. */
function command(lines: Arguments): string {
  return `${['curl', ...lines.map((words) => words.map(shellWord).join(' '))].join(' \\\n  ')}\n`
}
