import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { isoDate } from './amz-date.js'
import type { SignedRequest } from './signed-request.js'

/** Whether a request was signed at a time at which it counts. @param time the server's clock @param maxSkew both in milliseconds */
export function checkTime({ date, signedAt, expires }: SignedRequest, time: number, maxSkew: number): S3Error | undefined {
  if (expires === undefined) {
    if (Math.abs(time - signedAt) <= maxSkew) return undefined
    return s3Error('RequestTimeTooSkewed', {
      detail: { RequestTime: date, ServerTime: isoDate(time), MaxAllowedSkewMilliseconds: String(maxSkew) },
    })
  }
  if (signedAt > time + maxSkew) return notYetValid(date, time)
  const end = signedAt + expires * 1000
  if (time <= end) return undefined
  return s3Error('AccessDenied', {
    message: 'Request has expired',
    detail: { 'X-Amz-Expires': String(expires), Expires: isoDate(end), ServerTime: isoDate(time) },
  })
}

/** @param date `20260921T141300Z` */
export function notYetValid(date: string, time: number): S3Error {
  return s3Error('AccessDenied', {
    message: 'Request is not yet valid',
    detail: { 'X-Amz-Date': date, ServerTime: isoDate(time) },
  })
}
