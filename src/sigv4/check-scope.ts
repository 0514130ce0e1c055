import type { S3Error } from '../s3-error/s3-error.js'
import { malformed } from './authorization-header.js'
import type { Credential } from './credential.js'
import { wrongQuery } from './presigned-query.js'

/**
 * What is wrong with a credential's scope: it must be for S3, for the expected region, and for the day of the request.
 * @param date `20260921T141300Z`
 */
export function checkScope(credential: Credential, date: string, region: string | undefined, isQuery: boolean): S3Error | undefined {
  const { service, terminator } = credential
  const refuse = isQuery ? refuseQuery : malformed
  if (credential.date !== date.slice(0, 8)) {
    return refuse(`Invalid credential date "${credential.date}". This date is not the same as X-Amz-Date: "${date.slice(0, 8)}".`)
  }
  if (service !== 's3') return refuse(`incorrect service "${service}". This endpoint belongs to "s3".`)
  if (terminator !== 'aws4_request') return refuse(`incorrect terminal "${terminator}". This endpoint uses "aws4_request".`)
  if (credential.region === '') return refuse('a non-empty region must be provided in the credential.')
  if (region === undefined || region === 'any' || region === credential.region) return undefined
  return refuse(`the region '${credential.region}' is wrong; expecting '${region}'`, { Region: region })
}

function refuseQuery(what: string, detail?: Readonly<Record<string, string>>): S3Error {
  return wrongQuery(`Error parsing the X-Amz-Credential parameter; ${what}`, detail)
}
