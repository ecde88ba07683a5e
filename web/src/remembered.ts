/**
 * What this browser remembers of a review: where one was, and how one likes to read. Everything is
 * optional; where the browser keeps nothing (private windows), the defaults hold.
 */
import type { Filters } from './filters.ts'
import { filterQuery, filtersOf } from './filters.ts'

export type TextView = 'side' | 'inline'

export interface LastPlace {
  readonly n: number
  readonly name: string
  readonly finding: number | undefined
}

const key = (review: string, what: string): string => `unspin-review:${review}:${what}`

export function lastPlace(review: string): LastPlace | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key(review, 'last')) ?? 'null')
    if (typeof value !== 'object' || value === null) return undefined
    const { n, name, finding } = value as Readonly<Record<string, unknown>> // an object, checked below
    if (typeof n !== 'number' || typeof name !== 'string') return undefined
    return { n, name, finding: typeof finding === 'number' ? finding : undefined }
  } catch {
    return undefined
  }
}

export const rememberPlace = (review: string, place: LastPlace): void =>
  put(key(review, 'last'), JSON.stringify(place))

export const rememberedView = (): TextView => (get('unspin-view') === 'inline' ? 'inline' : 'side')
export const rememberView = (view: TextView): void => put('unspin-view', view)

/** Single keys can be turned off: speech input and some screen readers need them otherwise. */
export const rememberedKeys = (): boolean => get('unspin-keys') !== 'off'
export const rememberKeys = (isOn: boolean): void => put('unspin-keys', isOn ? 'on' : 'off')

export const rememberFilters = (review: string, filters: Filters): void =>
  put(key(review, 'filters'), filterQuery(filters))
export const rememberedFilters = (review: string): Filters => filtersOf(get(key(review, 'filters')) ?? '')

function get(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function put(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Nothing is kept then; nothing depends on it.
  }
}
