import type { PositionedValue } from '../policy/positioned-value.js'
import { nothingBlocked, type PublicAccessBlock, publicAccessSettings } from '../public-access/public-access-block.js'

type Setting = (typeof publicAccessSettings)[number]

/** The settings as Terraform's `aws_s3_bucket_public_access_block` calls them. */
const terraformNames: Readonly<Record<Setting, string>> = {
  BlockPublicAcls: 'block_public_acls',
  IgnorePublicAcls: 'ignore_public_acls',
  BlockPublicPolicy: 'block_public_policy',
  RestrictPublicBuckets: 'restrict_public_buckets',
}

/** What CloudFormation's `PublicAccessBlockConfiguration` blocks. @param settingOf a setting's value by its name */
export function cloudFormationBlock(settingOf: (name: string) => PositionedValue | undefined): PublicAccessBlock {
  return blockBy((setting) => settingOf(setting))
}

/** What a resource of Terraform blocks. @param attributeOf an attribute's value by its name */
export function terraformBlock(attributeOf: (name: string) => PositionedValue | undefined): PublicAccessBlock {
  return blockBy((setting) => attributeOf(terraformNames[setting]))
}

/** Only what is certainly set is set: a setting that is unknown blocks nothing. */
function blockBy(read: (setting: Setting) => PositionedValue | undefined): PublicAccessBlock {
  const settings = publicAccessSettings.map((setting) => [setting, isTrue(read(setting))])
  return { ...nothingBlocked, ...(Object.fromEntries(settings) as Partial<PublicAccessBlock>) }
}

function isTrue(value: PositionedValue | undefined): boolean {
  return (value?.kind === 'boolean' && value.value) || (value?.kind === 'string' && value.text === 'true')
}
