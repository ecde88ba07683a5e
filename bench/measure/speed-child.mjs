/**
 * One timing in a fresh process of plain Node on the built package, so that neither the TypeScript
 * loader nor an earlier timing counts. JavaScript for that reason.
 *
 *   node bench/measure/speed-child.mjs load                        -> {"loadMs", "residentBytes"}
 *   node bench/measure/speed-child.mjs scan DOCUMENTS.json SECONDS -> {"bytes", "ms", "documents", …}
 *
 * DOCUMENTS.json is an array of texts; after SECONDS no further one is begun.
 */
import { readFileSync } from 'node:fs'
import { analyze, load } from '../../dist/index.js'

const [mode, file, seconds] = process.argv.slice(2)
const began = performance.now()
const engine = await load()
const loadMs = performance.now() - began

if (mode === 'load') print({ loadMs, residentBytes: process.memoryUsage().rss })
else if (mode === 'scan') print(scan(JSON.parse(readFileSync(file, 'utf8')), 1000 * Number(seconds)))
else throw new Error(`speed-child ${mode}: there are load and scan\n  fix: name one of them`)

function scan(documents, mostMs) {
  let bytes = 0
  let words = 0
  let findings = 0
  let done = 0
  const start = performance.now()
  const { user } = process.cpuUsage()
  for (const text of documents) {
    if (performance.now() - start > mostMs) break
    const analysis = analyze(engine, text)
    bytes += Buffer.byteLength(text)
    words += analysis.words
    findings += analysis.findings.length
    done += 1
  }
  const ms = performance.now() - start
  // Time on a processor, which a busy machine lengthens less than the clock.
  const userMs = (process.cpuUsage().user - user) / 1000
  // maxRSS is in kilobytes: the most this process ever held.
  return {
    bytes,
    ms,
    userMs,
    documents: done,
    words,
    findings,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
}

function print(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
