import type { Rule } from './rule.js'

/** A rule of one's own, checked by the compiler as it is written. Its id is `<plugin>/<name>`. */
export function defineRule(rule: Rule): Rule {
  return rule
}
