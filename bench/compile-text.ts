import { Authorizer, parsePolicy, type Snapshot } from '../src/index.js'

/** The reader's and the compiler's work and no other: the text of a policy becomes the program that decides. */
export function compileText(text: string): Authorizer {
  const parsed = parsePolicy(text)
  const publicAccessBlock = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false, RestrictPublicBuckets: false }
  const snapshot: Snapshot = {
    buckets: new Map([['big', { name: 'big', owner: '111122223333', policy: parsed, publicAccessBlock }]]),
    keys: new Map(),
    accounts: new Map(),
  }
  return Authorizer.from(snapshot)
}
