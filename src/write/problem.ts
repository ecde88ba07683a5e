/**
 * Which problems mean that an input got no answer, and how a problem reads on one line.
 */
import type { Problem } from '../types.ts'

/** The others are remarks: the document was read all the same. */
const FATAL: ReadonlySet<Problem['kind']> = new Set(['binary', 'too-large', 'unreadable', 'record'])

export const isFatal = ({ kind }: Problem): boolean => FATAL.has(kind)

/** Fact, then what to do, as one sentence pair. Not escaped. */
export const problemMessage = ({ message, fix }: Problem): string => `${message}; fix: ${fix}`
