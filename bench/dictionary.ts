/**
 * How fast the dictionary is: compile time, size, load time, matching on one thread, beside
 * `grep -c -F -f` with 5,000 of its own phrases over the same bytes in the same run.
 *
 * In: wordlists/ and the prose of samples/, its sentences shuffled by a fixed rule and repeated. Out:
 * Markdown on standard output; with `--write` also bench/results/DATE-dictionary.md. Matching is given
 * with and without reading the text into tokens, since grep reads bytes and nothing else.
 * Profile: node --cpu-prof --import tsx bench/dictionary.ts
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { document } from '../src/document/document.ts'
import { readSentences } from '../src/document/read-sentences.ts'
import { compileDictionary } from '../src/lexicon/compile.ts'
import type { DictFile } from '../src/lexicon/entry.ts'
import { inflector } from '../src/lexicon/inflect.ts'
import { looseSentence } from '../src/lexicon/loose-sentence.ts'
import { longestMatches } from '../src/lexicon/match.ts'
import { WILDCARDS } from '../src/lexicon/pattern.ts'
import { type Dictionary, dictionary } from '../src/lexicon/trie.ts'
import { internTokens } from '../src/lexicon/walk.ts'
import { sequences } from '../src/lexicon/why.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LEAST_UNITS = 10_000_000
const LINE_SENTENCES = 8
const PHRASES = 5_000
const LOADS = 9
/** Argument with which the script calls itself. */
const LOAD_ONLY = '--load-only'
const ROUNDS = 5
/** About 10 kB, an article. */
const CHUNK_LINES = 10
const BUDGET = { bytes: 6e6, loadMs: 80, mbPerSecond: 15 }

interface Figure {
  readonly name: string
  readonly value: string
  readonly budget: string
}

function main(): void {
  const tell = (message: string): void => void process.stderr.write(`${message}\n`)
  const table = (name: string): string =>
    readFileSync(`${ROOT}wordlists/inflection/irregular-${name}.tsv`, 'utf8')
  const inflect = inflector({ verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') })
  tell('compiling')
  const files = wordlists()
  const [compileMs, { dictionary: bytes, stats }] = timed(() => compileDictionary(files, inflect))
  tell('loading')
  const cold = coldLoads(bytes)
  const loads = Array.from({ length: LOADS }, () => timed(() => dictionary(bytes))[0])
  const compiled = dictionary(bytes)

  tell('matching')
  const lines = prose(LEAST_UNITS)
  const text = lines.join('\n')
  const megabytes = Buffer.byteLength(text) / 1e6
  const matching = measure(compiled, lines, 'matching')
  const whole = measure(compiled, lines, 'tokens too')
  tell('grep')
  const phrases = literalPhrases(compiled, PHRASES)
  const grep = grepMs(text, phrases)

  const rate = (ms: number): string => `${(megabytes / (ms / 1000)).toFixed(1)} MB/s`
  const figures: readonly Figure[] = [
    {
      name: 'entries, pairs, sequences',
      value: `${stats.entries}, ${stats.pairs}, ${stats.sequences}`,
      budget: '',
    },
    { name: 'compile', value: `${Math.round(compileMs)} ms`, budget: '' },
    { name: 'size', value: `${(stats.bytes / 1e6).toFixed(2)} MB`, budget: `≤ ${BUDGET.bytes / 1e6} MB` },
    {
      name: `load in a fresh process, best and median of ${LOADS}`,
      value: `${Math.min(...cold).toFixed(0)} ms, ${median(cold).toFixed(0)} ms`,
      budget: `≤ ${BUDGET.loadMs} ms`,
    },
    { name: `load again, median of ${LOADS}`, value: `${median(loads).toFixed(0)} ms`, budget: '' },
    {
      name: `matching, ${matching.found} matches`,
      value: rate(matching.ms),
      budget: `≥ ${BUDGET.mbPerSecond} MB/s`,
    },
    { name: 'tokens and matching', value: rate(whole.ms), budget: '' },
    {
      name: `grep -c -F -f, ${phrases.length} phrases`,
      value: grep === undefined ? 'not installed' : rate(grep),
      budget: '',
    },
    {
      name: 'matching : grep',
      value: grep === undefined ? '–' : `${(grep / matching.ms).toFixed(2)} : 1`,
      budget: '',
    },
    {
      name: 'tokens and matching : grep',
      value: grep === undefined ? '–' : `${(grep / whole.ms).toFixed(2)} : 1`,
      budget: '',
    },
  ]
  const report = markdown(figures, megabytes)
  process.stdout.write(report)
  if (process.argv.includes('--write')) {
    const folder = join(ROOT, 'bench', 'results')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${new Date().toISOString().slice(0, 10)}-dictionary.md`), report)
  }
}

/** Milliseconds from bytes in memory to a dictionary, each in a process of its own: what a short run pays. */
function coldLoads(bytes: Uint8Array): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'unspin-bench-'))
  try {
    const path = join(folder, 'dictionary')
    writeFileSync(path, bytes)
    const args = ['--import', 'tsx', fileURLToPath(import.meta.url), LOAD_ONLY, path]
    return Array.from({ length: LOADS }, () =>
      Number(spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }).stdout),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function loadOnly(path: string): void {
  const bytes = new Uint8Array(readFileSync(path))
  process.stdout.write(String(timed(() => dictionary(bytes))[0]))
}

function markdown(figures: readonly Figure[], megabytes: number): string {
  const rows = figures.map(({ name, value, budget }) => `| ${name} | ${value} | ${budget} |\n`).join('')
  const machine = `Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}, load ${(loadavg()[0] ?? 0).toFixed(1)}`
  return `# Dictionary\n\n${machine}; ${megabytes.toFixed(1)} MB of prose, one thread, best of ${ROUNDS}.\n\n| figure | value | budget |\n|---|---|---|\n${rows}`
}

function wordlists(): readonly DictFile[] {
  return ['habits', 'phrases'].flatMap((folder) =>
    readdirSync(join(ROOT, 'wordlists', folder))
      .sort()
      .map((name) => ({
        name: `${folder}/${name}`,
        text: readFileSync(join(ROOT, 'wordlists', folder, name), 'utf8'),
      })),
  )
}

/** Lines of a few sentences from the samples, in an order that repeats late; at least `units` in all. */
function prose(units: number): readonly string[] {
  const sentences = readdirSync(join(ROOT, 'samples'))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, 'samples', name), 'utf8')
      return readSentences(document(text, { format: 'text' })).map(({ tokens }) =>
        text.slice(tokens[0]?.span.start, tokens.at(-1)?.span.end).replaceAll('\n', ' '),
      )
    })
  const lines: string[] = []
  let seed = 1
  for (let size = 0; size < units; size += (lines.at(-1)?.length ?? 0) + 1) {
    const line = Array.from({ length: LINE_SENTENCES }, () => {
      // Numerical Recipes' generator: the same prose in every run.
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return sentences[seed % sentences.length] ?? ''
    })
    lines.push(line.join(' '))
  }
  return lines
}

interface Speed {
  /** Milliseconds for all lines. */
  readonly ms: number
  readonly found: number
}

/**
 * Chunk by chunk, the best round of each: the figure of an idle core, even beside other work. Reading
 * the text into tokens is timed with it or left out.
 */
function measure(compiled: Dictionary, lines: readonly string[], timing: 'matching' | 'tokens too'): Speed {
  let ms = 0
  let found = 0
  for (let from = 0; from < lines.length; from += CHUNK_LINES) {
    const chunk = lines.slice(from, from + CHUNK_LINES)
    const read = chunk.map((line) => looseSentence(line).tokens)
    const rounds = Array.from({ length: ROUNDS }, () =>
      timed(() => {
        let count = 0
        for (const [at, line] of chunk.entries()) {
          const tokens = timing === 'matching' ? (read[at] ?? []) : looseSentence(line).tokens
          count += longestMatches(compiled, tokens, internTokens(compiled, tokens), NO_KEYS).length
        }
        return count
      }),
    )
    ms += Math.min(...rounds.map(([time]) => time))
    found += rounds[0]?.[1] ?? 0
  }
  return { ms, found }
}

const NO_KEYS: ReadonlySet<string> = new Set()

/** Phrases of the dictionary as grep can take them: no wildcards, evenly over all sequences. */
function literalPhrases(compiled: Dictionary, count: number): readonly string[] {
  const all = [...sequences(compiled)]
    .map(([text]) => text)
    .filter((text) => text.includes(' ') && WILDCARDS.every((name) => !text.includes(name)))
  const step = Math.max(1, all.length / count)
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor(at * step)] ?? '')
}

/** Best of the rounds, start of the process included; undefined where there is no grep. */
function grepMs(text: string, phrases: readonly string[]): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'unspin-bench-'))
  try {
    writeFileSync(join(folder, 'text'), text)
    writeFileSync(join(folder, 'phrases'), `${phrases.join('\n')}\n`)
    const rounds = Array.from({ length: ROUNDS }, () =>
      timed(() => spawnSync('grep', ['-c', '-F', '-f', 'phrases', 'text'], { cwd: folder })),
    )
    if (rounds.some(([, { error }]) => error !== undefined)) return undefined
    return Math.min(...rounds.map(([ms]) => ms))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function timed<T>(run: () => T): [ms: number, value: T] {
  const start = performance.now()
  const value = run()
  return [performance.now() - start, value]
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

const [argument, path] = process.argv.slice(2)
if (argument === LOAD_ONLY && path !== undefined) loadOnly(path)
else main()
