/** Documents that try to be a page: everything in them is text here. */
import { expect, test } from 'vitest'
import { add, documentOf, foundIn, review } from '../review/made.ts'
import { openDocument, type Site, visit } from './site.ts'

const PAGE = `<html><head><title>A gadget</title><script>window.ran = 'head'</script></head>
<body onload="window.ran = 'body'"><img src="http://elsewhere.invalid/p.png" onerror="window.ran = 'img'">
<p>The gadget &lt;script&gt;window.ran = 'entity'&lt;/script&gt; works.</p>
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe><svg onload="window.ran = 'svg'"></svg>
<style>* { display: none !important }</style><p>Another gadget.</p></body></html>`

const NAME = '<img src=x onerror="window.ran=1">.html'

export function hostileTests(at: () => Site): void {
  test('a scraped page full of scripts shows as text, and nothing of it runs', async () => {
    const store = review()
    const findings = foundIn(PAGE).filter(({ start }) => start > PAGE.indexOf('<p>'))
    for (const finding of findings)
      Object.assign(finding, {
        suggestions: [{ text: '<b onclick="window.ran=2">machine</b>', probability: 1 }],
        evidence: [{ kind: 'entry', text: '<script>window.ran = 3</script> javascript:alert(1)' }],
      })
    add(store, documentOf(NAME, PAGE, findings))
    const { page, server } = await visit(at(), store)
    await page.locator('.row .name', { hasText: NAME }).waitFor()
    await openDocument(page, 1, server.port)
    expect(await page.locator('#document-name').textContent()).toBe(NAME)
    const text = page.locator('.scraped', { hasText: 'works' })
    expect(await text.textContent()).toContain(`<script>window.ran = 'entity'</script> works.`)
    expect(await page.locator('.alternative-text').textContent()).toBe(
      '<b onclick="window.ran=2">machine</b>',
    )
    expect(await page.locator('.reasons').textContent()).toContain('<script>window.ran = 3</script>')
    await page.keyboard.press('m')
    await page.locator('.markup', { hasText: `window.ran = 'head'` }).waitFor()
    await page.keyboard.press('A')
    await page.locator('.preview-name', { hasText: NAME }).first().waitFor()
    expect(await page.evaluate('String(window.ran)')).toBe('undefined')
    expect(await page.locator('#app script, #app iframe, #app img, #app svg, #app style').count()).toBe(0)
  })

  test('an endless word and right-to-left text keep the page in its frame', async () => {
    const store = review()
    add(store, documentOf('long.txt', `${'x'.repeat(3000)} gadget \u202eabc\u202c שלום gadget\n`))
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
    expect(await page.evaluate(overflow)).toBe(0)
  })

  test('a document without any place can be opened and left', async () => {
    const store = review()
    add(store, documentOf('clean.txt', 'Nothing here is marked.\n', []))
    const { page, server } = await visit(at(), store)
    await openDocument(page, 1, server.port)
    for (const key of ['j', 'k', 'a', 'r', 'e', '1', 'A']) await page.keyboard.press(key)
    await page.locator('.panel', { hasText: 'Nothing in this document is marked.' }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('#documents').waitFor()
    expect([...store.history()]).toEqual([])
  })
}
