/** The cheap look's network: every word of labelled documents, replaced or not, from what needs no candidate. */
import { document } from '../../src/document/document.ts'
import { readSentences } from '../../src/document/read-sentences.ts'
import { documentContext } from '../../src/restore/context.ts'
import { look } from '../../src/restore/look.ts'
import { logOdds } from '../../src/restore/network.ts'
import type { Knowledge } from '../../src/restore/read.ts'
import { SUSPICION_INPUTS, suspicionRows } from '../../src/restore/suspicion.ts'
import type { Weights } from '../../src/restore/weights.ts'
import type { Labelled } from './labelled.ts'
import { type NetworkExample, trainNetwork } from './network.ts'
import { sentenceLabels } from './rank-places.ts'

/** Of the words that were kept one in so many is trained on, with its weight. */
const KEPT_EVERY = 3

/** Words of a document with known labels. */
export function suspicionExamples(knowledge: Knowledge, doc: Labelled, weight: number): NetworkExample[] {
  const sentences = readSentences(document(doc.text, { format: 'text' }))
  const context = documentContext(knowledge.model, knowledge.vectors, sentences)
  const out: NetworkExample[] = []
  let kept = 0
  for (const sentence of sentences) {
    const seen = look(knowledge, knowledge.weights.suspicion, sentence, context)
    const { state } = sentenceLabels(sentence, doc)
    const { at, rows } = suspicionRows(seen.context, seen.listed)
    at.forEach((token, i) => {
      if (state[token] === 2) return
      const replaced = state[token] === 1
      if (!replaced && kept++ % KEPT_EVERY !== 0) return
      const x = rows.slice(i * SUSPICION_INPUTS.length, (i + 1) * SUSPICION_INPUTS.length)
      out.push({ x, y: replaced ? 1 : 0, weight: replaced ? weight : weight * KEPT_EVERY })
    })
  }
  return out
}

/** Trains the network; thresholds and prior stay those of `start`. */
export function trainSuspicion(
  examples: readonly NetworkExample[],
  start: Weights['suspicion'],
): Weights['suspicion'] {
  let replaced = 0
  let all = 0
  for (const { y, weight } of examples) {
    replaced += y * weight
    all += weight
  }
  const network = trainNetwork(SUSPICION_INPUTS, examples, { hidden: 12, epochs: 10, ridge: 1e-5, seed: 9 })
  const { readFrom, usedFrom, initial, replaced: prior, kept, probe } = start
  return {
    ...network,
    trainedOdds: Number(logOdds(replaced / all).toPrecision(6)),
    readFrom,
    usedFrom,
    initial,
    replaced: prior,
    kept,
    probe,
  }
}
