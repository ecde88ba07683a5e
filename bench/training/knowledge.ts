/** What training needs: the engine's parts, and the habit lists read backwards for the spinner. */
import { readdirSync, readFileSync } from 'node:fs'
import { compileParsed, parseFiles } from '../../src/lexicon/compile.ts'
import { type Dialect, parseDialects } from '../../src/lexicon/dialects.ts'
import { inflector } from '../../src/lexicon/inflect.ts'
import { proposals } from '../../src/lexicon/synonyms.ts'
import { thesaurus } from '../../src/lexicon/thesaurus.ts'
import { bit } from '../../src/lexicon/thesaurus-format.ts'
import { dictionary } from '../../src/lexicon/trie.ts'
import { loadBytes } from '../../src/model/load.ts'
import { ngramModel } from '../../src/model/ngrams.ts'
import { slots } from '../../src/model/slots.ts'
import { vectors } from '../../src/model/vectors.ts'
import { type Ask, preparedProposals } from '../../src/restore/prepared.ts'
import { printed } from '../../src/restore/printed.ts'
import type { Knowledge } from '../../src/restore/read.ts'
import { termSources } from '../../src/restore/term-links.ts'
import { rankerRow, type Weights } from '../../src/restore/weights.ts'
import { preference } from './random.ts'
import { type SpinnerLexicon, spinnerLexicon } from './spinner.ts'

const read = (path: string): string => readFileSync(path, 'utf8')
const list = (folder: string, ending: string): { name: string; text: string }[] =>
  readdirSync(`wordlists/${folder}`)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name: `wordlists/${folder}/${name}`, text: read(`wordlists/${folder}/${name}`) }))

/** Share of habit pairs that the training spinner knows and the matcher does not, as it is with real spinners. */
const UNKNOWN_SHARE = 0.25

export interface TrainingKnowledge {
  /** What real and clean texts are read with. */
  whole(weights: Weights): Knowledge
  /** The same without a quarter of the habits: what made copies are read with. */
  thinned(weights: Weights): Knowledge
  readonly spinner: SpinnerLexicon
  readonly dialects: readonly Dialect[]
}

export function trainingKnowledge(): TrainingKnowledge {
  const table = (name: string): string => read(`wordlists/inflection/irregular-${name}.tsv`)
  const inflect = inflector({ verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') })
  const words = thesaurus(new Uint8Array(loadBytes('models/en.thesaurus')))
  const files = [...list('habits', '.tsv'), ...list('phrases', '.yaml'), ...list('terms', '.tsv')]
  const parsed = parseFiles(files)
  const compiled = compileParsed(parsed, files, inflect, { candidates: false })
  const dialects = parseDialects(read('wordlists/dialects.tsv'))
  const ask: Ask = (key, most) => proposals(words, inflect, key, most)
  const model = ngramModel(loadBytes('models/en.ngrams'))
  const meanings = vectors(loadBytes('models/en.vectors'))
  const places = slots(loadBytes('models/en.slots'))
  const fewer = parsed.habits.map((habit) => ({
    ...habit,
    spun: habit.spun.filter(({ text }) => preference(404, `${habit.original}>${text}`) >= UNKNOWN_SHARE),
  }))
  const thin = compileParsed({ ...parsed, habits: fewer }, files, inflect, { candidates: false })
  const knowing = (own: Uint8Array) => {
    const dictionaries = [dictionary(own)]
    const made = new Map<Weights['ranker'], Knowledge['lexicon']>()
    return (weights: Weights): Knowledge => {
      let lexicon = made.get(weights.ranker)
      if (lexicon === undefined) {
        const options = {
          perWord: weights.decoder.candidatesPerWord,
          kept: weights.decoder.triedPerWord,
        }
        const prepare = preparedProposals(ask, model, meanings, rankerRow(weights), options)
        lexicon = {
          dictionaries,
          prepare,
          printed: printed(model),
          terms: termSources(dictionaries, prepare, model),
        }
        // One set of prepared proposals at a time: each holds hundreds of megabytes.
        made.clear()
        made.set(weights.ranker, lexicon)
      }
      return { lexicon, dialects, model, vectors: meanings, slots: places, weights }
    }
  }
  const moby = bit('lists')
  const wordnet = bit('synonym') | bit('similar') | bit('hypernym') | bit('hyponym')
  const neighbours = (lemma: string, useMoby: boolean): readonly string[] => {
    const wanted = useMoby ? moby : wordnet
    return words
      .neighbours(lemma)
      .filter(({ relations }) => (relations & wanted) !== 0)
      .map(({ word }) => word)
  }
  return {
    dialects,
    whole: knowing(compiled.dictionary),
    thinned: knowing(thin.dictionary),
    spinner: spinnerLexicon(parsed.habits, parsed.entries, inflect, neighbours),
  }
}
