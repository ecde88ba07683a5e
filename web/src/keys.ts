/**
 * The keys of the page, as one table: what the handler obeys, what buttons are labelled with and what
 * the help lists are the same rows.
 */
export type Command =
  | 'next'
  | 'previous'
  | 'accept'
  | 'reject'
  | 'retype'
  | 'remark'
  | 'undo'
  | 'acceptAll'
  | 'nextDocument'
  | 'view'
  | 'markup'
  | 'search'
  | 'up'
  | 'down'
  | 'open'
  | 'back'
  | 'help'

export interface Key {
  readonly command: Command
  /** Value of `KeyboardEvent.key`. */
  readonly key: string
  /** As it is shown. */
  readonly shown: string
  readonly does: string
  readonly where: 'queue' | 'document' | 'both'
}

export const KEYS: readonly Key[] = [
  { command: 'next', key: 'j', shown: 'j', does: 'next place', where: 'document' },
  { command: 'previous', key: 'k', shown: 'k', does: 'previous place', where: 'document' },
  { command: 'accept', key: 'a', shown: 'a', does: 'accept the first alternative', where: 'document' },
  { command: 'reject', key: 'r', shown: 'r', does: 'reject: keep the wording', where: 'document' },
  { command: 'retype', key: 'e', shown: 'e', does: 'retype: put in a text of your own', where: 'document' },
  {
    command: 'acceptAll',
    key: 'A',
    shown: 'A',
    does: 'decide all like this, after a look at them',
    where: 'document',
  },
  {
    command: 'remark',
    key: 'w',
    shown: 'w',
    does: 'write why, on a place that is decided',
    where: 'document',
  },
  {
    command: 'nextDocument',
    key: 'n',
    shown: 'n',
    does: 'next document with open places',
    where: 'document',
  },
  { command: 'view', key: 'v', shown: 'v', does: 'side by side, or changes inline', where: 'document' },
  { command: 'markup', key: 'm', shown: 'm', does: 'show or hide markup', where: 'document' },
  { command: 'back', key: 'Escape', shown: 'Esc', does: 'back to the queue', where: 'document' },
  { command: 'up', key: 'ArrowUp', shown: '↑', does: 'document before', where: 'queue' },
  { command: 'down', key: 'ArrowDown', shown: '↓', does: 'document after', where: 'queue' },
  { command: 'open', key: 'Enter', shown: 'Enter', does: 'open the document', where: 'queue' },
  { command: 'search', key: '/', shown: '/', does: 'search the queue', where: 'both' },
  { command: 'undo', key: 'u', shown: 'u', does: 'undo', where: 'both' },
  { command: 'help', key: '?', shown: '?', does: 'help', where: 'both' },
]

/** Keys that are no letters, digits or signs work even where single keys are turned off. */
export const isSingle = (key: string): boolean => key.length === 1

/** As `KeyboardEvent.key` has it. */
export const keyOf = (command: Command): string => KEYS.find((one) => one.command === command)?.key ?? ''

export const shownKey = (command: Command): string => KEYS.find((one) => one.command === command)?.shown ?? ''

/** What a key asks for in a view: a command, the number of an alternative (from 1), or nothing. */
export function commandOf(key: string, view: 'queue' | 'document'): Command | number | undefined {
  if (view === 'document' && /^[1-9]$/.test(key)) return Number(key)
  return KEYS.find((one) => one.key === key && (one.where === 'both' || one.where === view))?.command
}
