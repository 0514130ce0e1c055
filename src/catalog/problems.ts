interface ProblemRow {
  readonly severity: 'error' | 'refused' | 'warning'
  readonly s3Message?: string
}

/**
 * Every problem code with its severity, and what S3 answers to a PutBucketPolicy with such a policy. S3's messages are
 * those recorded by LocalStack, versitygw, argmin and others on AWS; `{}` stands for the offending text. S3's code is
 * `MalformedPolicy` throughout.
 */
const table = {
  // The document.
  'not-an-object': { severity: 'error', s3Message: "Policies must be valid JSON and the first byte must be '{'" },
  'leading-space': { severity: 'refused', s3Message: "Policies must be valid JSON and the first byte must be '{'" },
  'invalid-json': { severity: 'error', s3Message: 'This policy contains invalid Json' },
  'duplicate-member': { severity: 'error', s3Message: 'This policy contains invalid Json' },
  'nesting-too-deep': { severity: 'error', s3Message: 'This policy contains invalid Json' },
  'lone-surrogate': { severity: 'error', s3Message: 'This policy contains invalid Json' },
  'policy-too-large': { severity: 'refused', s3Message: 'Normalized policy document exceeds the maximum allowed size of 20480 bytes' },
  'too-many-problems': { severity: 'error' },
  // The shape of its elements.
  'missing-statement': { severity: 'error', s3Message: 'Missing required field Statement' },
  'missing-effect': { severity: 'error', s3Message: 'Missing required field Effect' },
  'missing-principal': { severity: 'error', s3Message: 'Missing required field Principal' },
  'missing-action': { severity: 'error', s3Message: 'Missing required field Action' },
  'missing-resource': { severity: 'error', s3Message: 'Missing required field Resource' },
  'conflicting-elements': { severity: 'error', s3Message: 'Invalid policy syntax.' },
  'unknown-element': { severity: 'error', s3Message: 'Invalid policy syntax.' },
  'wrong-type': { severity: 'error', s3Message: 'Invalid policy syntax.' },
  'invalid-effect': { severity: 'error', s3Message: 'Invalid effect: {}' },
  'invalid-version': { severity: 'error', s3Message: 'The policy must contain a valid version string' },
  'empty-statement-list': { severity: 'refused', s3Message: 'Could not parse the policy: Statement is empty!' },
  'duplicate-sid': { severity: 'warning' },
  // Principals.
  'unknown-principal-type': { severity: 'error', s3Message: 'Invalid principal in policy' },
  'invalid-principal': { severity: 'refused', s3Message: 'Invalid principal in policy' },
  'allow-not-principal': { severity: 'refused', s3Message: 'Invalid principal in policy' },
  // Actions and resources.
  'invalid-action': { severity: 'refused', s3Message: 'Policy has invalid action' },
  'invalid-resource': { severity: 'refused', s3Message: 'Policy has invalid resource' },
  'action-resource-mismatch': { severity: 'refused', s3Message: 'Action does not apply to any resource(s) in statement' },
  'malformed-variable': { severity: 'warning' },
  'unknown-variable': { severity: 'warning' },
  // Conditions.
  'unknown-operator': { severity: 'error', s3Message: 'Invalid Condition type : {}' },
  'unknown-condition-key': { severity: 'refused', s3Message: 'Policy has an invalid condition key' },
  'unknown-global-key': { severity: 'warning' },
  'condition-not-applicable': {
    severity: 'refused',
    s3Message: 'Conditions do not apply to combination of actions and resources in statement',
  },
  'invalid-ip-address': { severity: 'refused', s3Message: 'Invalid IP address in Conditions' },
  'malformed-operand': { severity: 'warning' },
  'empty-condition': { severity: 'warning' },
  'empty-operand-list': { severity: 'warning' },
  'repeated-condition-key': { severity: 'warning' },
  'null-with-set-operator': { severity: 'warning' },
  // Snapshots, requests and decision tests.
  'missing-member': { severity: 'error' },
  'unknown-member': { severity: 'error' },
  'invalid-value': { severity: 'error' },
  'duplicate-name': { severity: 'error' },
  'account-mismatch': { severity: 'error' },
  'derived-key-conflict': { severity: 'error' },
  'missing-key': { severity: 'error' },
  'missing-bucket': { severity: 'error' },
  'unknown-action': { severity: 'warning' },
} as const satisfies Record<string, ProblemRow>

/** The stable code of a problem. */
export type ProblemCode = keyof typeof table

/** The row of each code. */
export const problems: Readonly<Record<ProblemCode, ProblemRow>> = table
