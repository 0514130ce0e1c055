import { canonicalKeyName } from '../../catalog/lookup.js'
import { foldedToken, type Language, literal, type Token } from '../../languages/language.js'
import { lastParts, partsAfter, partsBefore } from '../../languages/slices.js'
import type { PolicyVersion, Statement } from '../../policy/ast.js'
import { hasVariable, parseTemplate } from '../../policy/template.js'
import { type CallerProbes, type CallerTest, callerProbes } from '../callers/caller-probes.js'
import { callerKeys } from '../callers/derived-key-names.js'
import { conditionTest } from '../conditions/condition-test.js'
import { exactProbe, type Probe } from '../conditions/probe.js'
import { contextOfAssignment, templateTokens } from './variables.js'

/** By what statements tell callers apart, whatever their variables are. */
export function callersOf(
  statements: readonly { readonly statement: Statement; readonly version: PolicyVersion | undefined }[],
): CallerProbes {
  const entries = statements.flatMap(({ statement: { Principal = [], NotPrincipal = [] } }) => [...Principal, ...NotPrincipal])
  return callerProbes(
    entries,
    statements.flatMap(({ statement, version }) => callerTests(statement, version)),
    [],
    [],
  )
}

function callerTests({ Condition }: Statement, version: PolicyVersion | undefined): readonly CallerTest[] {
  const conditions = Condition.filter(({ key }) => callerKeys.has(canonicalKeyName(key.text)))
  return conditions.map((condition) => {
    const test = conditionTest(condition, version, contextOfAssignment(new Map()))
    const templates = test.operands.map((text) => parseTemplate(text, version)).filter(hasVariable)
    const probes = templates.map((parts): Probe => {
      const tokens = templateTokens(parts)
      return { kind: 'language', name: `template ${JSON.stringify(tokens)}`, language: [tokens, tokens.map(foldedToken)] }
    })
    return { ...test, probes: [...test.probes, ...probes] }
  })
}

/** What tells the values of a key that follows from the caller apart, where these tell callers apart. */
export function callerValueProbes(key: string, { arns, federatedUsers, userIds, services }: CallerProbes): readonly Probe[] {
  const arnList = [...arns.values()].flat()
  switch (key) {
    case 'aws:PrincipalArn':
      return arnList.flatMap(probesOf)
    case 'aws:PrincipalAccount':
      return arnList.flatMap(accountsIn).flatMap(probesOf)
    case 'aws:username':
      return arnList.flatMap(namesIn).flatMap(probesOf)
    case 'aws:userid': {
      const federated = [...arnList, ...[...federatedUsers.values()].flat()]
      return [...[...userIds.values()].flat(), ...arnList.flatMap(accountsIn), ...federated.flatMap(federatedIdsIn)].flatMap(probesOf)
    }
    case 'aws:PrincipalServiceName':
      return [...services.values()].flat().flatMap(probesOf)
    default:
      return []
  }
}

function accountsIn(arn: readonly Token[]): Language {
  return partsAfter(arn, ':', 4).flatMap((rest) => partsBefore(rest, ':'))
}

/** A name stands after the last slash of an ARN's last part. */
function namesIn(arn: readonly Token[]): Language {
  return partsAfter(arn, ':', 5).flatMap((resource) => lastParts(resource, '/'))
}

/** The id of a federated user is its account and name. */
function federatedIdsIn(arn: readonly Token[]): Language {
  const names = namesIn(arn)
  return accountsIn(arn).flatMap((account) => names.map((name) => [...account, ...literal(':'), ...name]))
}

function probesOf(tokens: readonly Token[]): readonly Probe[] {
  // Nothing, and anything, tell nothing apart.
  if (tokens.every(({ kind }) => kind === 'many')) return []
  const letters = tokens.flatMap((token) => (token.kind === 'letter' && !token.folded ? token.code : []))
  if (letters.length === tokens.length) return [exactProbe(String.fromCodePoint(...letters))]
  return [{ kind: 'language', name: JSON.stringify(tokens), language: [tokens] }]
}
