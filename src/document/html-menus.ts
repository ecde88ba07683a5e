/**
 * Menus that no element names: runs of short blocks that are nothing but a link each.
 *
 * In: the blocks of a page, and which of them are links throughout. Out: the same, those of a run as
 * furniture. One or two may stand for themselves in an article; three in a row are a menu, a table of
 * contents or a list of other articles.
 */
import type { Passage } from '../types.ts'

export interface Block {
  readonly passage: Passage
  /** Every word of it stands in a link. */
  readonly isLink: boolean
}

const LEAST_RUN = 3
const MOST_WORDS = 12
const SENTENCE_ENDS = '.!?"”’)'

export function withoutMenus(blocks: readonly Block[]): Passage[] {
  const out = blocks.map(({ passage }) => passage)
  let run: number[] = []
  const endRun = (): void => {
    if (run.length >= LEAST_RUN) {
      for (const i of run) out[i] = { ...(out[i] as Passage), kind: 'boilerplate' } // i is an index of `out`
    }
    run = []
  }
  for (const [i, { passage, isLink }] of blocks.entries()) {
    if (isLink && passage.kind === 'prose' && isShort(passage.text)) run.push(i)
    else if (passage.kind !== 'boilerplate') endRun()
  }
  endRun()
  return out
}

/** As a menu's entry is: a few words that are no sentence. */
const isShort = (text: string): boolean =>
  !SENTENCE_ENDS.includes(text.charAt(text.length - 1)) && text.split(/\s+/, MOST_WORDS).length < MOST_WORDS
