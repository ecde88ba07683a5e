/**
 * The text of a document, block by block: as scraped, and as proposed beside it or woven in. Everything
 * becomes text nodes; what was markup in the document stays text here.
 */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { DocumentSummary, Segment } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import type { Block } from './blocks.ts'
import { bringInSight } from './in-sight.ts'
import { Place, Proposed, placeId } from './place.tsx'
import type { TextView as View } from './remembered.ts'

/** Longest piece of markup that is shown, UTF-16 units: scripts run to megabytes. */
const MOST_MARKUP = 2000

export function TextView(props: {
  readonly app: App
  readonly blocks: readonly Block[]
  readonly format: DocumentSummary['format']
  readonly n: number
}) {
  const { app, blocks, format, n } = props
  const element = useRef<HTMLElement>(null)
  const wish = app.document.focusWish.value
  const current = app.document.current.value
  const view = app.textView.value
  const withMarkup = app.withMarkup.value
  // Drawn once for a document and a view; the places in it draw themselves anew.
  const drawn = useMemo(
    () => <Blocks app={app} blocks={blocks} view={view} withMarkup={withMarkup} />,
    [app, blocks, view, withMarkup],
  )
  // A click on the proposed text goes to its place too: a convenience of the mouse.
  useEffect(() => {
    const onClick = ({ target }: Event): void => {
      const place = target instanceof Element ? target.closest('[data-finding]') : null
      if (place !== null) app.document.go(Number(place.getAttribute('data-finding')), 'place')
    }
    const text = element.current
    text?.addEventListener('click', onClick)
    return () => text?.removeEventListener('click', onClick)
  }, [app])
  // At once, not after the next picture: else the focus would come late, out of a field that was opened since.
  useLayoutEffect(() => {
    if (current === undefined) return
    bringInSight(document.getElementById(placeId(current)), element.current)
  }, [current, n, view])
  useLayoutEffect(() => {
    if (current === undefined || wish === 0) return
    document.getElementById(placeId(current))?.focus({ preventScroll: true })
  }, [wish, n])
  return (
    <section ref={element} class={`text ${view} as-${format}`} aria-label="Text" id="text">
      {view === 'side' && (
        <div class="columns-head" aria-hidden="true">
          <span>As scraped</span>
          <span>As proposed</span>
        </div>
      )}
      {drawn}
    </section>
  )
}

interface BlocksProps {
  readonly app: App
  readonly blocks: readonly Block[]
  readonly view: View
  readonly withMarkup: boolean
}

const Blocks = ({ app, blocks, view, withMarkup }: BlocksProps) => (
  <>
    {blocks.map((block) =>
      block.isMarkup ? (
        withMarkup && <Markup key={block.start} segments={block.segments} />
      ) : (
        <div class="block" key={block.start}>
          <p class="scraped">
            {block.segments.map((segment) => (
              <Part key={segment.start} app={app} segment={segment} view={view} withMarkup={withMarkup} />
            ))}
          </p>
          {view === 'side' && <ProposedBlock app={app} block={block} />}
        </div>
      ),
    )}
  </>
)

function Part(props: {
  readonly app: App
  readonly segment: Segment
  readonly view: View
  readonly withMarkup: boolean
}) {
  const { app, segment, view, withMarkup } = props
  switch (segment.kind) {
    case 'text':
      return <>{segment.text}</>
    case 'markup':
      return withMarkup ? <code class="markup">{cut(segment.text)}</code> : null
    case 'finding':
      return <Place app={app} finding={segment.finding} text={segment.text} isInline={view === 'inline'} />
  }
}

/** Without a place it only says the same again, and is not read out. */
function ProposedBlock({ app, block }: { readonly app: App; readonly block: Block }) {
  return (
    <p class="proposed" {...(!block.hasFindings && { 'aria-hidden': true })}>
      {block.hasFindings && <span class="hidden">Proposed: </span>}
      {block.segments.map((segment) =>
        segment.kind === 'finding' ? (
          <Proposed key={segment.start} app={app} finding={segment.finding} text={segment.text} />
        ) : segment.kind === 'text' ? (
          <span key={segment.start}>{segment.text}</span>
        ) : null,
      )}
    </p>
  )
}

function Markup({ segments }: { readonly segments: readonly Segment[] }) {
  return <code class="markup block-markup">{cut(segments.map(({ text }) => text).join(''))}</code>
}

const cut = (text: string): string =>
  text.length <= MOST_MARKUP
    ? text
    : `${text.slice(0, MOST_MARKUP)}… (${text.length.toLocaleString('en')} units)`
