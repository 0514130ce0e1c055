import { abilities } from '../../abilities.js'
import { strangerRule } from '../../stranger-rule.js'

export const publicList = strangerRule({
  meta: { id: 'public-list', summary: 'Anybody may list the objects of a bucket' },
  ability: abilities.list,
  worse: [abilities.write, abilities.administration],
  mayBeMeant: true,
  help: 'name the principals that are meant: even a website needs no listing of its bucket',
})
