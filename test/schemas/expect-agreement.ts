import { expect } from 'vitest'
import { accepts, type DocumentKind } from './documents.js'
import { parserAnswer } from './parsers.js'

/** Schema and parser take the document both, or neither does. */
export function expectAgreement(kind: DocumentKind, document: unknown): void {
  expect({ accepted: accepts(kind, document) }, JSON.stringify(document)).toEqual({ accepted: parserAnswer(kind, document) === 'fine' })
}
