import { listOf } from '../../../analyze/words/lists.js'
import type { PolicyVersion, Statement } from '../../../policy/ast.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { usableActions } from '../../../validate/check-actions.js'
import { partInS3 } from '../../../validate/check-resources.js'
import { resourceKinds } from '../../../validate/resource-kinds.js'
import { isForAnybody } from '../../absence.js'
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

function checkStatement(statement: Statement, version: PolicyVersion | undefined, { report }: RuleContext): void {
  const { Action, Resource } = statement
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
      help: helpFor(text.text, kinds, statement),
    })
  }
}

/** An action that is wrong, or that has no resource at all, is the cause: what it was meant to be may be what the resource is for. */
function areFulfilled(needed: Kinds, given: Kinds): boolean {
  return [...needed].some((kind) => given.has(kind))
}

function helpFor(resource: string, kinds: Kinds, { Effect, Resource = [], ...statement }: Statement): string {
  const isOnBucket = kinds.has('bucket')
  const example = isOnBucket ? 'on the bucket such as `s3:ListBucket`' : 'on objects such as `s3:GetObject`'
  const objects = `${resource}/*`
  const steps = [
    ...(isOnBucket && Resource.every(({ text }) => text !== objects) ? [`write \`${objects}\` if its objects are meant`] : []),
    'leave it out',
    // What an action more would open to everybody is nothing to advise.
    ...(Effect === 'Allow' && isForAnybody(statement) ? [] : [`add an action ${example}`]),
  ]
  return listOf(steps, 'or')
}
