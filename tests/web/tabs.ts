/** What happens around deciding: reload, several tabs and reviewers, a server that is gone for a while. */
import { expect, test } from 'vitest'
import { decisions } from '../review/made.ts'
import { twoDocuments } from './reviews.ts'
import { openDocument, type Site, saved, visit } from './site.ts'

/** The browser itself complains of requests that failed; nothing else may have. */
function onlyMissing(complaints: string[]): void {
  expect(complaints.splice(0).filter((one) => !one.includes('Failed to load resource'))).toEqual([])
}

export function tabTests(at: () => Site): void {
  test('a reload comes back to the same place, with everything decided', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('a')
    await page.keyboard.press('j')
    await page.locator('#panel-title', { hasText: 'Place 3 of 4' }).waitFor()
    await saved(page)
    await page.reload()
    await page.locator('#panel-title', { hasText: 'Place 3 of 4' }).waitFor()
    expect(await page.locator('.place .tag').allTextContents()).toEqual(['✓', '90', '90', '90'])
  })

  test('opened anew, the queue offers to go on where one was', async () => {
    const { page, server } = await visit(at(), twoDocuments())
    await openDocument(page, 2, server.port)
    await page.keyboard.press('j')
    await page.locator('#panel-title', { hasText: 'Place 2 of 2' }).waitFor()
    await page.goto(server.url)
    await page.locator('#resume', { hasText: 'Go on with two.txt' }).click()
    await page.locator('#panel-title', { hasText: 'Place 2 of 2' }).waitFor()
    expect(await page.locator('#document-name').textContent()).toBe('two.txt')
  })

  test('two tabs see each other’s decisions, and undo only their own', async () => {
    const store = twoDocuments()
    const { page, server, tab } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const other = await tab()
    await openDocument(other, 1, server.port)
    await page.keyboard.press('a')
    await other.locator('.place.accept').waitFor()
    await other.locator('#progress-words', { hasText: '1 of 6' }).waitFor()
    await other.keyboard.press('j')
    await other.keyboard.press('r')
    await page.locator('.place.reject').waitFor()
    // The latest of all is the other tab's; this one takes back its own.
    await page.keyboard.press('u')
    await other.locator('.place.accept').waitFor({ state: 'detached' })
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget=', 'gadget?', 'Gadget?'])
  })

  test('what was decided in another browser shows when one comes back to the page', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const finding = store.findings('ann', 1)[3]?.finding ?? 0
    store.decide('ann', { finding, action: 'reject' })
    await page.evaluate('dispatchEvent(new Event("focus"))')
    await page.locator('.place.reject').waitFor()
    await page.locator('#progress-words', { hasText: '1 of 6' }).waitFor()
    expect(await page.locator('.place .tag').allTextContents()).toEqual(['90', '90', '90', '='])
  })

  test('both tabs decide the same place: the later one holds, in both', async () => {
    const store = twoDocuments()
    const { page, server, tab } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const other = await tab()
    await openDocument(other, 1, server.port)
    await page.keyboard.press('a')
    await saved(page)
    await other.locator('.place.accept').waitFor()
    await other.keyboard.press('r')
    await page.locator('.place.reject').waitFor()
    expect(decisions(store, 1)[0]).toBe('gadget=')
    expect([...store.history()].length).toBe(2)
  })

  test('a count that is no longer true: nothing is decided, the new count is shown', async () => {
    const store = twoDocuments()
    const { page, server, complaints } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('A')
    await page.locator('#all-apply', { hasText: '4 places' }).waitFor()
    const finding = store.findings('ann', 1)[2]?.finding ?? 0
    store.decide('ann', { finding, action: 'reject' })
    await page.locator('#all-apply').click()
    await page.locator('dialog .failure', { hasText: '3 places would be decided now, not 4' }).waitFor()
    await page.locator('#all-apply', { hasText: '3 places' }).waitFor()
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget?', 'gadget=', 'Gadget?'])
    await page.locator('#all-apply', { hasText: '3 places' }).click()
    await page.locator('dialog').waitFor({ state: 'detached' })
    expect(decisions(store, 1)).toEqual(['gadget>machine', 'gadget>machine', 'gadget=', 'Gadget>Machine'])
    onlyMissing(complaints)
  })

  test('without the server decisions wait, in order, and are saved by "retry"', async () => {
    const store = twoDocuments()
    const { page, server, context, complaints } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await context.route('**/api/decisions', (route) => route.abort())
    await page.keyboard.press('a')
    await page.locator('#save-state[data-state=failed]').waitFor()
    await page.keyboard.press('r')
    await page.locator('#save-state', { hasText: '2 changes not saved' }).waitFor()
    expect(decisions(store, 1)).toEqual(['gadget?', 'gadget?', 'gadget?', 'Gadget?'])
    await context.unroute('**/api/decisions')
    await page.getByRole('button', { name: 'Retry now' }).click()
    await saved(page)
    expect(decisions(store, 1)).toEqual(['gadget>machine', 'gadget=', 'gadget?', 'Gadget?'])
    onlyMissing(complaints)
  })

  test('a decision the server refuses is taken back on the page, and the reason shown', async () => {
    const store = twoDocuments()
    const { page, server, context, complaints } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const body = JSON.stringify({ error: { message: 'There is no such finding.', fix: 'Load it again.' } })
    await context.route('**/api/decisions', (route) =>
      route.fulfill({ status: 404, contentType: 'application/json', body }),
    )
    await page.keyboard.press('a')
    await page.locator('.failure', { hasText: 'There is no such finding.' }).waitFor()
    await page.locator('.place.accept').waitFor({ state: 'detached' })
    await saved(page)
    expect(decisions(store, 1)[0]).toBe('gadget?')
    onlyMissing(complaints)
  })

  test('another reviewer at this browser starts with nothing decided and sees the first one’s choice', async () => {
    const store = twoDocuments()
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    await page.keyboard.press('a')
    await saved(page)
    await page.getByRole('button', { name: 'Reviewing as ann' }).click()
    await page.locator('#reviewer').fill('ben')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Reviewing as ben' }).waitFor()
    await page.locator('#decided', { hasText: '0 of 4' }).waitFor()
    await page.keyboard.press('k')
    await page.locator('.panel', { hasText: 'ann: accepted: machine' }).waitFor()
    await page.keyboard.press('r')
    await saved(page)
    expect(decisions(store, 1, 'ben')[0]).toBe('gadget=')
    expect(decisions(store, 1, 'ann')[0]).toBe('gadget>machine')
  })
}
