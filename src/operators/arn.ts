import { type ArnParts, type ArnPattern, arnPatternOf, matchesArn, parseArn } from '../match/arn.js'
import { comparison } from './operator.js'

/** Matches an ARN part by part. ArnEquals and ArnLike are the same, as AWS documents. */
export function arnLike(negated: boolean) {
  return comparison<ArnPattern, ArnParts>({
    negated,
    expandsVariables: true,
    hasWildcards: true,
    expects: 'an ARN of six parts such as `arn:aws:iam::111122223333:role/*`',
    read: arnPatternOf,
    readValue: parseArn,
    matches: matchesArn,
  })
}
