import { parseArn } from '../match/arn.js'
import { matchesWildcard, wildcard } from '../match/wildcard.js'
import type { PolicyVersion, Text } from '../policy/ast.js'
import { parseTemplate } from '../policy/template.js'
import type { StatementCheck } from './statement-check.js'

/** Resources that are not the bucket or something in it. */
export const checkResources: StatementCheck = (statement, { Version }, { bucket }, report) => {
  const resources = statement.Resource ?? statement.NotResource
  if (resources === undefined) return
  if (resources.length === 0) report({ code: 'invalid-resource', location: statement.location, message: 'the statement names no resource' })
  for (const text of resources) {
    const problem = resourceProblem(text, Version, bucket)
    if (problem !== undefined) report({ code: 'invalid-resource', location: text.location, ...problem })
  }
}

interface ResourceProblem {
  readonly message: string
  readonly help?: string
}

function resourceProblem({ text }: Text, version: PolicyVersion | undefined, bucket: string | undefined): ResourceProblem | undefined {
  const example = `arn:aws:s3:::${bucket ?? 'bucket'}/*`
  const resource = partInS3(text)
  if (resource === undefined)
    return { message: `\`${text}\` is no ARN of a bucket or object`, help: helpFor(text) ?? `an example is \`${example}\`` }
  if (bucket === undefined || canNameBucket(resource, version, bucket)) return undefined
  return { message: `\`${text}\` is not in the bucket \`${bucket}\``, help: `an example is \`${example}\`` }
}

function helpFor(text: string): string | undefined {
  if (text === '*') return 'list the bucket and its objects: `arn:aws:s3:::bucket` and `arn:aws:s3:::bucket/*`'
  const [, partition, service, , , resource] = parseArn(text) ?? []
  if (service === 's3' && resource?.startsWith('accesspoint/'))
    return 'this is an access point: it belongs in the access point’s own policy'
  if (service !== 's3' || partition === undefined || matchesWildcard(wildcard(partition), 'aws')) return undefined
  return `the partition is \`aws\`; \`${partition}\` is not known here`
}

/** `bucket/*` of `arn:aws:s3:::bucket/*`; undefined if it is no ARN of a bucket or object. */
export function partInS3(text: string): string | undefined {
  const parts = parseArn(text)
  if (parts === undefined) return undefined
  const [, partition, service, region, account, resource] = parts
  const isOfS3 = matchesWildcard(wildcard(partition), 'aws') && service === 's3' && matchesEmpty(region) && matchesEmpty(account)
  return isOfS3 && resource !== '' && !resource.startsWith('/') ? resource : undefined
}

/** S3's ARNs have neither region nor account; a star stands for nothing too. */
function matchesEmpty(part: string): boolean {
  return matchesWildcard(wildcard(part), '')
}

/** Whether the part before the first slash can be the bucket's name, wildcards and variables in it considered. */
function canNameBucket(resource: string, version: PolicyVersion | undefined, bucket: string): boolean {
  const pattern = parseTemplate(resource, version)
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'escape' ? '?' : '*'))
    .join('')
  const slash = pattern.indexOf('/')
  const name = slash < 0 ? pattern : pattern.slice(0, slash)
  return matchesWildcard(wildcard(name), bucket)
}
