import type { PolicyVersion, Text } from '../../../policy/ast.js'
import { hasVariable, parseTemplate } from '../../../policy/template.js'
import { isKnown } from '../../../sources/unknown-text.js'
import { coveredTexts, removalFix } from '../../covered-texts.js'
import { coversResource } from '../../resource-symbols.js'
import type { Rule, RuleContext } from '../../rule.js'

export const redundantResource: Rule = {
  meta: {
    id: 'redundant-resource',
    severity: 'suggestion',
    category: 'actions',
    summary: 'A resource that another of the same statement covers',
    recommended: true,
    fixable: true,
    analysis: false,
    messages: {
      covered: '`{resource}` says nothing more: `{by}` covers it',
      repeated: '`{resource}` is listed twice',
    },
  },
  create: (context) => {
    let version: PolicyVersion | undefined
    return {
      policy({ Version }) {
        version = Version
      },
      statement({ Resource, NotResource }) {
        if (Resource !== undefined) checkList(Resource, version, context)
        // What a variable without a value excludes is not certain, so it is not certain either that leaving it out changes nothing.
        else
          checkList(
            (NotResource ?? []).filter(({ text }) => !hasVariable(parseTemplate(text, version))),
            version,
            context,
            NotResource,
          )
      },
    }
  },
}

function checkList(list: readonly Text[], version: PolicyVersion | undefined, { found, report }: RuleContext, whole = list): void {
  const covers = (outer: Text, inner: Text) => isKnown(outer.text) && isKnown(inner.text) && coversResource(outer.text, inner.text, version)
  const covered = coveredTexts(list, covers).map((each) => ({ ...each, index: whole.indexOf(each.text) }))
  for (const { index, text, by } of covered) {
    report({
      messageId: text.text === by.text ? 'repeated' : 'covered',
      location: text.location,
      data: { resource: text.text, by: by.text },
      help: 'leave it out',
      fix: removalFix(found, whole, covered, index),
    })
  }
}
