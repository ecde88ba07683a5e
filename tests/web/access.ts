/** The page for everybody: axe in light and dark, landmarks, what is read out, zoom, motion. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { twoDocuments } from './reviews.ts'
import { openDocument, type Site, visit } from './site.ts'

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{ violations: Violation[] }>('axe.run(document)')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}

const VIEWS: readonly {
  readonly view: string
  readonly go: (page: Page, port: number) => Promise<unknown>
}[] = [
  { view: 'queue', go: (page) => page.locator('#row-1').waitFor() },
  {
    view: 'queue without a match',
    async go(page) {
      await page.locator('#search').fill('nowhere')
      await page.locator('.empty').waitFor()
    },
  },
  {
    view: 'document side by side, partly decided',
    async go(page, port) {
      await openDocument(page, 1, port)
      for (const key of ['a', 'r']) await page.keyboard.press(key)
      await page.locator('.place.reject').waitFor()
    },
  },
  {
    view: 'document inline, retyping',
    async go(page, port) {
      await openDocument(page, 1, port)
      for (const key of ['a', 'v', 'm', 'e']) await page.keyboard.press(key)
      await page.locator('#retype:focus').waitFor()
    },
  },
  {
    view: 'document with a remark',
    async go(page, port) {
      await openDocument(page, 1, port)
      for (const key of ['r', 'k', 'w']) await page.keyboard.press(key)
      await page.locator('#remark:focus').waitFor()
    },
  },
  {
    view: 'document decided',
    async go(page, port) {
      await openDocument(page, 2, port)
      for (const key of ['a', 'r']) await page.keyboard.press(key)
      await page.locator('#done').waitFor()
    },
  },
  {
    view: 'dialog of all alike',
    async go(page, port) {
      await openDocument(page, 1, port)
      await page.keyboard.press('A')
      await page.locator('#all-apply', { hasText: '4 places' }).waitFor()
    },
  },
  {
    view: 'help',
    async go(page) {
      await page.keyboard.press('?')
      await page.locator('dialog').waitFor()
    },
  },
  {
    view: 'reviewer',
    async go(page) {
      await page.getByRole('button', { name: 'Reviewing as' }).click()
      await page.locator('#reviewer').waitFor()
    },
  },
]

const AT_PLACE = `(() => {
  const place = document.querySelector('.place.current')
  const { left, top, width, height } = place.getBoundingClientRect()
  return place.contains(document.elementFromPoint(left + width / 3, top + height / 2))
})()`

export function accessTests(at: () => Site): void {
  const both = VIEWS.flatMap((row) => (['light', 'dark'] as const).map((scheme) => ({ ...row, scheme })))

  test.each(both)('axe finds nothing: $view, $scheme', async ({ go, scheme }) => {
    const { page, server } = await visit(at(), twoDocuments(), {
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    await go(page, server.port)
    expect(await violations(page)).toEqual([])
  })

  test('light and dark differ', async () => {
    const ground = 'getComputedStyle(document.body).backgroundColor'
    const light = await visit(at(), twoDocuments(), { colorScheme: 'light' })
    const dark = await visit(at(), twoDocuments(), { colorScheme: 'dark' })
    expect(await light.page.evaluate(ground)).not.toBe(await dark.page.evaluate(ground))
  })

  test('a document has one of each landmark, a heading, and a focus that a reader can follow', async () => {
    const { page, server } = await visit(at(), twoDocuments())
    await openDocument(page, 1, server.port)
    for (const role of ['banner', 'main', 'complementary', 'contentinfo'] as const)
      expect(await page.getByRole(role).count(), role).toBe(1)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    await page.keyboard.press('j')
    await page.getByRole('button', { name: 'gadget (likely replaced, 90 %, open)' }).nth(1).waitFor()
    expect(await page.evaluate('document.activeElement.getAttribute("aria-current")')).toBe('true')
    // One stop for all places: Tab leaves the text.
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.closest("#panel") !== null')).toBe(true)
  })

  test('from a place Enter leads to its alternatives; a button pressed there keeps the focus, and the next place is said', async () => {
    const { page, server } = await visit(at(), twoDocuments())
    await openDocument(page, 1, server.port)
    await page.locator('.place.current:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('[data-pick="1"]:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('#panel-title', { hasText: 'Place 2 of 4' }).waitFor()
    expect(await page.evaluate('document.activeElement.dataset.pick')).toBe('1')
    const words = 'Accepted: machine. Next: gadget (likely replaced, 90 %, open)'
    await page.locator('#said', { hasText: words }).waitFor({ state: 'attached' })
  })

  test('the list names the row one is at', async () => {
    const { page } = await visit(at(), twoDocuments())
    await page.locator('#row-1').waitFor()
    await page.locator('#documents').focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('#documents[aria-activedescendant=row-1]').waitFor()
    expect(await page.locator('#documents [aria-selected=true]').textContent()).toContain('two.txt')
  })

  test('the help gives the focus back to where one was', async () => {
    const { page, server } = await visit(at(), twoDocuments())
    await openDocument(page, 1, server.port)
    await page.keyboard.press('j')
    await page.keyboard.press('?')
    await page.locator('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.locator('#panel-title', { hasText: 'Place 2 of 4' }).waitFor()
    await page.locator('.place.current:focus').waitFor()
  })

  test.each([
    { width: 640, height: 400, what: '200 % zoom of 1280 × 800' },
    { width: 320, height: 256, what: '400 % zoom' },
  ])('$what: nothing has to be scrolled sideways', async ({ width, height }) => {
    const { page, server } = await visit(at(), twoDocuments(), {
      viewport: { width, height },
      deviceScaleFactor: 1280 / width,
    })
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(overflow)).toBe(0)
    await openDocument(page, 1, server.port)
    expect(await page.evaluate(overflow)).toBe(0)
    await page.locator('.place.current:focus').waitFor()
    await page.keyboard.press('j')
    await page.locator('#panel-title', { hasText: 'Place 2 of 4' }).waitFor()
    await page.locator('.place.current:focus').waitFor()
    // Nothing lies over the place one stands at.
    expect(await page.evaluate(AT_PLACE)).toBe(true)
    await page.keyboard.press('A')
    await page.locator('#all-apply', { hasText: '4 places' }).click()
    await page.locator('#done').waitFor()
  })

  test('who wants no motion gets none', async () => {
    const still = await visit(at(), twoDocuments(), { reducedMotion: 'reduce' })
    const moving = await visit(at(), twoDocuments(), { reducedMotion: 'no-preference' })
    const duration = 'getComputedStyle(document.querySelector(".button")).transitionDuration'
    expect(await still.page.evaluate(duration)).toBe('0s')
    expect(await moving.page.evaluate(duration)).not.toBe('0s')
  })
}
