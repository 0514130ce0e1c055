import { TEMPLATE_ACCOUNT } from '../template-names.js'
import type { Block } from './block.js'

/*
 * What AWS gives names at deployment: the account, the region, and the ARNs and ids of resources. What counts for a policy is that one thing
 * is meant, the same wherever the module speaks of it; which, no rule asks. So these are made up, and all of the policy is known.
 */

/** An attribute of a resource or a data source: `aws_iam_role.app[0].arn`. */
export interface DeployedAttribute {
  /** `aws_iam_role.app`; data sources begin with `data.`. */
  readonly address: string
  /** The same with the key of its instance, if it has one. */
  readonly instance: string
  readonly attribute: string
}

/** What is known of the deployment. */
export interface Deployment {
  readonly account?: string
  readonly region?: string
}

/** What a made-up name is made of. */
interface Parts {
  /** The address as ids are spelled. */
  readonly id: string
  readonly account: string
  /** Absent if the policy spells out regions, of which this may be one. */
  readonly region: string | undefined
  /** An attribute of the block, if it is a known text. */
  readonly textOf: (attribute: string) => string | undefined
}

type Attributes = Readonly<Record<string, (parts: Parts) => string | undefined>>

/** What an attribute is, or is made up to be; undefined if nobody knows. @param block of the address; absent if it is not in the files */
export function deployedAttribute(
  { address, instance, attribute }: DeployedAttribute,
  block: Block | undefined,
  { account, region }: Deployment,
  textOf: (attribute: string) => string | undefined,
): string | undefined {
  const isData = address.startsWith('data.')
  const type = address.split('.')[isData ? 1 : 0] ?? ''
  // A resource that another provider makes may be of another account and region.
  const isElsewhere = block?.attributes.has('provider') === true
  switch (isData ? type : '') {
    case 'aws_partition':
      return attributeIn(partition, attribute)?.(noParts)
    case 'aws_caller_identity':
      if (attribute !== 'account_id' || isElsewhere) return undefined
      return block === undefined ? account : (account ?? TEMPLATE_ACCOUNT)
    case 'aws_region':
      return regionAttributes.has(attribute) && block !== undefined && !isElsewhere ? region : undefined
  }
  const made = attributeIn(types.get(type) ?? {}, attribute)
  if (made === undefined || (isElsewhere && !ofAnyRegion.has(type))) return undefined
  return made({ id: idOf(instance), account: account ?? TEMPLATE_ACCOUNT, region, textOf })
}

function attributeIn(attributes: Attributes, name: string) {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined
}

/** What names a region: `name` until version 5 of the provider, `region` since. */
const regionAttributes: ReadonlySet<string> = new Set(['name', 'region', 'id'])

const partition: Attributes = { partition: () => 'aws', dns_suffix: () => 'amazonaws.com' }
const noParts: Parts = { id: '', account: '', region: undefined, textOf: () => undefined }

const types: ReadonlyMap<string, Attributes> = new Map([
  ['aws_cloudfront_distribution', { arn: ({ id, account }) => `arn:aws:cloudfront::${account}:distribution/${id}`, id: ({ id }) => id }],
  [
    'aws_cloudfront_origin_access_identity',
    { iam_arn: ({ id }) => `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}` },
  ],
  ['aws_iam_role', identity('role', 'AROA')],
  ['aws_iam_user', identity('user', 'AIDA')],
  ['aws_kms_key', { arn: ({ id, account, region }) => region && `arn:aws:kms:${region}:${account}:key/${id}` }],
  ['aws_vpc', { id: ({ id }) => `vpc-${id}` }],
  ['aws_vpc_endpoint', { id: ({ id }) => `vpce-${id}` }],
  // The load balancers of us-east-1; another region has another account of AWS. Source: Elastic Load Balancing, "Enable access logs".
  ['aws_elb_service_account', { arn: () => `arn:aws:iam::${LOAD_BALANCERS}:root`, id: () => LOAD_BALANCERS }],
])

const LOAD_BALANCERS = '127311923021'

/** Made in one region for all of them, so that modules often have a provider of that region for them. */
const ofAnyRegion: ReadonlySet<string> = new Set(['aws_cloudfront_distribution', 'aws_cloudfront_origin_access_identity'])

/** @param uniqueId what unique ids of the kind begin with */
function identity(kind: string, uniqueId: string): Attributes {
  const name = ({ id, textOf }: Parts) => textOf('name') ?? id
  return {
    name,
    arn: (parts) => `arn:aws:iam::${parts.account}:${kind}${parts.textOf('path') ?? '/'}${name(parts)}`,
    unique_id: ({ id }) => uniqueId + Array.from(id.toUpperCase()).filter(isLetterOrDigit).join('').padEnd(SHORTEST_ID, '0'),
  }
}

/** Of a unique id, without what it begins with. */
const SHORTEST_ID = 17

/** The address as ids are spelled. */
function idOf(address: string): string {
  const spelled = Array.from(address.replaceAll(']', '').replaceAll('"', ''))
  return spelled.map((letter) => (isLetterOrDigit(letter) || letter === '_' ? letter : '-')).join('')
}

function isLetterOrDigit(letter: string): boolean {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9')
}
