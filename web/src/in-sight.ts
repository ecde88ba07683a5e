/**
 * Brings a place into sight without moving a text that need not move: only what is near the edge, or
 * beyond it, goes to the middle. A still text is easier on the eyes, and nothing is painted anew.
 */

/** Share of the visible height at either edge that counts as near it. */
const EDGE = 0.15

export function bringInSight(element: Element | null, scroller: Element | null): void {
  if (element === null) return
  const { top, bottom } = element.getBoundingClientRect()
  const view = visibleRange(scroller)
  const edge = EDGE * (view.bottom - view.top)
  if (top >= view.top + edge && bottom <= view.bottom - edge) return
  element.scrollIntoView({ block: 'center' })
}

/** Of the text where it scrolls by itself; else of the window, less what covers its end. */
function visibleRange(scroller: Element | null): { readonly top: number; readonly bottom: number } {
  if (scroller !== null && scroller.scrollHeight > scroller.clientHeight + 1) {
    const style = getComputedStyle(scroller).overflowY
    if (style === 'auto' || style === 'scroll') return scroller.getBoundingClientRect()
  }
  const covered = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom)
  return { top: 0, bottom: innerHeight - (Number.isNaN(covered) ? 0 : covered) }
}
