import type { Element, NormalResource, NormalStatement, Pattern } from '../../src/compile/normal-policy.js'
import { type PolicyStages, policyStages } from '../../src/compile/stages.js'
import { policyOf } from '../evaluate/ask.js'

export type Json = Readonly<Record<string, unknown>>

export const BUCKET = 'bucket'

/** What each stage makes of statements that allow everybody everything, but for what they say instead. */
export function stagesOf(statements: readonly Json[], { version = '2012-10-17', bucket = BUCKET } = {}): PolicyStages {
  return policyStages(policyOf({ Version: version, Statement: statements.map(filled) }), bucket)
}

/** The normal form of one statement. */
export function normalOf(statement: Json, version?: string): NormalStatement {
  return stagesOf([statement], version === undefined ? {} : { version }).normalise.statements[0] as NormalStatement
}

function filled({ NotPrincipal, NotAction, NotResource, ...rest }: Json): Json {
  return {
    Effect: 'Allow',
    ...(NotPrincipal === undefined ? { Principal: '*' } : { NotPrincipal }),
    ...(NotAction === undefined ? { Action: '*' } : { NotAction }),
    ...(NotResource === undefined ? { Resource: '*' } : { NotResource }),
    ...rest,
  }
}

/** A pattern as a line: `*` and `?` are wildcards, `\\*` and `\\?` text. */
export function shownPattern(pattern: Pattern): string {
  return pattern.map(shownElement).join('')
}

function shownElement(element: Element): string {
  switch (element.kind) {
    case 'any':
      return '*'
    case 'one':
      return '?'
    case 'text':
      return element.text.replace(/[*?]/g, '\\$&')
    case 'variable':
      return element.default === undefined ? `\${${element.key}}` : `\${${element.key}, '${element.default}'}`
  }
}

/** A resource as a line. */
export function shown(resource: NormalResource): string {
  switch (resource.kind) {
    case 'pattern':
      return shownPattern(resource.pattern)
    case 'template':
      return `${resource.subject}: ${resource.patterns.map(shownPattern).join(' | ')}`
    case 'none-of':
      return `none of [${resource.resources.map(shown).join(', ')}]`
    default:
      return resource.kind.toUpperCase()
  }
}
