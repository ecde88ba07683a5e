/** Deciding: one place, all alike, retyping, taking back; and what the reader is told of it. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { add, decisions, documentOf, foundIn, review } from '../review/made.ts'
import { twoDocuments } from './reviews.ts'
import { openDocument, type Site, saved, visit } from './site.ts'

const said = (page: Page, words: string): Promise<void> =>
  page.locator('#said', { hasText: words }).waitFor({ state: 'attached' })
const proposed = async (page: Page): Promise<string> =>
  (await page.locator('.proposed').allTextContents()).join(' ').replaceAll('Proposed: ', '')

const IN_SIGHT = `(() => {
  const place = document.querySelector('.place.current').getBoundingClientRect()
  const text = document.getElementById('text').getBoundingClientRect()
  return place.top >= text.top && place.bottom <= text.bottom
})()`

export function decisionTests(at: () => Site): void {
  test('a document from the first place to the last, by keys alone', async () => {
    const store = twoDocuments()
    const { page } = await visit(at(), store)
    await page.locator('#row-0').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.place.current:focus').waitFor()
    await page.keyboard.press('a')
    await page.keyboard.press('r')
    await page.keyboard.press('2')
    await page.keyboard.press('e')
    await page.locator('#retype:focus').waitFor()
    await page.keyboard.type('Gizmo')
    await page.keyboard.press('Enter')
    await page.locator('#done').waitFor()
    await said(page, 'Retyped: Gizmo. All places of this document are decided.')
    await saved(page)
    expect(decisions(store, 1)).toEqual(['gadget>machine', 'gadget=', 'gadget>device', 'Gadget>Gizmo'])
    expect(await proposed(page)).toBe('The machine works. A gadget is a device. Gizmo number four.')
    expect(await page.locator('#decided').textContent()).toBe('4 of 4 places decided')
    expect(await page.locator('#progress-words').textContent()).toContain('4 of 6 places (66 %), 1 of 2')
    expect(await page.locator('.place .tag').allTextContents()).toEqual(['✓', '=', '✓', '✎'])
  })

  test('the buttons stand still while places with few and with many alternatives go by', async () => {
    const store = review()
    const text = 'A gadget, then a widget.'
    const many = Array.from({ length: 10 }, (_, i) => ({ text: `tool ${i}`, probability: 0.1 }))
    const findings = [...foundIn(text), ...foundIn(text, { suggestions: many }, 'widget')]
    add(store, documentOf('a.txt', text, findings))
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const box = (): Promise<unknown> => page.locator('[data-command=reject]').boundingBox()
    const before = await box()
    expect(await page.locator('.alternative').count()).toBe(2)
    await page.keyboard.press('j')
    await page.locator('.alternative').nth(9).waitFor()
    expect(await box()).toEqual(before)
  })

  test('a long text moves only when the next place is near its edge, and then shows it', async () => {
    const store = review()
    const line = 'The gadget works as it should, and nobody minds it at all in the long run.\n\n'
    add(store, documentOf('long.txt', line.repeat(60)))
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const scrolled: number[] = []
    for (let i = 2; i <= 40; i++) {
      await page.keyboard.press('j')
      await page.locator('#panel-title', { hasText: `Place ${i} of 60` }).waitFor()
      await page.locator('.place.current:focus').waitFor()
      scrolled.push(Number(await page.evaluate('document.getElementById("text").scrollTop')))
      expect(await page.evaluate(IN_SIGHT), `place ${i}`).toBe(true)
    }
    const moves = scrolled.filter((top, i) => i > 0 && top !== scrolled[i - 1]).length
    expect(moves).toBeGreaterThan(0)
    expect(moves).toBeLessThan(scrolled.length / 2)
  })

  test('an empty text deletes the wording, and the field says so', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('e')
    await page.locator('#retype').fill('')
    await page.locator('#retype-help', { hasText: 'the wording is deleted' }).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await saved(page)
    await page.locator('.place.retype').waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget>')
  })

  test('a remark belongs to a decision, and stays with it', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('w')
    await said(page, 'Decide first')
    expect(await page.locator('#remark').count()).toBe(0)
    await page.keyboard.press('2')
    await page.keyboard.press('k')
    await page.keyboard.press('w')
    await page.locator('#remark:focus').waitFor()
    await page.keyboard.type('as in the press release')
    await page.keyboard.press('Escape')
    await page.locator('#remark').waitFor({ state: 'detached' })
    await page.keyboard.press('w')
    await page.keyboard.type('as on their page')
    await page.getByRole('button', { name: 'Save' }).click()
    await saved(page)
    await page.reload()
    await page.locator('#decision', { hasText: 'accepted: device – as on their page' }).waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget>device')
  })

  test('deciding again replaces; undo goes back step by step', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('a')
    await page.keyboard.press('k')
    await page.keyboard.press('r')
    await saved(page)
    await page.locator('.place.reject').waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget=')
    await page.keyboard.press('u')
    await page.locator('#decision', { hasText: 'accepted: machine' }).waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget>machine')
    await page.keyboard.press('u')
    await page.locator('#decision', { hasText: 'open' }).waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget?')
    await page.keyboard.press('u')
    await said(page, 'There is nothing to undo.')
  })

  test('undo after leaving the document leads back to it', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('r')
    await page.keyboard.press('n')
    await page.locator('#document-name', { hasText: 'two.txt' }).waitFor()
    await page.keyboard.press('u')
    await page.locator('#document-name', { hasText: 'four.txt' }).waitFor()
    await page.locator('#panel-title', { hasText: 'Place 1 of 4' }).waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget?')
  })

  test.each([
    { scope: 'document', counts: '4 places in 1 document', elsewhere: ['gadget?', 'gadget?'] },
    { scope: 'run', counts: '6 places in 2 documents', elsewhere: ['gadget>device', 'gadget>device'] },
    { scope: 'always', counts: '6 places in 2 documents', elsewhere: ['gadget>device', 'gadget>device'] },
  ])('all like this ($scope): shown before, applied after, undone together', async (row) => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('A')
    await page.locator('#all-decision').selectOption({ label: 'accept “device”' })
    await page.locator(`input[value=${row.scope}]`).check()
    await page.locator('#all-count', { hasText: row.counts }).waitFor()
    expect(await page.locator('.preview-places li').first().textContent()).toContain(
      'four.txt…The gadget device works',
    )
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget?', 'gadget?', 'Gadget?'])
    await page.locator('#all-apply').click()
    await page.locator('#done').waitFor()
    await said(page, 'u takes all of them back')
    expect(decisions(store, 1)).toEqual(['gadget>device', 'gadget>device', 'gadget>device', 'Gadget>Device'])
    expect(decisions(store, 2)).toEqual(row.elsewhere)
    await page.keyboard.press('u')
    await page.locator('#decided', { hasText: '0 of 4' }).waitFor()
    expect([...decisions(store, 1), ...decisions(store, 2)].every((one) => one.endsWith('?'))).toBe(true)
  })

  test('all like this: rejected, and closed without doing anything', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('A')
    await page.locator('#all-apply', { hasText: '4 places' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.locator('.place.current:focus').waitFor()
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget?', 'gadget?', 'Gadget?'])
    await page.keyboard.press('A')
    await page.locator('#all-decision').selectOption({ label: 'reject: keep “gadget”' })
    await page.locator('#all-apply', { hasText: '4 places' }).click()
    await page.locator('#done').waitFor()
    expect(decisions(store, 1)).toEqual(['gadget=', 'gadget=', 'gadget=', 'Gadget='])
  })

  test('a click on the proposed text leads to its place', async () => {
    const { page, server } = await visit(at(), twoDocuments())
    await openDocument(page, 1, server.port)
    await page.locator('.proposed ins').nth(3).click()
    await page.locator('#panel-title', { hasText: 'Place 4 of 4' }).waitFor()
  })

  test('reasons stand in words, and nobody is accused', async () => {
    const { page, server } = await visit(at(), twoDocuments())
    await openDocument(page, 1, server.port)
    expect(await page.locator('.reasons').textContent()).toContain('the model expects')
    expect(await page.getByRole('button', { name: 'gadget (likely replaced, 90 %, open)' }).count()).toBe(4)
    expect(await page.locator('footer').textContent()).toContain('a risk marker, not an accusation')
    expect(await page.locator('body').textContent()).not.toMatch(/plagiari|cheat|fraud/i)
  })
}
