import { GrantDesugarer } from '../compile/desugar-grants.js'
import { layOutKey } from '../compile/lay-out-key.js'
import type { AccessKey } from '../grants/access-key.js'
import type { DecisionProgram } from '../program/decision-program.js'
import * as layout from '../program/name-layout.js'
import type { Account, Bucket } from '../snapshot/snapshot.js'
import { seedWith } from '../tables/hash.js'
import { RowWriter } from '../tables/row-writer.js'
import { buildTable, changeTable } from '../tables/write-table.js'
import { compileBucketPolicy } from './bucket-policy.js'
import { NameDraft } from './name-draft.js'
import { keyKind } from './shard-kinds.js'

/** A program in the making: another one, or none, and what is different. */
export class ProgramDraft {
  private readonly names: NameDraft
  private readonly keys = new RowWriter()
  private readonly removedKeys: string[] = []
  private readonly desugarer = new GrantDesugarer()
  private seed = 0

  constructor(private readonly base?: DecisionProgram) {
    this.names = new NameDraft(base)
  }

  addKey(key: AccessKey): void {
    this.seed = seedWith(this.seed, key.accessKey)
    layOutKey(this.desugarer.desugar(key), this.names, this.keys)
  }

  removeKey(accessKey: string): void {
    this.removedKeys.push(accessKey)
  }

  /** In place of the bucket of this name. */
  addBucket({ name, owner, policy, publicAccessBlock }: Bucket): void {
    const entry = this.names.edit(name)
    entry.owner = owner
    entry.policy = policy && compileBucketPolicy(name, owner, policy)
    entry.flags = (entry.flags & ~bucketFlags) | layout.FLAG_BUCKET
    if (publicAccessBlock.RestrictPublicBuckets) entry.flags |= layout.FLAG_BUCKET_RESTRICTS
  }

  removeBucket(name: string): void {
    const entry = this.names.editKnown(name)
    if (entry === undefined) return
    entry.owner = ''
    entry.policy = undefined
    entry.flags &= ~bucketFlags
  }

  /** To be asked before an account is added in place of one of its name. */
  removeAccount(id: string): void {
    const entry = this.names.editKnown(id)
    if (entry === undefined) return
    if (entry.canonicalId !== '') this.names.edit(entry.canonicalId).account = ''
    entry.canonicalId = ''
    entry.flags &= ~accountFlags
  }

  /** Throws a TypeError if its canonical user id is that of another account: nobody could tell whom a policy means by it. */
  addAccount({ id, publicAccessBlock, canonicalId }: Account): void {
    const entry = this.names.edit(id)
    entry.flags |= layout.FLAG_ACCOUNT
    if (publicAccessBlock.RestrictPublicBuckets) entry.flags |= layout.FLAG_ACCOUNT_RESTRICTS
    if (canonicalId === undefined) return
    const user = this.names.edit(canonicalId)
    if (user.account !== '') throw new TypeError(`\`${canonicalId}\` is the canonical id of two accounts`)
    user.account = id
    entry.canonicalId = canonicalId
  }

  /** Throws a TypeError if two keys have one name. */
  finish(): DecisionProgram {
    const names = this.names.finish(this.seed)
    const keys =
      this.base === undefined
        ? buildTable(keyKind, this.keys, this.seed)
        : changeTable(keyKind, this.base.keys, this.keys, this.removedKeys)
    return { keys, ...names, usualNames: this.base?.usualNames ?? names.nameCount }
  }
}

const bucketFlags = layout.FLAG_BUCKET | layout.FLAG_BUCKET_RESTRICTS
const accountFlags = layout.FLAG_ACCOUNT | layout.FLAG_ACCOUNT_RESTRICTS
