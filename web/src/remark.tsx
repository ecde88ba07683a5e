/** The field for a remark on the decision here: why it was made so. Enter keeps it, Esc leaves it as it was. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DecisionView, FindingView } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { KeyMark } from './key-mark.tsx'

const LONGEST_REMARK = 2000

export function Remark(props: {
  readonly app: App
  readonly view: FindingView
  readonly decision: DecisionView
}) {
  const { app, view, decision } = props
  const field = useRef<HTMLInputElement>(null)
  const [why, setWhy] = useState(decision.why ?? '')
  // Before anything else can be typed: a letter beside the field decides something.
  useLayoutEffect(() => field.current?.focus(), [])
  const leave = (): void => {
    app.field.value = 'none'
    app.document.go(view.finding, 'place')
  }
  // The same decision once more, with its reason: the history only grows.
  const save = (event: Event): void => {
    event.preventDefault()
    const { action, text } = decision
    app.decisions.decide(view, { action, ...(text !== null && { text }), why })
    leave()
    app.say(why === '' ? 'The remark is taken away.' : 'The remark is kept.')
  }
  return (
    <form class="field" onSubmit={save}>
      <label>
        Why “{view.surface}” is decided so
        <input
          ref={field}
          id="remark"
          value={why}
          maxLength={LONGEST_REMARK}
          autocomplete="off"
          onInput={(event) => setWhy(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            leave()
          }}
        />
      </label>
      <div class="buttons">
        <button type="submit" class="button main">
          Save <KeyMark>Enter</KeyMark>
        </button>
        <button type="button" class="button" onClick={leave}>
          Cancel <KeyMark>Esc</KeyMark>
        </button>
      </div>
    </form>
  )
}
