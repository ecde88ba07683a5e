/**
 * `npm run bench:batch [-- --megabytes 200 --write]`: how fast a batch run is, and what it holds in memory.
 *
 * In: dist/ (run `npm run build` first), and our own samples, their sentences repeated in ever new order,
 * or a folder of prose. Out: a report on standard output; with --write also bench/results/DATE-batch.md.
 * Run it on an idle machine: every run is a process of its own.
 *
 *   --megabytes N    size of the input (default 5; 200 and more for figures that are kept)
 *   --minutes N      longest time of a run (default 10): it is stopped then and counts as far as it came
 *   --corpus FOLDER  clean documents from the .txt, .txt.gz and .txt.xz files there, one paragraph a line
 *   --spun SHARE     share of spun documents, 0 to 1 (default 0.1: a corpus is mostly clean)
 *   --jobs LIST      numbers of threads (default 1,2)
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
import { corpusDocuments, endless, mixed } from './measure/batch-input.ts'
import { type BatchFigures, type BatchRun, batchReport, type Other } from './measure/batch-report.ts'
import { isInstalled, timed } from './measure/processes.ts'

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    megabytes: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '10' },
    corpus: { type: 'string' },
    spun: { type: 'string', default: '0.1' },
    jobs: { type: 'string', default: '1,2' },
  },
})
const megabytes = Number(values.megabytes)
const minutes = Number(values.minutes)
const spun = Number(values.spun)
const jobs = values.jobs.split(',').map(Number)
if (!(megabytes > 0)) throw new Error(`--megabytes ${values.megabytes}: not above 0\n  fix: as in 200`)
if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes}: not above 0\n  fix: as in 10`)
if (!(spun >= 0 && spun <= 1)) throw new Error(`--spun ${values.spun}: not a share\n  fix: as in 0.1`)
if (!jobs.every((n) => n >= 1)) throw new Error(`--jobs ${values.jobs}: no numbers\n  fix: as in 1,2`)

const CHILD = 'bench/measure/batch-child.mjs'
/** UTF-16 units that are written at a time. */
const PORTION = 4_000_000
/** Beyond the time of a run: for starting, stopping and summing up. */
const SPARE_MS = 120_000
/** Enough text to time the other programs by. */
const OTHERS_BYTES = 10_000_000

if (!existsSync('dist/batch/run.js')) throw new Error('dist/batch/run.js is not there\n  fix: npm run build')
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'unspin-batch-bench-'))
const busy = loadavg()[0] ?? 0
try {
  const report = batchReport(await measure())
  process.stdout.write(report)
  if (values.write) writeFileSync(`bench/results/${today()}-batch.md`, report)
} finally {
  rmSync(folder, { recursive: true })
}

async function measure(): Promise<BatchFigures> {
  const input = join(folder, 'input.jsonl')
  const text = join(folder, 'input.txt')
  say(`making ${megabytes} MB`)
  await makeInput(input, text)
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
    clean:
      values.corpus === undefined
        ? "the samples' sentences in ever new order"
        : 'prose of a corpus, each once',
    minutes,
    runs,
    others: others(text),
    startMs,
  }
}

async function makeInput(input: string, text: string): Promise<void> {
  const documents = mixed({
    clean:
      values.corpus === undefined
        ? later(endless(texts(/^clean-.*\.txt$/), 1))
        : corpusDocuments(values.corpus),
    spun: endless(texts(/^spun-(?:news|marketing|sparse)\.txt$/), 1_000_000),
    share: spun,
    bytes: megabytes * 1e6,
  })
  let [id, lines, prose, others] = [0, '', '', 0]
  const write = (): void => {
    appendFileSync(input, lines)
    appendFileSync(text, prose)
    lines = ''
    prose = ''
  }
  for await (const document of documents) {
    lines += `${JSON.stringify({ id: id++, text: document })}\n`
    if (others < OTHERS_BYTES) prose += `${document}\n\n`
    others += document.length
    if (lines.length >= PORTION) write()
  }
  write()
}

async function* later(documents: Iterable<string>): AsyncGenerator<string> {
  yield* documents
}

function texts(names: RegExp): string[] {
  return readdirSync('samples')
    .filter((name) => names.test(name))
    .sort()
    .map((name) => readFileSync(`samples/${name}`, 'utf8'))
}

function run(input: string, name: string, threads: number): BatchRun {
  const { output } = timed(
    {
      program: process.execPath,
      arguments: [CHILD, input, join(folder, name), `${threads}`, `${60 * minutes}`],
      mostMs: 60_000 * minutes + SPARE_MS,
    },
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
