type Change = readonly [name: string, operands: readonly string[]]

const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, index) => index !== at)

/** The operands changed so that the condition holds for a little more, or for a little less. @param isMore which of the two */
export function operandWidenings(operator: string, operands: readonly string[], isMore: boolean): readonly Change[] {
  const base = operator.replace(/^For\w+:/, '').replace(/IfExists$/, '')
  if (base === 'Null') return []
  const isNegated = base.includes('Not')
  const grows = isMore !== isNegated
  const counted: readonly Change[] = grows
    ? extraOf(base, operands).map((extra) => [`\`${extra}\` too`, [...operands, extra]])
    : operands.length < 2
      ? []
      : operands.map((operand, at) => [`not \`${operand}\``, without(operands, at)])
  const altered = operands.flatMap((operand, at) =>
    alteredOf(base, operand, grows).map(
      (other): Change => [`\`${operand}\` as \`${other}\``, operands.map((old, index) => (index === at ? other : old))],
    ),
  )
  return [...counted, ...altered]
}

function extraOf(base: string, [first = 'a']: readonly string[]): readonly string[] {
  if (/^String/.test(base)) return [`${first}x`, 'b']
  if (/^Arn/.test(base)) return ['arn:aws:iam::2:user/b']
  if (/IpAddress/.test(base)) return ['192.0.2.0/24']
  if (base === 'NumericEquals' || base === 'NumericNotEquals') return ['7']
  return base === 'Bool' ? [first === 'true' ? 'false' : 'true'] : []
}

function alteredOf(base: string, operand: string, grows: boolean): readonly string[] {
  if (/IpAddress/.test(base)) return cidr(operand, grows ? -1 : 1)
  if (/Like$/.test(base)) return grows ? [`${operand}*`, operand.replace(/.$/, '?')].filter((other) => other !== operand) : []
  if (!/Than/.test(base)) return []
  const isUp = base.includes('Less') === grows
  if (base.startsWith('Numeric')) return /^\d{1,9}$/.test(operand) ? [String(Number(operand) + (isUp ? 1 : -1))] : []
  const time = Date.parse(operand)
  return /^\d{4}-\d\d-\d\d/.test(operand) && Number.isFinite(time) ? [new Date(time + (isUp ? 1000 : -1000)).toISOString()] : []
}

/** The block with its length changed by a bit. */
function cidr(block: string, bits: number): readonly string[] {
  const [, address, length] = /^(.*)\/(\d+)$/.exec(block) ?? []
  const changed = Number(length) + bits
  return address === undefined || changed < 0 || changed > (address.includes(':') ? 128 : 32) ? [] : [`${address}/${changed}`]
}
