/** The start of the page: who one is, then the view that the address names, and what happens outside of it. */
import { render } from 'preact'
import type { Failure } from './api.ts'
import { getProgress, getSession } from './api.ts'
import { type App, createApp } from './app-state.ts'
import { AppView } from './app-view.tsx'
import { FailureBox } from './failure-box.tsx'
import { routeOf } from './route.ts'
import { connectTabs } from './tabs.ts'
import './page.css'
import './document.css'

const root = document.getElementById('app') ?? document.body

async function start(): Promise<void> {
  const [session, progress] = await Promise.all([getSession(), getProgress()])
  if (!session.ok) return failed(session.failure)
  if (!progress.ok) return failed(progress.failure)
  const tabs = connectTabs(session.value.review)
  const app = createApp(session.value, progress.value, tabs.tell)
  tabs.listen(() => void app.refresh())
  listen(app)
  render(<AppView app={app} />, root)
}

function failed(failure: Failure): void {
  render(
    <main class="alone">
      <h1>unspin review</h1>
      <FailureBox failure={failure} again={() => void start()} />
    </main>,
    root,
  )
}

function listen(app: App): void {
  addEventListener('hashchange', () => {
    app.route.value = routeOf(location.hash)
  })
  addEventListener('online', () => app.saves.retry())
  addEventListener('beforeunload', (event) => {
    if (app.saves.state.value.kind !== 'saved') event.preventDefault()
  })
}

void start()
