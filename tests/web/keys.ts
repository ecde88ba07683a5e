/** Every key does what it says, and so does its button. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Store } from '../../src/review/store.ts'
import { type Command, KEYS } from '../../web/src/keys.ts'
import { decisions } from '../review/made.ts'
import { twoDocuments } from './reviews.ts'
import { openDocument, type Site, saved, visit } from './site.ts'

const HOW = ['key', 'button'] as const

interface Row {
  readonly command: Command
  /** Keys pressed before. */
  readonly before?: readonly string[]
  readonly check: (page: Page, store: Store) => Promise<void>
}

const place = async (page: Page, words: string): Promise<void> =>
  page.locator('#panel-title', { hasText: words }).waitFor()
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.id')

const IN_DOCUMENT: readonly Row[] = [
  { command: 'next', check: (page) => place(page, 'Place 2 of 4') },
  { command: 'previous', before: ['j', 'j'], check: (page) => place(page, 'Place 2 of 4') },
  {
    command: 'accept',
    async check(page, store) {
      await place(page, 'Place 2 of 4')
      await saved(page)
      expect(decisions(store, 1)).toEqual(['gadget>machine', 'gadget?', 'gadget?', 'Gadget?'])
    },
  },
  {
    command: 'reject',
    async check(page, store) {
      await place(page, 'Place 2 of 4')
      await saved(page)
      expect(decisions(store, 1)).toEqual(['gadget=', 'gadget?', 'gadget?', 'Gadget?'])
    },
  },
  {
    command: 'retype',
    async check(page, store) {
      await page.locator('#retype').fill('gizmo')
      await page.keyboard.press('Enter')
      await place(page, 'Place 2 of 4')
      await saved(page)
      expect(decisions(store, 1)).toEqual(['gadget>gizmo', 'gadget?', 'gadget?', 'Gadget?'])
    },
  },
  {
    command: 'undo',
    before: ['r', 'a'],
    async check(page, store) {
      await place(page, 'Place 2 of 4')
      await page.locator('#said', { hasText: 'Undone' }).waitFor({ state: 'attached' })
      await saved(page)
      expect(decisions(store, 1)).toEqual(['gadget=', 'gadget?', 'gadget?', 'Gadget?'])
    },
  },
  {
    command: 'remark',
    before: ['r', 'k'],
    async check(page, store) {
      await page.locator('#remark').fill('it is one')
      await page.keyboard.press('Enter')
      await page.locator('#decision', { hasText: 'kept as it is – it is one' }).waitFor()
      await saved(page)
      expect(store.findings('ann', 1)[0]?.decision).toMatchObject({ action: 'reject', why: 'it is one' })
    },
  },
  {
    command: 'acceptAll',
    async check(page, store) {
      await page.locator('#all-apply', { hasText: 'Decide 4 places' }).click()
      await page.locator('#done').waitFor()
      await saved(page)
      expect(decisions(store, 1)).toEqual([
        'gadget>machine',
        'gadget>machine',
        'gadget>machine',
        'Gadget>Machine',
      ])
    },
  },
  {
    command: 'nextDocument',
    check: (page) => page.locator('#document-name', { hasText: 'two.txt' }).waitFor(),
  },
  { command: 'view', check: (page) => page.locator('.text.inline del').first().waitFor() },
  {
    command: 'markup',
    check: (page) => page.locator('[data-command=markup][aria-pressed=true]').waitFor(),
  },
  { command: 'back', check: (page) => page.locator('#documents').waitFor() },
  {
    command: 'search',
    async check(page) {
      await page.locator('#search:focus').waitFor()
    },
  },
  { command: 'help', check: (page) => page.locator('dialog', { hasText: 'next place' }).waitFor() },
]

const IN_QUEUE: readonly Row[] = [
  { command: 'down', check: (page) => page.locator('#row-1.active').waitFor() },
  { command: 'up', before: ['ArrowDown'], check: (page) => page.locator('#row-0.active').waitFor() },
  {
    command: 'open',
    before: ['ArrowDown'],
    check: (page) => page.locator('#document-name', { hasText: 'two.txt' }).waitFor(),
  },
  {
    command: 'search',
    async check(page) {
      expect(await focused(page)).toBe('search')
    },
  },
  {
    command: 'undo',
    check: (page) => page.locator('#said', { hasText: 'nothing to undo' }).waitFor({ state: 'attached' }),
  },
  { command: 'help', check: (page) => page.locator('dialog', { hasText: 'next place' }).waitFor() },
]

export function keyTests(at: () => Site): void {
  const both = (rows: readonly Row[]) => rows.flatMap((row) => HOW.map((how) => ({ ...row, how })))

  async function act(page: Page, { command, how, before = [] }: Row & { how: (typeof HOW)[number] }) {
    for (const key of before) await page.keyboard.press(key)
    const key = KEYS.find((one) => one.command === command)?.key
    if (how === 'key') await page.keyboard.press(key ?? '')
    else await page.locator(`[data-command=${command}]`).first().click()
  }

  test.each(both(IN_DOCUMENT))('document: $command by $how', async (row) => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await place(page, 'Place 1 of 4')
    await act(page, row)
    await row.check(page, store)
  })

  test.each(both(IN_QUEUE))('queue: $command by $how', async (row) => {
    const store = twoDocuments()
    const { page } = await visit(at(), store)
    await page.locator('#row-1').waitFor()
    await act(page, row)
    await row.check(page, store)
  })

  test.each(HOW)('an alternative by its %s', async (how) => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    if (how === 'key') await page.keyboard.press('2')
    else await page.locator('[data-pick="2"]').click()
    await place(page, 'Place 2 of 4')
    await saved(page)
    expect(decisions(store, 1)[0]).toBe('gadget>device')
  })

  test('every command of the table is tested here, in each view it works in', () => {
    const tested = (rows: readonly Row[]): string[] => rows.map(({ command }) => command).sort()
    const asked = (view: 'queue' | 'document'): string[] =>
      KEYS.filter(({ where }) => where === view || where === 'both')
        .map(({ command }) => command)
        .sort()
    expect(tested(IN_DOCUMENT)).toEqual(asked('document'))
    expect(tested(IN_QUEUE)).toEqual(asked('queue'))
  })

  test('single keys can be turned off, and are off after a reload', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('?')
    await page.getByRole('checkbox').uncheck()
    await page.keyboard.press('Escape')
    await page.reload()
    await place(page, 'Place 1 of 4')
    await page.keyboard.press('j')
    await page.locator('[data-command=next]').click()
    // One step by the button, none by the key.
    await place(page, 'Place 2 of 4')
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget?', 'gadget?', 'Gadget?'])
  })

  test('typed without a pause, letters go into the field that was just opened', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    for (const key of ['j', 'k', 'j', 'e', 'r', 'a', 'j', 'u', 'Enter']) await page.keyboard.press(key)
    await place(page, 'Place 3 of 4')
    await saved(page)
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget>raju', 'gadget?', 'Gadget?'])
  })

  test('letters typed into a field decide nothing', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('e')
    await page.locator('#retype:focus').waitFor()
    await page.keyboard.type('raju1')
    await page.keyboard.press('Escape')
    await page.locator('#retype').waitFor({ state: 'detached' })
    await place(page, 'Place 1 of 4')
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget?', 'gadget?', 'Gadget?'])
  })
}
