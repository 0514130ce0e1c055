import type { PolicySubject } from '../analyze/scene/subject.js'
import type { Condition, Policy, Statement, Text } from '../policy/ast.js'
import type { Location } from '../policy/diagnostic.js'

/** The policy with those of its statements only. */
export function keeping(subject: PolicySubject, isKept: (statement: Statement, index: number) => boolean): PolicySubject {
  return { ...subject, policy: { ...subject.policy, Statement: subject.policy.Statement.filter(isKept) } }
}

/** The policy with one of its Allow statements, and all Deny statements: what that statement gives. */
export function onlyAllowing(subject: PolicySubject, index: number): PolicySubject {
  return keeping(subject, ({ Effect }, at) => Effect === 'Deny' || at === index)
}

/** The policy with one more statement, which denies everything to everybody: on these resources, under this condition. */
export function alsoDenying(
  subject: PolicySubject,
  {
    resources = ['*'],
    condition,
  }: { readonly resources?: readonly string[]; readonly condition?: readonly [operator: 'Bool', key: string, value: string] },
): PolicySubject {
  const { policy } = subject
  const statement: Statement = {
    Effect: 'Deny',
    Principal: [{ type: '*', ...textOf('*') }],
    Action: [textOf('s3:*')],
    Resource: resources.map(textOf),
    Condition: condition === undefined ? [] : [conditionOf(condition)],
    location: nowhere,
  }
  return { ...subject, policy: { ...policy, Statement: [...policy.Statement, statement] } satisfies Policy }
}

function conditionOf([name, key, value]: readonly ['Bool', string, string]): Condition {
  return { operator: { name, ifExists: false, location: nowhere }, key: textOf(key), values: [textOf(value)] }
}

function textOf(text: string): Text {
  return { text, location: nowhere }
}

const start = { offset: 0, line: 1, column: 1 }
const nowhere: Location = { path: [], span: { start, end: start } }
