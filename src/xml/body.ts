/** What S3 reads from the bodies of requests, as far as permissions or condition keys hang on it. */
export type S3Body =
  | { readonly kind: 'delete'; readonly objects: readonly ObjectToDelete[]; readonly quiet: boolean }
  | { readonly kind: 'tagging'; readonly tags: readonly Tag[] }
  | { readonly kind: 'create-bucket'; readonly locationConstraint?: string; readonly tags: readonly Tag[] }
  | { readonly kind: 'access-control-policy'; readonly grants: readonly AclGrant[]; readonly owner?: string }
  | { readonly kind: 'public-access-block'; readonly block: Readonly<Record<PublicAccessBlockSetting, boolean>> }
  | { readonly kind: 'retention'; readonly mode?: string; readonly retainUntilDate?: string }
  | { readonly kind: 'legal-hold'; readonly status?: string }
  | { readonly kind: 'inventory'; readonly optionalFields: readonly string[] }

export interface ObjectToDelete {
  readonly key: string
  readonly versionId?: string
  readonly etag?: string
}

export interface Tag {
  readonly key: string
  readonly value: string
}

export interface AclGrant {
  readonly grantee:
    | { readonly kind: 'canonicalUser'; readonly id: string }
    | { readonly kind: 'email'; readonly address: string }
    | { readonly kind: 'group'; readonly uri: string }
  readonly permission: 'FULL_CONTROL' | 'WRITE' | 'WRITE_ACP' | 'READ' | 'READ_ACP'
}

export type PublicAccessBlockSetting = 'BlockPublicAcls' | 'IgnorePublicAcls' | 'BlockPublicPolicy' | 'RestrictPublicBuckets'
