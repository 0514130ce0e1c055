import type { PolicyVersion, Statement } from '../../../policy/ast.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { usableActions } from '../../../validate/check-actions.js'
import { partInS3 } from '../../../validate/check-resources.js'
import { resourceKinds } from '../../../validate/resource-kinds.js'
import type { Rule, RuleContext } from '../../rule.js'

type Kinds = ReadonlySet<string>

export const unusedResource: Rule = {
  meta: {
    id: 'unused-resource',
    severity: 'warning',
    category: 'actions',
    summary: 'A resource that none of the actions of its statement can be done to',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      bucket: 'none of the actions is done to the bucket itself, so `{resource}` does nothing here',
      object: 'none of the actions is done to objects, so `{resource}` does nothing here',
    },
  },
  create: (context) => {
    let version: PolicyVersion | undefined
    return {
      policy({ Version }) {
        version = Version
      },
      statement: (statement) => checkStatement(statement, version, context),
    }
  },
}

function checkStatement({ Action, Resource }: Statement, version: PolicyVersion | undefined, { report }: RuleContext): void {
  if (Action === undefined || Resource === undefined || !Action.every(({ text }) => isKnown(text))) return
  const resources = Resource.filter(({ text }) => isKnown(text) && partInS3(text) !== undefined)
  const perAction = Action.map(({ text }): Kinds => new Set(usableActions(text).map(({ kind }) => kind)))
  if (resources.length < Resource.length || !perAction.every((kinds) => areFulfilled(kinds, resourceKinds(resources, version)))) return
  const needed = new Set(perAction.flatMap((kinds) => [...kinds]))
  for (const text of resources) {
    const kinds = resourceKinds([text], version)
    if ([...kinds].some((kind) => needed.has(kind))) continue
    report({
      messageId: kinds.has('bucket') ? 'bucket' : 'object',
      location: text.location,
      data: { resource: text.text },
      help: kinds.has('bucket')
        ? 'leave it out, or add an action on the bucket such as `s3:ListBucket`'
        : 'leave it out, or add an action on objects such as `s3:GetObject`',
    })
  }
}

/** An action that is wrong, or that has no resource at all, is the cause: what it was meant to be may be what the resource is for. */
function areFulfilled(needed: Kinds, given: Kinds): boolean {
  return [...needed].some((kind) => given.has(kind))
}
