/**
 * `npm run bench:batch [-- --megabytes 200 --write]`: how fast a batch run is, and what it holds in memory.
 *
 * In: dist/ (run `npm run build` first) and our own samples, their sentences repeated in ever new order.
 * Out: a report on standard output; with --write also bench/results/DATE-batch.md. Run it on an idle
 * machine: every run is a process of its own.
 *
 *   --megabytes N   size of the input (default 5; 200 and more for figures that are kept)
 *   --spun SHARE    share of spun documents, 0 to 1 (default 0.1: a corpus is mostly clean)
 *   --jobs LIST     numbers of threads (default 1,2)
 */
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BatchFigures, type BatchRun, batchReport, type Other } from './measure/batch-report.ts'
import { isInstalled, timed } from './measure/processes.ts'
import { proseDocuments } from './measure/prose.ts'

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    megabytes: { type: 'string', default: '5' },
    spun: { type: 'string', default: '0.1' },
    jobs: { type: 'string', default: '1,2' },
  },
})
const megabytes = Number(values.megabytes)
const spun = Number(values.spun)
const jobs = values.jobs.split(',').map(Number)
if (!(megabytes > 0)) throw new Error(`--megabytes ${values.megabytes}: not above 0\n  fix: as in 200`)
if (!(spun >= 0 && spun <= 1)) throw new Error(`--spun ${values.spun}: not a share\n  fix: as in 0.1`)
if (!jobs.every((n) => n >= 1)) throw new Error(`--jobs ${values.jobs}: no numbers\n  fix: as in 1,2`)

const CHILD = 'bench/measure/batch-child.mjs'
const PORTION = 4_000_000
/** Enough text to time the other programs by. */
const OTHERS_BYTES = 10_000_000

if (!existsSync('dist/batch/run.js')) throw new Error('dist/batch/run.js is not there\n  fix: npm run build')
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'unspin-batch-bench-'))
const busy = loadavg()[0] ?? 0
try {
  const report = batchReport(measure())
  process.stdout.write(report)
  if (values.write) writeFileSync(`bench/results/${today()}-batch.md`, report)
} finally {
  rmSync(folder, { recursive: true })
}

function measure(): BatchFigures {
  const input = join(folder, 'input.jsonl')
  const text = join(folder, 'input.txt')
  say(`making ${megabytes} MB`)
  makeInput(input, text)
  const one = join(folder, 'one.jsonl')
  writeFileSync(one, '{"text":"The ships came back to the harbour before the storm."}\n')
  const startMs = run(one, 'start', 1).ms
  const runs = jobs.map((threads) => {
    say(`${threads} ${threads === 1 ? 'thread' : 'threads'}`)
    return run(input, `run-${threads}`, threads)
  })
  return {
    date: today(),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, load ${busy.toFixed(1)} before the run; Node ${process.version}.`,
    bytes: statSync(input).size,
    spun,
    runs,
    others: others(text),
    startMs,
  }
}

/** Portions with a seed each, so that memory does not grow with the size asked for. */
function makeInput(input: string, text: string): void {
  const [clean, replaced] = [texts(/^clean-.*\.txt$/), texts(/^spun-(?:news|marketing|sparse)\.txt$/)]
  let id = 0
  for (let made = 0, seed = 1; made < megabytes * 1e6; made += PORTION, seed++) {
    const size = Math.min(PORTION, megabytes * 1e6 - made)
    const documents = mixed(
      proseDocuments(clean, size * (1 - spun) + 1, seed),
      spun === 0 ? [] : proseDocuments(replaced, size * spun, seed + 1_000_000),
    )
    const lines = documents.map((document) => `${JSON.stringify({ id: id++, text: document })}\n`)
    appendFileSync(input, lines.join(''))
    if (made < OTHERS_BYTES) appendFileSync(text, `${documents.join('\n\n')}\n`)
  }
}

/** The second list spread evenly among the first. */
function mixed(many: readonly string[], few: readonly string[]): readonly string[] {
  const every =
    few.length === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(many.length / few.length))
  const out = many.flatMap((document, i) => {
    const other = (i + 1) % every === 0 ? few[(i + 1) / every - 1] : undefined
    return other === undefined ? [document] : [document, other]
  })
  return [...out, ...few.slice(Math.floor(many.length / every))]
}

function texts(names: RegExp): string[] {
  return readdirSync('samples')
    .filter((name) => names.test(name))
    .sort()
    .map((name) => readFileSync(`samples/${name}`, 'utf8'))
}

function run(input: string, name: string, threads: number): BatchRun {
  const { output } = timed(
    { program: process.execPath, arguments: [CHILD, input, join(folder, name), `${threads}`] },
    1,
  )
  // Its answer has the shape its header states.
  return { jobs: threads, ...(JSON.parse(output) as Omit<BatchRun, 'jobs'>) }
}

function others(path: string): Other[] {
  const input = readFileSync(path, 'utf8')
  const bytes = Buffer.byteLength(input)
  const commands = [
    { name: 'wc -w', program: 'wc', arguments: ['-w', path], runs: 5 },
    { name: 'aspell list', program: 'aspell', arguments: ['list', '--lang=en'], input, runs: 3 },
    // codespell exits with 65 when it found something.
    { name: 'codespell', program: 'codespell', arguments: [path], done: [0, 65], runs: 3 },
  ]
  return commands.map(({ name, runs, ...command }) => {
    if (!isInstalled(command.program)) return { name, bytes, ms: undefined }
    say(name)
    return { name, bytes, ms: timed(command, runs).ms }
  })
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
