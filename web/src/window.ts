/**
 * Which rows of a long list to draw. In: pixels and counts. Out: row numbers; functions of their
 * arguments only.
 */
export interface Window {
  /** Rows [from, to). */
  readonly from: number
  readonly to: number
}

/** Rows drawn above and below what is visible. */
const MARGIN = 8

export function visible(scrollTop: number, height: number, rowHeight: number, total: number): Window {
  const from = Math.floor(scrollTop / rowHeight) - MARGIN
  const to = Math.ceil((scrollTop + height) / rowHeight) + MARGIN
  return { from: Math.max(0, Math.min(from, total)), to: Math.max(0, Math.min(to, total)) }
}

/** The row one is at is always drawn: assistive software is told its name. */
export function rowsToDraw({ from, to }: Window, active: number, total: number): number[] {
  const rows = Array.from({ length: to - from }, (_, i) => from + i)
  if (active >= total || (active >= from && active < to)) return rows
  return active < from ? [active, ...rows] : [...rows, active]
}

/** Where to scroll so that a row is fully visible: as little as possible. */
export function scrolledTo(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height
  return scrollTop
}
