/** Why a place is shown, in words with the numbers behind them. Says what was seen, accuses nobody. */
import type { Evidence, Source, Token } from '../types.ts'
import { F } from './features.ts'
import { glued, surfaceOf } from './glue.ts'
import type { Place } from './places.ts'
import type { Reading } from './read.ts'

const SHOWN_TIMES = 1e6

/** `best` is the text of the place's first reading. */
export function evidenceOf(
  { sentence: { tokens } }: Reading,
  place: Place,
  spinRate: number,
  best: string,
): [Evidence, ...Evidence[]] {
  const surface = surfaceOf(tokens.slice(place.start, place.end))
  const out: Evidence[] = []
  const scored = place.readings[0]?.scored
  if (scored !== undefined) {
    // An article is changed because of its noun: that is the reason to tell first.
    const reasons = scored.candidate.sources.map(sourceEvidence)
    out.push(
      ...reasons.filter(({ kind }) => kind !== 'form'),
      ...reasons.filter(({ kind }) => kind === 'form'),
    )
    const lm = scored.row[F.lm] as number
    if (lm > Math.log(2)) {
      const frame = framed(tokens, place)
      out.push({
        kind: 'context',
        text: `the model finds '${frame(best)}' ${times(lm)} times likelier than '${frame(surface)}'`,
      })
    }
  }
  if (spinRate > 0.02)
    out.push({
      kind: 'document',
      text: `about ${Math.round(100 * spinRate)} % of the document's words look replaced`,
    })
  const [first, ...rest] = out
  return first === undefined
    ? [{ kind: 'context', text: `'${surface}' is unusual between its neighbours` }]
    : [first, ...rest]
}

/** Words put between the place's neighbours, where those are words: "they have" … "ties". */
function framed(tokens: readonly Token[], { start, end }: Place): (words: string) => string {
  const isRead = (token: Token | undefined): boolean => token !== undefined && token.kind !== 'punctuation'
  // "'ll" is no word without the "I" before it.
  const isClitic = (token: Token | undefined): boolean =>
    token?.joined === true && /^['’]/.test(token.surface)
  const from = isClitic(tokens[start - 1]) ? start - 2 : start - 1
  const before = isRead(tokens[start - 1]) ? surfaceOf(tokens.slice(Math.max(0, from), start)) : ''
  const after = isRead(tokens[end]) ? (tokens[end] as Token) : undefined
  return (words) => glued(glued(before, words, tokens[start]?.joined), after?.surface ?? '', after?.joined)
}

/** eⁿ rounded to one significant figure, capped. */
function times(nats: number): string {
  const ratio = Math.exp(Math.min(nats, Math.log(SHOWN_TIMES)))
  const unit = 10 ** Math.floor(Math.log10(ratio))
  const rounded = Math.round(ratio / unit) * unit
  return nats > Math.log(SHOWN_TIMES) ? 'over 1,000,000' : rounded.toLocaleString('en-US')
}

function sourceEvidence(source: Source): Evidence {
  const path = source.path.map(plain).join(' ← ')
  const origin = source.origin === undefined ? '' : ` (${source.origin})`
  switch (source.name) {
    case 'entry':
      return { kind: 'entry', text: `known spun phrase: ${path}${origin}` }
    case 'term':
      return {
        kind: 'entry',
        text: `known term, word by word: ${source.path.map(plain).join(', ')}${origin}`,
      }
    case 'habit':
      return { kind: 'entry', text: `spinners habitually print: ${path}${origin}` }
    case 'wordnet':
    case 'moby':
      return {
        kind: 'thesaurus',
        text: `thesaurus: ${source.path.map(plain).join(' – ')} (${source.name === 'moby' ? 'Moby' : 'WordNet'})`,
      }
    case 'two-hop':
      return { kind: 'thesaurus', text: `thesaurus, two steps: ${path}` }
    case 'expected':
      return { kind: 'context', text: `the model expects '${source.path.at(-1)}' here` }
    case 'spelling':
      return { kind: 'form', text: `article: '${source.path.join("' should be '")}'` }
    case 'deletion':
      return { kind: 'form', text: `doubled word: '${source.path[0]}'` }
  }
}

/** Keys as a person writes them: "third - party" is "third-party"; what was nothing is said to be. */
function plain(keys: string): string {
  if (keys === '') return '(nothing)'
  return keys.split(' ').reduce((text, key) => glued(text, key), '')
}
