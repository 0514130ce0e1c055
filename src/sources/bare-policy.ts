import { type Document, readDocument } from '../policy/document.js'
import { draftOf } from '../policy/parser.js'
import { validatePolicy } from '../validate/validate-policy.js'
import type { FoundPolicy, SourceFile } from './found.js'
import { readPartition } from './partition.js'

/** Whose policy it is, if that is known. */
export interface BarePolicyOptions {
  readonly bucket?: string
  readonly owner?: string
}

/** A file that is a policy. */
export function barePolicy(file: SourceFile, options: BarePolicyOptions = {}): FoundPolicy {
  return policyIn(readDocument(file.text), file, options)
}

/** The same of a file that has been read as JSON already. */
export function policyIn(document: Document, file: SourceFile, { bucket, owner }: BarePolicyOptions): FoundPolicy {
  const { root } = document
  const { draft: written, diagnostics } = draftOf(file.text, document)
  const { draft, partition } = written === undefined ? {} : readPartition(written)
  const meanings = draft === undefined ? [] : validatePolicy(draft, bucket === undefined ? {} : { bucket })
  return {
    kind: 'policy',
    file,
    address: '',
    ...(root !== undefined && { root }),
    ...(partition !== undefined && { partition }),
    ...(draft !== undefined && { draft }),
    diagnostics: [...diagnostics, ...meanings],
    ...(bucket !== undefined && { bucket }),
    ...(owner !== undefined && { owner }),
    unknowns: [],
    isEditable: true,
  }
}
