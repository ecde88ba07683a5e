/**
 * One timed batch run in a fresh process of plain Node on the built package, so that its memory is its
 * own. JavaScript for that reason. Memory and progress are looked at four times a second; after SECONDS
 * the run is stopped, and counts as far as it came.
 *
 *   node bench/measure/batch-child.mjs INPUT OUT JOBS SECONDS
 *     -> {"ms", "peakBytes", "documents", "bytes", "isWhole", "looks": [[ms, residentBytes, bytes], …]}
 */
import { runBatch } from '../../dist/batch/run.js'

const [input, out, jobs, seconds] = process.argv.slice(2)
const EVERY_MS = 250
/** Looks that are kept; beyond, every other one goes, so that a long run needs no more. */
const MOST_LOOKS = 4000

const stop = new AbortController()
const began = performance.now()
let told = { records: 0, bytes: { done: 0 } }
let looks = []
let every = 1
let count = 0
const look = setInterval(() => {
  if (count++ % every === 0)
    looks.push([Math.round(performance.now() - began), process.memoryUsage.rss(), told.bytes.done])
  if (looks.length < MOST_LOOKS) return
  looks = looks.filter((_, i) => i % 2 === 0)
  every *= 2
}, EVERY_MS)
const limit = setTimeout(() => stop.abort(), 1000 * Number(seconds))

const outcome = await runBatch({
  inputs: [input],
  exclude: [],
  cwd: process.cwd(),
  out,
  settings: {
    action: 'scan',
    minConfidence: null,
    applyAbove: null,
    inputFormat: 'auto',
    encoding: null,
    content: null,
    textKey: 'text',
    idKey: 'id',
    maxBytes: 20_000_000,
    timeLimit: 300,
    allow: [],
    format: null,
    compress: 'none',
    dedupe: false,
  },
  resume: false,
  jobs: Number(jobs),
  program: 'bench',
  models: {},
  signal: stop.signal,
  graceMs: 0,
  onProgress: (progress) => {
    told = progress
  },
})
const ms = performance.now() - began
clearInterval(look)
clearTimeout(limit)
// maxRSS is in kilobytes: the most the process and its threads ever held.
const peakBytes = process.resourceUsage().maxRSS * 1024
const isWhole = outcome.state === 'done'
const { records: documents, bytes } = told
process.stdout.write(JSON.stringify({ ms, peakBytes, documents, bytes: bytes.done, isWhole, looks }))
