import { type Asked, exceptedCaller } from '../scene/asked.js'
import { resourceArn } from '../scene/resource-arn.js'
import { isPolicySubject, type Subject } from '../scene/subject.js'

/** Which requests a question is about; what is left out is any. */
export interface AccessQuestion {
  /** An action, or a pattern such as `s3:Put*`. */
  readonly action?: string
  /** `bucket`, `bucket/key` or an ARN, or a pattern of them. */
  readonly resource?: string
  /** Not by these: account ids, ARNs, access keys, services, or `anonymous`. */
  readonly except?: readonly string[]
}

export function askedOf(subject: Subject, { action, resource, except = [] }: AccessQuestion): Asked {
  const accessKeys = new Set(isPolicySubject(subject) ? [] : subject.keys.keys())
  return {
    ...(action !== undefined && { actions: [action] }),
    ...(resource !== undefined && { resource: resourceArn(resource) }),
    except: except.map((text) => exceptedCaller(text, accessKeys)),
  }
}
