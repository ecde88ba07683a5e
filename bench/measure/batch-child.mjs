/**
 * One timed batch run in a fresh process of plain Node on the built package, so that its memory is its
 * own. JavaScript for that reason.
 *
 *   node bench/measure/batch-child.mjs INPUT OUT JOBS -> {"ms", "peakBytes", "documents", "findings"}
 */
import { runBatch } from '../../dist/batch/run.js'

const [input, out, jobs] = process.argv.slice(2)
const began = performance.now()
const { summary } = await runBatch({
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
  signal: new AbortController().signal,
})
const ms = performance.now() - began
// maxRSS is in kilobytes: the most the process and its threads ever held.
const peakBytes = process.resourceUsage().maxRSS * 1024
const { documents, findings } = summary
process.stdout.write(`${JSON.stringify({ ms, peakBytes, documents, findings })}\n`)
