import { type ArnParts, parseArn } from '../../match/arn.js'

/** What the ARN of every bucket and object begins with. */
export const ARN = 'arn:aws:s3:::'

/** The parts of the ARN of a bucket or an object. */
export function partsOf(arn: string): ArnParts {
  return ['arn', 'aws', 's3', '', '', arn.slice(ARN.length)]
}

/** `bucket`, `bucket/key` or an ARN, as the ARN; all may hold wildcards. */
export function resourceArn(resource: string): string {
  return resource === '*' || parseArn(resource) !== undefined ? resource : ARN + resource
}

/** `bucket` or `bucket/key`: the ARN without what all of them begin with. */
export function shortResource(arn: string): string {
  return arn.startsWith(ARN) ? arn.slice(ARN.length) : arn
}
