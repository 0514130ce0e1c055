import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { BodyOptions, BodyVerifier } from './body-check.js'
import type { BodyRule } from './body-rule.js'
import { chunkedBody } from './chunked-body.js'
import { type Eventually, isPromise } from './eventually.js'
import { hashedBody } from './hashed-body.js'
import { unsignedBody } from './unsigned-body.js'

/** The verifier for what a signature says of a body. Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)". */
export function bodyVerifier(rule: BodyRule, options: BodyOptions): BodyVerifier {
  return oneAtATime(bodyOf(rule, options))
}

function bodyOf(rule: BodyRule, options: BodyOptions): BodyVerifier {
  switch (rule.kind) {
    case 'unsigned':
      return unsignedBody(options)
    case 'sha256':
      return hashedBody(rule.hash, options)
    case 'chunks':
      return chunkedBody(rule, options)
  }
}

/** Keeps a failure, and refuses calls that come too early or too late: those are mistakes of the caller. */
function oneAtATime(body: BodyVerifier): BodyVerifier {
  let state: 'open' | 'busy' | 'ended' = 'open'
  let failure: S3Error | undefined

  function run<T>(call: () => Eventually<T | S3Error>, after: 'open' | 'ended'): Eventually<T | S3Error> {
    if (state === 'busy') throw new Error('the verifier is asked again before it has answered')
    if (failure !== undefined) return failure
    if (state === 'ended') throw new Error('the body has ended already')
    // Whatever interrupts a call, such as hashing that throws, leaves the body failed.
    failure = s3Error('InternalError', { reason: 'the check of the body was interrupted' })
    state = 'busy'
    const settle = (result: T | S3Error): T | S3Error => {
      failure = isError(result) ? result : undefined
      state = after
      return result
    }
    let result: Eventually<T | S3Error>
    try {
      result = call()
    } catch (error) {
      state = after
      throw error
    }
    if (!isPromise(result)) return settle(result)
    return result.then(settle, (error: unknown) => {
      state = after
      throw error
    })
  }

  return {
    push: (bytes) => run(() => body.push(bytes), 'open'),
    end: () => run(() => body.end(), 'ended'),
  }
}

function isError(result: unknown): result is S3Error {
  return (result as { readonly kind?: unknown }).kind === 'error'
}
