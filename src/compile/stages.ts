import type { AccessKey } from '../grants/access-key.js'
import type { Policy } from '../policy/ast.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { GrantDesugarer } from './desugar-grants.js'
import { indexPolicy } from './index-policy.js'
import { layOut } from './lay-out.js'
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

/** What the stage before the last has made of access keys; the last puts each into its row. */
export interface KeyStages {
  readonly grants: readonly NormalKey[]
}

export function keyStages(keys: readonly AccessKey[]): KeyStages {
  const desugarer = new GrantDesugarer()
  return { grants: keys.map((key) => desugarer.desugar(key)) }
}
