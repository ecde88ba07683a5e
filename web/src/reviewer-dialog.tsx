/** Deciding in another name. The server keeps it for this browser; everything is asked for again. */
import { useState } from 'preact/hooks'
import { type Failure, putSession } from './api.ts'
import type { App } from './app-state.ts'
import { Dialog } from './dialog.tsx'
import { FailureBox } from './failure-box.tsx'
import { count } from './words.ts'

const LONGEST_NAME = 80

const UNSAVED: Failure = {
  kind: 'final',
  status: 0,
  message: 'Some decisions are not saved yet.',
  fix: 'Wait until all are saved.',
}

export function ReviewerDialog({ app }: { readonly app: App }) {
  const [name, setName] = useState(app.session.value.reviewer)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const save = async (event: Event): Promise<void> => {
    event.preventDefault()
    // What is on its way would be saved in the other name.
    if (app.saves.state.value.kind !== 'saved') {
      setFailure(UNSAVED)
      return
    }
    const result = await putSession(name.trim())
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    app.session.value = result.value
    app.dialog.value = undefined
    app.say(`Reviewing as ${result.value.reviewer}.`)
    app.tell()
    await app.refresh()
  }
  const others = app.progress.value.reviewers
  return (
    <Dialog app={app} title="Reviewer">
      <form onSubmit={(event) => void save(event)}>
        <label>
          Your name
          <input
            id="reviewer"
            value={name}
            maxLength={LONGEST_NAME}
            required
            autocomplete="off"
            list="reviewers"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <datalist id="reviewers">
          {others.map(({ reviewer }) => (
            <option key={reviewer} value={reviewer} />
          ))}
        </datalist>
        <button type="submit" class="button main">
          Review as this
        </button>
      </form>
      {failure && <FailureBox failure={failure} />}
      {others.length > 0 && (
        <ul>
          {others.map(({ reviewer, decided }) => (
            <li key={reviewer}>
              {reviewer}: {count(decided, 'decision')}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
