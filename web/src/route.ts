/**
 * The address bar and what is shown: `#/?FILTERS` is the queue, `#/document/12?place=345` a document.
 * Everything needed to come back after a reload stands in it.
 */
import { type Filters, filterQuery, filtersOf } from './filters.ts'

export type Route =
  | { readonly view: 'queue'; readonly filters: Filters }
  | { readonly view: 'document'; readonly n: number; readonly finding: number | undefined }

export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const n = /^\/document\/(\d{1,15})$/.exec(path)?.[1]
  if (n === undefined) return { view: 'queue', filters: filtersOf(query) }
  const finding = new URLSearchParams(query).get('place') ?? ''
  return { view: 'document', n: Number(n), finding: /^\d{1,15}$/.test(finding) ? Number(finding) : undefined }
}

export function hashOf(route: Route): string {
  if (route.view === 'queue') return `#/?${filterQuery(route.filters)}`
  return `#/document/${route.n}${route.finding === undefined ? '' : `?place=${route.finding}`}`
}

/** A step that "back" of the browser returns from. */
export function goTo(route: Route): void {
  location.hash = hashOf(route)
}

/** The same step, told more exactly. Fires no event. */
export function stayAt(route: Route): void {
  history.replaceState(null, '', hashOf(route))
}
