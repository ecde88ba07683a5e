/**
 * The review page in a real browser against the real server: one build and one browser for all suites.
 * Where there is no Chromium, everything is skipped and the reason printed.
 */
import { afterAll, beforeAll, describe } from 'vitest'
import { accessTests } from './access.ts'
import { decisionTests } from './decisions.ts'
import { hostileTests } from './hostile.ts'
import { keyTests } from './keys.ts'
import { queueTests } from './queue.ts'
import { type Site, site, skipReason } from './site.ts'
import { tabTests } from './tabs.ts'

if (skipReason !== undefined) process.stderr.write(`tests/web: skipped, ${skipReason}\n`)

describe.skipIf(skipReason !== undefined)('review page', () => {
  let opened: Site
  beforeAll(async () => {
    opened = await site()
  }, 120_000)
  afterAll(() => opened?.close())
  const at = (): Site => opened

  describe('queue', () => queueTests(at))
  describe('keys and buttons', () => keyTests(at))
  describe('decisions', () => decisionTests(at))
  describe('reload, tabs, trouble', () => tabTests(at))
  describe('hostile documents', () => hostileTests(at))
  describe('for everybody', () => accessTests(at))
})
