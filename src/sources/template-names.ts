import { type PositionedValue, plainValueOf } from '../policy/positioned-value.js'

/*
 * What a template that is for any account and any region calls them. These are made-up names and not unknown texts: within one template
 * each is the same wherever it stands, so that a policy with it can be analysed.
 */

/**
 * The account that deploys. It owns the buckets, and it is not one of the accounts that the template spells out, which would not be spelled
 * out otherwise. No account of AWS has this id.
 */
export const TEMPLATE_ACCOUNT = '000000000000'

/** The region of the deployment, if the policy spells out no region: nobody knows whether that is the same. No region has this name. */
export const TEMPLATE_REGION = 'xx-template-1'

/** Whether a policy speaks of the region of the deployment and spells out regions, or parts of their names, as well. */
export function mixesRegions(policy: PositionedValue): boolean {
  const text = JSON.stringify(plainValueOf(policy))
  return text.includes(TEMPLATE_REGION) && wordsIn(text).some(isOfRegion)
}

const areas: ReadonlySet<string> = new Set(['af', 'ap', 'ca', 'cn', 'eu', 'eusc', 'il', 'me', 'mx', 'sa', 'us'])
const directions: readonly string[] = ['north', 'south', 'east', 'west', 'central', 'gov', 'iso', 'de']

/** `eu-west-1`, and what a pattern has of it: `eu-`, `us-gov-` */
function isOfRegion(word: string): boolean {
  const [area = '', direction] = word.split('-')
  return areas.has(area) && direction !== undefined && (direction === '' || directions.some((start) => direction.startsWith(start)))
}

/** Runs of small letters, digits and hyphens. */
function wordsIn(text: string): readonly string[] {
  let spaced = ''
  for (const letter of text) spaced += isOfWord(letter) ? letter : ' '
  return spaced.split(' ')
}

function isOfWord(letter: string): boolean {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter === '-'
}
