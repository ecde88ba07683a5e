/**
 * What the queue is filtered and sorted by: a record inside, a query string in the address bar and for
 * the server. Unknown or empty values fall back to the defaults, so that any old link opens.
 */
import type { DocumentSort } from '../../src/review/api-types.ts'

export interface Filters {
  readonly search: string
  /** Per cent, 0 to 100; undefined: any. */
  readonly least: number | undefined
  readonly most: number | undefined
  /** '' is any, here and below. */
  readonly kind: string
  readonly source: string
  /** Name of the dialect that the verdict names. */
  readonly dialect: string
  readonly phrase: string
  readonly undecided: boolean
  readonly sort: DocumentSort
}

export const NO_FILTERS: Filters = {
  search: '',
  least: undefined,
  most: undefined,
  kind: '',
  source: '',
  dialect: '',
  phrase: '',
  undecided: false,
  sort: 'probability',
}

export const SORTS: readonly { readonly value: DocumentSort; readonly label: string }[] = [
  { value: 'probability', label: 'Probability' },
  { value: 'undecided', label: 'Open places' },
  { value: 'findings', label: 'Places' },
  { value: 'name', label: 'Name' },
  { value: 'added', label: 'Order added' },
]

/** As `DocumentsQuery`, without offset and limit. */
export function filterQuery(filters: Filters): string {
  const query = new URLSearchParams()
  const put = (name: string, value: string): void => {
    if (value !== '') query.set(name, value)
  }
  put('q', filters.search)
  put('minConfidence', share(filters.least))
  put('maxConfidence', share(filters.most))
  put('kind', filters.kind)
  put('source', filters.source)
  put('dialect', filters.dialect)
  put('phrase', filters.phrase)
  put('undecided', filters.undecided ? '1' : '')
  put('sort', filters.sort)
  return query.toString()
}

export function filtersOf(query: string): Filters {
  const given = new URLSearchParams(query)
  const text = (name: string): string => (given.get(name) ?? '').slice(0, 200)
  return {
    search: text('q'),
    least: percent(text('minConfidence')),
    most: percent(text('maxConfidence')),
    kind: text('kind'),
    source: text('source'),
    dialect: text('dialect'),
    phrase: text('phrase'),
    undecided: text('undecided') === '1',
    sort: SORTS.find(({ value }) => value === text('sort'))?.value ?? NO_FILTERS.sort,
  }
}

/** Does any filter keep documents out? The sort does not. */
export const isFiltered = (filters: Filters): boolean =>
  filterQuery({ ...filters, sort: NO_FILTERS.sort }) !== filterQuery(NO_FILTERS)

const share = (value: number | undefined): string => (value === undefined ? '' : String(value / 100))

function percent(value: string): number | undefined {
  const found = Number(value)
  return value !== '' && found >= 0 && found <= 1 ? Math.round(found * 100) : undefined
}
