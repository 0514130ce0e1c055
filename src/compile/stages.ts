import type { AccessKey } from '../grants/access-key.js'
import type { Policy } from '../policy/ast.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { RowWriter } from '../tables/row-writer.js'
import { GrantDesugarer } from './desugar-grants.js'
import { indexPolicy } from './index-policy.js'
import { layOut } from './lay-out.js'
import { layOutKey } from './lay-out-key.js'
import type { NormalKey } from './normal-key.js'
import type { NormalPolicy } from './normal-policy.js'
import { normalise } from './normalise.js'
import { number } from './number.js'
import type { NumberedPolicy } from './numbered-policy.js'
import type { PolicyIndex } from './policy-index.js'

/** What each stage has made of a policy: plain data. */
export interface PolicyStages {
  readonly normalise: NormalPolicy
  readonly number: NumberedPolicy
  readonly index: PolicyIndex
  readonly layout: PolicyProgram
}

/** Compiles the policy of a bucket. No stage is kept longer than the next needs it: a policy's stages are several times as large as its program. */
export function compilePolicy(policy: Policy, bucket: string): PolicyProgram {
  return layOut(indexPolicy(number(normalise(policy, bucket))))
}

/** What each stage makes of the policy of a bucket. */
export function policyStages(policy: Policy, bucket: string): PolicyStages {
  const normal = normalise(policy, bucket)
  const numbered = number(normal)
  const index = indexPolicy(numbered)
  return { normalise: normal, number: numbered, index, layout: layOut(index) }
}

/** What each stage has made of access keys. */
export interface KeyStages {
  readonly grants: readonly NormalKey[]
  /** The rows one after another, and the names by their numbers, counted from 1. */
  readonly layout: { readonly words: Int32Array; readonly strings: readonly string[] }
}

export function keyStages(keys: readonly AccessKey[]): KeyStages {
  const desugarer = new GrantDesugarer()
  const grants = keys.map((key) => desugarer.desugar(key))
  const names = new Map<string, number>()
  const writer = new RowWriter()
  for (const key of grants) layOutKey(key, { numberOf: (name) => numberIn(names, name) }, writer)
  return { grants, layout: { words: writer.words.slice(0, writer.size), strings: [...names.keys()] } }
}

function numberIn(names: Map<string, number>, name: string): number {
  const number = names.get(name) ?? names.size + 1
  names.set(name, number)
  return number
}
