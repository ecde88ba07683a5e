/**
 * What a file holds, by its name: container, compression, and the name its cleaned copy gets.
 *
 * In: file names. Out: kinds; nothing is opened.
 */
import type { Compression, Container, InputFile } from './shapes.ts'

const CONTAINERS: ReadonlyMap<string, Container> = new Map([
  ['txt', 'document'],
  ['md', 'document'],
  ['html', 'document'],
  ['htm', 'document'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['warc', 'warc'],
  ['wet', 'warc'],
])

const COMPRESSIONS: ReadonlyMap<string, Compression> = new Map([
  ['gz', 'gzip'],
  ['zst', 'zstd'],
])

/** `container` is undefined where the ending tells nothing. */
export function inputKind(name: string): {
  readonly container: Container | undefined
  readonly compression: Compression
} {
  return {
    container: CONTAINERS.get(ending(withoutCompression(name))),
    compression: COMPRESSIONS.get(ending(name)) ?? 'none',
  }
}

/** "a.html.gz" is called "a.html" inside. */
export const withoutCompression = (name: string): string =>
  COMPRESSIONS.has(ending(name)) ? name.slice(0, name.lastIndexOf('.')) : name

/** Name of the cleaned copy: the input's own, but web archives become JSON Lines. */
export function cleanedName({ name, container }: Pick<InputFile, 'name' | 'container'>): string {
  if (container !== 'warc') return name
  const inside = withoutCompression(name)
  return `${inside}.jsonl${name.slice(inside.length)}`
}

/** Lower case, behind the last dot of the last part; empty where there is none. */
function ending(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const dot = base.lastIndexOf('.')
  return dot <= 0 ? '' : base.slice(dot + 1).toLowerCase()
}
