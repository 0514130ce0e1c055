import type { Policy } from '../../policy/ast.js'
import { type Asked, exceptedCaller } from '../scene/asked.js'
import { namedIn } from '../scene/named.js'
import { resourceArn } from '../scene/resource-arn.js'
import { scenesOf } from '../scene/scene.js'
import { isPolicySubject, type Subject } from '../scene/subject.js'

/** Which requests a question is about; what is left out is any. */
export interface AccessQuestion {
  /** An action, a pattern such as `s3:Put*`, or any of several. */
  readonly action?: string | readonly string[]
  /** `bucket`, `bucket/key` or an ARN, or a pattern of them. */
  readonly resource?: string
  /** Not by these: account ids, ARNs, access keys, services, or `anonymous`. */
  readonly except?: readonly string[]
  /** By this access key. */
  readonly accessKey?: string
  /** By members of this account, its root left out. */
  readonly membersOf?: string
  /** By strangers to this policy: anonymous callers, and those who belong to nothing that it names. */
  readonly strangersTo?: Policy
}

export function askedOf(subject: Subject, question: AccessQuestion): Asked {
  const { action, resource, except = [], accessKey, membersOf, strangersTo } = question
  const accessKeys = new Set(isPolicySubject(subject) ? [] : subject.keys.keys())
  return {
    ...(action !== undefined && { actions: [action].flat() }),
    ...(resource !== undefined && { resource: resourceArn(resource) }),
    ...(accessKey !== undefined && { accessKey }),
    ...(membersOf !== undefined && { membersOf }),
    ...(strangersTo !== undefined && { outside: namedIn(strangersTo, ownersIn(subject)) }),
    except: except.map((text) => exceptedCaller(text, accessKeys)),
  }
}

function ownersIn(subject: Subject): readonly string[] {
  return scenesOf([subject]).flatMap(({ sides }) => sides.map(({ owner }) => owner))
}
