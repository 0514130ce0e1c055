import { Authorizer } from '../../authorizer/authorizer.js'
import { type ExitCode, exitCode } from '../exit-code.js'
import { checkOptions, parseMethod } from '../presign/check-options.js'
import { parseEndpoint } from '../presign/endpoint.js'
import { isOpen } from '../presign/outlook.js'
import { outlooksOf } from '../presign/outlooks.js'
import { parsePlace } from '../presign/parse-place.js'
import type { PresignOptions } from '../presign/presign-options.js'
import { type PresignedForm, signForm } from '../presign/presigned-form.js'
import { type PresignedUrl, signUrl } from '../presign/presigned-url.js'
import { readSecret } from '../presign/read-secret.js'
import { planAt } from '../presign/request-to-come.js'
import { loadSnapshot } from '../read-input.js'
import { renderOutlooks } from '../render/outlooks.js'
import { isTidiedUp } from '../render/presigned.js'
import type { Terminal } from '../terminal.js'

/** Signs a URL or a form for somebody who has no key, after it has told whether the key may do that at all. */
export async function presign(methodText: string, placeText: string, options: PresignOptions, terminal: Terminal): Promise<ExitCode> {
  const method = parseMethod(methodText)
  const row = checkOptions(method, options)
  const isForm = method === 'POST'
  const { bucket, key } = parsePlace(placeText, isForm, options.prefix)
  const endpoint = parseEndpoint(options.endpoint, options.virtualHost === true)
  const snapshot = loadSnapshot(options.snapshot, terminal)
  const { key: accessKey, region, expires } = options
  const time = Math.floor(terminal.now() / 1000) * 1000
  const signing = { accessKey, secret: readSecret(options.secretFile, terminal), region, time, expires, endpoint }
  const made =
    typeof key === 'string' && !isForm
      ? await signUrl(signing, method, bucket, key, options)
      : await signForm(signing, bucket, key, options)
  const judge = { authorizer: Authorizer.from(snapshot), snapshot }
  const outlooks = outlooksOf(judge, made.request, key, options.file)
  terminal.err.write(renderOutlooks(outlooks, made, judge, terminal.errColors))
  if (!isOpen(outlooks.asked.spans)) return exitCode.no
  for (const warning of warningsOf(made, outlooks.asked.key)) terminal.err.write(`${terminal.errColors.yellow('warning')}: ${warning}\n`)
  terminal.out.write((made.kind === 'url' ? row.url?.(made, options.file) : row.form?.(made, options.file)) ?? '')
  return exitCode.fine
}

/** What does not hang on policies and grants. */
function warningsOf(made: PresignedUrl | PresignedForm, key: string): readonly string[] {
  const { givesByAcl } = planAt(made.request, key, made.request.facts.signedAt)
  return [
    ...(givesByAcl
      ? ['the ACL gives others something, which S3 refuses in buckets without ACLs; `private` and `bucket-owner-full-control` pass']
      : []),
    ...(isTidiedUp(made.url)
      ? ['the key has `.` or `..` between slashes, which browsers and many clients leave out of a URL: it will not work there']
      : []),
  ]
}
