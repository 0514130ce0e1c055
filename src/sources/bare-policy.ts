import { readDocument } from '../policy/document.js'
import { parseDraft } from '../policy/parser.js'
import { validatePolicy } from '../validate/validate-policy.js'
import type { FoundPolicy, SourceFile } from './found.js'

/** A file that is a policy. @param bucket the bucket that it is for, if it is known */
export function barePolicy(file: SourceFile, { bucket, owner }: { readonly bucket?: string; readonly owner?: string } = {}): FoundPolicy {
  const { draft, diagnostics } = parseDraft(file.text)
  const { root } = readDocument(file.text)
  const meanings = draft === undefined ? [] : validatePolicy(draft, bucket === undefined ? {} : { bucket })
  return {
    kind: 'policy',
    file,
    address: '',
    ...(root !== undefined && { root }),
    ...(draft !== undefined && { draft }),
    diagnostics: [...diagnostics, ...meanings],
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    unknowns: [],
    isEditable: true,
  }
}
