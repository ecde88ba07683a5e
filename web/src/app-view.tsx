/** The frame of the page: header, the view the address names, dialogs, and what is read out. */
import { useEffect } from 'preact/hooks'
import { AllDialog } from './all-dialog.tsx'
import type { App } from './app-state.ts'
import { pick, run } from './commands.ts'
import { DocumentView } from './document-view.tsx'
import { FailureBox } from './failure-box.tsx'
import { Header } from './header.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { commandOf, isSingle } from './keys.ts'
import { QueueView } from './queue-view.tsx'
import { ReviewerDialog } from './reviewer-dialog.tsx'

export function AppView({ app }: { readonly app: App }) {
  const route = app.route.value
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => obey(app, event)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [app])
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads to a part of the page, as a link does */}
      <a class="skip" href="#main" onClick={skip}>
        Skip to the review
      </a>
      <Header app={app} />
      <main id="main" tabIndex={-1}>
        {app.notice.value && (
          <FailureBox
            failure={app.notice.value}
            close={() => {
              app.notice.value = undefined
            }}
          />
        )}
        {route.view === 'queue' ? (
          <QueueView app={app} filters={route.filters} />
        ) : (
          <DocumentView app={app} n={route.n} finding={route.finding} />
        )}
      </main>
      <footer>
        A mark is a risk marker, not an accusation: of the places marked with 80 %, about four in five were
        replaced, and a person decides.
      </footer>
      <Said app={app} />
      {app.dialog.value === 'help' && <HelpDialog app={app} />}
      {app.dialog.value === 'reviewer' && <ReviewerDialog app={app} />}
      {app.dialog.value === 'all' && <AllDialog app={app} />}
    </>
  )
}

/** Read out politely. A blank at the end makes the same sentence new. */
function Said({ app }: { readonly app: App }) {
  const { text, turn } = app.said.value
  return (
    <p class="hidden" role="status" aria-live="polite" id="said">
      {text + (turn % 2 === 0 ? '' : ' ')}
    </p>
  )
}

/** The address holds the view, so the link must not change it. */
function skip(event: Event): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

function obey(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  // A dialog and a field have their own keys.
  if (app.dialog.value !== undefined || isField(event.target)) return
  if (isSingle(event.key) && !app.singleKeys.value) return
  const command = commandOf(event.key, app.route.value.view)
  if (command === undefined) return
  // Enter on a button presses the button.
  if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('button, a')) return
  event.preventDefault()
  // A key held down would decide place after place.
  if (event.repeat && (typeof command === 'number' || !REPEATABLE.has(command))) return
  if (typeof command === 'number') pick(app, command)
  else run(app, command)
}

const REPEATABLE: ReadonlySet<string> = new Set(['next', 'previous', 'up', 'down'])

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, select')
