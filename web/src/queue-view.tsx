/** The queue: where one left off, filters, and the list of documents. */
import { useEffect } from 'preact/hooks'
import type { App } from './app-state.ts'
import { CommandButton } from './command-button.tsx'
import { KEEPS_FOCUS } from './commands.ts'
import { FailureBox } from './failure-box.tsx'
import { type Filters, filterQuery } from './filters.ts'
import { QueueFilters } from './queue-filters.tsx'
import { QueueList } from './queue-list.tsx'
import { lastPlace } from './remembered.ts'
import { count } from './words.ts'

export function QueueView({ app, filters }: { readonly app: App; readonly filters: Filters }) {
  const query = filterQuery(filters)
  useEffect(() => {
    app.queue.setFilters(filters)
  }, [app, query])
  useEffect(() => {
    document.title = `Queue – ${app.session.value.review} – unspin review`
    // Coming back from a document: its counts have changed.
    app.queue.refresh()
  }, [app])
  const { total, failure } = app.queue
  useEffect(() => {
    if (total.value !== undefined) app.say(`${count(total.value, 'document')} in the queue.`)
  }, [total.value])
  return (
    <>
      <div class="queue-head">
        <h1>Queue</h1>
        <Resume app={app} />
        <Exports />
      </div>
      <QueueFilters app={app} filters={filters} />
      {failure.value && <FailureBox failure={failure.value} again={() => app.queue.refresh()} />}
      <p class="total" id="total">
        {total.value === undefined ? 'Loading…' : count(total.value, 'document')}
      </p>
      <QueueList app={app} />
      <fieldset class="buttons" aria-label="List" {...{ [KEEPS_FOCUS]: '' }}>
        <CommandButton app={app} command="up" label="Before" />
        <CommandButton app={app} command="down" label="After" />
        <CommandButton app={app} command="open" label="Open" kind="main" />
        <CommandButton app={app} command="search" label="Search" />
        <CommandButton app={app} command="undo" label="Undo" />
      </fieldset>
    </>
  )
}

function Resume({ app }: { readonly app: App }) {
  const last = lastPlace(app.session.value.review)
  if (last === undefined) return null
  return (
    <button type="button" class="button main" id="resume" onClick={() => app.open(last.n, last.finding)}>
      Go on with {last.name}
    </button>
  )
}

const EXPORTS = [
  { what: 'cleaned', label: 'Cleaned documents' },
  { what: 'patch', label: 'Patch' },
  { what: 'decisions', label: 'Decisions' },
  { what: 'allow', label: 'Allow list' },
  { what: 'dictionary', label: 'Dictionary pairs' },
  { what: 'agreement', label: 'Agreement of reviewers' },
  { what: 'precision', label: 'Precision' },
] as const

function Exports() {
  return (
    <details class="exports">
      <summary class="button">Export</summary>
      <ul>
        {EXPORTS.map(({ what, label }) => (
          <li key={what}>
            <a href={`/api/export/${what}`} download>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
