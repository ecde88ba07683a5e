/**
 * Plain data to indented text: what `explain`, `dict why` and `dict stats` show.
 *
 * In: objects, arrays, Maps, Sets, typed arrays, strings, numbers. Out: a `key: value` line per value,
 * nested by two blanks; short lists of numbers and words stay on one line. Not meant to be parsed:
 * programs read the JSON records.
 */
import { visible } from './visible.ts'

/** Nesting beyond this is cut with an ellipsis; explained data is shallow, a cycle is a bug. */
const MAX_DEPTH = 12
const LINE_UNITS = 100

/** Indented text of `value`, every line ended. A string is given out as it is. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value.endsWith('\n') ? value : `${value}\n`
  return `${lines(value, 0).join('\n')}\n`
}

function lines(value: unknown, depth: number): string[] {
  const items = listed(value)
  if (items === undefined) {
    const named = fields(value)
    if (named === undefined || named.length === 0) return [scalar(value)]
    if (depth > MAX_DEPTH) return ['…']
    return named.flatMap(([key, member]) => entry(`${visible(key)}:`, member, depth))
  }
  const short = oneLine(items)
  if (short !== undefined) return [short]
  if (depth > MAX_DEPTH) return ['…']
  return items.flatMap((item) => {
    const [first = '', ...rest] = lines(item, depth + 1)
    return [`- ${first}`, ...rest.map((line) => `  ${line}`)]
  })
}

function entry(label: string, member: unknown, depth: number): string[] {
  const inner = lines(member, depth + 1)
  const nested = (listed(member) ?? fields(member) ?? []).length > 0
  if (inner.length === 1 && (!nested || listed(member) !== undefined)) {
    const only = inner[0] ?? ''
    if (!only.startsWith('- ')) return [`${label} ${only}`]
  }
  return [label, ...inner.map((line) => `  ${line}`)]
}

/** Lists of scalars that fit on a line are read across, not down. */
function oneLine(items: readonly unknown[]): string | undefined {
  if (items.some((item) => listed(item) !== undefined || fields(item) !== undefined)) return undefined
  if (items.length > LINE_UNITS) return undefined
  const joined = items.map(scalar).join(', ')
  return joined.length <= LINE_UNITS ? joined : undefined
}

function listed(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof Set) return [...value]
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) return [...(value as Int32Array)] // any typed array iterates alike
  return undefined
}

function fields(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (value instanceof Map) return [...value].map(([key, member]) => [String(key), member] as const)
  if (typeof value !== 'object' || value === null || listed(value) !== undefined) return undefined
  return Object.entries(value).filter(([, member]) => member !== undefined)
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : visible(value)
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toFixed(4)))
  if (typeof value === 'object' && value !== null) return '{}'
  return String(value)
}
