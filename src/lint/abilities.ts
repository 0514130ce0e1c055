import { type ActionRow, actions } from '../catalog/actions.js'

/** What somebody may do with a bucket, in groups of actions that are as good or as bad as each other. */
export interface Ability {
  readonly name: 'read' | 'list' | 'write' | 'administration'
  /** What follows "anybody may". */
  readonly words: string
  /** The action that shows best what it means. */
  readonly telling: string
  /** The names of the actions, in the catalogue's spelling. */
  readonly actions: readonly string[]
}

const changing: ReadonlySet<ActionRow['access']> = new Set(['Write', 'Tagging', 'Permissions management'])

/** The groups, the worst last. Reading a bucket's settings is in none of them. */
export const abilities: Readonly<Record<Ability['name'], Ability>> = {
  read: {
    name: 'read',
    words: 'read objects',
    telling: 's3:GetObject',
    actions: actionsWhere(({ kind, access }) => kind === 'object' && (access === 'Read' || access === 'List')),
  },
  list: {
    name: 'list',
    words: 'list objects',
    telling: 's3:ListBucket',
    actions: actionsWhere(({ kind, access }) => kind === 'bucket' && access === 'List'),
  },
  write: {
    name: 'write',
    words: 'change objects',
    telling: 's3:PutObject',
    actions: actionsWhere(({ kind, access }) => kind === 'object' && changing.has(access)),
  },
  administration: {
    name: 'administration',
    words: 'change the bucket itself',
    telling: 's3:PutBucketAcl',
    actions: actionsWhere(({ kind, access, name }) => kind === 'bucket' && changing.has(access) && name !== 's3:CreateBucket'),
  },
}

/** The rules about what anybody may do, one for each group. */
export const publicRules: readonly string[] = Object.keys(abilities).map((name) => `public-${name}`)

const policyActions: ReadonlySet<string> = new Set(['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'])

/** By these somebody who may do little comes to do everything, or to send the objects away: they change who may do what. */
export const escalatingActions: readonly string[] = [
  ...actionsWhere(({ kind, access }) => kind === 'bucket' && access === 'Permissions management'),
  's3:PutReplicationConfiguration',
]

/**
 * Those of them that other accounts can use. S3 answers 405 if another account than the owner's writes a policy, whatever that allows. Source:
 * Amazon S3 API Reference, PutBucketPolicy.
 */
export const outsidersEscalatingActions: readonly string[] = escalatingActions.filter((name) => !policyActions.has(name))

function actionsWhere(isMeant: (action: ActionRow) => boolean): readonly string[] {
  return actions.filter(isMeant).map(({ name }) => name)
}
