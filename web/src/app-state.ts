/**
 * Everything the page knows, made once at the start and handed to the views. In: the session. Out:
 * signals and the few acts that concern more than one part.
 */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { ProgressAnswer, SessionAnswer } from '../../src/review/api-types.ts'
import { type Failure, getDocuments, getProgress, getSession } from './api.ts'
import { createDecisions, type Decisions } from './decisions.ts'
import { createDocumentState, type DocumentState } from './document-state.ts'
import { filterQuery } from './filters.ts'
import { createQueueState, type QueueState } from './queue-state.ts'
import { rememberedKeys, rememberedView, type TextView } from './remembered.ts'
import { goTo, type Route, routeOf } from './route.ts'
import { createSaves, type Saves } from './saves.ts'

export type DialogName = 'help' | 'reviewer' | 'all'

/** What can be typed at a place. */
export type Field = 'none' | 'retype' | 'remark'

export interface App {
  readonly session: Signal<SessionAnswer>
  readonly progress: Signal<ProgressAnswer>
  readonly route: Signal<Route>
  readonly queue: QueueState
  readonly document: DocumentState
  readonly saves: Saves
  readonly decisions: Decisions
  readonly dialog: Signal<DialogName | undefined>
  /** Which field is open in the panel. */
  readonly field: Signal<Field>
  readonly textView: Signal<TextView>
  /** Is the source that is not read shown too? */
  readonly withMarkup: Signal<boolean>
  readonly singleKeys: Signal<boolean>
  /** What the server refused last. */
  readonly notice: Signal<Failure | undefined>
  /** What is read out; the same sentence twice is said twice. */
  readonly said: ReadonlySignal<{ readonly text: string; readonly turn: number }>
  say(text: string): void
  /** Tells the other tabs that something was decided. */
  readonly tell: () => void
  open(n: number, finding?: number): void
  toQueue(): void
  /** The next document of the queue with open places, those not yet visited first. */
  openNext(): Promise<void>
  /** Asks the server how things are now: another tab or reviewer may have been at work. */
  refresh(): Promise<void>
}

const NEXT_LOOKED_AT = 100

export function createApp(session: SessionAnswer, progress: ProgressAnswer, tell: () => void): App {
  const said = signal({ text: '', turn: 0 })
  const base = {
    session: signal(session),
    progress: signal(progress),
    route: signal<Route>(routeOf(location.hash)),
    queue: createQueueState(),
    document: createDocumentState(),
    saves: createSaves(),
    dialog: signal<DialogName | undefined>(undefined),
    field: signal<Field>('none'),
    textView: signal(rememberedView()),
    withMarkup: signal(false),
    singleKeys: signal(rememberedKeys()),
    notice: signal<Failure | undefined>(undefined),
    said,
    say(text: string): void {
      said.value = { text, turn: said.peek().turn + 1 }
    },
    tell,
    open(n: number, finding?: number): void {
      goTo({ view: 'document', n, finding })
    },
    toQueue(): void {
      goTo({ view: 'queue', filters: base.queue.filters.peek() })
    },
  }
  const visited = new Set<number>()
  return {
    ...base,
    decisions: createDecisions(base),
    async openNext() {
      const opened = base.document.opened.peek()
      if (opened.state !== 'none') visited.add(opened.n)
      const query = filterQuery({ ...base.queue.filters.peek(), undecided: true })
      const result = await getDocuments(`${query}&limit=${NEXT_LOOKED_AT}`)
      if (!result.ok) {
        base.notice.value = result.failure
        return
      }
      const open = result.value.documents.filter(({ n }) => opened.state === 'none' || n !== opened.n)
      const next = open.find(({ n }) => !visited.has(n)) ?? open[0]
      if (next !== undefined) base.open(next.n)
      else base.say('No other document of this queue has open places.')
    },
    async refresh() {
      // What is being saved comes back with its own answer.
      if (base.saves.state.peek().kind !== 'saved') return
      const [who, how] = await Promise.all([getSession(), getProgress()])
      if (who.ok) base.session.value = who.value
      if (how.ok) base.progress.value = how.value
      if (base.route.peek().view === 'document') await base.document.reload()
      else base.queue.refresh()
    },
  }
}
