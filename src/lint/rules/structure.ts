import type { Rule } from '../rule.js'
import { conflictingElements } from './structure/conflicting-elements.js'
import { duplicateKey } from './structure/duplicate-key.js'
import { duplicateSid } from './structure/duplicate-sid.js'
import { emptyStatementList } from './structure/empty-statement-list.js'
import { invalidEffect } from './structure/invalid-effect.js'
import { invalidJson } from './structure/invalid-json.js'
import { invalidSid } from './structure/invalid-sid.js'
import { invalidVersion } from './structure/invalid-version.js'
import { invisibleCharacters } from './structure/invisible-characters.js'
import { missingElement } from './structure/missing-element.js'
import { missingSid } from './structure/missing-sid.js'
import { missingVersion } from './structure/missing-version.js'
import { policySize } from './structure/policy-size.js'
import { unknownElement } from './structure/unknown-element.js'
import { variableWithoutVersion } from './structure/variable-without-version.js'
import { wrongType } from './structure/wrong-type.js'

/** The rules of the category, in the order of their ids. */
export const structureRules: readonly Rule[] = [
  conflictingElements,
  duplicateKey,
  duplicateSid,
  emptyStatementList,
  invalidEffect,
  invalidJson,
  invalidSid,
  invalidVersion,
  invisibleCharacters,
  missingElement,
  missingSid,
  missingVersion,
  policySize,
  unknownElement,
  variableWithoutVersion,
  wrongType,
]
