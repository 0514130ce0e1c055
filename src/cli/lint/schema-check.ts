import type { ErrorObject } from 'ajv'
import type { SchemaCheck, SchemaProblem } from '../../lint/config/check-rules.js'
import { suggest } from '../../policy/suggestion.js'

/** Checks by JSON Schema. The library is loaded only where a rule is given options. */
export async function loadSchemaCheck(): Promise<SchemaCheck> {
  const { Ajv } = await import('ajv')
  const ajv = new Ajv({ allErrors: true, strict: false })
  return (schema, value) => {
    const validate = ajv.compile(schema)
    return validate(value) ? [] : (validate.errors ?? []).map((error) => problemOf(error, schema))
  }
}

function problemOf(
  { keyword, instancePath, params, message = 'wrong' }: ErrorObject,
  schema: Readonly<Record<string, unknown>>,
): SchemaProblem {
  const path = stepsOf(instancePath)
  if (keyword === 'additionalProperties' && path.length === 0) return unknownOption(String(params.additionalProperty), schema)
  const allowed: unknown = params.allowedValues
  const help = Array.isArray(allowed) ? { help: `it is one of ${allowed.map((one) => `\`${String(one)}\``).join(', ')}` } : {}
  return { path, message: path.length === 0 ? message : `\`${path.join('.')}\` ${message}`, ...help }
}

function unknownOption(name: string, { properties }: Readonly<Record<string, unknown>>): SchemaProblem {
  const names = Object.keys((properties ?? {}) as object)
  const help = suggest(name, names) ?? `its options are ${names.map((known) => `\`${known}\``).join(', ')}`
  return { path: [name], message: `there is no option \`${name}\``, help }
}

function stepsOf(pointer: string): readonly string[] {
  const steps = pointer.split('/').slice(1)
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}
