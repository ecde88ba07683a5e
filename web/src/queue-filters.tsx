/**
 * Filters of the queue as a form. Every change goes into the address, so that a reload and "back" keep
 * it; typing waits for a short pause.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DialectFacet, Facet } from '../../src/review/api-types.ts'
import type { App } from './app-state.ts'
import { LIST_ID, SEARCH_ID } from './commands.ts'
import { type Filters, isFiltered, NO_FILTERS, SORTS } from './filters.ts'
import { goTo } from './route.ts'
import { kindWords, sourceWords } from './words.ts'

const PAUSE_MS = 200
const LONGEST_TEXT = 200
const ROOMY_PX = 960

export function QueueFilters({ app, filters }: { readonly app: App; readonly filters: Filters }) {
  const set = (change: Partial<Filters>): void => goTo({ view: 'queue', filters: { ...filters, ...change } })
  return (
    <search>
      <form
        class="filters"
        aria-label="Filters"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') document.getElementById(LIST_ID)?.focus()
        }}
      >
        <Typed
          id={SEARCH_ID}
          label="Search name and text"
          value={filters.search}
          set={(search) => set({ search })}
        />
        <Choice
          id="sort"
          label="Sort by"
          value={filters.sort}
          choices={SORTS}
          set={(value) => set({ sort: SORTS.find((one) => one.value === value)?.value ?? NO_FILTERS.sort })}
        />
        <label class="check">
          <input
            id="undecided"
            type="checkbox"
            checked={filters.undecided}
            onChange={(event) => set({ undecided: event.currentTarget.checked })}
          />{' '}
          Only open places
        </label>
        <button
          type="button"
          class="button"
          disabled={!isFiltered(filters)}
          onClick={() => goTo({ view: 'queue', filters: { ...NO_FILTERS, sort: filters.sort } })}
        >
          Clear filters
        </button>
        <MoreFilters app={app} filters={filters} set={set} />
      </form>
    </search>
  )
}

/** Shut at first where there is little room, unless one of them is at work. */
function MoreFilters(props: {
  readonly app: App
  readonly filters: Filters
  readonly set: (change: Partial<Filters>) => void
}) {
  const { app, filters, set } = props
  const { kind, source, dialect } = app.session.value.facets
  const { search, undecided } = NO_FILTERS
  const [isOpen, setOpen] = useState(
    () => innerWidth >= ROOMY_PX || isFiltered({ ...filters, search, undecided }),
  )
  return (
    <details class="more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>More filters</summary>
      <div class="filters">
        <Typed id="phrase" label="Wording" value={filters.phrase} set={(phrase) => set({ phrase })} />
        <Percent
          id="least"
          label="Confidence from, %"
          value={filters.least}
          set={(least) => set({ least })}
        />
        <Percent id="most" label="to, %" value={filters.most} set={(most) => set({ most })} />
        <Choice
          id="kind"
          label="Kind"
          value={filters.kind}
          choices={withAny(kind, kindWords)}
          set={(value) => set({ kind: value })}
        />
        <Choice
          id="source"
          label="Source of knowledge"
          value={filters.source}
          choices={withAny(source, sourceWords)}
          set={(value) => set({ source: value })}
        />
        {(dialect.length > 0 || filters.dialect !== '') && (
          <Choice
            id="dialect"
            label="Spinner's dialect"
            value={filters.dialect}
            choices={dialectChoices(dialect)}
            set={(value) => set({ dialect: value })}
          />
        )}
      </div>
    </details>
  )
}

const withAny = (facets: readonly Facet[], words: (value: string) => string): readonly Option[] => [
  { value: '', label: 'any' },
  ...facets.map(({ value, findings }) => ({
    value,
    label: `${words(value)} (${findings.toLocaleString('en')})`,
  })),
]

const dialectChoices = (facets: readonly DialectFacet[]): readonly Option[] => [
  { value: '', label: 'any' },
  ...facets.map(({ value, title, documents }) => ({
    value,
    label: `${title} (${documents.toLocaleString('en')})`,
  })),
]

interface Option {
  readonly value: string
  readonly label: string
}

interface FieldProps<T> {
  readonly id: string
  readonly label: string
  readonly value: T
  readonly set: (value: T) => void
}

/** What is typed shows at once and counts after a pause. A new value from outside replaces it. */
function Typed({ id, label, value, set }: FieldProps<string>) {
  const [typed, setTyped] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => setTyped(value), [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <label>
      {label}
      <input
        id={id}
        type="search"
        maxLength={LONGEST_TEXT}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          const next = event.currentTarget.value
          setTyped(next)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => set(next), PAUSE_MS)
        }}
      />
    </label>
  )
}

function Percent({ id, label, value, set }: FieldProps<number | undefined>) {
  return (
    <label class="short">
      {label}
      <input
        id={id}
        type="number"
        min={0}
        max={100}
        step={5}
        value={value ?? ''}
        onChange={(event) => {
          const given = event.currentTarget.valueAsNumber
          set(Number.isNaN(given) ? undefined : Math.max(0, Math.min(100, given)))
        }}
      />
    </label>
  )
}

function Choice(props: FieldProps<string> & { readonly choices: readonly Option[] }) {
  const { id, label, value, set, choices } = props
  return (
    <label>
      {label}
      <select id={id} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </label>
  )
}
