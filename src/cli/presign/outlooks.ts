import { keysToTry } from './keys-to-try.js'
import { isOpen, type Judge, outlookOf, type Span } from './outlook.js'
import type { ObjectPlace } from './parse-place.js'
import { planAt, type RequestToCome } from './request-to-come.js'

/** What becomes of the request for one key. */
export interface KeyOutlook {
  readonly key: string
  readonly spans: readonly Span[]
}

export interface Outlooks {
  /** For the key, or, of a form, for one that may be stored. */
  readonly asked: KeyOutlook
  /** Of a form: further keys that begin as they must, and for which the answer is another. */
  readonly others: readonly KeyOutlook[]
}

/** A name that no policy has a reason to speak of. */
const ANY_NAME = 'file'

/** The prospects of a request for each key that it may come with. @param file that is going to be uploaded, if that is known */
export function outlooksOf(judge: Judge, request: RequestToCome, key: ObjectPlace['key'], file: string | undefined): Outlooks {
  const outlook = (each: string): KeyOutlook => ({ key: each, spans: outlookOf(judge, request, each) })
  if (typeof key === 'string') return { asked: outlook(key), others: [] }
  const names = [...(file === undefined ? [] : [file.slice(file.lastIndexOf('/') + 1)]), ANY_NAME]
  const [question] = planAt(request, key.prefix + ANY_NAME, request.facts.signedAt).questions
  const further = question === undefined ? [] : keysToTry(judge.snapshot, question, key.prefix)
  const all = [...new Set([...names.map((name) => key.prefix + name), ...further])].map(outlook)
  const asked = all.find(({ spans }) => isOpen(spans)) ?? (all[0] as KeyOutlook)
  const kinds = kindsOf(asked)
  return { asked, others: all.filter((other) => kindsOf(other) !== kinds) }
}

function kindsOf({ spans }: KeyOutlook): string {
  return spans.map(({ from, prospect }) => `${from} ${prospect.kind}`).join()
}
