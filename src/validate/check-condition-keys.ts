import { type ActionRow, actions } from '../catalog/actions.js'
import { carriesKey } from '../catalog/carried-keys.js'
import { canonicalKeyName, findAction, findConditionKey } from '../catalog/lookup.js'
import { foldAscii } from '../match/case.js'
import type { Condition } from '../policy/ast.js'
import { isKnownKey, suggestKey } from './known-keys.js'
import type { Report, StatementCheck } from './statement-check.js'

/** Condition keys that do not exist, that no request for the statement's actions carries, or that stand there twice. */
export const checkConditionKeys: StatementCheck = (statement, _, __, report) => {
  const named = new Set((statement.Action ?? []).flatMap(({ text }) => findAction(text) ?? []))
  const seen = new Set<string>()
  for (const condition of statement.Condition) {
    const { operator, key } = condition
    const name = findConditionKey(key.text)?.name
    if (name === undefined) reportUnknownKey(condition, report)
    else if (foldAscii(name).startsWith('s3:')) checkApplies(condition, name, named, report)
    const place = JSON.stringify([operator.location.path.join('\n'), canonicalKeyName(key.text)])
    if (seen.has(place)) {
      const message = `\`${key.text}\` stands under the same operator twice; both must hold`
      report({ code: 'repeated-condition-key', location: key.location, message, help: 'merge them' })
    }
    seen.add(place)
  }
}

/** S3 takes any `aws:` name; another that is not known it refuses. */
function reportUnknownKey({ key: { text, location } }: Condition, report: Report): void {
  if (isKnownKey(text)) return
  const code = foldAscii(text).startsWith('aws:') ? 'unknown-global-key' : 'unknown-condition-key'
  report({ code, location, message: `there is no condition key \`${text}\``, help: () => suggestKey(text) })
}

/** Every action that is named without wildcards must come with the key. */
function checkApplies({ key }: Condition, name: string, named: ReadonlySet<ActionRow>, report: Report): void {
  const missing = [...named].filter((action) => !carriesKey(action, name))
  if (missing.length === 0) return
  const names = missing.map((action) => `\`${action.name}\``).join(', ')
  report({
    code: 'condition-not-applicable',
    location: key.location,
    message: `requests for ${names} never carry \`${key.text}\``,
    help: () => (missing.length < named.size ? 'put these actions in a statement of their own' : carriersOf(name)),
  })
}

/** Which actions a key comes with, where none of the statement's is one. */
function carriersOf(key: string): string | undefined {
  const [first, ...others] = actions.filter((action) => carriesKey(action, key))
  if (first === undefined) return undefined
  const more = others.length === 0 ? '' : ` and ${others.length} others`
  return `leave it out: it comes with \`${first.name}\`${more} only`
}
