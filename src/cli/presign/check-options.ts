import { InputError } from '../exit-code.js'
import { type FormatRow, presignedFormats } from '../render/presigned.js'
import type { PresignOptions } from './presign-options.js'

const presignMethods = ['GET', 'HEAD', 'PUT', 'DELETE', 'POST'] as const
export type PresignMethod = (typeof presignMethods)[number]

export function parseMethod(text: string): PresignMethod {
  const method = presignMethods.find((known) => known === text.toUpperCase())
  if (method === undefined) throw new InputError(`\`${text}\` cannot be presigned; it is GET, HEAD, PUT or DELETE, or POST for a form`)
  return method
}

interface MisplacedRow {
  readonly name: keyof PresignOptions
  readonly option: string
  readonly instead: string
}

const ofUrls: readonly MisplacedRow[] = [
  { name: 'header', option: '--header', instead: 'a form has fields: --field NAME=VALUE' },
  { name: 'query', option: '--query', instead: 'a form has fields: --field NAME=VALUE' },
]

const ofForms: readonly MisplacedRow[] = [
  { name: 'field', option: '--field', instead: "a URL has headers: --header 'NAME: VALUE'" },
  { name: 'prefix', option: '--prefix', instead: 'a URL is for one object: BUCKET/KEY' },
  { name: 'minSize', option: '--min-size', instead: 'only a form (POST) bounds the size' },
  { name: 'maxSize', option: '--max-size', instead: 'only a form (POST) bounds the size' },
]

/** Refuses what the method does not take, so that nobody believes a limit that is none. Returns how the result is written. */
export function checkOptions(method: PresignMethod, options: PresignOptions): FormatRow {
  if (options.secret !== undefined) {
    throw new InputError(
      'a secret on the command line is seen by others and kept in histories: give --secret-file FILE, and replace this secret',
    )
  }
  const isForm = method === 'POST'
  const misplaced = (isForm ? ofUrls : ofForms).find(({ name }) => isGiven(options[name]))
  if (misplaced !== undefined) throw new InputError(`${misplaced.option} is not for ${method}; ${misplaced.instead}`)
  const format = options.format ?? (isForm ? 'json' : 'url')
  if (options.file !== undefined && (format !== 'curl' || (!isForm && method !== 'PUT'))) {
    throw new InputError('--file names what a curl command uploads: it goes with --format curl and PUT or POST')
  }
  const row = presignedFormats[format]
  if (isForm && row.form === undefined) throw new InputError('a form is more than a URL: give --format json, curl or html')
  if (!isForm && row.url === undefined) throw new InputError(`--format ${format} is a page with a form, which POST makes`)
  return row
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined
}

/** A further `NAME=VALUE` or `NAME: VALUE` of an option that may come several times. */
export function collectPair(option: string, separator: '=' | ':') {
  return (text: string, earlier: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] => {
    const at = text.indexOf(separator)
    const name = (at < 0 ? text : text.slice(0, at)).trim()
    if (name === '' || (at < 0 && option !== '--query')) {
      throw new InputError(`${option} takes ${separator === ':' ? "'NAME: VALUE'" : 'NAME=VALUE'}, not \`${text}\``)
    }
    const value = at < 0 ? '' : text.slice(at + 1)
    return [...earlier, [name, separator === ':' ? value.trim() : value]]
  }
}
