import { visible } from './visible.js'

const references: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]

/** One line of text for an element or an attribute. What XML 1.0 cannot hold is among what is made visible. */
export function xmlText(text: string): string {
  return references.reduce((escaped, [character, reference]) => escaped.replaceAll(character, reference), visible(text))
}

/** `<name a="1" b="2"`, without its end. @param name never from outside */
export function startTag(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${xmlText(String(value))}"`)
  return `<${name}${written.join('')}`
}
