/**
 * A real browser before a real server: the page is built once, every test gets a review of its own in a
 * folder of its own and a browser profile that knows nothing. What a page must never do (errors in the
 * console, requests to elsewhere) is written down for every test.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { expect, onTestFinished } from 'vitest'
import { missingBrowser, openBrowser } from '../../bench/measure/browser.ts'
import { type ReviewServer, startServer } from '../../src/review/server.ts'
import type { Store } from '../../src/review/store.ts'
import settings from '../../web/vite.config.ts'

/** Why the tests cannot run here; undefined where they can. */
export const skipReason =
  missingBrowser === undefined ? undefined : `${missingBrowser} to test the review page`

/** What takes longer than this has failed. */
const PATIENCE_MS = 15_000

export interface Site {
  readonly browser: Browser
  /** The built page. */
  readonly folder: string
  close(): Promise<void>
}

/** Builds the page into a temporary folder and starts the browser. */
export async function site(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'unspin-page-'))
  await build({
    ...settings,
    configFile: false,
    logLevel: 'error',
    build: { ...settings.build, outDir: folder },
  })
  const { browser, close } = await openBrowser()
  return {
    browser,
    folder,
    async close() {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Somebody before a review. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly server: ReviewServer
  /** Errors and warnings of the console, and exceptions, so far. The test fails with any left at its end. */
  readonly complaints: string[]
  /** A further tab of the same browser. */
  tab(): Promise<Page>
}

/** Opens the review of a store with the address that is printed, at the queue. */
export async function visit(
  { browser, folder }: Site,
  store: Store,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const server = await startServer({
    store,
    reviewer: 'ann',
    port: 0,
    pageFolder: folder,
    report: (error) => {
      throw error
    },
  })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  onTestFinished(async () => {
    await context.close()
    await server.close()
  })
  const complaints: string[] = []
  const foreign: string[] = []
  context.on('request', (request) => {
    if (new URL(request.url()).origin !== `http://127.0.0.1:${server.port}`) foreign.push(request.url())
  })
  const tab = async (): Promise<Page> => {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    return page
  }
  onTestFinished(() => {
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] })
  })
  const page = await tab()
  await page.goto(server.url)
  await page.locator('#documents').waitFor()
  return { page, context, server, complaints, tab }
}

/** Opens the document of a number, and waits for its text and until one stands at a place of it, if it has any. */
export async function openDocument(page: Page, n: number, port: number): Promise<void> {
  await page.goto(`http://127.0.0.1:${port}/#/document/${n}`)
  await page.locator('#text').waitFor()
  if ((await page.locator('.place').count()) > 0) await page.locator('.place.current:focus').waitFor()
}

/** Everything decided has arrived at the server. */
export const saved = (page: Page): Promise<void> => page.locator('#save-state[data-state=saved]').waitFor()
