import type { Policy, Statement } from '../../../src/policy/ast.js'
import { actionIs, actionMatches, declareAction } from './actions.js'
import { accountIn, callerIs, declareCaller, isAws } from './callers.js'
import { conditionTruth } from './conditions.js'
import { declareTime, keyOf } from './keys.js'
import { principalCover } from './principals.js'
import { exactly, hasWildcard, splitArn } from './regexes.js'
import { RequestSpace } from './request-space.js'
import { bucketOf, declareResource, resourceTruth } from './resources.js'
import { and, not, OutsideFragment, or, type Term } from './terms.js'
import * as truth from './truths.js'

/** The account of the bucket: one that no policy names. */
export const OWNER = '987650123456'

/** Two policies as terms over the same request. */
export interface Translation {
  readonly space: RequestSpace
  /** For each of the policies: it allows the request. */
  readonly allows: readonly [Term, Term]
}

/** Throws `OutsideFragment` for what cannot be translated. */
export function translate(before: Policy, after: Policy): Translation {
  const statements = [...before.Statement, ...after.Statement]
  if (JSON.stringify(statements).includes(OWNER)) throw new OutsideFragment("the owner's account is named")
  const bucket = bucketOf(statements)
  const space = new RequestSpace(bucket)
  declareAction(space)
  declareResource(space)
  declareCaller(space, partitionsOf(statements))
  declareTime(space)
  return { space, allows: [allows(before, space), allows(after, space)] }
}

/** `aws`, and what the policies name. */
function partitionsOf(statements: readonly Statement[]): readonly string[] {
  const texts = statements.flatMap(({ Principal = [], NotPrincipal = [], Condition }) => [
    ...[...Principal, ...NotPrincipal].map(({ text }) => text),
    ...Condition.flatMap(({ values }) => values.map(({ text }) => text)),
  ])
  const named = texts.map(splitArn).flatMap((parts) => (parts?.[0] === 'arn' && parts[1] && !hasWildcard(parts[1]) ? [parts[1]] : []))
  return [...new Set(['aws', ...named])]
}

interface Outcome {
  readonly truth: truth.Truth
  readonly byAccount: Term
}

function outcomeOf(statement: Statement, hasVariables: boolean, space: RequestSpace): Outcome {
  const { Action, NotAction = [], Condition } = statement
  const cover = principalCover(statement)
  const listed = or(...(Action ?? NotAction).map(({ text }) => actionMatches(text)))
  const conditions = Condition.map((condition) => conditionTruth(condition, keyOf(space, condition.key.text, OWNER), hasVariables))
  return {
    truth: truth.and(
      cover.truth,
      truth.certain(Action === undefined ? not(listed) : listed),
      resourceTruth(statement, hasVariables, space),
      ...conditions,
    ),
    byAccount: cover.byAccount,
  }
}

const isRescuing: Term = actionIs(({ name }) => /^s3:(Get|Put|Delete)BucketPolicy$/.test(name))

/** The request is allowed: lines 11 to 15 of S2, and S3, for callers without access keys. */
function allows({ Version, Statement }: Policy, space: RequestSpace): Term {
  const outcomes = Statement.map((statement) => ({ ...outcomeOf(statement, Version === '2012-10-17', space), effect: statement.Effect }))
  const denied = or(...outcomes.filter(({ effect }) => effect === 'Deny').map(({ truth }) => truth.possible))
  const allowing = outcomes.filter(({ effect }) => effect === 'Allow')
  const covered = or(...allowing.map(({ truth }) => truth.sure))
  const direct = or(...allowing.map(({ truth, byAccount }) => and(truth.sure, not(byAccount))))
  const isOwn = accountIn(exactly(OWNER))
  const bySides = or(
    and(not(isAws), direct),
    and(isAws, isOwn, or('identityAllows', direct)),
    and(isAws, not(isOwn), 'identityAllows', covered),
  )
  const isRescued = and(isRescuing, callerIs('root'), isOwn)
  return or(isRescued, and(not(denied), bySides))
}
