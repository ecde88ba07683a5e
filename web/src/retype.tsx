/** The field for a text of one's own: Enter puts it in, Esc leaves everything as it was. */

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { FindingView } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { goOn } from './commands.ts'
import { KeyMark } from './key-mark.tsx'
import { proposedText } from './words.ts'

const LONGEST_TEXT = 2000

export function Retype({ app, view }: { readonly app: App; readonly view: FindingView }) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(proposedText(view) ?? view.surface)
  // Before anything else can be typed: a letter beside the field decides something.
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const leave = (): void => {
    app.field.value = 'none'
    app.document.go(view.finding, 'place')
  }
  const save = (event: Event): void => {
    event.preventDefault()
    app.field.value = 'none'
    app.decisions.decide(view, { action: 'retype', text })
    goOn(app, 'place')
  }
  return (
    <form class="field" onSubmit={save}>
      <label>
        Text for “{view.surface}”
        <input
          ref={field}
          id="retype"
          value={text}
          maxLength={LONGEST_TEXT}
          autocomplete="off"
          aria-describedby="retype-help"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            leave()
          }}
        />
      </label>
      <p id="retype-help">
        {text === '' ? 'Nothing typed: the wording is deleted.' : 'Enter saves, Esc leaves it.'}
      </p>
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
