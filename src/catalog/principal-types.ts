/** The members that a Principal element may have. Source: IAM User Guide, "AWS JSON policy elements: Principal". */
export const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const

export type PrincipalType = (typeof principalTypes)[number]
