import type { Bar } from './result.js'

export interface BarChart {
  readonly title: string
  readonly xLabel: string
  readonly bars: readonly Bar[]
}

const WIDTH = 960
const ROW = 30
/** Where the bars are; names are to their left, numbers to their right. */
const plane = { left: 400, right: WIDTH - 90, top: 44 } as const

/** Draws numbers from zero as bars, one below the other, as SVG: medians as bars, quartiles as lines on them. */
export function plotBars({ title, xLabel, bars }: BarChart): string {
  const most = Math.max(...bars.map(({ value }) => value.high))
  const bottom = plane.top + bars.length * ROW
  const height = bottom + 34
  const toX = (value: number): number => Math.round((value / most) * (plane.right - plane.left)) + plane.left
  const parts = [
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#ffffff"/>`,
    text(16, 28, title, 'font-size="16" font-weight="600" fill="#1f2328"'),
    ...bars.map((bar, index) => row(bar, plane.top + index * ROW, toX)),
    `<path d="M${plane.left} ${plane.top}V${bottom}" stroke="#818b98" fill="none"/>`,
    text(plane.left, bottom + 20, xLabel, 'fill="#59636e"'),
  ]
  const attributes = `width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>\n<title>${escapeXml(title)}</title>\n${parts.join('\n')}\n</svg>\n`
}

function row({ name, value: { low, median, high }, isEmphasised }: Bar, top: number, toX: (value: number) => number): string {
  const middle = top + ROW / 2
  const weight = isEmphasised ? ' font-weight="700"' : ''
  const bar = `<rect x="${plane.left}" y="${top + 5}" width="${toX(median) - plane.left}" height="${ROW - 10}" fill="${isEmphasised ? '#0072b2' : '#afb8c1'}"/>`
  const quartiles = `<path d="M${toX(low)} ${middle}H${toX(high)}" stroke="#1f2328" stroke-width="2" fill="none"/>`
  const label = text(plane.left - 8, middle + 4, name, `text-anchor="end" fill="#1f2328"${weight}`)
  const number = Math.round(median).toLocaleString('en')
  return bar + quartiles + label + text(Math.max(toX(high), toX(median)) + 8, middle + 4, number, `fill="#1f2328"${weight}`)
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
