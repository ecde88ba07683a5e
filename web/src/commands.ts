/**
 * What keys and buttons do; both come here. In: a command and the state. Out: changes of the state.
 * After a decision one stands at the next open place; the focus follows, unless it is on a button that
 * one may want to press again.
 */
import type { DecisionAction, FindingView } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import type { FocusWish } from './document-state.ts'
import type { Command } from './keys.ts'
import { rememberView } from './remembered.ts'
import { placeWords } from './words.ts'

/** Set on parts whose buttons keep the focus. */
export const KEEPS_FOCUS = 'data-keeps-focus'

export const LIST_ID = 'documents'
export const SEARCH_ID = 'search'

/** The place one is at. */
export function currentView(app: App): FindingView | undefined {
  const number = app.document.current.value
  return number === undefined ? undefined : app.document.finding(number)?.value
}

export const run = (app: App, command: Command): void => ACTS[command](app)

const ACTS: Readonly<Record<Command, (app: App) => void>> = {
  next: (app) => move(app, 1),
  previous: (app) => move(app, -1),
  accept: (app) => pick(app, 1),
  reject: (app) => decideHere(app, 'reject'),
  retype(app) {
    if (currentView(app) !== undefined) app.field.value = 'retype'
  },
  remark(app) {
    const view = currentView(app)
    if (view === undefined) return
    if (view.decision === null) app.say('Decide first: a remark belongs to a decision.')
    else app.field.value = 'remark'
  },
  undo: (app) => app.decisions.undo(),
  acceptAll(app) {
    if (currentView(app) !== undefined) app.dialog.value = 'all'
  },
  nextDocument: (app) => void app.openNext(),
  view(app) {
    app.textView.value = app.textView.value === 'side' ? 'inline' : 'side'
    rememberView(app.textView.value)
    app.say(app.textView.value === 'side' ? 'Texts side by side.' : 'Changes inline.')
  },
  markup(app) {
    app.withMarkup.value = !app.withMarkup.value
    app.say(app.withMarkup.value ? 'Markup is shown.' : 'Markup is hidden.')
  },
  search: (app) => search(app),
  up: (app) => step(app, -1),
  down: (app) => step(app, 1),
  open: (app) => openActive(app),
  back: (app) => app.toQueue(),
  help(app) {
    app.dialog.value = 'help'
  },
}

/** Accepts alternative `n`, from 1. */
export function pick(app: App, n: number): void {
  const view = currentView(app)
  const chosen = view?.suggestions[n - 1]
  if (chosen !== undefined) decideHere(app, 'accept', chosen.text)
  else if (view !== undefined)
    app.say(n === 1 ? 'There is no alternative: retype or reject.' : `There is no alternative ${n}.`)
}

/** Decides the current place and goes on to the next open one. */
export function decideHere(app: App, action: DecisionAction, text?: string): void {
  const view = currentView(app)
  if (view === undefined) return
  const wish = focusWish()
  app.field.value = 'none'
  app.decisions.decide(view, { action, ...(text !== undefined && { text }) })
  goOn(app, wish)
}

/** To the next open place, or word that there is none. */
export function goOn(app: App, wish: FocusWish): void {
  const next = app.document.nextOpen()
  if (next === undefined) {
    app.document.go(app.document.current.value, wish)
    app.say(`${app.said.value.text} All places of this document are decided.`)
    return
  }
  app.document.go(next, wish)
  // Where the focus moves, the place is read out anyway.
  const view = currentView(app)
  if (wish === 'stay' && view !== undefined) app.say(`${app.said.value.text} Next: ${placeWords(view)}`)
}

function move(app: App, steps: 1 | -1): void {
  const wish = focusWish()
  app.field.value = 'none'
  if (!app.document.go(app.document.beside(steps), wish)) {
    app.document.go(app.document.current.value, wish)
    app.say(steps === 1 ? 'This is the last place.' : 'This is the first place.')
    return
  }
  const view = currentView(app)
  if (wish === 'stay' && view !== undefined) app.say(placeWords(view))
}

/** Moves in the list by `steps` rows. */
export function step(app: App, steps: number): void {
  const { active, total } = app.queue
  active.value = Math.max(0, Math.min(active.value + steps, (total.value ?? 1) - 1))
}

export function openActive(app: App): void {
  const row = app.queue.row(app.queue.active.value)
  if (row !== undefined) app.open(row.n)
}

function search(app: App): void {
  if (app.route.value.view === 'document') app.toQueue()
  // The queue is drawn when the address has changed.
  const focus = (): void => document.getElementById(SEARCH_ID)?.focus()
  if (app.route.value.view === 'queue') focus()
  else
    addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(focus)), {
      once: true,
    })
}

function focusWish(): FocusWish {
  const at = document.activeElement
  return at instanceof HTMLButtonElement && at.closest(`[${KEEPS_FOCUS}]`) !== null ? 'stay' : 'place'
}
