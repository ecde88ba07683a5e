/** The queue: order, filters, search, and ten thousand documents. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { many, twoDocuments, varied } from './reviews.ts'
import { type Site, visit } from './site.ts'

const total = (page: Page, words: string): Promise<void> =>
  page.locator('#total', { hasText: new RegExp(`^${words}$`) }).waitFor()
const names = (page: Page): Promise<string[]> => page.locator('.row .name').allTextContents()

interface Row {
  readonly what: string
  readonly set: (page: Page) => Promise<unknown>
  readonly left: readonly string[]
}

const FILTERS: readonly Row[] = [
  {
    what: 'confidence from',
    async set(page) {
      await page.locator('#least').fill('92')
      await page.keyboard.press('Tab')
    },
    left: ['b-strong.txt'],
  },
  {
    what: 'confidence to',
    async set(page) {
      await page.locator('#most').fill('50')
      await page.keyboard.press('Tab')
    },
    left: ['a-weak.txt'],
  },
  { what: 'kind', set: (page) => page.locator('#kind').selectOption('phrase'), left: ['c-phrase.txt'] },
  {
    what: 'source of knowledge',
    set: (page) => page.locator('#source').selectOption('context'),
    left: ['d-context.txt'],
  },
  {
    what: "the spinner's dialect",
    set: (page) => page.locator('#dialect').selectOption({ label: 'automatic blogs (1)' }),
    left: ['b-strong.txt'],
  },
  { what: 'wording', set: (page) => page.locator('#phrase').fill('DOOHICKEY'), left: ['e-other.txt'] },
  { what: 'text', set: (page) => page.locator('#search').fill('the snow'), left: ['c-phrase.txt'] },
  { what: 'name', set: (page) => page.locator('#search').fill('b-str'), left: ['b-strong.txt'] },
]

export function queueTests(at: () => Site): void {
  test('documents come by probability, the highest first', async () => {
    const { page } = await visit(at(), varied())
    await total(page, '5 documents')
    await page.locator('#row-4').waitFor()
    expect(await names(page)).toEqual([
      'b-strong.txt',
      'e-other.txt',
      'd-context.txt',
      'c-phrase.txt',
      'a-weak.txt',
    ])
    expect(await page.locator('#row-0').textContent()).toContain('90 % likely spun')
  })

  test.each(FILTERS)('filter by $what, kept by a reload, cleared by its button', async ({ set, left }) => {
    const { page } = await visit(at(), varied())
    await total(page, '5 documents')
    await set(page)
    await total(page, '1 document')
    expect(await names(page)).toEqual(left)
    await page.reload()
    await total(page, '1 document')
    expect(await names(page)).toEqual(left)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await total(page, '5 documents')
  })

  test('only open places: what was decided leaves the queue', async () => {
    const { page } = await visit(at(), varied())
    await page.locator('#undecided').check()
    await total(page, '5 documents')
    await page.locator('#row-0', { hasText: 'b-strong.txt' }).click()
    await page.locator('#text').waitFor()
    await page.keyboard.press('a')
    await page.locator('#done').waitFor()
    await page.keyboard.press('Escape')
    await total(page, '4 documents')
    expect(await names(page)).not.toContain('b-strong.txt')
  })

  test('sorted by name, when one asks for it', async () => {
    const { page } = await visit(at(), varied())
    await page.locator('#sort').selectOption('name')
    await page.locator('#row-0', { hasText: 'a-weak.txt' }).waitFor()
    expect((await names(page)).at(-1)).toBe('e-other.txt')
  })

  test('with little room the further filters wait behind a switch, unless one is at work', async () => {
    const { page, server } = await visit(at(), varied(), { viewport: { width: 640, height: 400 } })
    await total(page, '5 documents')
    expect(await page.locator('#kind').isVisible()).toBe(false)
    await page.getByText('More filters').click()
    await page.locator('#kind').selectOption('phrase')
    await total(page, '1 document')
    await page.goto(`http://127.0.0.1:${server.port}/#/`)
    await page.goto(`http://127.0.0.1:${server.port}/#/?kind=phrase`)
    await page.reload()
    await total(page, '1 document')
    expect(await page.locator('#kind').isVisible()).toBe(true)
  })

  test('nothing matches: it is said, and nothing is broken', async () => {
    const { page } = await visit(at(), twoDocuments())
    await page.locator('#search').fill('no such words anywhere')
    await total(page, '0 documents')
    await page.locator('.empty').waitFor()
    expect(await page.locator('.row').count()).toBe(0)
  })

  test('10,000 documents: only visible rows are drawn, the last one can be reached and opened', async () => {
    const { page } = await visit(at(), many(10_000))
    await total(page, '10,000 documents')
    expect(await page.locator('.row').count()).toBeLessThan(60)
    await page.locator('#documents').focus()
    await page.keyboard.press('End')
    await page.locator('#row-9999.active', { hasText: '010000.txt' }).waitFor()
    expect(await page.locator('.row').count()).toBeLessThan(60)
    expect(await page.locator('#row-9999').getAttribute('aria-posinset')).toBe('10000')
    await page.keyboard.press('Enter')
    await page.locator('#document-name', { hasText: '010000.txt' }).waitFor()
    await page.keyboard.press('Escape')
    // Back where one was.
    await page.locator('#row-9999.active', { hasText: '010000.txt' }).waitFor()
    await page.keyboard.press('PageUp')
    await page.keyboard.press('Home')
    await page.locator('#row-0.active', { hasText: '000001.txt' }).waitFor()
  }, 180_000)
}
