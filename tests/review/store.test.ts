/** Decisions are kept, survive what happens to texts and models, and can be taken back. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/review/database.ts'
import { MIGRATIONS, migrate } from '../../src/review/schema.ts'
import { historyOfFile, openReview } from '../../src/review/store.ts'
import { add, clock, decisions, documentOf, everything, folder, foundIn, numberOf, review } from './made.ts'

const TEXT =
  'The old gadget hums in the hall. A new gadget came by ship.\n\nNobody liked the gadget at first.'

describe('deciding', () => {
  test('accept, reject and retype stand until they are undone, latest first', () => {
    const store = review()
    const n = add(store, documentOf('a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n, 0), action: 'accept' })
    store.decide('ann', { finding: numberOf(store, n, 1), action: 'reject', why: 'it is one' })
    store.decide('ann', { finding: numberOf(store, n, 2), action: 'retype', text: 'engine' })
    store.decide('ann', { finding: numberOf(store, n, 2), action: 'accept', text: 'device' })
    expect(decisions(store, n)).toEqual(['gadget>machine', 'gadget=', 'gadget>device'])
    expect(store.progress('ann')).toMatchObject({
      decided: 3,
      accepted: 2,
      rejected: 1,
      retyped: 0,
      documentsDone: 1,
    })
    const states: string[][] = []
    for (let i = 0; i < 5; i++) {
      store.undo('ann')
      states.push(decisions(store, n))
    }
    expect(states).toEqual([
      ['gadget>machine', 'gadget=', 'gadget>engine'],
      ['gadget>machine', 'gadget=', 'gadget?'],
      ['gadget>machine', 'gadget?', 'gadget?'],
      ['gadget?', 'gadget?', 'gadget?'],
      ['gadget?', 'gadget?', 'gadget?'],
    ])
    expect(store.undo('ann').undone).toEqual([])
    expect([...store.history()]).toHaveLength(8)
  })

  test('what can be filtered by is counted anew when documents come', () => {
    const store = review()
    add(store, documentOf('a.txt', 'One gadget.'))
    expect(store.facets().kind).toEqual([{ value: 'word', findings: 1 }])
    add(store, documentOf('b.txt', TEXT, foundIn(TEXT, { kind: 'phrase' })))
    expect(store.facets().kind).toEqual([
      { value: 'phrase', findings: 3 },
      { value: 'word', findings: 1 },
    ])
  })

  test('nobody undoes what another decided', () => {
    const store = review()
    const n = add(store, documentOf('a.txt', TEXT))
    const made = store.decide('ann', { finding: numberOf(store, n), action: 'reject' })
    expect(store.undo('bob', made.decision?.id).undone).toEqual([])
    expect(decisions(store, n)[0]).toBe('gadget=')
  })

  test.each([
    { request: { action: 'accept', text: 'toaster' } as const, says: '"toaster" is none of the suggestions' },
    { request: { action: 'retype' } as const, says: 'nothing was typed' },
    { request: { action: 'reject', text: 'x' } as const, says: 'a rejection has no text' },
  ])('$says', ({ request, says }) => {
    const store = review()
    const n = add(store, documentOf('a.txt', TEXT))
    expect(() => store.decide('ann', { finding: numberOf(store, n), ...request })).toThrow(says)
    expect([...store.history()]).toEqual([])
  })

  test('the history can be neither changed nor deleted', () => {
    const path = join(folder(), 'a.unspin.db')
    const store = openReview(path, clock())
    const n = add(store, documentOf('a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n), action: 'reject' })
    store.close()
    const db = openDatabase(path)
    expect(() => db.script(`UPDATE history SET reviewer = 'eve'`)).toThrow('append-only')
    expect(() => db.script('DELETE FROM history')).toThrow('append-only')
    expect(() => db.script('INSERT OR REPLACE INTO history SELECT * FROM history')).toThrow('append-only')
    db.close()
  })
})

describe('decisions survive', () => {
  test('another model: other numbers, other suggestions, more findings', () => {
    const store = review()
    const n = add(store, documentOf('a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n, 1), action: 'accept' })
    const changed = foundIn(TEXT, {
      confidence: 0.6,
      suggestions: [{ text: 'robot', probability: 1 }],
      evidence: [{ kind: 'thesaurus', text: 'thesaurus: gadget – robot (Moby)' }],
    })
    expect(store.addAll([documentOf('a.txt', TEXT, [...foundIn(TEXT, {}, 'old'), ...changed])])).toEqual([
      { state: 'changed', n },
    ])
    expect(decisions(store, n)).toEqual(['old?', 'gadget?', 'gadget>machine', 'gadget?'])
  })

  test('text inserted above and an edit elsewhere: carried over', () => {
    const store = review()
    const n = add(store, documentOf('a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n, 1), action: 'accept' })
    store.decide('ann', { finding: numberOf(store, n, 2), action: 'reject' })
    add(store, documentOf('a.txt', `A line of news.\n\n${TEXT.replace('hums in', 'stands in')}`))
    expect(decisions(store, n)).toEqual(['gadget?', 'gadget>machine~', 'gadget=~'])
    add(store, documentOf('a.txt', `Twice.\n\nA line of news.\n\n${TEXT}`))
    expect(decisions(store, n)).toEqual(['gadget?', 'gadget>machine~', 'gadget=~'])
  })

  test('a moved document keeps its number; a copy has the same decisions', () => {
    const store = review()
    const n = add(store, documentOf('old/a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n), action: 'reject' })
    expect(store.addAll([documentOf('new/a.txt', TEXT)], (id) => id === 'old/a.txt')).toEqual([
      { state: 'moved', n },
    ])
    expect(decisions(store, n)[0]).toBe('gadget=')
    const copy = add(store, documentOf('copy.txt', TEXT))
    expect(copy).not.toBe(n)
    expect(decisions(store, copy)).toEqual(['gadget=', 'gadget?', 'gadget?'])
  })

  test('moved and edited: carried where only one place fits', () => {
    const store = review()
    const n = add(store, documentOf('old/a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n), action: 'reject' })
    add(store, documentOf('old/a.txt', 'Another article took this address.'))
    const moved = add(store, documentOf('new/a.txt', `News.\n\n${TEXT}`))
    expect(decisions(store, moved)).toEqual(['gadget=~', 'gadget?', 'gadget?'])
  })

  test('not where two places fit, nor from a document that is still there', () => {
    const store = review()
    const n = add(store, documentOf('a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n), action: 'reject' })
    const other = add(store, documentOf('b.txt', `${TEXT} More.`))
    expect(decisions(store, other)).toEqual(['gadget?', 'gadget?', 'gadget?'])
    const line = 'The old gadget hums in the hall. '
    add(store, documentOf('a.txt', `${line}${line}`))
    expect(decisions(store, n)).toEqual(['gadget?', 'gadget?'])
    expect(store.progress('ann').unplaced).toBe(1)
  })

  test('equal places of one text are told apart', () => {
    const line = 'The old gadget hums in the hall. '
    const store = review()
    const n = add(store, documentOf('a.txt', `${line}${line}${line}`))
    // The first has nothing before it and the last nothing behind it: all three have the same neighbours here.
    store.decide('ann', { finding: numberOf(store, n, 1), action: 'reject' })
    expect(decisions(store, n)).toEqual(['gadget?', 'gadget=', 'gadget?'])
  })

  test('closing and opening again', () => {
    const path = join(folder(), 'a.unspin.db')
    const first = openReview(path, clock())
    const n = add(first, documentOf('a.txt', TEXT))
    first.decide('ann', { finding: numberOf(first, n), action: 'accept' })
    first.close()
    expect(existsSync(`${path}.owner`) || existsSync(`${path}.lock`)).toBe(false)
    expect(decisions(review(path), n)[0]).toBe('gadget>machine')
  })
})

describe('texts', () => {
  test.each([
    { text: 'a gadget \ud800 with half a pair', why: 'lone surrogate' },
    { text: 'a gadget \u0000 with NUL', why: 'NUL' },
    { text: '\ufeffa gadget\r\nwith a mark', why: 'byte order mark and carriage return' },
  ])('come back unit for unit: $why', ({ text }) => {
    const store = review()
    const n = add(store, documentOf(7, text))
    expect(store.document(n)).toMatchObject({ id: 7, text })
    expect(store.list('ann', everything({ search: 'GADGET' })).total).toBe(1)
  })

  test('a record that belongs to another text is refused, with what to do', () => {
    const store = review()
    const [added] = store.addAll([documentOf('a.txt', 'Nothing of the kind stands here.', foundIn(TEXT))])
    expect(added).toMatchObject({
      state: 'refused',
      problem: { message: expect.stringContaining('it is not the one that was scanned') },
    })
    expect(store.list('ann', everything()).total).toBe(0)
  })
})

describe('one program at a time', () => {
  test('a second one is told who has the file', () => {
    const path = join(folder(), 'a.unspin.db')
    review(path)
    expect(() => openReview(path)).toThrow(`in use by process ${process.pid}`)
    expect(() => historyOfFile(path)).toThrow('in use')
  })

  test('what a killed program left is taken over, its lock too', () => {
    const path = join(folder(), 'a.unspin.db')
    review(path).close()
    // No process has a number as high as this.
    writeFileSync(`${path}.owner`, JSON.stringify({ pid: 2 ** 30, host: hostname(), started: '1' }))
    mkdirSync(`${path}.lock`)
    review(path)
    expect(JSON.parse(readFileSync(`${path}.owner`, 'utf8'))).toMatchObject({ pid: process.pid })
  })

  test.each([
    {
      owner: JSON.stringify({ pid: 1, host: 'elsewhere.example', started: '' }),
      says: 'in use on elsewhere.example',
    },
    { owner: '', says: 'cannot be read' },
  ])('$says: refused, not guessed', ({ owner, says }) => {
    const path = join(folder(), 'a.unspin.db')
    writeFileSync(`${path}.owner`, owner)
    expect(() => openReview(path)).toThrow(says)
    expect(readFileSync(`${path}.owner`, 'utf8')).toBe(owner)
  })

  test('a lock that nobody owns is left alone', () => {
    const path = join(folder(), 'a.unspin.db')
    mkdirSync(`${path}.lock`)
    expect(() => openReview(path)).toThrow('nobody who holds it')
    expect(existsSync(`${path}.lock`)).toBe(true)
    expect(existsSync(`${path}.owner`)).toBe(false)
  })

  test.each([
    { content: 'This is a letter, not a database. '.repeat(40), says: 'cannot be opened as a review' },
  ])('$says', ({ content, says }) => {
    const path = join(folder(), 'letter.txt')
    writeFileSync(path, content)
    expect(() => openReview(path)).toThrow(says)
    expect(readFileSync(path, 'utf8')).toBe(content)
    expect(existsSync(`${path}.owner`) || existsSync(`${path}.lock`)).toBe(false)
  })

  test('decisions of the first version of the file are the same in this one', () => {
    const path = join(folder(), 'a.unspin.db')
    const store = openReview(path, clock())
    const n = add(store, documentOf('a.txt', TEXT))
    store.decide('ann', { finding: numberOf(store, n), action: 'reject', why: 'a "dialect": no' })
    const [entry] = [...store.history()]
    store.close()
    const older = join(folder(), 'older.unspin.db')
    const db = openDatabase(older)
    migrate(db, older, MIGRATIONS.slice(0, 1))
    const { id = '', at = '', reviewer = '', place, finding } = entry ?? {}
    db.run(
      `INSERT INTO history (id, at, reviewer, action, scope, hash, place, nth, surface, dialect, entry)
       VALUES (?, ?, ?, 'reject', 'place', ?, ?, 0, ?, ?, ?)`,
      [
        id,
        at,
        reviewer,
        place?.hash ?? '',
        `${place?.before}|${finding?.surface}|${place?.after}`,
        finding?.surface ?? '',
        finding?.source ?? '',
        JSON.stringify(entry).replace('"source":', '"dialect":'),
      ],
    )
    db.close()
    expect(historyOfFile(older)).toEqual([entry])
    const again = review(older)
    expect(again.merge(historyOfFile(path))).toEqual({ added: 0, known: 1 })
  })

  test('a file of a newer version is refused, older ones are brought up to date', () => {
    const path = join(folder(), 'a.unspin.db')
    const db = openDatabase(path)
    migrate(db, path, ['CREATE TABLE one (x)'])
    migrate(db, path, ['CREATE TABLE one (x)', 'CREATE TABLE two (x); INSERT INTO two VALUES (1)'])
    migrate(db, path, ['CREATE TABLE one (x)', 'CREATE TABLE two (x); INSERT INTO two VALUES (1)'])
    expect(db.all('SELECT x FROM two')).toEqual([{ x: 1 }])
    expect(() => migrate(db, path, ['CREATE TABLE one (x)'])).toThrow('written by a newer unspin')
    db.close()
  })
})
