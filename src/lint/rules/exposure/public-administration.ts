import { abilities } from '../../abilities.js'
import { strangerRule } from '../../stranger-rule.js'

export const publicAdministration = strangerRule({
  meta: { id: 'public-administration', summary: 'Anybody may change the bucket itself: its policy, its ACL, its settings' },
  ability: abilities.administration,
  worse: [],
  mayBeMeant: false,
  help: 'name the principals that are meant, and the actions that they need',
})
