import type { Colors } from 'picocolors/types.js'
import type { Reason } from '../../decision/decision.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isOpen, type Judge, type Span } from '../presign/outlook.js'
import type { KeyOutlook, Outlooks } from '../presign/outlooks.js'
import type { PresignedForm } from '../presign/presigned-form.js'
import type { PresignedUrl } from '../presign/presigned-url.js'
import { listNames } from './list-names.js'
import { renderOutlook } from './outlook.js'
import { printable } from './printable.js'
import { reasonTexts } from './reasons.js'

/** Keys of which more is told than that there are others. */
const MOST_OTHERS = 3

/** What is told of a URL or form before it is given out, or in its place. */
export function renderOutlooks(
  { asked, others }: Outlooks,
  { kind, request }: PresignedUrl | PresignedForm,
  { authorizer, snapshot }: Judge,
  colors: Colors,
): string {
  const what = kind === 'url' ? 'URL' : 'form'
  const explain = (question: AuthorizationRequest) => authorizer.explain(question)
  const lines = [renderOutlook(asked.spans, { what, until: request.until, explain, colors })]
  if (!isOpen(asked.spans)) {
    lines.push(`${colors.red('denied')}: no ${what} is made, because it would be refused whoever used it${nextStep(asked, snapshot)}`)
  } else if (others.length > 0) {
    const more = others.length > MOST_OTHERS ? `; and so on, for ${others.length - MOST_OTHERS} more` : ''
    const told = others.slice(0, MOST_OTHERS).map(describeOther).join('; ')
    lines.push(`${colors.yellow('warning')}: the answer is for \`${printable(asked.key)}\`; ${told}${more}`)
  }
  return `${lines.join('\n')}\n`
}

function describeOther({ key, spans }: KeyOutlook): string {
  const { prospect } = spans.find((span) => span.prospect.kind === 'denied') ?? (spans[0] as Span)
  const name = `\`${printable(key)}\``
  if (prospect.kind === 'allowed') return `${name} would be allowed`
  if (prospect.kind === 'depends') return `${name} depends on ${prospect.keys.map(printable).join(', ')}`
  return `${name} would be denied, because ${reasonTexts[prospect.decision.reason]}`
}

/** What may help, where the snapshot shows it. */
function nextStep({ spans }: KeyOutlook, snapshot: Snapshot): string {
  const { prospect } = spans[0] as Span
  const step = prospect.kind === 'denied' ? steps[prospect.decision.reason] : undefined
  return step === undefined ? '' : `; ${step(snapshot)}`
}

const steps: Readonly<Partial<Record<Reason, (snapshot: Snapshot) => string>>> = {
  'unknown-bucket': ({ buckets }) => `the buckets of the snapshot are ${listNames(buckets.keys())}`,
  'unknown-key': ({ keys }) => `the access keys of the snapshot are ${listNames(keys.keys())}`,
}
