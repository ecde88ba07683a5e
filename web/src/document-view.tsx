/** A document: where one can go from it, the text with its places, and the panel of the current place. */
import { useEffect } from 'preact/hooks'
import type { DocumentSummary } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { CommandButton } from './command-button.tsx'
import { KEEPS_FOCUS } from './commands.ts'
import type { Opened } from './document-state.ts'
import { FailureBox } from './failure-box.tsx'
import { Panel } from './panel.tsx'
import { rememberPlace } from './remembered.ts'
import { stayAt } from './route.ts'
import { TextView } from './text-view.tsx'
import { count, LEVELS, percent, verdictWords } from './words.ts'

export function DocumentView(props: {
  readonly app: App
  readonly n: number
  readonly finding: number | undefined
}) {
  const { app, n, finding } = props
  useEffect(() => {
    const now = app.document.opened.peek()
    if (now.state === 'open' && now.n === n && finding !== undefined) {
      if (app.document.go(finding, 'place')) return
    }
    void app.document.open(n, finding)
  }, [app, n, finding])
  useEffect(() => () => app.document.close(), [app])
  const opened = app.document.opened.value
  switch (opened.state) {
    case 'none':
    case 'loading':
      return (
        <h1 id="document-name" tabIndex={-1}>
          Loading…
        </h1>
      )
    case 'failed':
      return (
        <>
          <FailureBox failure={opened.failure} again={() => void app.document.open(n, finding)} />
          <CommandButton app={app} command="back" label="Back to the queue" />
        </>
      )
    case 'open':
      return <OpenDocument app={app} opened={opened} />
  }
}

function OpenDocument({ app, opened }: { readonly app: App; readonly opened: Opened & { state: 'open' } }) {
  const { document: summary, problems } = opened.answer
  const current = app.document.current.value
  useEffect(() => {
    document.title = `${summary.name} – unspin review`
    // Without places there is nothing else to stand at.
    if (opened.order.length === 0) document.getElementById('document-name')?.focus()
  }, [opened.n])
  useEffect(() => {
    stayAt({ view: 'document', n: opened.n, finding: current })
    rememberPlace(app.session.value.review, { n: opened.n, name: summary.name, finding: current })
  }, [opened.n, current])
  const decided = app.document.decided()
  const places = opened.order.length
  return (
    <>
      <div class="document-head">
        <h1 id="document-name" tabIndex={-1}>
          {summary.name}
        </h1>
        <p class="facts">
          {verdictWords(summary.verdict)}
          {summary.verdict !== null && `, ${percent(summary.verdict.probability)}`} ·{' '}
          {count(summary.words, 'word')} ·{' '}
          <span id="decided">
            {places === 0 ? 'no places' : `${decided} of ${count(places, 'place')} decided`}
          </span>
        </p>
        <DialectSeen verdict={summary.verdict} />
        <fieldset class="buttons" aria-label="Document" {...{ [KEEPS_FOCUS]: '' }}>
          <CommandButton app={app} command="back" label="Queue" />
          <CommandButton app={app} command="nextDocument" label="Next document" />
          <CommandButton app={app} command="view" label="Inline" pressed={app.textView.value === 'inline'} />
          <CommandButton app={app} command="markup" label="Markup" pressed={app.withMarkup.value} />
          <CommandButton app={app} command="search" label="Search" />
        </fieldset>
      </div>
      {problems.map(({ message, fix }) => (
        <p class="problem" key={message}>
          <strong>{message}</strong> {fix}
        </p>
      ))}
      {places > 0 && decided === places && (
        <p class="done" id="done">
          ✓ All places of this document are decided.
        </p>
      )}
      <Legend />
      <div class="work">
        <TextView app={app} blocks={opened.blocks} format={summary.format} n={opened.n} />
        <Panel app={app} />
      </div>
    </>
  )
}

function DialectSeen({ verdict }: { readonly verdict: DocumentSummary['verdict'] }) {
  if (verdict?.dialect === undefined) return null
  const { title, marks } = verdict.dialect
  return (
    <details class="dialect" id="dialect-seen">
      <summary>
        {count(marks.length, 'wording')} of a known spinner: {title}
      </summary>
      <p>{marks.join(', ')}</p>
    </details>
  )
}

function Legend() {
  return (
    <ul class="legend" aria-label="Marks">
      {LEVELS.map(({ level, words, range }) => (
        <li key={level}>
          <span class={`wording ${level}`}>{words}</span> ({range})
        </li>
      ))}
      <li>✓ accepted</li>
      <li>= kept</li>
      <li>✎ retyped</li>
    </ul>
  )
}
