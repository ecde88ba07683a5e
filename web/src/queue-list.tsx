/**
 * The list of documents: only what is visible is drawn, and loaded. The list itself has the focus and
 * names the row one is at, so that rows can come and go.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DocumentSummary } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { LIST_ID, openActive, step } from './commands.ts'
import { rowsToDraw, scrolledTo, visible } from './window.ts'
import { count, percent, verdictWords } from './words.ts'

/** Height of a row, in units of the root's font size: it grows with the reader's text. */
const ROW_REM = 3.25

export function QueueList({ app }: { readonly app: App }) {
  const list = useRef<HTMLDivElement>(null)
  const [scroll, setScroll] = useState({ top: 0, height: 600 })
  const rowHeight = ROW_REM * rem()
  const { queue } = app
  const [total, active] = [queue.total.value ?? 0, queue.active.value]
  const shown = visible(scroll.top, scroll.height, rowHeight, total)

  useEffect(() => {
    const element = list.current
    if (element === null) return
    const look = (): void => setScroll({ top: element.scrollTop, height: element.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    if (document.activeElement === document.body) element.focus({ preventScroll: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [])
  useEffect(() => queue.want(shown.from, shown.to), [queue, shown.from, shown.to, queue.filters.value])
  useEffect(() => {
    const element = list.current
    if (element === null || total === 0) return
    element.scrollTop = scrolledTo(active, element.scrollTop, element.clientHeight, rowHeight)
  }, [active, total, rowHeight])

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(scroll.height / rowHeight) - 1)
    const steps = new Map([
      ['PageDown', page],
      ['PageUp', -page],
      ['Home', -total],
      ['End', total],
    ]).get(event.key)
    if (steps === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    step(app, steps)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is a list box or a group
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both take a label
    <div
      ref={list}
      id={LIST_ID}
      class="list"
      // A list box without a single row is none.
      role={total > 0 ? 'listbox' : 'group'}
      tabIndex={0}
      aria-label="Documents"
      onKeyDown={onKeyDown}
      {...(total > 0 && { 'aria-activedescendant': rowId(active) })}
    >
      <div class="list-height" role="presentation" style={{ height: `${total * rowHeight}px` }}>
        {rowsToDraw(shown, active, total).map((index) => (
          <Row
            key={index}
            app={app}
            index={index}
            total={total}
            top={index * rowHeight}
            document={queue.row(index)}
            isActive={index === active}
          />
        ))}
      </div>
      {queue.total.value === 0 && <p class="empty">No document matches. Clear the filters to see all.</p>}
    </div>
  )
}

const rowId = (index: number): string => `row-${index}`

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

function Row(props: {
  readonly app: App
  readonly index: number
  readonly total: number
  readonly top: number
  readonly document: DocumentSummary | undefined
  readonly isActive: boolean
}) {
  const { app, index, total, top, document: row, isActive } = props
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names this row
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the list opens it
    <div
      id={rowId(index)}
      class={isActive ? 'row active' : 'row'}
      role="option"
      aria-selected={isActive}
      aria-setsize={total}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        app.queue.active.value = index
        openActive(app)
      }}
    >
      {row === undefined ? <span class="name">Loading…</span> : <RowParts row={row} />}
    </div>
  )
}

function RowParts({ row }: { readonly row: DocumentSummary }) {
  const { name, verdict, words, findings, decided, matching } = row
  return (
    <>
      <span class={`verdict ${verdict?.label ?? 'none'}`}>
        {verdict !== null && <b>{percent(verdict.probability)}</b>} {verdictWords(verdict)}
      </span>
      <span class="name">{name}</span>
      <span class="counts">
        {findings === 0
          ? 'no places'
          : decided === findings
            ? `✓ all ${count(findings, 'place')} decided`
            : `${decided.toLocaleString('en')} of ${count(findings, 'place')} decided`}
        {matching !== findings && `, ${matching.toLocaleString('en')} match`}
        {`, ${count(words, 'word')}`}
        {verdict?.dialect !== undefined && `, ${verdict.dialect.title}`}
      </span>
    </>
  )
}
