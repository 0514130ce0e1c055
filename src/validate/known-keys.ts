import { conditionKeys } from '../catalog/condition-keys.js'
import { identityProviderPrefixes } from '../catalog/identity-provider-keys.js'
import { findConditionKey } from '../catalog/lookup.js'
import { foldAscii } from '../match/case.js'
import { suggest } from '../policy/suggestion.js'

/** Whether there is such a condition key. Those that begin as an identity provider's are its own, and taken on trust. */
export function isKnownKey(name: string): boolean {
  return findConditionKey(name) !== undefined || identityProviderPrefixes.some((prefix) => foldAscii(name).startsWith(prefix))
}

/** A question about the key that may be meant. */
export function suggestKey(name: string): string | undefined {
  const family = conditionKeys.find((key) => key.name.endsWith('/') && foldAscii(key.name) === foldAscii(name))
  return family === undefined ? suggest(name, keyNames) : `the name of a tag follows, as in \`${family.name}team\``
}

const keyNames = conditionKeys.map(({ name }) => name)
