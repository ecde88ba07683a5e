/** What training needs: the engine's parts, and the habit lists read backwards for the spinner. */
import { readdirSync, readFileSync } from 'node:fs'
import { compileParsed, parseFiles } from '../../src/lexicon/compile.ts'
import { inflector } from '../../src/lexicon/inflect.ts'
import { thesaurus } from '../../src/lexicon/thesaurus.ts'
import { bit } from '../../src/lexicon/thesaurus-format.ts'
import { dictionary } from '../../src/lexicon/trie.ts'
import { loadBytes } from '../../src/model/load.ts'
import { ngramModel } from '../../src/model/ngrams.ts'
import { vectors } from '../../src/model/vectors.ts'
import { preparedProposals } from '../../src/restore/prepared.ts'
import type { Knowledge } from '../../src/restore/read.ts'
import type { Weights } from '../../src/restore/weights.ts'
import { type SpinnerLexicon, spinnerLexicon } from './spinner.ts'

const read = (path: string): string => readFileSync(path, 'utf8')
const list = (folder: string, ending: string): { name: string; text: string }[] =>
  readdirSync(`wordlists/${folder}`)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => ({ name: `wordlists/${folder}/${name}`, text: read(`wordlists/${folder}/${name}`) }))

export function trainingKnowledge(weights: Weights): { knowledge: Knowledge; spinner: SpinnerLexicon } {
  const table = (name: string): string => read(`wordlists/inflection/irregular-${name}.tsv`)
  const inflect = inflector({ verbs: table('verbs'), nouns: table('nouns'), adjectives: table('adjectives') })
  const words = thesaurus(new Uint8Array(loadBytes('models/en.thesaurus')))
  const files = [...list('habits', '.tsv'), ...list('phrases', '.yaml')]
  const parsed = parseFiles(files)
  const compiled = compileParsed(parsed, files, inflect, { candidates: false })
  const model = ngramModel(loadBytes('models/en.ngrams'))
  const meanings = vectors(loadBytes('models/en.vectors'))
  const knowledge: Knowledge = {
    lexicon: {
      dictionaries: [dictionary(compiled.dictionary)],
      prepare: preparedProposals(words, inflect, model, meanings, {
        perWord: weights.decoder.candidatesPerWord,
        words: 30_000,
      }),
    },
    model,
    vectors: meanings,
    weights,
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
  return { knowledge, spinner: spinnerLexicon(parsed.habits, parsed.entries, inflect, neighbours) }
}
