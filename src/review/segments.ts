/**
 * A document to the segments that the page shows: text, findings, and source that is not read.
 *
 * In: what is read of a text, and its findings by start. Out: segments that touch each other and cover
 * the whole text.
 */
import type { Readable, Stretch } from '../index.ts'
import type { FindingView, Segment } from './api-types.ts'

type Place = Pick<FindingView, 'finding' | 'start' | 'end' | 'surface'>

/** Segments from 0 to the end of `text`; none is empty. */
export function segmentsOf(text: string, { stretches }: Readable, findings: readonly Place[]): Segment[] {
  const out: Segment[] = []
  let next = 0
  const readTo = (from: number, to: number): void => {
    let at = from
    while (next < stretches.length && (stretches[next] as Stretch).end <= at) next += 1
    for (let i = next; i < stretches.length && at < to; i++) {
      const stretch = stretches[i] as Stretch
      if (stretch.start >= to) break
      if (stretch.start > at) markup(out, text, at, stretch.start, endsBlock(stretches[i - 1]))
      const start = Math.max(at, stretch.start)
      at = Math.min(to, stretch.end)
      read(out, start, at, partOf(stretch, start, at))
    }
    if (at < to) markup(out, text, at, to, endsBlock(stretches.findLast(({ end }) => end <= at)))
  }
  let at = 0
  for (const { finding, start, end, surface } of findings) {
    readTo(at, start)
    out.push({ kind: 'finding', start, end, text: surface, finding })
    at = end
  }
  readTo(at, text.length)
  return out
}

const endsBlock = (stretch: Stretch | undefined): boolean => stretch?.last ?? true

/** A character reference is read as a whole wherever it is cut. */
function partOf({ start, end, text }: Stretch, from: number, to: number): string {
  return text.length === end - start ? text.slice(from - start, to - start) : text
}

/** Neighbouring text is one segment. */
function read(out: Segment[], start: number, end: number, text: string): void {
  const last = out.at(-1)
  if (last?.kind === 'text') out[out.length - 1] = { ...last, end, text: last.text + text }
  else out.push({ kind: 'text', start, end, text })
}

function markup(out: Segment[], text: string, start: number, end: number, block: boolean): void {
  out.push({ kind: 'markup', start, end, text: text.slice(start, end), block })
}
