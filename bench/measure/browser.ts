/**
 * A Chromium for the tests and timings of the review page, started so that nothing around it can keep it
 * from starting.
 *
 * In: CHROMIUM or /usr/bin/chromium. Out: a browser and how to end it. Home, settings and temporary files
 * lie in a folder of its own with a short name: a browser whose home cannot be written ends at once, and
 * one whose temporary folder has a long name, or goes away, cannot make its socket there. On a busy
 * machine a start may take longer than the patience of whoever waits for it: it is tried again.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why there is no browser; undefined where there is one. */
export const missingBrowser = existsSync(CHROMIUM)
  ? undefined
  : `no browser at ${CHROMIUM}: set CHROMIUM to the path of a Chromium`

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const TRIES = 3
const START_MS = 60_000
/** A socket's path has at most 107 bytes; Chromium puts some fifty behind the folder. */
const LONGEST_FOLDER = 56

export interface OwnBrowser {
  readonly browser: Browser
  close(): Promise<void>
}

/** @throws Error with fact and fix when it does not start */
export async function openBrowser(): Promise<OwnBrowser> {
  const folder = mkdtempSync(join(shortFolder(), 'ub-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const env = {
    ...process.env,
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    TMPDIR: folder,
  }
  let last: unknown
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const browser = await chromium.launch({
        executablePath: CHROMIUM,
        args: ARGUMENTS,
        env,
        timeout: START_MS,
      })
      return {
        browser,
        async close() {
          await browser.close()
          remove()
        },
      }
    } catch (error) {
      last = error
    }
  }
  remove()
  const fact = last instanceof Error ? (last.message.split('\n')[0] ?? '') : String(last)
  throw new Error(
    `${CHROMIUM} does not start: ${fact}\n  fix: start it by hand with --headless --no-sandbox, and see what it says`,
  )
}

function shortFolder(): string {
  const own = tmpdir()
  return own.length <= LONGEST_FOLDER && existsSync(own) ? own : '/tmp'
}
