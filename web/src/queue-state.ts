/**
 * The list of documents, a page at a time: ten thousand of them are never here together.
 *
 * In: filters and the rows that are visible. Out: rows as far as they are loaded. A page that may have
 * changed is shown until its new version is there.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { DocumentSummary } from '../../src/review/api-types.ts'
import { type Failure, getDocuments } from './api.ts'
import { type Filters, filterQuery, NO_FILTERS } from './filters.ts'

export const PAGE = 100
/** Pages kept; the rest is asked for again. */
const MOST_PAGES = 30

export interface QueueState {
  readonly filters: ReadonlySignal<Filters>
  /** Documents that match; undefined before the first answer. */
  readonly total: ReadonlySignal<number | undefined>
  readonly failure: ReadonlySignal<Failure | undefined>
  /** Index of the row one is at. */
  readonly active: Signal<number>
  /** A row, undefined while it is not loaded. */
  row(index: number): DocumentSummary | undefined
  /** Loads rows [from, to) where they are missing or may have changed. */
  want(from: number, to: number): void
  setFilters(filters: Filters): void
  /** Everything may have changed. */
  refresh(): void
}

interface Page {
  readonly rows: readonly DocumentSummary[]
  readonly version: number
}

export function createQueueState(): QueueState {
  const filters = signal<Filters>(NO_FILTERS)
  const total = signal<number | undefined>(undefined)
  const failure = signal<Failure | undefined>(undefined)
  const active = signal(0)
  const pages = signal<ReadonlyMap<number, Page>>(new Map())
  const asked = new Map<number, number>()
  let version = 0
  let seen = { from: 0, to: PAGE }

  const load = async (page: number): Promise<void> => {
    const mine = version
    if (asked.get(page) === mine) return
    asked.set(page, mine)
    const result = await getDocuments(`${filterQuery(filters.peek())}&offset=${page * PAGE}&limit=${PAGE}`)
    if (mine !== version) return
    if (!result.ok) {
      asked.delete(page)
      failure.value = result.failure
      return
    }
    batch(() => {
      failure.value = undefined
      total.value = result.value.total
      active.value = Math.max(0, Math.min(active.peek(), result.value.total - 1))
      const next = new Map(pages.peek())
      next.delete(page)
      next.set(page, { rows: result.value.documents, version: mine })
      for (const oldest of next.keys()) {
        if (next.size <= MOST_PAGES) break
        next.delete(oldest)
        asked.delete(oldest)
      }
      pages.value = next
    })
  }

  const state: QueueState = {
    filters,
    total,
    failure,
    active,
    row: (index) => pages.value.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    want(from, to) {
      seen = { from, to }
      const last = Math.max(from, Math.min(to, total.peek() ?? PAGE) - 1)
      for (let page = Math.floor(from / PAGE); page <= Math.floor(last / PAGE); page++)
        if (pages.peek().get(page)?.version !== version) void load(page)
    },
    setFilters(next) {
      if (filterQuery(next) === filterQuery(filters.peek()) && total.peek() !== undefined) return
      version += 1
      batch(() => {
        filters.value = next
        active.value = 0
        pages.value = new Map()
      })
      state.want(0, PAGE)
    },
    refresh() {
      version += 1
      state.want(seen.from, seen.to)
    },
  }
  return state
}
