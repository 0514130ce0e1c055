import type { AccessKey } from '../grants/access-key.js'
import type { Policy } from '../policy/ast.js'
import type { KeyProgram } from '../program/key-program.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { desugarGrants } from './desugar-grants.js'
import { indexPolicy } from './index-policy.js'
import { layOut } from './lay-out.js'
import { layOutKeys } from './lay-out-keys.js'
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

/** Compiles the policy of a bucket, stage by stage. */
export function policyStages(policy: Policy, bucket: string): PolicyStages {
  const normal = normalise(policy, bucket)
  const numbered = number(normal)
  const index = indexPolicy(numbered)
  return { normalise: normal, number: numbered, index, layout: layOut(index) }
}

/** What each stage has made of access keys. */
export interface KeyStages {
  readonly grants: readonly NormalKey[]
  readonly layout: KeyProgram
}

export function keyStages(keys: readonly AccessKey[]): KeyStages {
  const grants = desugarGrants(keys)
  return { grants, layout: layOutKeys(grants) }
}
