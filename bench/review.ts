/**
 * `npm run bench:review [-- --write]`: how fast the review page is with ten thousand documents.
 *
 * In: the built page (dist/web), a made-up review in a temporary folder, a Chromium (CHROMIUM or
 * /usr/bin/chromium). Out: a report on standard output; with --write also bench/results/DATE-review.md.
 *
 *   --documents N   documents in the review (default 10,000)
 *   --runs N        visits and decisions timed (default 15)
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { pageFolder, startServer } from '../src/review/server.ts'
import { openReview, type Store } from '../src/review/store.ts'
import { missingBrowser, openBrowser } from './measure/browser.ts'
import { madeDocuments } from './measure/made-documents.ts'
import { reviewReport } from './measure/review-report.ts'

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    documents: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '15' },
  },
})

/** The row may be there before anything was painted: the entry is waited for. */
const FIRST_PAINT = `new Promise((resolve) => new PerformanceObserver((list) => {
  const [entry] = list.getEntriesByName('first-contentful-paint')
  if (entry !== undefined) resolve(entry.startTime)
}).observe({ type: 'paint', buffered: true }))`
/** When the first page of the list had come: the rows are drawn with the next frame. */
const LIST_SHOWN = `performance.getEntriesByType('resource').find(({ name }) => name.includes('/api/documents?')).responseEnd`
/** Documents added in one transaction. */
const TOGETHER = 500

const [documents, runs] = [Number(values.documents), Number(values.runs)]
if (!(documents >= 1 && runs >= 1))
  throw new Error('--documents and --runs: not numbers above 0\n  fix: as in 10000')
if (!existsSync(join(pageFolder(), 'index.html')))
  throw new Error(`${pageFolder()}: the page is not built\n  fix: npm run build`)
if (missingBrowser !== undefined) throw new Error(missingBrowser)

const busy = loadavg()[0] ?? 0
const folder = mkdtempSync(join(tmpdir(), 'unspin-review-bench-'))
try {
  const report = await measure()
  process.stdout.write(report)
  if (values.write) writeFileSync(`bench/results/${today()}-review.md`, report)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string> {
  const store = openReview(join(folder, 'bench.unspin.db'))
  const started = performance.now()
  let findings = 0
  for (let from = 0; from < documents; from += TOGETHER) {
    const some = madeDocuments(from, Math.min(TOGETHER, documents - from))
    findings += some.reduce((sum, { record }) => sum + record.findings.length, 0)
    store.addAll(some)
  }
  const addedMs = performance.now() - started
  const { browser, close } = await openBrowser()
  try {
    return reviewReport({
      date: today(),
      machine: `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, load ${busy.toFixed(1)} before the run; Node ${process.version}, Chromium ${browser.version()}.`,
      documents,
      findings,
      runs,
      addedMs,
      ...(await visits(browser, store)),
    })
  } finally {
    await close()
    store.close()
  }
}

async function visits(browser: Browser, store: Store) {
  const server = await startServer({
    store,
    reviewer: 'bench',
    port: 0,
    report: (error) => {
      throw error
    },
  })
  try {
    const paints: number[] = []
    const lists: number[] = []
    for (let i = 0; i < runs; i++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      await page.goto(server.url)
      await page.locator('#row-0 .verdict').waitFor()
      paints.push(await number(page, FIRST_PAINT))
      lists.push(await number(page, LIST_SHOWN))
      await context.close()
    }
    const page = await browser.newPage()
    await page.goto(server.url)
    await page.locator('#row-0 .verdict').click()
    await page.locator('.place.current:focus').waitFor()
    const decisions: number[] = []
    const shown: number[] = []
    for (let i = 0; i < runs; i++) {
      const timed = await decision(page, i)
      decisions.push(timed.savedMs)
      shown.push(timed.shownMs)
    }
    return { paints, lists, decisions, shown }
  } finally {
    await server.close()
  }
}

/**
 * Presses "a" or "r" in the page and watches there what is drawn, so that no time of the remote control is
 * counted. Every other round changes what was decided, on the same place.
 */
async function decision(page: Page, i: number): Promise<{ savedMs: number; shownMs: number }> {
  const key = i % 2 === 0 ? 'a' : 'r'
  const sign = i % 2 === 0 ? 'accept' : 'reject'
  const result: unknown = await page.evaluate(`new Promise((resolve) => {
    const place = document.querySelector('.place.current')
    const state = document.getElementById('save-state')
    const start = performance.now()
    let shownMs
    let wasSaving = false
    new MutationObserver((_, observer) => {
      if (shownMs === undefined && place.classList.contains('${sign}')) shownMs = performance.now() - start
      wasSaving ||= state.dataset.state === 'saving'
      if (!wasSaving || shownMs === undefined || state.dataset.state !== 'saved') return
      observer.disconnect()
      const savedMs = performance.now() - start
      // Back to the place for the next round, which begins when this one has been drawn.
      place.click()
      setTimeout(() => resolve({ savedMs, shownMs }), 100)
    }).observe(document.getElementById('app'), { attributes: true, childList: true, subtree: true })
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true }))
  })`)
  return result as { savedMs: number; shownMs: number } // as the line above resolves it
}

async function number(page: Page, expression: string): Promise<number> {
  return Number(await page.evaluate(expression))
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
