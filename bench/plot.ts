import type { Spread } from '../src/benchmark/spread.js'
import { formatTime } from './render.js'

export interface Series {
  readonly name: string
  /** Ascending in x. */
  readonly points: readonly { readonly x: number; readonly y: Spread }[]
  /** Ours: drawn above the others. */
  readonly isEmphasised?: boolean
}

export interface Chart {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly series: readonly Series[]
}

const WIDTH = 960
const HEIGHT = 480
/** Where the plane is; its right has the names. */
const plane = { left: 78, right: WIDTH - 320, top: 62, bottom: HEIGHT - 58 } as const
/** Told apart by people who see few colours, too (Okabe and Ito), on white. */
const colors = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8f6b00', '#56b4e9', '#555555', '#7a3e9d', '#a33b20', '#3f7f3f']
const LABEL_HEIGHT = 17

/** Draws times against sizes, both logarithmic, as SVG: medians as lines, quartiles as bands, each line's name at its end. */
export function plot({ title, xLabel, yLabel, series }: Chart): string {
  const xs = series.flatMap(({ points }) => points.map(({ x }) => x))
  const ys = series.flatMap(({ points }) => points.flatMap(({ y }) => [y.low, y.high]))
  const toX = scale(xs, plane.left, plane.right - 8, Math.min(...xs), Math.max(...xs))
  const toY = scale(
    ys,
    plane.bottom,
    plane.top,
    10 ** Math.floor(Math.log10(Math.min(...ys))),
    10 ** Math.ceil(Math.log10(Math.max(...ys))),
  )
  const drawn = series.map((each, index) => ({ ...each, color: colors[index % colors.length] as string }))
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#ffffff"/>`,
    text(plane.left, 30, title, 'font-size="16" font-weight="600" fill="#1f2328"'),
    text(plane.left, 50, yLabel, 'fill="#59636e"'),
    text((plane.left + plane.right) / 2, HEIGHT - 16, xLabel, 'text-anchor="middle" fill="#59636e"'),
    ...decades(toY.from, toY.to).map((y) => gridLine(toY(y), formatTime(y))),
    ...decades(toX.from, toX.to).map((x) => tick(toX(x), x.toLocaleString('en'))),
    `<path d="M${plane.left} ${plane.bottom}H${plane.right}" stroke="#818b98" fill="none"/>`,
    // The last drawn is on top.
    ...drawn.toSorted((a, b) => Number(a.isEmphasised ?? false) - Number(b.isEmphasised ?? false)).map((each) => line(each, toX, toY)),
    ...labels(drawn, toX, toY),
  ]
  const attributes = `width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>\n<title>${escapeXml(title)}</title>\n${parts.join('\n')}\n</svg>\n`
}

interface Scale {
  (value: number): number
  readonly from: number
  readonly to: number
}

function scale(values: readonly number[], start: number, end: number, from: number, to: number): Scale {
  if (values.length === 0) throw new RangeError('a chart needs points')
  const span = Math.log(to / from) || 1
  return Object.assign((value: number) => start + (Math.log(value / from) / span) * (end - start), { from, to })
}

/** The powers of ten from one number to another. */
function decades(from: number, to: number): readonly number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9)
  const last = Math.floor(Math.log10(to) + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index))
}

function gridLine(y: number, label: string): string {
  const label_ = text(plane.left - 8, y + 4, label, 'text-anchor="end" fill="#59636e"')
  return `<path d="M${plane.left} ${fixed(y)}H${plane.right}" stroke="#e3e7eb" fill="none"/>${label_}`
}

function tick(x: number, label: string): string {
  const mark = `<path d="M${fixed(x)} ${plane.bottom}v5" stroke="#818b98" fill="none"/>`
  return mark + text(x, plane.bottom + 20, label, 'text-anchor="middle" fill="#59636e"')
}

type Drawn = Series & { readonly color: string }

function line({ points, color, isEmphasised }: Drawn, toX: Scale, toY: Scale): string {
  const at = (pick: (y: Spread) => number) => points.map(({ x, y }) => `${fixed(toX(x))} ${fixed(toY(pick(y)))}`)
  const [low, median, high] = [at(({ low }) => low), at(({ median }) => median), at(({ high }) => high)]
  const dots = median.map((point) => `<circle cx="${point.split(' ')[0]}" cy="${point.split(' ')[1]}" r="3" fill="${color}"/>`)
  const band = `<path d="M${[...low, ...high.toReversed()].join('L')}Z" fill="${color}" fill-opacity="0.13"/>`
  const width = isEmphasised ? 3 : 1.75
  return `${band}<path d="M${median.join('L')}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linejoin="round"/>${dots.join('')}`
}

/** Names beside the ends of their lines, moved apart where they would be on top of each other, and joined to their ends. */
function labels(drawn: readonly Drawn[], toX: Scale, toY: Scale): readonly string[] {
  const ends = drawn.flatMap(({ name, points, color, isEmphasised }) => {
    const last = points.at(-1)
    return last === undefined ? [] : [{ name, color, isEmphasised, value: last.y.median, x: toX(last.x), y: toY(last.y.median) }]
  })
  const sorted = ends.toSorted((a, b) => a.y - b.y)
  const places = spreadOut(
    sorted.map(({ y }) => y),
    plane.top,
    plane.bottom,
  )
  return sorted.map(({ name, color, isEmphasised, value, x, y }, index) => {
    const place = places[index] as number
    const leader = `<path d="M${fixed(x + 5)} ${fixed(y)}L${plane.right + 12} ${fixed(place)}" stroke="${color}" stroke-opacity="0.5" fill="none"/>`
    const weight = isEmphasised ? ' font-weight="700"' : ''
    return leader + text(plane.right + 16, place + 4, `${name}, ${formatTime(value)}`, `fill="${color}"${weight}`)
  })
}

/** The least shift, from top to bottom, that leaves every label its height; the lowest ones are pushed up again from the edge. */
function spreadOut(ys: readonly number[], top: number, bottom: number): readonly number[] {
  const places: number[] = []
  for (const y of ys) places.push(Math.max(y, (places.at(-1) ?? top - LABEL_HEIGHT) + LABEL_HEIGHT))
  let limit = bottom
  for (let index = places.length - 1; index >= 0; index--) {
    places[index] = Math.min(places[index] as number, limit)
    limit = (places[index] as number) - LABEL_HEIGHT
  }
  return places
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" ${attributes}>${escapeXml(content)}</text>`
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
