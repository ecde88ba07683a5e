/**
 * The rules that findings are reported under in formats that name rules: one for each kind of finding,
 * and one for the verdict on a document. Names stay as they are once published: they stand in other
 * people's suppression lists.
 */
import type { Finding } from '../types.ts'

export interface Rule {
  readonly id: string
  readonly name: string
  /** What a place under this rule is. */
  readonly text: string
}

export const DOCUMENT_RULE: Rule = {
  id: 'spun-document',
  name: 'SpunDocument',
  text: 'The document as a whole reads as if its words had been replaced from a thesaurus.',
}

const BY_KIND: Readonly<Record<Finding['kind'], Rule>> = {
  word: { id: 'spun-word', name: 'SpunWord', text: 'A word looks replaced from a thesaurus.' },
  phrase: { id: 'spun-phrase', name: 'SpunPhrase', text: 'A fixed wording looks replaced word by word.' },
  name: { id: 'spun-name', name: 'SpunName', text: 'A name looks replaced.' },
  number: { id: 'spun-number', name: 'SpunNumber', text: 'A number or unit looks replaced.' },
  insertion: { id: 'spun-insertion', name: 'SpunInsertion', text: 'A superfluous word looks put in.' },
  markup: { id: 'spun-markup', name: 'SpunMarkup', text: 'Marks of a spinning program were left behind.' },
}

export const ruleOf = (kind: Finding['kind']): Rule => BY_KIND[kind]

/** Every rule, in the order in which formats number them. */
export const RULES: readonly Rule[] = [...Object.values(BY_KIND), DOCUMENT_RULE]
