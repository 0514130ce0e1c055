import type { AccessKey } from '../grants/access-key.js'
import type { NodeView, PolicyView } from './policy-view.js'
import { describeClass, describeGrant, describeKey, describeStatement } from './print-text.js'

/** A policy's program as a flowchart in mermaid's language: from the bucket on the left to the statements on the right. */
export function drawPolicyProgram(bucket: string, { effects }: PolicyView): string {
  const chart = new Chart()
  const root = chart.node(`bucket ${bucket}`, 'bucket')
  for (const { effect, classes } of effects) {
    if (classes.length === 0) continue
    const top = chart.node(effect, effect === 'Deny' ? 'deny' : 'allow')
    chart.edge(root, top)
    for (const own of classes) {
      const actions = chart.node(describeClass(own))
      chart.edge(top, actions)
      for (const { caller, node } of own.callers) {
        const who = chart.node(caller)
        chart.edge(actions, who)
        drawNode(chart, who, node, effect === 'Deny' ? 'deny' : 'allow')
      }
    }
  }
  return chart.text()
}

/** Without recursion: policies decide how deep a trie is. */
function drawNode(chart: Chart, above: string, root: NodeView, style: string): void {
  const waiting = [{ node: root, above }]
  for (const { node, above: parent } of waiting) {
    const isBranch = node.prefix !== '' && node.children.length > 0
    const own = isBranch ? chart.node(`keys ${node.prefix}…`) : parent
    if (isBranch) chart.edge(parent, own)
    for (const { keys, tests, ...statement } of node.rules) {
      const leaf = chart.node([describeStatement(statement), ...tests], style)
      chart.edge(own, leaf, keys)
    }
    for (const child of node.children) waiting.push({ node: child, above: own })
  }
}

/** Access keys and their grants as a flowchart. */
export function drawKeys(keys: readonly AccessKey[]): string {
  const chart = new Chart()
  for (const key of keys) {
    const own = chart.node(describeKey(key), 'bucket')
    for (const grant of key.grants) chart.edge(own, chart.node(describeGrant(grant), 'allow'))
  }
  return chart.text()
}

/** Lines of a flowchart. Names are made here; every text is quoted, so that nothing of a policy is read as mermaid's language. */
class Chart {
  private readonly lines: string[] = []
  private count = 0

  /** @param label a line, or several */
  node(label: string | readonly string[], style?: string): string {
    this.count++
    const name = `n${this.count}`
    const lines = typeof label === 'string' ? [label] : label
    this.lines.push(`  ${name}["${lines.map(quote).join('<br>')}"]${style === undefined ? '' : `:::${style}`}`)
    return name
  }

  edge(from: string, to: string, label = ''): void {
    this.lines.push(`  ${from} -->${label === '' ? '' : `|"${quote(label)}"|`} ${to}`)
  }

  text(): string {
    return ['flowchart LR', ...this.lines, ...styles].join('\n')
  }
}

const styles = [
  '  classDef bucket fill:#e8eef7,stroke:#4a6fa5,color:#111',
  '  classDef deny fill:#fbe9e7,stroke:#c0392b,color:#111',
  '  classDef allow fill:#e8f5e9,stroke:#2e7d32,color:#111',
]

/** Letters, digits and what is harmless stay; everything else becomes mermaid's code for it. */
function quote(text: string): string {
  let quoted = ''
  for (const character of text) quoted += isHarmless(character) ? character : `#${character.codePointAt(0)};`
  return quoted
}

const harmless = ' .,:/*-_$@=()…'

function isHarmless(character: string): boolean {
  const isDigit = character >= '0' && character <= '9'
  const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
  return isDigit || isLetter || harmless.includes(character)
}
