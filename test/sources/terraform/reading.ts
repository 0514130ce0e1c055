import { readFileSync } from 'node:fs'
import { loadHclParser } from '../../../src/cli/lint/load-hcl-parser.js'
import { formatPath } from '../../../src/policy/json-path.js'
import { plainValueOf } from '../../../src/policy/positioned-value.js'
import type { FoundPolicy, SourceFile } from '../../../src/sources/found.js'
import type { TerraformOptions } from '../../../src/sources/terraform/evaluator.js'
import { readTerraform } from '../../../src/sources/terraform/read-terraform.js'
import { readable } from '../../../src/sources/unknown-text.js'

const parser = await loadHclParser()
if (parser.kind === 'missing') throw new Error(parser.message)
const { parse } = parser

export function fixture(path: string): SourceFile {
  return { path, text: readFileSync(new URL(`../../../fixtures/sources/terraform/${path}`, import.meta.url), 'utf8') }
}

export function read(files: readonly SourceFile[], options?: TerraformOptions) {
  const { found, problems } = readTerraform(files, parse, options)
  return { policies: found as readonly FoundPolicy[], problems }
}

/** The only policy of a fixture, or that at an address. */
export function policyIn(path: string, address?: string, options?: TerraformOptions): FoundPolicy {
  const policy = read([fixture(path)], options).policies.find((each) => address === undefined || each.address === address)
  if (policy === undefined) throw new Error(`no policy in ${path}`)
  return policy
}

/** The policy `p` of a bucket, with this expression in a module with these other blocks. */
export function policyOf(expression: string, others = '', options?: TerraformOptions): FoundPolicy {
  const text = `resource "aws_s3_bucket_policy" "p" {\n  bucket = "acme"\n  policy = ${expression}\n}\n${others}\n`
  const [policy] = read([{ path: 'main.tf', text }], options).policies
  if (policy === undefined) throw new Error('no policy')
  return policy
}

/** The policy as JSON, unknown parts as `${name}`. */
export function jsonOf({ root }: FoundPolicy): unknown {
  return (
    root && (JSON.parse(JSON.stringify(plainValueOf(root), (_, value) => (typeof value === 'string' ? readable(value) : value))) as unknown)
  )
}

/** The text of the file at each diagnostic. */
export function diagnosed({ file, diagnostics }: FoundPolicy): readonly string[] {
  return diagnostics.map(({ code, span }) => `${code} ${file.text.slice(span.start.offset, span.end.offset)}`)
}

export function unknownsOf({ unknowns }: FoundPolicy): readonly string[] {
  return unknowns.map(({ location, reason }) => `${readable(formatPath(location.path))}: ${reason}`)
}
