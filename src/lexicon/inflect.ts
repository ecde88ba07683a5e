/**
 * Inflection both ways: lemma and form to the written word, and the written word to every reading.
 *
 * In: lower-case words, and the three irregular tables of wordlists/inflection as text (this part
 * reads no files). Out: an `Inflector`. Reading goes by proposing lemmas and inflecting them again, so
 * the two directions cannot disagree. Noun plurals with unusual endings are natural's; its verb rules
 * are not used ("weighes", "focuss").
 */
import NounInflector from 'natural/lib/natural/inflectors/noun_inflector.js'
import { compared, endsInSingle, withDoubled, withEd, withIng, withS } from './spelling.ts'

export type InflectedPos = 'n' | 'v' | 'a'
export type Form = 'base' | 'plural' | 's' | 'past' | 'participle' | 'ing' | 'er' | 'est'

export interface Reading {
  readonly lemma: string
  readonly pos: InflectedPos
  readonly form: Form
}

/** Texts of wordlists/inflection/irregular-{verbs,nouns,adjectives}.tsv; '' means: regular words only. */
export interface InflectionTables {
  readonly verbs: string
  readonly nouns: string
  readonly adjectives: string
}

export interface Inflector {
  /**
   * `lemma` in `form`; a form the part of speech does not have gives the lemma. Phrases inflect at
   * their head: the first word of a verb phrase, the last of a noun phrase or the one before of, in,
   * for, to, with. Long adjectives give "more …". Words beyond 64 units come back unchanged.
   */
  inflect(lemma: string, pos: InflectedPos, form: Form): string
  /** Like `inflect`, with the other spellings in use behind the first: ["learned", "learnt"]. */
  inflectAll(lemma: string, pos: InflectedPos, form: Form): readonly string[]
  /** Every reading of a written form, base readings first; lemmas by rule need not exist. Never empty. */
  analyse(form: string): readonly Reading[]
  /**
   * `to` in the inflections that `from` may have as this part of speech: "shouted", "call" → "called".
   * `known` says which lemmas exist; without it, or when it knows none, the reading is a guess.
   */
  copyForm(from: string, to: string, pos: InflectedPos, known?: (lemma: string) => boolean): readonly string[]
}

export const FORMS: ReadonlyMap<InflectedPos, readonly Form[]> = new Map<InflectedPos, readonly Form[]>([
  ['n', ['base', 'plural']],
  ['v', ['base', 's', 'past', 'participle', 'ing']],
  ['a', ['base', 'er', 'est']],
])

/** Columns of each table after the lemma. Verbs may leave -ing and -s out; "-" means regular. */
const COLUMNS: ReadonlyMap<InflectedPos, readonly Form[]> = new Map<InflectedPos, readonly Form[]>([
  ['n', ['plural']],
  ['v', ['past', 'participle', 'ing', 's']],
  ['a', ['er', 'est']],
])

const LONGEST = 64
const HEAD_BEFORE = new Set(['of', 'in', 'for', 'to', 'with'])
/** Last letters after which a plural is not simply -s; only these are handed to natural. */
const UNUSUAL_PLURAL = new Set([...'aefhnosxyz'])

export function inflector(tables: InflectionTables): Inflector {
  const natural = new NounInflector()
  const irregular = irregularForms()
  const readings = new Map<string, Reading[]>()
  for (const [pos, text] of [
    ['n', tables.nouns],
    ['v', tables.verbs],
    ['a', tables.adjectives],
  ] as const) {
    readTable(text, pos, irregular, readings)
  }

  function regular(word: string, form: Form): string {
    switch (form) {
      case 'base':
        return word
      case 'plural':
        return UNUSUAL_PLURAL.has(word.charAt(word.length - 1))
          ? natural.pluralize(word).toLowerCase()
          : `${word}s`
      case 's':
        return withS(word)
      case 'past':
      case 'participle':
        return withEd(word)
      case 'ing':
        return withIng(word)
      case 'er':
      case 'est':
        return compared(word, form)
    }
  }

  const ofWord = (word: string, pos: InflectedPos, form: Form): readonly string[] =>
    irregular.get(pos, form, word) ?? [regular(word, form)]

  function inflectAll(lemma: string, pos: InflectedPos, form: Form): readonly string[] {
    if (lemma.length === 0 || lemma.length > LONGEST || !FORMS.get(pos)?.includes(form)) return [lemma]
    const whole = irregular.get(pos, form, lemma)
    if (whole !== undefined) return whole
    if (pos === 'a' || !lemma.includes(' ')) return [regular(lemma, form)]
    const [before, head, after] = split(lemma, pos)
    return ofWord(head, pos, form).map((word) => before + word + after)
  }

  /** May `form` be written for this reading? Besides `inflectAll`: British "travelled", "worshipped". */
  function reads(written: string, lemma: string, pos: InflectedPos, form: Form): boolean {
    if (inflectAll(lemma, pos, form).includes(written)) return true
    if (pos !== 'v' || form === 's' || form === 'base' || irregular.get(pos, form, lemma) !== undefined)
      return false
    const ending = form === 'ing' ? 'ing' : 'ed'
    return /[lp]$/.test(lemma) && endsInSingle(lemma) && written === withDoubled(lemma, ending)
  }

  function analyseWord(written: string): readonly Reading[] {
    const out: Reading[] = []
    const seen = new Set<string>()
    const add = (reading: Reading): void => {
      const id = slot(reading.lemma, reading.pos, reading.form)
      if (!seen.has(id)) out.push(reading)
      seen.add(id)
    }
    for (const pos of FORMS.keys()) add({ lemma: written, pos, form: 'base' })
    for (const reading of readings.get(written) ?? []) add(reading)
    if (written.length > LONGEST) return out
    for (const [lemma, pos, form] of proposals(written)) {
      if (lemma.length > 1 && reads(written, lemma, pos, form)) add({ lemma, pos, form })
    }
    return out
  }

  function analyse(written: string): readonly Reading[] {
    if (!written.includes(' ') || written.length > LONGEST) return analyseWord(written)
    const out: Reading[] = [...analyseWord(written)]
    for (const pos of ['n', 'v'] as const) {
      const [before, head, after] = split(written, pos)
      for (const reading of analyseWord(head)) {
        if (reading.pos !== pos || reading.form === 'base') continue
        out.push({ ...reading, lemma: before + reading.lemma + after })
      }
    }
    return out
  }

  function copyForm(
    from: string,
    to: string,
    pos: InflectedPos,
    known?: (lemma: string) => boolean,
  ): readonly string[] {
    const all = analyse(from).filter((reading) => reading.pos === pos)
    const sure = known === undefined ? [] : all.filter((reading) => known(reading.lemma))
    const out = new Set<string>()
    for (const { form } of sure.length > 0 ? sure : likely(from, all)) {
      for (const word of inflectAll(to, pos, form)) out.add(word)
    }
    return [...out]
  }

  /** Without a vocabulary: what looks inflected is inflected, unless short ("need") or a known irregular ("bring"). */
  function likely(written: string, all: readonly Reading[]): readonly Reading[] {
    const inflected = all.filter((reading) => reading.lemma !== written)
    const base = written.length < 5 || irregular.get('v', 'past', written) !== undefined
    return inflected.length === 0 || base ? all : inflected
  }

  return {
    inflect: (lemma, pos, form) => inflectAll(lemma, pos, form)[0] ?? lemma,
    inflectAll,
    analyse,
    copyForm,
  }
}

const slot = (lemma: string, pos: InflectedPos, form: Form): string => `${pos} ${form} ${lemma}`

interface IrregularForms {
  get(pos: InflectedPos, form: Form, lemma: string): readonly string[] | undefined
  set(pos: InflectedPos, form: Form, lemma: string, words: readonly string[]): void
}

/** A map for each part of speech and form: joining them to one key would cost more than the look-up. */
function irregularForms(): IrregularForms {
  const tables = new Map<InflectedPos, Map<Form, Map<string, readonly string[]>>>()
  for (const [pos, forms] of FORMS) tables.set(pos, new Map(forms.map((form) => [form, new Map()])))
  return {
    get: (pos, form, lemma) => tables.get(pos)?.get(form)?.get(lemma),
    set: (pos, form, lemma, words) => tables.get(pos)?.get(form)?.set(lemma, words),
  }
}

/** [before, head, after] of a phrase, spaces kept; a single word is its own head. */
function split(phrase: string, pos: InflectedPos): readonly [string, string, string] {
  const words = phrase.split(' ')
  let head = pos === 'n' ? words.length - 1 : 0
  if (pos === 'n') {
    const link = words.findIndex((word, at) => at > 0 && HEAD_BEFORE.has(word))
    if (link > 0) head = link - 1
  }
  const before = words.slice(0, head).join(' ')
  const after = words.slice(head + 1).join(' ')
  return [before && `${before} `, words[head] ?? '', after && ` ${after}`]
}

/** Lemmas a written form may come from; most are wrong and fall when inflected again. */
function* proposals(written: string): Generator<readonly [string, InflectedPos, Form]> {
  const cut = (units: number, ending = ''): string => written.slice(0, -units) + ending
  if (/^mo(?:re|st) ./.test(written)) yield [written.slice(5), 'a', written.startsWith('more') ? 'er' : 'est']
  if (written.endsWith('s')) {
    for (const lemma of [cut(1), cut(2), cut(3), cut(3, 'y'), cut(3, 'f'), cut(3, 'fe'), cut(2, 'is')])
      yield [lemma, 'n', 'plural']
    for (const lemma of [cut(4, 'ix'), cut(4, 'ex')]) yield [lemma, 'n', 'plural']
    for (const lemma of [cut(1), cut(2), cut(3, 'y')]) yield [lemma, 'v', 's']
  }
  if (written.endsWith('ae')) yield [cut(1), 'n', 'plural']
  if (written.endsWith('i')) yield [cut(1, 'us'), 'n', 'plural']
  if (written.endsWith('men')) yield [cut(2, 'an'), 'n', 'plural']
  yield [written, 'n', 'plural']
  if (written.endsWith('ed')) {
    for (const lemma of [cut(1), cut(2), cut(3, 'y'), cut(3)]) {
      yield [lemma, 'v', 'past']
      yield [lemma, 'v', 'participle']
    }
  }
  if (written.endsWith('ing'))
    for (const lemma of [cut(3), cut(3, 'e'), cut(4), cut(4, 'ie')]) yield [lemma, 'v', 'ing']
  if (written.endsWith('er'))
    for (const lemma of [cut(1), cut(2), cut(3, 'y'), cut(3)]) yield [lemma, 'a', 'er']
  if (written.endsWith('est'))
    for (const lemma of [cut(2), cut(3), cut(4, 'y'), cut(4)]) yield [lemma, 'a', 'est']
}

/** One table: `lemma<TAB>form<TAB>…`, spellings of one form joined by "/", comments behind "#". */
function readTable(
  text: string,
  pos: InflectedPos,
  irregular: IrregularForms,
  readings: Map<string, Reading[]>,
): void {
  const columns = COLUMNS.get(pos) ?? []
  for (const line of text.split('\n')) {
    const row = line.trim()
    if (row === '' || row.startsWith('#')) continue
    const [first = '', ...cells] = row.split('\t')
    const bases = first.split('/')
    const lemma = bases[0] ?? first
    const given: [Form, readonly string[]][] = bases.length > 1 ? [['base', bases]] : []
    columns.forEach((form, at) => {
      const cell = cells[at] ?? '-'
      if (cell !== '-') given.push([form, cell.split('/')])
    })
    for (const [form, words] of given) {
      irregular.set(pos, form, lemma, words)
      for (const word of words) readings.set(word, [...(readings.get(word) ?? []), { lemma, pos, form }])
    }
  }
}
