import { parseArn } from '../match/arn.js'
import { coversPattern, type PatternSymbol, patternSymbols } from '../match/covers.js'
import type { PolicyVersion } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'

/** The symbols of a resource's text, variables as one each; undefined if one of them is malformed. */
export function resourceSymbols(text: string, version: PolicyVersion | undefined): readonly PatternSymbol[] | undefined {
  const symbols: PatternSymbol[] = []
  for (const part of parseTemplate(text, version)) {
    if (part.kind === 'malformed') return undefined
    if (part.kind === 'text') symbols.push(...patternSymbols(part.text))
    else if (part.kind === 'variable') symbols.push(`\${${part.key}${part.default === undefined ? '' : `, '${part.default}'`}}`)
    else symbols.push('*?'.includes(part.text) ? `\${${part.text}}` : part.text)
  }
  return symbols
}

/** Whether one resource names everything that the other names. What it affirms is certain. */
export function coversResource(outer: string, inner: string, version: PolicyVersion | undefined): boolean {
  if (outer === inner || outer === '*') return true
  const outerParts = parseArn(outer)
  const innerParts = parseArn(inner)
  if (outerParts === undefined || innerParts === undefined) return false
  // Stars never cross the colons of an ARN, so it is compared part by part.
  return outerParts.every((part, index) => {
    const covering = resourceSymbols(part, index === 5 ? version : undefined)
    const covered = resourceSymbols(innerParts[index] ?? '', index === 5 ? version : undefined)
    return covering !== undefined && covered !== undefined && coversPattern(covering, covered)
  })
}
