import { absenceRule } from '../../absence-rule.js'
import { forAllValuesGuard } from '../../open-guards.js'

export const allowForAllValues = absenceRule(
  { id: 'allow-for-all-values', severity: 'security', summary: 'An Allow under ForAllValues applies where the key is absent' },
  forAllValuesGuard,
)
