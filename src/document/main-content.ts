/**
 * The article of a web page, for reading only.
 *
 * In: the page's source. Out: title and paragraphs as plain text, without the page around them. Places in
 * the source are lost on the way, so nothing found in this text can be written back: `passages` is the
 * way to a text that is to be mended.
 */

import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { htmlPassages } from './html.ts'
import { htmlDepth } from './html-depth.ts'

export interface MainContent {
  /** Empty when the page has none. */
  readonly title: string
  /** Paragraphs parted by blank lines. */
  readonly text: string
}

/** Larger pages are not tried: the tree takes some forty times their size. */
const MAX_UNITS = 5_000_000
const MAX_ELEMENTS = 50_000
/** Readability's time grows with the square of the nesting: minutes at 20,000. Real pages stay below 100. */
const MAX_DEPTH = 300

/**
 * Main content of the page, or undefined when there is none to be found, the page is larger than five
 * million units or nested deeper than 300 elements, or the tree cannot be built. Never throws.
 */
export function mainContent(text: string): MainContent | undefined {
  if (text.length > MAX_UNITS || htmlDepth(text) > MAX_DEPTH) return undefined
  try {
    // Readability moves the nodes of the tree it is given; this one is ours alone.
    const article = new Readability(parseHTML(text).document, { maxElemsToParse: MAX_ELEMENTS }).parse()
    const read = htmlPassages(article?.content ?? '').filter(({ kind }) => kind !== 'code')
    if (read.length === 0) return undefined
    return { title: article?.title ?? '', text: read.map((passage) => passage.text).join('\n\n') }
  } catch {
    return undefined
  }
}
