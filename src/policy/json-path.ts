/** The way from a document's root to a value: member names and array indices. */
export type JsonPath = readonly (string | number)[]

/** The path one step further. */
export function stepTo(path: JsonPath, step: string | number): JsonPath {
  // As long as it must be: a spread leaves room for 16 more steps, 150 bytes for every value of a document.
  const longer = new Array<string | number>(path.length + 1)
  for (let i = 0; i < path.length; i++) longer[i] = path[i] as string | number
  longer[path.length] = step
  return longer
}

/** The path as people write it: `$.Statement[0].Condition["aws:SourceIp"]`. */
export function formatPath(path: JsonPath): string {
  return path.reduce<string>((text, step) => text + formatStep(step), '$')
}

function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  return isPlainName(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}

function isPlainName(name: string): boolean {
  if (name === '') return false
  for (const character of name) {
    const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character === '_'
    if (!isLetter && !(character >= '0' && character <= '9')) return false
  }
  return true
}
