/**
 * The two pictures of the accuracy report: reliability diagram and precision–recall curves.
 * In: bins or curves. Out: SVG text. Both draw into the same unit square, 0 to 1 on either axis.
 */
import type { Bin, CurvePoint } from './statistics.ts'
import { element, line, svg, text } from './svg.ts'

const PLOT = { left: 56, top: 40, side: 360 }
const GREY = '#bbbbbb'
const BLUE = '#2b6cb0'
/** Distinct in hue and in lightness; dashes tell them apart in print. */
const STROKES = [
  { stroke: BLUE, 'stroke-dasharray': 'none' },
  { stroke: '#c05621', 'stroke-dasharray': '7 3' },
  { stroke: '#2f855a', 'stroke-dasharray': '2 3' },
  { stroke: '#805ad5', 'stroke-dasharray': '9 3 2 3' },
] as const

const x = (share: number): number => PLOT.left + share * PLOT.side
const y = (share: number): number => PLOT.top + (1 - share) * PLOT.side

/** Share right against mean confidence, bin by bin, with the number of places in each. */
export function reliabilityDiagram(bins: readonly Bin[], title: string): string {
  const marks = bins
    .filter(({ count }) => count > 0)
    .map(({ low, high, count, mean, right }) => {
      const label = `confidence ${low.toFixed(1)} to ${high.toFixed(1)}: ${count} places, mean ${mean.toFixed(3)}, right ${right.toFixed(3)}`
      return element(
        'g',
        {},
        element('title', {}, label),
        element('rect', {
          x: x(low) + 2,
          y: y(right),
          width: (high - low) * PLOT.side - 4,
          height: y(0) - y(right),
          fill: BLUE,
          'fill-opacity': '0.25',
        }),
        element('circle', { cx: x(mean), cy: y(right), r: 4, fill: BLUE }),
        text((x(low) + x(high)) / 2, y(0) + 34, String(count), { 'text-anchor': 'middle', 'font-size': 10 }),
      )
    })
  const size = { width: PLOT.left + PLOT.side + 24, height: PLOT.top + PLOT.side + 68 }
  return svg(size, { title, description: 'Share of places that were replaced, by stated confidence' }, [
    ...axes(title, 'confidence (below: number of places)', 'share replaced', 56),
    line(x(0), y(0), x(1), y(1), { stroke: GREY, 'stroke-dasharray': '4 4' }),
    ...marks,
  ])
}

export interface Curve {
  readonly name: string
  readonly points: readonly CurvePoint[]
}

/** Points drawn per curve at most; a long text has tens of thousands. */
const DRAWN = 250

/** Precision over recall, one line a set, with a dot where the default threshold lies. */
export function precisionRecallChart(curves: readonly Curve[], threshold: number, title: string): string {
  const lines = curves.flatMap(({ name, points }, i) => {
    const style = STROKES[i % STROKES.length] ?? STROKES[0]
    const at = points.filter((point) => point.threshold >= threshold).at(-1)
    const drawn = thinned(points)
      .map(({ recall, precision }) => `${x(recall).toFixed(1)},${y(precision).toFixed(1)}`)
      .join(' ')
    const labelY = PLOT.top + 16 + 18 * i
    const dot =
      at === undefined
        ? []
        : [element('circle', { cx: x(at.recall), cy: y(at.precision), r: 4, fill: style.stroke })]
    return [
      element('polyline', { points: drawn, fill: 'none', 'stroke-width': 2, ...style }),
      ...dot,
      line(x(1) + 16, labelY - 4, x(1) + 44, labelY - 4, { 'stroke-width': 2, ...style }),
      text(x(1) + 50, labelY, name),
    ]
  })
  const size = { width: PLOT.left + PLOT.side + 200, height: PLOT.top + PLOT.side + 52 }
  const description = `Word tokens found, by threshold; the dot is the default, ${threshold}`
  return svg(size, { title, description }, [...axes(title, 'recall', 'precision', 40), ...lines])
}

function axes(title: string, across: string, up: string, below: number): string[] {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const middle = PLOT.side / 2
  return [
    text(PLOT.left, 22, title, { 'font-size': 14, 'font-weight': 'bold' }),
    ...ticks.flatMap((at) => [
      line(x(at), y(0), x(at), y(1), { stroke: '#eeeeee' }),
      line(x(0), y(at), x(1), y(at), { stroke: '#eeeeee' }),
      text(x(at), y(0) + 18, at.toFixed(1), { 'text-anchor': 'middle' }),
      text(x(0) - 8, y(at) + 4, at.toFixed(1), { 'text-anchor': 'end' }),
    ]),
    element('rect', { x: x(0), y: y(1), width: PLOT.side, height: PLOT.side, fill: 'none', stroke: GREY }),
    text(PLOT.left + middle, y(0) + below, across, { 'text-anchor': 'middle' }),
    text(0, 0, up, { 'text-anchor': 'middle', transform: `translate(16 ${PLOT.top + middle}) rotate(-90)` }),
  ]
}

/** Evenly spread over the ranks; first and last stay. */
function thinned(points: readonly CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, (points.length - 1) / DRAWN)
  const out: CurvePoint[] = []
  for (let at = 0; at < points.length - 1; at += step) {
    const point = points[Math.floor(at)]
    if (point !== undefined) out.push(point)
  }
  const last = points.at(-1)
  return last === undefined ? out : [...out, last]
}
