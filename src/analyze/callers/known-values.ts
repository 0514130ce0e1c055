import { resolveCaller } from '../../evaluate/evaluate.js'
import { type Language, literal } from '../../languages/language.js'
import { evaluationContextOf } from '../../request/evaluation-context.js'
import type { Principal } from '../../request/principal.js'
import type { Probe } from '../conditions/probe.js'
import { exactProbe } from '../conditions/probe.js'
import type { Scene } from '../scene/scene.js'
import { arnsByAccount, arnsOfType } from './arn-parts.js'

/** The values that a caller's key has for the callers there are for sure: the scene's access keys, anonymous, and members of the owners' accounts. */
export function knownValues(key: string, { place, sides }: Scene): readonly Probe[] {
  const bucket = place.kind === 'bucket' ? place.name : undefined
  const texts = sides.flatMap(({ snapshotFor, owner, exists }) => {
    const snapshot = snapshotFor(bucket)
    const accessKeys = place.kind === 'any-bucket' ? [] : [...snapshot.keys.keys()]
    const principals: readonly Principal[] = [
      { kind: 'anonymous' },
      ...accessKeys.map((accessKey): Principal => ({ kind: 'key', accessKey })),
      ...(exists ? typesOf(owner) : []),
    ]
    return principals.flatMap((principal) => {
      const request = { principal, action: '' }
      const caller = resolveCaller(snapshot, request)
      const values = caller && evaluationContextOf(request, caller, owner).valuesOf(key)
      return values === undefined || values === 'unknown' ? [] : values
    })
  })
  const owners = sides.filter(({ exists }) => exists).map(({ owner }) => arnsByAccount([literal(owner)]))
  const arns =
    key === 'aws:PrincipalArn' ? owners.map((language) => ({ kind: 'language', name: JSON.stringify(language), language }) as const) : []
  return [...texts.map(exactProbe), ...arns, ...kindsOf(key)]
}

/** A member of the account of every type that `aws:PrincipalType` tells apart. */
function typesOf(account: string): readonly Principal[] {
  const arns = ['iam::ACCOUNT:user/x', 'iam::ACCOUNT:root', 'iam::ACCOUNT:role/x', 'sts::ACCOUNT:federated-user/x']
  return arns.map((arn) => ({ kind: 'aws', arn: `arn:aws:${arn.replace('ACCOUNT', () => account)}` }))
}

/** ARNs of users, roles and the like are told apart by what the callers are. */
function kindsOf(key: string): readonly Probe[] {
  if (key !== 'aws:PrincipalArn') return key === 'aws:PrincipalIsAWSService' ? ['true', 'false'].map(exactProbe) : []
  return ['user/', 'role/', 'root', 'federated-user/'].map((start) => {
    const language: Language = arnsOfType(start)
    return { kind: 'language', name: JSON.stringify(language), language }
  })
}
