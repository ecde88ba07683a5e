/** Inflection: spelling by rule, the shipped irregular tables, and the law that reading undoes writing. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FORMS, type Form, type InflectedPos, inflector } from '../../src/lexicon/inflect.ts'

const table = (name: string): string => readFileSync(`wordlists/inflection/irregular-${name}.tsv`, 'utf8')
const english = inflector({ verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') })

const rows = (name: string): string[][] =>
  table(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))

describe('inflect', () => {
  test.each([
    {
      lemma: 'stop',
      form: 'past',
      gives: 'stopped',
      why: 'one syllable, single vowel and consonant: doubled',
    },
    { lemma: 'visit', form: 'past', gives: 'visited', why: 'unstressed ending: not doubled' },
    { lemma: 'admit', form: 'ing', gives: 'admitting', why: 'stressed ending, from the table' },
    { lemma: 'travel', form: 'ing', gives: 'traveling', why: 'American spelling is written' },
    { lemma: 'quit', form: 'ing', gives: 'quitting', why: 'the u of qu is no vowel' },
    { lemma: 'draw', form: 'ing', gives: 'drawing', why: 'w never doubles' },
    { lemma: 'hope', form: 'ing', gives: 'hoping', why: 'silent e goes' },
    { lemma: 'agree', form: 'ing', gives: 'agreeing', why: 'double e stays' },
    { lemma: 'die', form: 'ing', gives: 'dying', why: 'ie becomes y' },
    { lemma: 'panic', form: 'past', gives: 'panicked', why: 'c takes k' },
    { lemma: 'carry', form: 's', gives: 'carries', why: 'consonant and y' },
    { lemma: 'weigh', form: 's', gives: 'weighs', why: 'gh is no sibilant' },
    { lemma: 'focus', form: 's', gives: 'focuses', why: 's is a sibilant' },
    {
      lemma: 'constructor',
      form: 's',
      gives: 'constructors',
      why: 'an object member is a word like any other',
    },
    { lemma: 'go', form: 'past', gives: 'went', why: 'irregular' },
    { lemma: 'be', form: 's', gives: 'is', why: 'irregular' },
    {
      lemma: 'take a look at',
      form: 'past',
      gives: 'took a look at',
      why: 'a verb phrase inflects at its first word',
    },
    { lemma: 'stop', form: 'plural', gives: 'stop', why: 'a form the part of speech lacks gives the lemma' },
  ] as const)('verb $lemma, $form: $why', ({ lemma, form, gives }) => {
    expect(english.inflect(lemma, 'v', form)).toBe(gives)
  })

  test.each([
    { lemma: 'church', gives: 'churches', why: 'sibilant' },
    { lemma: 'stomach', gives: 'stomachs', why: 'ch spoken as k' },
    { lemma: 'city', gives: 'cities', why: 'consonant and y' },
    { lemma: 'analysis', gives: 'analyses', why: 'Greek' },
    { lemma: 'policeman', gives: 'policemen', why: 'compound of man' },
    { lemma: 'german', gives: 'germans', why: 'no compound of man' },
    { lemma: 'roof', gives: 'roofs', why: 'f stays' },
    { lemma: 'virus', gives: 'viruses', why: 'no Latin plural in use' },
    { lemma: 'advice', gives: 'advice', why: 'not counted' },
    { lemma: 'state of mind', gives: 'states of mind', why: 'the head stands before "of"' },
    { lemma: 'life insurance', gives: 'life insurances', why: 'the head stands last' },
  ])('noun $lemma: $why', ({ lemma, gives }) => {
    expect(english.inflect(lemma, 'n', 'plural')).toBe(gives)
  })

  test.each([
    { lemma: 'big', er: 'bigger', est: 'biggest', why: 'doubled' },
    { lemma: 'easy', er: 'easier', est: 'easiest', why: 'consonant and y' },
    { lemma: 'simple', er: 'simpler', est: 'simplest', why: '-le is a syllable' },
    { lemma: 'good', er: 'better', est: 'best', why: 'irregular' },
    { lemma: 'expensive', er: 'more expensive', est: 'most expensive', why: 'long' },
    { lemma: 'quickly', er: 'more quickly', est: 'most quickly', why: 'adverb' },
  ])('adjective $lemma: $why', ({ lemma, er, est }) => {
    expect([english.inflect(lemma, 'a', 'er'), english.inflect(lemma, 'a', 'est')]).toEqual([er, est])
  })
})

describe('analyse', () => {
  test.each([
    { written: 'travelled', lemma: 'travel', pos: 'v', form: 'past', why: 'British spelling is read' },
    { written: 'leaves', lemma: 'leaf', pos: 'n', form: 'plural', why: 'one of three readings' },
    { written: 'leaves', lemma: 'leave', pos: 'v', form: 's', why: 'one of three readings' },
    { written: 'better', lemma: 'good', pos: 'a', form: 'er', why: 'irregular' },
    { written: 'were', lemma: 'be', pos: 'v', form: 'past', why: 'second spelling of a form' },
    { written: 'took a look', lemma: 'take a look', pos: 'v', form: 'past', why: 'phrase' },
    { written: 'learnt', lemma: 'learn', pos: 'v', form: 'participle', why: 'second spelling' },
  ] as const)('$written as $lemma: $why', ({ written, lemma, pos, form }) => {
    expect(english.analyse(written)).toContainEqual({ lemma, pos, form })
  })

  test('a word of a megabyte is read as it stands', () => {
    const long = 'ves'.repeat(350_000)
    expect(english.analyse(long).map(({ form }) => form)).toEqual(['base', 'base', 'base'])
  })
})

describe('copyForm', () => {
  test.each([
    { from: 'shouted', to: 'call', pos: 'v', gives: ['called'], why: 'past' },
    { from: 'charges', to: 'fee', pos: 'n', gives: ['fees'], why: 'plural' },
    {
      from: 'cut',
      to: 'take',
      pos: 'v',
      gives: ['take', 'took', 'taken'],
      why: 'three forms are written alike',
    },
    { from: 'are', to: 'exist', pos: 'v', gives: ['exist'], why: 'present of "be"' },
    { from: 'holded', to: 'have', pos: 'v', gives: ['had'], why: 'a past that a spinner made up is a past' },
  ] as const)('$from, $to: $why', ({ from, to, pos, gives }) => {
    expect(english.copyForm(from, to, pos)).toEqual(gives)
  })

  test('a vocabulary decides what a guess cannot: "exceed" is no past of "excee"', () => {
    const known = (lemma: string): boolean => lemma === 'exceed'
    expect(english.copyForm('exceed', 'pass', 'v', known)).toEqual(['pass'])
  })
})

describe('laws', () => {
  const forms = [...FORMS].flatMap(([pos, list]) => list.map((form): [InflectedPos, Form] => [pos, form]))
  const undone = (lemma: string, pos: InflectedPos, form: Form): boolean =>
    english
      .inflectAll(lemma, pos, form)
      .every((written) =>
        english.analyse(written).some((r) => r.lemma === lemma && r.pos === pos && r.form === form),
      )

  test.each([
    { name: 'verbs', pos: 'v', least: 250 },
    { name: 'nouns', pos: 'n', least: 120 },
    { name: 'adjectives', pos: 'a', least: 40 },
  ] as const)('every irregular form of $name is read back', ({ name, pos, least }) => {
    const lemmas = rows(name).map((row) => (row[0] ?? '').split('/')[0] ?? '')
    const broken = lemmas.filter((lemma) => !(FORMS.get(pos) ?? []).every((form) => undone(lemma, pos, form)))
    expect(broken).toEqual([])
    expect(lemmas.length).toBeGreaterThanOrEqual(least)
  })

  test.each(['verbs', 'nouns', 'adjectives'])('the table of %s is sorted and has no row twice', (name) => {
    const lemmas = rows(name).map((row) => (row[0] ?? '').split('/')[0] ?? '')
    expect(lemmas).toEqual([...new Set(lemmas)].sort())
  })

  test('every form of any regular word is read back', () => {
    const word = fc
      .array(fc.constantFrom(...'abcdefghiklmnoprstuwyz'), { minLength: 2, maxLength: 12 })
      .map((letters) => letters.join(''))
    fc.assert(
      fc.property(word, fc.constantFrom(...forms), (lemma, [pos, form]) => {
        expect(undone(lemma, pos, form)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('no text whatever makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(english.analyse(text).length).toBeGreaterThanOrEqual(3)
      }),
    )
  })
})
