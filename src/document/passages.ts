/**
 * A document to its passages: the blocks of text a reader reads.
 *
 * In: a `Document` of any format. Out: passages in order, each knowing where every unit stands in the
 * source. The format decides how blocks are found; what is page furniture is asked here, of all formats
 * alike.
 */

import type { Document, Passage } from '../types.ts'
import { boilerplate } from './boilerplate.ts'
import { htmlPassages } from './html.ts'
import { onlyIn } from './main-content.ts'
import { markdownPassages } from './markdown.ts'
import { plainPassages } from './plain.ts'

/** Keeps no state; made once, because it takes longer than reading a short text. */
const isFurniture = boilerplate()

/**
 * Passages of `document`, ordered by place. Pieces are ordered and disjoint, cover the passage's text,
 * and slice back to it wherever `width === length`.
 */
export function passages(document: Document): Passage[] {
  const all = blocks(document)
  const read = document.main === undefined ? all : onlyIn(document.main, all)
  return read.map((passage) =>
    passage.kind !== 'code' && passage.kind !== 'boilerplate' && isFurniture(passage.text)
      ? { ...passage, kind: 'boilerplate' }
      : passage,
  )
}

function blocks(document: Document): Passage[] {
  switch (document.format) {
    case 'text':
      return plainPassages(document.text)
    case 'md':
      return markdownPassages(document.text)
    case 'html':
      return htmlPassages(document.text)
  }
}
