import type { CallerLabel, KeyLabel, Region, ResourceLabel, Term, Terms } from '../../../src/analyze.js'
import type { OperatorName } from '../../../src/catalog/condition-operators.js'
import { resolveCaller } from '../../../src/evaluate/evaluate.js'
import { matchPrincipal } from '../../../src/evaluate/match-principal.js'
import { matchResource } from '../../../src/evaluate/match-resource.js'
import type { AuthorizationRequest, Snapshot } from '../../../src/index.js'
import { evaluateOperator } from '../../../src/operators/evaluate-operator.js'
import { operators } from '../../../src/operators/table.js'
import type { PolicyVersion, Statement } from '../../../src/policy/ast.js'
import { type Expansion, parseTemplate, plainText } from '../../../src/policy/template.js'
import { type EvaluationContext, evaluationContextOf } from '../../../src/request/evaluation-context.js'
import { expandTemplate } from '../../../src/request/variables.js'

/** Whether a request is in a region; `perhaps` where the region only names samples of what it means. */
export type Membership = boolean | 'perhaps'

/** What membership is looked up in. */
export interface Surroundings {
  readonly snapshots: readonly Snapshot[]
  readonly version: PolicyVersion | undefined
}

const location = { path: [], span: { start: { offset: 0, line: 1, column: 1 }, end: { offset: 0, line: 1, column: 1 } } }

/** Reads a region as its labels say, with the matchers of the evaluator. */
export function contains(region: Region, request: AuthorizationRequest, surroundings: Surroundings): Membership {
  const { action, bucket, time } = request
  if (!region.actions.includes(action)) return false
  if (region.bucket !== undefined && region.kind !== 'none' && region.bucket !== bucket) return false
  if (region.operation !== undefined && (region.operation === 'HeadBucket') !== (request.operation === 'HeadBucket')) return false
  if (!(region.times?.some(({ from, before }) => isBetween(time as number, from, before)) ?? true)) return false
  const reader = new LabelReader(request, surroundings)
  return all([
    anyTerm(region.callers, (label) => reader.caller(label)),
    anyTerm(region.resources, (label) => reader.resource(label)),
    ...region.conditions.map(({ key, values }) => anyTerm(values, (label) => reader.key(label, reader.valuesOf(key)))),
  ])
}

function isBetween(time: number, from: string | undefined, before: string | undefined): boolean {
  return (from === undefined || time >= Date.parse(from)) && (before === undefined || time < Date.parse(before))
}

function all(list: readonly Membership[]): Membership {
  if (list.includes(false)) return false
  return list.includes('perhaps') ? 'perhaps' : true
}

function negated(membership: Membership): Membership {
  return membership === 'perhaps' ? membership : !membership
}

function anyTerm<Label>(terms: Terms<Label>, holds: (label: Label) => Membership): Membership {
  const termHolds = ({ only, except }: Term<Label>): Membership =>
    all([...only.map(holds), ...except.map((label) => negated(holds(label)))])
  return negated(all(terms.map((term) => negated(termHolds(term)))))
}

class LabelReader {
  private readonly context: EvaluationContext

  constructor(
    private readonly request: AuthorizationRequest,
    private readonly surroundings: Surroundings,
  ) {
    this.context = this.contexts().find((context) => context !== undefined) ?? { valuesOf: () => [] }
  }

  private contexts(): readonly (EvaluationContext | undefined)[] {
    const { request } = this
    return this.surroundings.snapshots.map((snapshot) => {
      const caller = resolveCaller(snapshot, request)
      return caller && evaluationContextOf(request, caller, snapshot.buckets.get(request.bucket ?? '')?.owner)
    })
  }

  /** What is not known counts as none. */
  valuesOf(key: string): readonly string[] {
    const values = this.context.valuesOf(key)
    return values === 'unknown' ? [] : values
  }

  caller(label: CallerLabel): Membership {
    const { principal } = this.request
    const callers = this.surroundings.snapshots.flatMap((snapshot) => resolveCaller(snapshot, this.request) ?? [])
    switch (label.kind) {
      case 'kind':
        return principal.kind === label.principal
      case 'key':
        return principal.kind === 'key' && principal.accessKey === label.accessKey
      case 'named': {
        const statement: Statement = {
          Effect: 'Allow',
          Principal: [{ type: label.type, text: label.text, location }],
          Condition: [],
          location,
        }
        return callers.some((caller) => matchPrincipal(statement, caller).truth === true)
      }
      case 'member':
        return callers.some(({ account }) => account === label.account)
      case 'type':
        return principal.kind === 'aws' && callers[0]?.arn?.type === label.type
      case 'condition':
        return this.key(label.label, this.valuesOf(label.key))
      case 'permitted':
        return principal.kind === 'aws' && principal.identityVerdict === 'Allow'
      case 'is':
        return JSON.stringify(principal) === JSON.stringify(label.principal) || 'perhaps'
    }
  }

  resource(label: ResourceLabel): Membership {
    const { bucket, key } = this.request
    const place = key === undefined ? (bucket ?? '') : `${bucket}/${key}`
    if (label.kind === 'is') return place === label.resource || 'perhaps'
    const text = /^arn:/.test(label.pattern) ? label.pattern : `arn:aws:s3:::${label.pattern}`
    const statement: Statement = { Effect: 'Allow', Resource: [{ text, location }], Condition: [], location }
    return matchResource(statement, this.surroundings.version, `arn:aws:s3:::${place}`, this.context) === true
  }

  key(label: KeyLabel, values: readonly string[]): Membership {
    switch (label.kind) {
      case 'absent':
        return values.length === 0
      case 'is':
        return JSON.stringify(values) === JSON.stringify(label.values) || 'perhaps'
      case 'fulfils': {
        const [, prefix, name, suffix] = /^(?:(ForA\w+):)?(\w+?)(IfExists)?$/.exec(label.operator) ?? []
        const operator = { name: name as OperatorName, ifExists: suffix !== undefined, ...(prefix && { prefix: prefix as 'ForAllValues' }) }
        const operands = label.values.map((value) => this.expand(operator.name, value))
        return evaluateOperator(operator, operands, values) === true
      }
      case 'matches': {
        const row = operators[label.operator]
        const operand = this.expand(label.operator, label.value)
        const [value] = values
        if (row.kind === 'presence' || operand.kind !== 'text' || value === undefined) return false
        const [read, given] = [row.read(operand.pieces), row.readValue(value)]
        return read !== undefined && given !== undefined && row.matches(read, given)
      }
    }
  }

  private expand(operator: OperatorName, text: string): Expansion {
    return operators[operator].expandsVariables
      ? expandTemplate(parseTemplate(text, this.surroundings.version), this.context)
      : plainText(text)
  }
}
