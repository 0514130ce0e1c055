/**
 * The text of `Fn::Sub` with its `${Name}` replaced. `${!Name}` gives `${Name}`: policy variables are written so. Blanks around a name are
 * none of it. Ends early once the text is longer than `longest`.
 */
export function substitute(template: string, longest: number, given: (name: string) => string): string {
  let text = ''
  let from = 0
  for (;;) {
    const start = template.indexOf('${', from)
    const end = template.indexOf('}', start)
    if (start < 0 || end < 0 || text.length > longest) return text + template.slice(from)
    const name = template.slice(start + 2, end)
    text += template.slice(from, start) + (name.startsWith('!') ? `\${${name.slice(1)}}` : given(name.trim()))
    from = end + 1
  }
}
