import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import { expect } from 'vitest'

/** The package has SARIF's schema, as SchemaStore publishes it for the Technical Committee. */
const location = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')

const isSarif = compileSchema(JSON.parse(readFileSync(location, 'utf8')))

/** It is written in draft 4 and uses nothing that draft 7 calls otherwise but its id. */
function compileSchema({ id: _id, $schema: _draft, ...schema }: Record<string, unknown>): ValidateFunction {
  const formats = { uri: isUri, 'uri-reference': isUriReference, 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) }
  return new Ajv({ strict: true, strictTypes: false, strictRequired: false, unicodeRegExp: false, formats, allErrors: true }).compile(
    schema,
  )
}

function isUri(text: string): boolean {
  return URL.canParse(text)
}

/** Of RFC 3986: nothing but its characters, and no colon in the first part of a relative path. */
function isUriReference(text: string): boolean {
  return (
    /^([a-z]+:\/\/)?([A-Za-z0-9\-._~!$&'()*+,;=@:/]|%[0-9A-F]{2})*$/.test(text) &&
    (URL.canParse(text) || !text.split('/')[0]?.includes(':'))
  )
}

/** That a text is a SARIF log: by its schema, and by the rules that no schema can say. */
export function expectSarif(text: string): void {
  const log = JSON.parse(text)
  isSarif(log)
  expect(isSarif.errors ?? []).toEqual([])
  const [run] = log.runs
  for (const { ruleId, ruleIndex } of run.results) {
    if (ruleIndex !== undefined) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
  }
}
