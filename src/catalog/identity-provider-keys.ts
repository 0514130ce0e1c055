/**
 * What the condition keys of federated sessions start with, in lower case; their names are the providers'. Source: IAM User Guide, "IAM and AWS
 * STS condition context keys".
 */
export const identityProviderPrefixes: readonly string[] = [
  'saml:',
  'sts:',
  'identitystore:',
  'cognito-identity.amazonaws.com:',
  'accounts.google.com:',
  'graph.facebook.com:',
  'www.amazon.com:',
]
