import { parsePolicy } from '../../../src/index.js'
import type { Policy } from '../../../src/policy/ast.js'
import type { AuthorizationRequest } from '../../../src/request/authorization-request.js'
import { requestOf } from './model-request.js'
import { translate } from './policies.js'
import type { Answer, Z3 } from './solver.js'
import { and, not, OutsideFragment } from './terms.js'

/** Two policies of which one is asked against the other. */
export interface Pair {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** What Z3 says of one direction: a request of the difference, none, or it gave up. */
export interface Direction {
  readonly kind: Answer['kind']
  readonly request?: AuthorizationRequest
  readonly milliseconds: number
}

export interface Answered {
  readonly before: Policy
  readonly after: Policy
  readonly bucket: string | undefined
  readonly newlyAllowed: Direction
  readonly newlyDenied: Direction
}

/** The answer for a pair, or why there is none. */
export type Comparison = Answered | { readonly skipped: string }

export async function compare(z3: Z3, { before, after }: Pair, timeout: number): Promise<Comparison> {
  const policies = [parsePolicy(before).policy, parsePolicy(after).policy] as const
  if (policies[0] === undefined || policies[1] === undefined) return { skipped: 'a policy that cannot be read' }
  try {
    const { space, allows } = translate(policies[0], policies[1])
    const [wasAllowed, isAllowed] = allows
    const ask = async (question: string): Promise<Direction> => {
      const start = performance.now()
      const answer = await z3.solve(space, question, timeout)
      const milliseconds = performance.now() - start
      return answer.kind === 'sat'
        ? { kind: 'sat', request: requestOf(answer.model, space), milliseconds }
        : { kind: answer.kind, milliseconds }
    }
    const newlyAllowed = await ask(and(isAllowed, not(wasAllowed)))
    const newlyDenied = await ask(and(wasAllowed, not(isAllowed)))
    return { before: policies[0], after: policies[1], bucket: space.bucket, newlyAllowed, newlyDenied }
  } catch (error) {
    if (error instanceof OutsideFragment) return { skipped: error.reason }
    throw error
  }
}
