import { type Policy, parsePolicy } from 'grantree'

export interface HundredStatements {
  readonly before: Policy
  /** With one resource widened. */
  readonly after: Policy
  readonly bytes: number
}

/** A policy of 100 statements of many teams, nearly as long as S3 stores: some share a resource, some need an address, an organisation or TLS. */
export function hundredStatements(): HundredStatements {
  const statements = Array.from({ length: 100 }, (_, index) => statementOf(index))
  const widened = statements.with(50, { ...statements[50], Resource: 'arn:aws:s3:::data-lake-prod/*' })
  const text = textOf(statements)
  return { before: parse(text), after: parse(textOf(widened)), bytes: text.length }
}

function statementOf(index: number): object {
  const isBucket = index % 4 === 3
  const condition =
    index % 2 === 1
      ? { IpAddress: { 'aws:SourceIp': [`10.${index}.0.0/16`] } }
      : index % 5 === 0
        ? { StringEquals: { 'aws:PrincipalOrgID': `o-abc${index % 3}` }, Bool: { 'aws:SecureTransport': String(index % 7 !== 0) } }
        : undefined
  return {
    Sid: `S${index}`,
    Effect: index % 7 === 0 ? 'Deny' : 'Allow',
    Principal: index % 3 === 0 ? '*' : { AWS: [`arn:aws:iam::${111122220000 + (index % 20)}:role/team-${index}`] },
    Action: [['s3:GetObject'], ['s3:GetObject', 's3:PutObject'], ['s3:Get*'], ['s3:ListBucket']][index % 4],
    Resource: isBucket
      ? 'arn:aws:s3:::data-lake-prod'
      : [`arn:aws:s3:::data-lake-prod/team-${index}/reports/*`, `arn:aws:s3:::data-lake-prod/shared/${index % 10}/*.csv`],
    ...(condition !== undefined && { Condition: condition }),
  }
}

function textOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

function parse(text: string): Policy {
  const { policy } = parsePolicy(text)
  if (policy === undefined) throw new Error('the policy does not parse')
  return policy
}
