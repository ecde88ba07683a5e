/**
 * `npm run bench [-- --write]`: how fast the built package reads, beside `wc -w` and a spelling checker.
 *
 * In: dist/ (run `npm run build` first) and our own samples, their sentences repeated in ever new
 * order. Out: a report on standard output; with --write also bench/results/DATE-speed.md. Every timing
 * is a process of its own on plain Node; run it on an idle machine.
 *
 *   --clean FILE, --spun FILE   plain texts of one's own instead of the samples (a wider vocabulary)
 *   --seconds N                 begin no further document after N seconds a text (default 60)
 *   --profile DIR               write V8 profiles of both readings there (node --cpu-prof; open them
 *                               in the performance panel of a browser)
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isInstalled, timed } from './measure/processes.ts'
import { distinctWords, proseDocuments } from './measure/prose.ts'
import { type Compared, speedReport, type Throughput } from './measure/speed-report.ts'
import { median } from './measure/statistics.ts'

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    clean: { type: 'string' },
    spun: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    profile: { type: 'string' },
  },
})

if (!(Number(values.seconds) > 0))
  throw new Error(`--seconds ${values.seconds}: not a number above 0\n  fix: give seconds, as in 60`)

const RUNS = 5
const SEED = 11
const CHILD = 'bench/measure/speed-child.mjs'
const CLI = 'dist/cli/main.js'
const SAMPLE = 'samples/spun-news.txt'
/** `scan` exits with 2 when it found something. */
const SCANNED = [0, 2]

if (!existsSync(CLI)) throw new Error(`${CLI} is not there\n  fix: npm run build`)
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'unspin-speed-'))
const busy = loadavg()[0] ?? 0
try {
  const report = measure()
  process.stdout.write(report)
  if (values.write) writeFileSync(`bench/results/${today()}-speed.md`, report)
} finally {
  rmSync(folder, { recursive: true })
}

function measure(): string {
  const texts = [
    { name: 'clean prose', from: textsOf(values.clean, /^clean-.*\.txt$/), bytes: 2_000_000, must: 2 },
    {
      name: 'densely spun prose',
      from: textsOf(values.spun, /^spun-(?:news|marketing)\.txt$/),
      bytes: 300_000,
      must: 0.3,
    },
  ].map((text) => ({ ...text, documents: proseDocuments(text.from, text.bytes, SEED) }))
  const throughput = texts.map(({ name, from, documents, must }): Throughput => {
    say(`reading ${name}`)
    return { ...scanned(documents), name, must, distinct: distinctWords(from) }
  })
  const compared = texts.flatMap(({ name, documents }) => comparisons(name, documents.join('\n\n')))
  say('loading and starting')
  const loads = Array.from({ length: RUNS }, () => child<{ loadMs: number; residentBytes: number }>(['load']))
  const start = timed({ program: process.execPath, arguments: [CLI, 'scan', SAMPLE], done: SCANNED }, RUNS)
  return speedReport({
    date: today(),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, load ${busy.toFixed(1)} before the run; Node ${process.version}.`,
    throughput,
    compared,
    loadMs: median(loads.map(({ loadMs }) => loadMs)) ?? 0,
    loadedBytes: median(loads.map(({ residentBytes }) => residentBytes)) ?? 0,
    coldStartMs: start.ms,
    runs: RUNS,
    modelFiles: readdirSync('models')
      .sort()
      .map((name) => ({ name, bytes: statSync(`models/${name}`).size })),
  })
}

/** Own texts, or the samples whose names match. */
function textsOf(file: string | undefined, samples: RegExp): string[] {
  const files = file === undefined ? readdirSync('samples').filter((name) => samples.test(name)) : [file]
  return files.sort().map((name) => readFileSync(file === undefined ? `samples/${name}` : name, 'utf8'))
}

function scanned(documents: readonly string[]): Omit<Throughput, 'name' | 'must' | 'distinct'> {
  const path = join(folder, 'documents.json')
  writeFileSync(path, JSON.stringify(documents))
  const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
  return child(['scan', path, values.seconds], profile)
}

/** Runs the timing program; its answer has the shape its header states. */
function child<Answer>(words: readonly string[], flags: readonly string[] = []): Answer {
  const { output } = timed({ program: process.execPath, arguments: [...flags, CHILD, ...words] }, 1)
  return JSON.parse(output) as Answer
}

function comparisons(text: string, content: string): Compared[] {
  const path = join(folder, 'text.txt')
  writeFileSync(path, content)
  const bytes = Buffer.byteLength(content)
  const commands = [
    { name: 'wc -w', program: 'wc', arguments: ['-w', path], runs: RUNS },
    { name: 'aspell list', program: 'aspell', arguments: ['list', '--lang=en'], input: content, runs: 3 },
    // codespell exits with 65 when it found something.
    { name: 'codespell', program: 'codespell', arguments: [path], done: [0, 65], runs: 3 },
  ]
  return commands.map(({ name, runs, ...command }) => {
    if (!isInstalled(command.program)) return { program: name, text, bytes, ms: undefined }
    say(`${name} on ${text}`)
    return { program: name, text, bytes, ms: timed(command, runs).ms }
  })
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
