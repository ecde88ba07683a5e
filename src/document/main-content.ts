/**
 * Where the article of a web page stands in its source: for reading without the page around it.
 *
 * In: the source. Out: ranges of the source. Readability finds the article in a tree that knows no
 * places, so every run of text is put into an element of its own, in a copy, which bears the run's
 * number through whatever is done to the tree; what comes out of it again is the article. So a place
 * found in it is a place of the source, and can be mended there.
 */

import { createRequire } from 'node:module'
import type * as ReadabilityPackage from '@mozilla/readability'
import { Tokenizer } from 'htmlparser2'
import type * as LinkedomPackage from 'linkedom'
import type { Passage, Span } from '../types.ts'
import { skipSpace } from './chars.ts'
import { htmlPassages } from './html.ts'
import { htmlDepth } from './html-depth.ts'

/** Larger pages are not tried: the tree takes some eighty times their size. */
const MAX_UNITS = 2_000_000
const MAX_ELEMENTS = 100_000
/** Units below which Readability looks again with less rigour, and takes comments for text: short articles are many. */
const LEAST_ARTICLE = 250
/** Readability's time grows with the square of the nesting: minutes at 20,000. Real pages stay below 100. */
const MAX_DEPTH = 300

/** A name that no page uses. */
const NUMBER = 'data-unspin-run'
/** Their text is no text of the page, or would not be parsed. */
const RAW = new Set(
  'script style title textarea noscript iframe xmp noembed noframes plaintext template select svg math'.split(
    ' ',
  ),
)

/**
 * Ordered, disjoint ranges of the article and of the headings that are its title; undefined when no
 * article is found, the page is larger than two million units or nested deeper than 300 elements, or the
 * tree cannot be built. Never throws.
 */
export function mainContent(text: string): readonly Span<'text'>[] | undefined {
  if (text.length > MAX_UNITS || htmlDepth(text) > MAX_DEPTH) return undefined
  try {
    const { Readability, parseHTML } = packages()
    const runs = textRuns(text)
    // Readability moves the nodes of the tree it is given; this one is ours alone.
    const { document } = parseHTML(numbered(text, runs))
    const options = { maxElemsToParse: MAX_ELEMENTS, charThreshold: LEAST_ARTICLE, serializer: numbersIn }
    const article = new Readability(document, options).parse()
    const kept = article?.content
    if (!kept || kept.size === 0) return undefined
    const ranges = runs.filter((_, i) => kept.has(i))
    return inOrder([...ranges, ...titles(text, article.title ?? '')])
  } catch {
    return undefined
  }
}

/** Loaded when a page asks for it: they cost every start a tenth of a second, and a thread its memory. */
function packages(): Pick<typeof ReadabilityPackage, 'Readability'> &
  Pick<typeof LinkedomPackage, 'parseHTML'> {
  const load = createRequire(import.meta.url)
  const { Readability }: typeof ReadabilityPackage = load('@mozilla/readability')
  const { parseHTML }: typeof LinkedomPackage = load('linkedom')
  return { Readability, parseHTML }
}

/** Runs of text between two tags, blank ones aside. */
function textRuns(text: string): Span<'text'>[] {
  const out: Span<'text'>[] = []
  let start = -1
  let end = -1
  let raw = ''
  let tag = ''
  const close = (): void => {
    if (start >= 0 && raw === '' && skipSpace(text, start, end) < end) out.push({ start, end })
    start = -1
  }
  const open = (): void => {
    if (raw === '' && RAW.has(tag)) raw = tag
  }
  const ignore = (): void => {}
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext(from, to) {
        if (start < 0) start = from
        end = to
      },
      ontextentity(_, to) {
        if (start < 0) start = text.lastIndexOf('&', to - 1)
        end = to
      },
      onopentagname(from, to) {
        close()
        tag = text.slice(from, to).toLowerCase()
      },
      onopentagend: open,
      onselfclosingtag: ignore,
      onclosetag(from, to) {
        close()
        if (text.slice(from, to).toLowerCase() === raw) raw = ''
      },
      onend: close,
      oncomment: close,
      ondeclaration: close,
      onprocessinginstruction: close,
      oncdata: close,
      isInForeignContext: () => false,
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
    },
  )
  tokenizer.write(text)
  tokenizer.end()
  return out
}

/** A copy of the page with every run in an element that bears its number. */
function numbered(text: string, runs: readonly Span<'text'>[]): string {
  const parts: string[] = []
  let at = 0
  for (const [i, { start, end }] of runs.entries()) {
    parts.push(text.slice(at, start), `<span ${NUMBER}="${i}">`, text.slice(start, end), '</span>')
    at = end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** What this file asks of a tree. */
interface Tree {
  getElementsByTagName(name: string): Iterable<{ getAttribute(name: string): string | null }>
}

function numbersIn(article: unknown): ReadonlySet<number> {
  const numbers = new Set<number>()
  // Readability hands an element of the tree on.
  for (const span of (article as Tree).getElementsByTagName('span')) {
    const number = span.getAttribute(NUMBER)
    if (number !== null) numbers.add(Number(number))
  }
  return numbers
}

/** Readability takes the headline away from the article; whoever reads it, reads that first. */
function titles(text: string, title: string): Span<'text'>[] {
  const wanted = squeezed(title)
  return htmlPassages(text)
    .filter((passage) => passage.kind === 'heading' && wanted !== '' && squeezed(passage.text) === wanted)
    .flatMap(({ pieces }) => {
      const [first, last] = [pieces[0], pieces.at(-1)]
      return first === undefined || last === undefined ? [] : [{ start: first.at, end: last.at + last.width }]
    })
}

const squeezed = (text: string): string => text.split(/\s+/).join(' ').trim().toLowerCase()

function inOrder(ranges: Span<'text'>[]): readonly Span<'text'>[] {
  const out: Span<'text'>[] = []
  for (const range of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = out.at(-1)
    if (last !== undefined && range.start <= last.end)
      out[out.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else out.push(range)
  }
  return out
}

/** The same passages; those of which less than half lies in `ranges` as furniture. */
export function onlyIn(ranges: readonly Span<'text'>[], passages: readonly Passage[]): Passage[] {
  let next = 0
  return passages.map((passage) => {
    let [inside, all] = [0, 0]
    for (const { at, width } of passage.pieces) {
      all += width
      while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next += 1
      for (let i = next; (ranges[i]?.start ?? Number.POSITIVE_INFINITY) < at + width; i++)
        inside += Math.min(ranges[i]?.end ?? 0, at + width) - Math.max(ranges[i]?.start ?? 0, at)
    }
    return 2 * inside >= all ? passage : { ...passage, kind: 'boilerplate' }
  })
}
