/**
 * The account of a template that is for any account. It is a made-up id and not an unknown text: within one template it is the same
 * wherever it stands, it owns the buckets, and it is not one of the accounts that the template spells out, which would not be spelled out
 * otherwise. So a policy for `arn:aws:iam::${AWS::AccountId}:root` can be analysed. No account of AWS has this id.
 */
export const TEMPLATE_ACCOUNT = '000000000000'
