/**
 * Batch runs with the cheap engine: inputs in a temporary folder, the run in this process or in one that
 * can be killed, and what lies in the output folder afterwards.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type BatchRequest, type RunOutcome, runBatch } from '../../src/batch/run.ts'
import type { Settings } from '../../src/batch/settings.ts'

export const ENGINE = new URL('./fake-engine.mjs', import.meta.url).href

export const SETTINGS: Settings = {
  action: 'scan',
  minConfidence: null,
  applyAbove: null,
  inputFormat: 'auto',
  encoding: null,
  content: null,
  textKey: 'text',
  idKey: 'id',
  maxBytes: 1_000_000,
  timeLimit: 60,
  allow: [],
  format: null,
  compress: 'none',
  dedupe: false,
}

export interface Workplace {
  readonly folder: string
  path(...parts: readonly string[]): string
  write(name: string, content: string | Uint8Array): Promise<void>
  remove(): void
}

export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'unspin-batch-'))
  const path = (...parts: readonly string[]): string => join(folder, ...parts)
  return {
    folder,
    path,
    async write(name, content) {
      await mkdir(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), content)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A request to run over `in/` of the workplace, into `out/`. */
export function requestOf(place: Workplace, changes: Partial<BatchRequest> = {}): BatchRequest {
  return {
    inputs: ['in'],
    exclude: [],
    cwd: place.folder,
    out: place.path('out'),
    settings: SETTINGS,
    resume: false,
    jobs: 2,
    program: '1.2.3',
    models: {},
    signal: new AbortController().signal,
    engineModule: ENGINE,
    ...changes,
  }
}

export const ran = (place: Workplace, changes: Partial<BatchRequest> = {}): Promise<RunOutcome> =>
  runBatch(requestOf(place, changes))

/** Every file below a folder: name to content. Bytes as characters. */
export function tree(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name)).toString('latin1')]),
  )
}

/** The records of a results file. */
export const lines = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const WORDS = [
  'the',
  'gadget',
  'lay',
  'on',
  'a',
  'shelf',
  'near',
  'two',
  'quiet',
  'windows',
  'until',
  'spring',
]

/** Documents as lines of JSON, with ids `NAME-0` …, the same for the same seed. */
export function documents(name: string, count: number, seed: number): string {
  const next = random(seed)
  return Array.from({ length: count }, (_, i) => {
    const words = Array.from(
      { length: 5 + Math.floor(next() * 60) },
      () => WORDS[Math.floor(next() * WORDS.length)],
    )
    return `${JSON.stringify({ id: `${name}-${i}`, text: words.join(' ') })}\n`
  }).join('')
}

/** Starts driver.mjs with a request as JSON; it prints a dot for each record. */
export function started(request: object): ChildProcess {
  return spawn(process.execPath, [resolve('tests/batch/driver.mjs'), JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Waits for a process to end; kills it when it has printed `dots` characters. */
export async function ended(child: ChildProcess, dots = Number.POSITIVE_INFINITY): Promise<number | string> {
  let seen = 0
  child.stdout?.on('data', (chunk: Buffer) => {
    seen += chunk.length
    if (seen >= dots) child.kill('SIGKILL')
  })
  return new Promise((done) => child.on('close', (code, signal) => done(code ?? signal ?? 'unknown')))
}
