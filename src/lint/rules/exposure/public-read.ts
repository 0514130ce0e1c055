import { abilities } from '../../abilities.js'
import { strangerRule } from '../../stranger-rule.js'

export const publicRead = strangerRule({
  meta: { id: 'public-read', summary: 'Anybody may read objects' },
  ability: abilities.read,
  worse: [abilities.write, abilities.administration],
  mayBeMeant: true,
  help: 'name the principals that are meant, or limit it by a condition such as `aws:PrincipalOrgID`; if everybody is meant, say so by the option `allow`',
})
