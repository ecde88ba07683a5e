/** Why a place is shown, in words with the numbers behind them. Says what was seen, accuses nobody. */
import type { Evidence, Source } from '../types.ts'
import { F } from './features.ts'
import type { Place } from './places.ts'
import type { Reading } from './read.ts'

const SHOWN_TIMES = 1e6

export function evidenceOf(reading: Reading, place: Place, spinRate: number): [Evidence, ...Evidence[]] {
  const best = place.readings[0]
  const surface = surfaceOf(reading, place)
  const out: Evidence[] = []
  if (best !== undefined) {
    const { candidate, row } = best.scored
    for (const source of candidate.sources) out.push(sourceEvidence(source))
    const lm = row[F.lm] as number
    if (lm > Math.log(2)) {
      const before = reading.sentence.tokens[candidate.start - 1]?.surface
      const after = reading.sentence.tokens[candidate.end]?.surface
      const frame = (words: string): string =>
        [before, words, after].filter((part) => (part ?? '') !== '').join(' ')
      out.push({
        kind: 'context',
        text: `the model expects '${frame(candidate.words.join(' '))}' ${times(lm)} times rather than '${frame(surface)}'`,
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

/** eⁿ rounded to one significant figure, capped. */
function times(nats: number): string {
  const ratio = Math.exp(Math.min(nats, Math.log(SHOWN_TIMES)))
  const unit = 10 ** Math.floor(Math.log10(ratio))
  const rounded = Math.round(ratio / unit) * unit
  return nats > Math.log(SHOWN_TIMES) ? 'over 1,000,000' : rounded.toLocaleString('en-US')
}

function sourceEvidence(source: Source): Evidence {
  const path = source.path.join(' ← ')
  const origin = source.origin === undefined ? '' : ` (${source.origin})`
  switch (source.name) {
    case 'entry':
      return { kind: 'entry', text: `known spun phrase: ${path}${origin}` }
    case 'term':
      return { kind: 'entry', text: `known term: ${source.path.join(', ')}${origin}` }
    case 'habit':
      return { kind: 'entry', text: `spinners habitually print: ${path}${origin}` }
    case 'wordnet':
    case 'moby':
      return {
        kind: 'thesaurus',
        text: `thesaurus: ${source.path.join(' – ')} (${source.name === 'moby' ? 'Moby' : 'WordNet'})`,
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

export function surfaceOf(reading: Reading, { start, end }: { start: number; end: number }): string {
  let text = ''
  for (const token of reading.sentence.tokens.slice(start, end))
    text += text === '' || token.joined ? token.surface : ` ${token.surface}`
  return text
}
