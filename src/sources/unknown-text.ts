/*
 * Texts of which a part is made only at deployment. The part is written as a mark that no policy of S3 can hold, with a name between: equal
 * names are equal texts. Rules and the analyser never see such a text without asking.
 */

const OPEN = '\uE000'
const CLOSE = '\uE001'

/** The mark of an unknown part. @param name what it is called in the file, `var.account` */
export function unknownPart(name: string): string {
  return OPEN + name.replaceAll(OPEN, '').replaceAll(CLOSE, '') + CLOSE
}

/** Whether all of the text is known. */
export function isKnown(text: string): boolean {
  return !text.includes(OPEN)
}

/** The text for people: unknown parts as `${name}`. */
export function readable(text: string): string {
  return text.replaceAll(OPEN, '${').replaceAll(CLOSE, '}')
}

/** The names of the unknown parts, in their order. */
export function unknownNames(text: string): readonly string[] {
  const [, ...parts] = text.split(OPEN)
  return parts.map((part) => part.slice(0, part.indexOf(CLOSE)))
}
