/** Why what begins with this name, or is an expression of this type, is unknown: what follows its name. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['var', 'is a variable'],
  ['module', 'is an output of a module'],
  ['each', 'differs from instance to instance'],
  ['count', 'differs from instance to instance'],
  ['self', 'is known only at deployment'],
  ['path', 'is a path on the machine that deploys'],
  ['terraform', 'is known only at deployment'],
  ['data.aws_caller_identity', 'is the account that deploys'],
  ['data', 'is read at deployment'],
  ['local', 'has no such part'],
  ['conditional', 'is chosen by a condition'],
  ['for_expr', 'is made by a `for` expression'],
  ['operation', 'is computed'],
])

/** @param next the name that follows, `aws_caller_identity` after `data` */
export function unknownReasonOf(rootOrType: string, next = ''): string {
  return reasons.get(`${rootOrType}.${next}`) ?? reasons.get(rootOrType) ?? 'is known only once it is deployed'
}
