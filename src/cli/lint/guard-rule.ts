import type { Rule, RuleListener } from '../../lint/rule.js'

/** That a rule has thrown an error. What it has found until then still counts. */
export interface RuleFault {
  readonly rule: string
  readonly message: string
}

/** The rule, which says nothing more once it has thrown: the others go on. @param onFault called once for each run of the rule that fails */
export function guardRule(rule: Rule, onFault: (fault: RuleFault) => void): Rule {
  return {
    meta: rule.meta,
    create(context) {
      let hasFailed = false
      const guarded = <Arguments extends readonly unknown[]>(work: ((...args: Arguments) => void) | undefined) => {
        return (...args: Arguments): void => {
          if (hasFailed) return
          try {
            work?.(...args)
          } catch (error) {
            hasFailed = true
            onFault({ rule: rule.meta.id, message: error instanceof Error ? error.message : String(error) })
          }
        }
      }
      let listener: RuleListener = {}
      guarded(() => {
        listener = rule.create(context)
      })()
      return {
        policy: guarded((policy) => listener.policy?.(policy)),
        statement: guarded((statement, index) => listener.statement?.(statement, index)),
        diagnostic: guarded((diagnostic) => listener.diagnostic?.(diagnostic)),
        snapshot: guarded((found) => listener.snapshot?.(found)),
      }
    },
  }
}
