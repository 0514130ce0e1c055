import type { Statement } from '../../../src/policy/ast.js'
import { isObjectAction } from './actions.js'
import { glob, globMatches, someNoSlash, someText, splitArn } from './regexes.js'
import type { RequestSpace } from './request-space.js'
import { ite, literal, OutsideFragment } from './terms.js'
import * as truth from './truths.js'

/** The bucket, where the policies leave it open, and the key, which counts for actions on objects. */
export function declareResource(space: RequestSpace): void {
  space.declare('key', 'String')
  space.require(`(str.in_re key ${someText})`)
  if (space.bucket !== undefined) return
  space.declare('bucket', 'String')
  space.require(`(str.in_re bucket ${someNoSlash})`)
}

/** Resource and NotResource: S6. */
export function resourceTruth({ Resource, NotResource = [] }: Statement, hasVariables: boolean, space: RequestSpace): truth.Truth {
  const cover = (texts: readonly { readonly text: string }[]) =>
    truth.or(...texts.map(({ text }) => patternTruth(text, hasVariables, space)))
  return Resource === undefined ? truth.not(cover(NotResource)) : cover(Resource)
}

function patternTruth(text: string, hasVariables: boolean, { bucket }: RequestSpace): truth.Truth {
  if (text === '*') return truth.always
  if (hasVariables && text.includes('${')) throw new OutsideFragment('a variable in a resource')
  const parts = splitArn(text)
  if (parts?.[0] !== 'arn') return truth.unknown
  const fixed = ['arn', 'aws', 's3', '', '']
  if (!fixed.every((part, index) => globMatches(parts[index] as string, part))) return truth.never
  const pattern = glob(parts[5] as string)
  const objects = bucket === undefined ? '(str.++ bucket "/" key)' : `(str.++ ${literal(`${bucket}/`)} key)`
  const buckets = bucket === undefined ? 'bucket' : literal(bucket)
  return truth.certain(ite(isObjectAction, `(str.in_re ${objects} ${pattern})`, `(str.in_re ${buckets} ${pattern})`))
}

/**
 * The one bucket that all resource patterns name. Beside NotResource it is a bucket that one of them names: then what is asked about is
 * said outright.
 */
export function bucketOf(statements: readonly Statement[]): string | undefined {
  const names = statements
    .flatMap(({ Resource = [], NotResource = [] }) => [...Resource, ...NotResource])
    .map(({ text }) => /^arn:[^:]*:s3:[^:]*:[^:]*:([^/*?$]+)(?:\/|$)/s.exec(text)?.[1])
  if (new Set(names).size === 1) return names[0]
  return statements.some(({ NotResource }) => NotResource !== undefined)
    ? (names.find((name) => name !== undefined) ?? 'examplebucket')
    : undefined
}
