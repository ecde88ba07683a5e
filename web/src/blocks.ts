/**
 * Segments of a document to the blocks (paragraphs, headings, cells) that the page shows one below the
 * other. In: segments that touch each other. Out: blocks with something to read, and of the source that
 * is not read only what is not white space.
 */
import type { Segment } from '../../src/review/api-types.ts'

export interface Block {
  /** Where it starts in the text: its name. */
  readonly start: number
  readonly segments: readonly Segment[]
  readonly hasFindings: boolean
  /** Nothing but source that is not read: shown on demand only. */
  readonly isMarkup: boolean
}

export function blocksOf(segments: readonly Segment[]): Block[] {
  const out: Block[] = []
  let open: Segment[] = []
  const close = (): void => {
    const [first] = open
    if (first !== undefined)
      out.push({
        start: first.start,
        segments: open,
        hasFindings: open.some(({ kind }) => kind === 'finding'),
        isMarkup: open.every(({ kind }) => kind === 'markup'),
      })
    open = []
  }
  for (const segment of segments) {
    if (segment.kind !== 'markup') {
      open.push(segment)
      continue
    }
    const blank = segment.text.trim() === ''
    if (!segment.block) {
      if (!blank) open.push(segment)
      continue
    }
    close()
    if (!blank) {
      open.push(segment)
      close()
    }
  }
  close()
  return out
}
