import { abilities } from '../../abilities.js'
import { strangerRule } from '../../stranger-rule.js'

export const publicWrite = strangerRule({
  meta: { id: 'public-write', summary: 'Anybody may change objects' },
  ability: abilities.write,
  worse: [abilities.administration],
  mayBeMeant: false,
  help: 'name the principals that are meant; for uploads by visitors use presigned URLs',
})
