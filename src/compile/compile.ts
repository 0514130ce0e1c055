import type { AccessKey } from '../grants/access-key.js'
import type { Policy } from '../policy/ast.js'
import type { KeyProgram } from '../program/key-program.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { desugarGrants } from './desugar-grants.js'
import { indexPolicy } from './index-policy.js'
import { layOut } from './lay-out.js'
import { layOutKeys } from './lay-out-keys.js'
import { normalise } from './normalise.js'
import { number } from './number.js'

/** Compiles the policy of a bucket: normalise, number, index, lay out. */
export function compilePolicy(policy: Policy, bucket: string): PolicyProgram {
  return layOut(indexPolicy(number(normalise(policy, bucket))))
}

/** Compiles access keys: desugar their grants, lay out. */
export function compileKeys(keys: readonly AccessKey[]): KeyProgram {
  return layOutKeys(keys.map(desugarGrants))
}
