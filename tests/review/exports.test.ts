/** What leaves a review: texts, patches, lists and statistics, each by numbers that can be checked by hand. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { miner } from '../../src/index.ts'
import type { AgreementAnswer, ExportName, PrecisionAnswer } from '../../src/review/api-types.ts'
import { kappa } from '../../src/review/statistics.ts'
import type { Store } from '../../src/review/store.ts'
import { safePath, writeExport } from '../../src/review/write-out.ts'
import { add, documentOf, folder, foundIn, numberOf, review } from './made.ts'

const given = (store: Store, what: ExportName, n?: number): string =>
  [...store.export(what, n).parts].join('')

/** Decides the places of a document in order: a text, null to reject, undefined to leave open. */
function decideAll(
  store: Store,
  n: number,
  texts: readonly (string | null | undefined)[],
  reviewer = 'ann',
): void {
  for (const [i, text] of texts.entries()) {
    const finding = numberOf(store, n, i)
    if (text === undefined) continue
    if (text === null) store.decide(reviewer, { finding, action: 'reject' })
    else store.decide(reviewer, { finding, action: 'retype', text })
  }
}

describe('cleaned documents', () => {
  test.each([
    {
      id: 'a.txt',
      text: 'One gadget, a gadget, the gadget and gadget.\r\n',
      texts: ['machine', null, undefined, ''],
      cleaned: 'One machine, a gadget, the gadget and.\r\n',
      why: 'accepted, rejected, open, deleted with its blank',
    },
    {
      id: 'a.html',
      text: '<p>One <b>gad</b>get &amp; more.</p><p>A gadget</p>',
      texts: ['R&D <lab>'],
      cleaned: '<p>One <b>gad</b>get &amp; more.</p><p>A R&amp;D &lt;lab></p>',
      why: 'what is put into HTML is escaped',
    },
  ])('$why', ({ id, text, texts, cleaned }) => {
    const store = review()
    const n = add(store, documentOf(id, text))
    decideAll(store, n, texts)
    expect(given(store, 'cleaned', n)).toBe(cleaned)
  })

  test('tags between the words of a place stay', () => {
    const store = review()
    const text = '<p>They like <i>profound</i> <b>learning</b> here.</p>'
    const start = text.indexOf('profound')
    const end = text.indexOf('</b>')
    const [found] = foundIn('gadget', { start, end, surface: 'profound learning', kind: 'phrase' })
    const n = add(store, documentOf('a.html', text, found === undefined ? [] : [found]))
    decideAll(store, n, ['deep learning'])
    expect(given(store, 'cleaned', n)).toBe('<p>They like <i>deep</i> <b>learning</b> here.</p>')
  })

  test('no decisions: the text as given, and an empty patch', () => {
    const store = review()
    const text = '\ufeffA gadget.\r\n\r\nEnd'
    const n = add(store, documentOf('a.txt', text))
    expect(given(store, 'cleaned', n)).toBe(text)
    expect(given(store, 'patch')).toBe('')
  })

  test('a patch names the document', () => {
    const store = review()
    const n = add(store, documentOf('posts/a.txt', 'A gadget.\nEnd.\n'))
    decideAll(store, n, ['machine'])
    expect(given(store, 'patch')).toBe(
      '--- a/posts/a.txt\n+++ b/posts/a.txt\n@@ -1,2 +1,2 @@\n-A gadget.\n+A machine.\n End.\n',
    )
  })
})

describe('lists', () => {
  test('allowed is what was rejected wherever it was decided, and every other decided place', () => {
    const store = review()
    const n = add(
      store,
      documentOf(
        'a.txt',
        'A gadget and a widget and a GADGET, then a widget.',
        [
          ...foundIn('A gadget and a widget and a GADGET, then a widget.'),
          ...foundIn('A gadget and a widget and a GADGET, then a widget.', {}, 'widget'),
        ].sort((a, b) => a.start - b.start),
      ),
    )
    decideAll(store, n, [null, null, null, 'thing'])
    expect(given(store, 'allow')).toBe('gadget\nand a [widget] and a\nthen a [thing]\n')
  })

  test('fixes in the form that dict mine reads', () => {
    const store = review()
    const n = add(store, documentOf('a.html', '<p>They bought a <b>gadget</b> &amp; a gadget, early.</p>'))
    decideAll(store, n, ['machine', 'machine'])
    const mine = miner()
    const lines = given(store, 'dictionary').trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(mine.add(JSON.parse(line))).toBeUndefined()
    expect(mine.mined(2)).toEqual([
      {
        spun: 'gadget',
        original: 'machine',
        count: 2,
        contexts: [expect.stringContaining('They bought a [[gadget]] & a gadget, early')],
      },
    ])
  })
})

describe('statistics', () => {
  test.each([
    {
      both: 20,
      neither: 15,
      onlyFirst: 5,
      onlySecond: 10,
      is: 0.4,
      why: 'po 0.7, pe 0.5·0.6 + 0.5·0.4 = 0.5',
    },
    { both: 5, neither: 5, onlyFirst: 0, onlySecond: 0, is: 1, why: 'always agree' },
    { both: 0, neither: 0, onlyFirst: 5, onlySecond: 5, is: -1, why: 'never agree' },
    { both: 9, neither: 0, onlyFirst: 0, onlySecond: 0, is: null, why: 'pe 1: nothing to agree on' },
  ])('kappa is $is: $why', ({ is, ...counts }) => {
    expect(kappa(counts)).toBe(is)
  })

  test('agreement of two reviewers; a copy of the document counts once', () => {
    const store = review()
    const text = 'A gadget, the gadget, one gadget, my gadget, our gadget.'
    const n = add(store, documentOf('a.txt', text))
    add(store, documentOf('copy.txt', text))
    decideAll(store, n, ['machine', 'machine', null, null, 'machine'], 'ann')
    decideAll(store, n, ['machine', 'engine', null, 'machine'], 'bob')
    // po 3/4; ann 2/4 spun, bob 3/4: pe = 1/2·3/4 + 1/2·1/4 = 1/2; kappa = (3/4 − 1/2) / (1/2)
    const { pairs } = JSON.parse(given(store, 'agreement')) as AgreementAnswer
    expect(pairs).toEqual([
      { reviewers: ['ann', 'bob'], places: 4, agreement: 0.75, kappa: 0.5, bothSpun: 2, sameText: 0.5 },
    ])
  })

  test('precision by confidence and by entry', () => {
    const store = review()
    const text = 'A gadget, the gadget, one gadget.'
    const findings = foundIn(text).map((one, i) => ({ ...one, confidence: [0.3, 0.95, 1][i] ?? 0 }))
    const n = add(store, documentOf('a.txt', text, findings))
    store.decide('ann', { finding: numberOf(store, n, 0), action: 'reject' })
    store.decide('ann', { finding: numberOf(store, n, 1), action: 'accept' })
    store.decide('ann', { finding: numberOf(store, n, 2), action: 'accept', text: 'device' })
    expect(JSON.parse(given(store, 'precision')) as PrecisionAnswer).toEqual({
      bands: [
        { from: 0.3, to: 0.4, decided: 1, spun: 0, precision: 0, firstRight: 0 },
        { from: 0.9, to: 1, decided: 2, spun: 2, precision: 1, firstRight: 0.5 },
      ],
      entries: [
        {
          surface: 'gadget',
          source: 'habits/words-1',
          decided: 3,
          spun: 2,
          precision: 0.6667,
          firstRight: 0.3333,
        },
      ],
    })
  })
})

describe('into a folder', () => {
  test.each([
    { name: 'a.txt', path: 'a.txt' },
    { name: '/home/ann/./b.txt', path: 'home/ann/b.txt' },
    { name: 'C:\\texts\\b.txt', path: 'texts/b.txt' },
    { name: '../b.txt', path: undefined },
    { name: 'a/../../b.txt', path: undefined },
    { name: 'a\\..\\..\\b.txt', path: undefined },
    { name: 'a\u0000.txt', path: undefined },
    { name: 'aux.txt', path: undefined },
    { name: 'a.txt:stream', path: undefined },
    { name: '', path: undefined },
  ])('$name is written as $path', ({ name, path }) => {
    expect(safePath(name)).toBe(path)
  })

  test('nothing leaves the folder, no original is replaced, records go into one file', () => {
    const [root, elsewhere] = [folder(), folder()]
    const out = join(root, 'out')
    mkdirSync(out)
    symlinkSync(elsewhere, join(out, 'linked'))
    writeFileSync(join(out, 'own.txt'), 'A gadget.')
    const store = review()
    const ids = ['posts/a.txt', 'POSTS/A.txt', '../evil.txt', 'linked/b.txt', 'out/own.txt']
    for (const id of ids) decideAll(store, add(store, documentOf(id, 'A gadget.')), ['machine'])
    const record = { ...documentOf(7, 'The gadget.'), source: 'record' as const }
    decideAll(store, add(store, record), ['machine'])
    const { files, problems } = writeExport(store, 'cleaned', out, root)
    expect(files.map((file) => file.slice(out.length + 1))).toEqual([
      'posts/a.txt',
      'out/own.txt',
      'cleaned.jsonl',
    ])
    expect(problems.map(({ message }) => message)).toEqual([
      'POSTS/A.txt: not written: another document has its name',
      '../evil.txt: not written: its name leads out of the folder',
      'linked/b.txt: not written: linked is a link out of the folder',
    ])
    expect(readFileSync(join(out, 'posts', 'a.txt'), 'utf8')).toBe('A machine.')
    expect(readFileSync(join(out, 'cleaned.jsonl'), 'utf8')).toBe('{"id":7,"text":"The machine."}\n')
    expect(existsSync(join(root, 'evil.txt')) || existsSync(join(elsewhere, 'b.txt'))).toBe(false)
    const again = writeExport(store, 'cleaned', root, root)
    expect(again.problems.map(({ message }) => message)).toContain(
      'out/own.txt: not written: it would replace the original',
    )
    expect(readFileSync(join(out, 'own.txt'), 'utf8')).toBe('A gadget.')
  })
})
