import type { Rule } from '../rule.js'
import { allowForAllValues } from './conditions/allow-for-all-values.js'
import { allowIfExists } from './conditions/allow-if-exists.js'
import { boolValue } from './conditions/bool-value.js'
import { broadIpRange } from './conditions/broad-ip-range.js'
import { conditionNotApplicable } from './conditions/condition-not-applicable.js'
import { denyMissingKeyGap } from './conditions/deny-missing-key-gap.js'
import { deprecatedKey } from './conditions/deprecated-key.js'
import { emptyCondition } from './conditions/empty-condition.js'
import { emptyOperandList } from './conditions/empty-operand-list.js'
import { hostBitsSet } from './conditions/host-bits-set.js'
import { invalidIpAddress } from './conditions/invalid-ip-address.js'
import { likeWithoutWildcard } from './conditions/like-without-wildcard.js'
import { malformedOperand } from './conditions/malformed-operand.js'
import { negatedAllow } from './conditions/negated-allow.js'
import { nullValue } from './conditions/null-value.js'
import { nullWithSetOperator } from './conditions/null-with-set-operator.js'
import { operatorKeyMismatch } from './conditions/operator-key-mismatch.js'
import { privateIpRange } from './conditions/private-ip-range.js'
import { redundantValue } from './conditions/redundant-value.js'
import { setOperatorOnSingleValue } from './conditions/set-operator-on-single-value.js'
import { spoofableCondition } from './conditions/spoofable-condition.js'
import { unknownConditionKey } from './conditions/unknown-condition-key.js'
import { unknownOperator } from './conditions/unknown-operator.js'
import { wildcardWithoutLike } from './conditions/wildcard-without-like.js'

/** The rules of the category, in the order of their ids. */
export const conditionsRules: readonly Rule[] = [
  allowForAllValues,
  allowIfExists,
  boolValue,
  broadIpRange,
  conditionNotApplicable,
  denyMissingKeyGap,
  deprecatedKey,
  emptyCondition,
  emptyOperandList,
  hostBitsSet,
  invalidIpAddress,
  likeWithoutWildcard,
  malformedOperand,
  negatedAllow,
  nullValue,
  nullWithSetOperator,
  operatorKeyMismatch,
  privateIpRange,
  redundantValue,
  setOperatorOnSingleValue,
  spoofableCondition,
  unknownConditionKey,
  unknownOperator,
  wildcardWithoutLike,
]
