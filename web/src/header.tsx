/** The head of the page: which review, how far, in whose name, and whether everything is saved. */
import type { App } from './app-state.ts'
import { CommandButton } from './command-button.tsx'
import { count, percent } from './words.ts'

export function Header({ app }: { readonly app: App }) {
  const { documents, documentsDone, findings, decided } = app.progress.value
  return (
    <header>
      <p class="title">
        unspin <span class="review-name">{app.session.value.review}</span>
      </p>
      <div class="progress">
        <progress
          id="progress"
          max={Math.max(findings, 1)}
          value={findings === 0 ? 1 : decided}
          aria-label="Places decided"
        />
        <span id="progress-words">
          {decided.toLocaleString('en')} of {count(findings, 'place')} (
          {percent(findings === 0 ? 1 : decided / findings)}), {documentsDone.toLocaleString('en')} of{' '}
          {count(documents, 'document')}
        </span>
      </div>
      <SaveWords app={app} />
      <button
        type="button"
        class="button"
        onClick={() => {
          app.dialog.value = 'reviewer'
        }}
      >
        Reviewing as {app.session.value.reviewer}
      </button>
      <CommandButton app={app} command="help" label="Help" />
    </header>
  )
}

/** Only trouble is read out; "saved" after every key would be noise. */
function SaveWords({ app }: { readonly app: App }) {
  const state = app.saves.state.value
  return (
    <div class={`save ${state.kind}`} id="save-state" data-state={state.kind}>
      {state.kind === 'saved' && <span>✓ All saved</span>}
      {state.kind === 'saving' && <span>… Saving {state.waiting}</span>}
      {state.kind === 'failed' && (
        <>
          <span role="alert">
            ! {count(state.waiting, 'change')} not saved. {state.failure.message} {state.failure.fix}
          </span>
          <button type="button" class="button" onClick={() => app.saves.retry()}>
            Retry now
          </button>
        </>
      )}
    </div>
  )
}
