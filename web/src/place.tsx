/**
 * One place in the text. The kind of underline and a small number tell the confidence, a sign the
 * decision: colour only adds to it.
 */
import { useComputed } from '@preact/signals'
import type { FindingView } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { PANEL_ID } from './panel.tsx'
import { aboutPlace, hundredths, levelOf, proposedText } from './words.ts'

export const placeId = (finding: number): string => `place-${finding}`

interface PlaceProps {
  readonly app: App
  readonly finding: number
  /** As read. */
  readonly text: string
}

export function Place({ app, finding, text, isInline }: PlaceProps & { readonly isInline: boolean }) {
  const isCurrent = useComputed(() => app.document.current.value === finding).value
  const view = app.document.finding(finding)?.value
  if (view === undefined) return <>{text}</>
  const proposed = proposedText(view)
  const isChanged = isInline && proposed !== null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button element does not break across lines
    <span
      id={placeId(finding)}
      class={`place ${levelOf(view.confidence)} ${view.decision?.action ?? 'open'}${isCurrent ? ' current' : ''}`}
      role="button"
      tabIndex={isCurrent ? 0 : -1}
      data-finding={finding}
      {...(isCurrent && { 'aria-current': true as const })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        app.document.go(finding, 'stay')
        const panel = document.getElementById(PANEL_ID)
        const first = panel?.querySelector<HTMLElement>('[data-pick]')
        ;(first ?? panel?.querySelector('button'))?.focus()
      }}
    >
      {isChanged ? <del class="wording">{text}</del> : <span class="wording">{text}</span>}
      {isChanged && proposed !== '' && <ins>{proposed}</ins>}
      <span class="tag" aria-hidden="true">
        {tag(view)}
      </span>
      <span class="hidden"> ({aboutPlace(view)})</span>
    </span>
  )
}

/** What stands there once the decision, or the first proposal while it is open, is followed. */
export function Proposed({ app, finding, text }: PlaceProps) {
  const isCurrent = useComputed(() => app.document.current.value === finding).value
  const view = app.document.finding(finding)?.value
  if (view === undefined) return <>{text}</>
  const proposed = proposedText(view)
  const marks = `${view.decision?.action ?? 'open'}${isCurrent ? ' current' : ''}`
  if (proposed === null)
    return (
      <span class={`stays ${marks}`} data-finding={finding}>
        {text}
      </span>
    )
  if (proposed === '')
    return (
      <del class={marks} data-finding={finding}>
        {text}
      </del>
    )
  return (
    <ins class={marks} data-finding={finding}>
      {proposed}
    </ins>
  )
}

function tag({ decision, confidence }: FindingView): string {
  switch (decision?.action) {
    case undefined:
      return String(hundredths(confidence))
    case 'accept':
      return '✓'
    case 'reject':
      return '='
    case 'retype':
      return '✎'
  }
}
