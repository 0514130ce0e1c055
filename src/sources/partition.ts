import { parseArn } from '../match/arn.js'
import type { Policy, Statement, Text } from '../policy/ast.js'

/** The partitions beside `aws`. Source: AWS General Reference, "Amazon Resource Names". */
const otherPartitions: ReadonlySet<string> = new Set(['aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'])

/** A policy with its resources spelled as those of the partition `aws`, and the partition that they are of if it is another one. */
export interface Partitioned {
  readonly draft: Policy
  readonly partition?: string
}

/**
 * A policy for another partition, `arn:aws-us-gov:s3:::bucket/*`, means there what the same policy means in `aws`. So it is read as that;
 * `inPartition` spells what is said of it as the file does. Resources of several partitions are left as they are, and wrong.
 */
export function readPartition(draft: Policy): Partitioned {
  const named = new Set(draft.Statement.flatMap(resourcesOf).flatMap(({ text }) => partitionOf(text) ?? []))
  const [partition, ...others] = named
  if (partition === undefined || others.length > 0 || !otherPartitions.has(partition)) return { draft }
  return { draft: { ...draft, Statement: draft.Statement.map((statement) => inAws(statement, partition)) }, partition }
}

/** What is said of a policy, with its resources as the file spells them. */
export function inPartition(text: string, partition: string): string {
  return text.replaceAll(arnStart('aws'), arnStart(partition))
}

function resourcesOf({ Resource, NotResource }: Statement): readonly Text[] {
  return Resource ?? NotResource ?? []
}

function partitionOf(resource: string): string | undefined {
  const [, partition, service] = parseArn(resource) ?? []
  return service === 's3' ? partition : undefined
}

function inAws(statement: Statement, partition: string): Statement {
  const { Resource, NotResource } = statement
  const spelled = (texts: readonly Text[]) =>
    texts.map((text) => ({ ...text, text: text.text.replace(arnStart(partition), arnStart('aws')) }))
  return { ...statement, ...(Resource && { Resource: spelled(Resource) }), ...(NotResource && { NotResource: spelled(NotResource) }) }
}

function arnStart(partition: string): string {
  return `arn:${partition}:s3:`
}
