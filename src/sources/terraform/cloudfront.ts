/**
 * ARNs that CloudFront gives at deployment, by which a policy says which distribution may read. What counts for the policy is that one ARN is
 * meant, of an account of the same people; which, no rule asks. So the ARN is made up from the address, and all of the policy is known.
 */
const made: ReadonlyMap<string, Readonly<Record<string, (name: string, account: string) => string>>> = new Map([
  ['aws_cloudfront_distribution', { arn: (name, account) => `arn:aws:cloudfront::${account}:distribution/${name}`, id: (name) => name }],
  [
    'aws_cloudfront_origin_access_identity',
    { iam_arn: (name) => `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${name}` },
  ],
])

/** The attribute of a resource of CloudFront; undefined for others. @param address `aws_cloudfront_distribution.site`, of a data source too */
export function cloudFrontAttribute(address: string, attribute: string, account: string): string | undefined {
  const parts = address.split('.')
  const attributes = made.get((parts[0] === 'data' ? parts[1] : parts[0]) ?? '')
  return attributes !== undefined && Object.hasOwn(attributes, attribute) ? attributes[attribute]?.(plain(address), account) : undefined
}

/** The address as ids of CloudFront are spelled. */
function plain(address: string): string {
  return address.replaceAll('.', '-').replaceAll('[', '-').replaceAll(']', '')
}
