/**
 * Spelling of regular English endings: what happens at the joint between a stem and -s, -ed, -ing, -er.
 *
 * In: a lower-case word. Out: the word with its ending. Pure rules; words that break them stand in
 * wordlists/inflection. A final consonant doubles only in words of one syllable, because spelling does
 * not show the stress that decides it in longer ones ("visited", but "admitted").
 */

const VOWELS = 'aeiou'
const SIBILANTS = ['s', 'x', 'z', 'ch', 'sh'] as const

const isVowel = (word: string, at: number): boolean => {
  const char = word.charAt(at)
  if (char === 'u' && word.charAt(at - 1) === 'q') return false
  return (char !== '' && VOWELS.includes(char)) || (char === 'y' && at > 0 && !isVowel(word, at - 1))
}

/** Runs of vowels, less a silent final e; at least 1. An estimate, right for the common words. */
export function syllables(word: string): number {
  let runs = 0
  for (let at = 0; at < word.length; at++) {
    if (isVowel(word, at) && (at === 0 || !isVowel(word, at - 1))) runs += 1
  }
  const last = word.length - 1
  const silent = word.endsWith('e') && last > 0 && !isVowel(word, last - 1) && !endsInSyllabicLe(word)
  return Math.max(1, silent ? runs - 1 : runs)
}

/** "simple", "gentle": the final -le is a syllable. */
export const endsInSyllabicLe = (word: string): boolean =>
  word.endsWith('le') && word.length > 3 && !isVowel(word, word.length - 3)

/** One vowel and one consonant at the end, as in "stop"; w, x and y never double. */
export function endsInSingle(word: string): boolean {
  const last = word.length - 1
  return (
    last >= 1 &&
    !isVowel(word, last) &&
    !'wxy'.includes(word.charAt(last)) &&
    /[a-z]/.test(word.charAt(last)) &&
    isVowel(word, last - 1) &&
    !(last >= 2 && isVowel(word, last - 2))
  )
}

export const doublesFinal = (word: string): boolean => endsInSingle(word) && syllables(word) === 1

const afterConsonantY = (word: string): boolean =>
  word.endsWith('y') && word.length > 1 && !VOWELS.includes(word.charAt(word.length - 2))

const doubled = (word: string): string => word + word.charAt(word.length - 1)

/** -s of verbs, and of nouns that follow the plain rule: "passes", "carries", "goes", "plays". */
export function withS(word: string): string {
  if (SIBILANTS.some((end) => word.endsWith(end))) return `${word}es`
  if (afterConsonantY(word)) return `${word.slice(0, -1)}ies`
  if (word.endsWith('o') && !isVowel(word, word.length - 2)) return `${word}es`
  return `${word}s`
}

/** -ed: "hoped", "carried", "stopped", "visited", "panicked". */
export function withEd(word: string): string {
  if (word.endsWith('e')) return `${word}d`
  if (afterConsonantY(word)) return `${word.slice(0, -1)}ied`
  if (word.endsWith('ic')) return `${word}ked`
  return `${doublesFinal(word) ? doubled(word) : word}ed`
}

/** -ing: "hoping", "dying", "seeing", "stopping", "visiting", "panicking". */
export function withIng(word: string): string {
  if (word.endsWith('ie')) return `${word.slice(0, -2)}ying`
  if (word.endsWith('e') && word.length > 2 && !/[eoy]e$/.test(word)) return `${word.slice(0, -1)}ing`
  if (word.endsWith('ic')) return `${word}king`
  return `${doublesFinal(word) ? doubled(word) : word}ing`
}

/** -ed and -ing with the final consonant doubled whatever the stress: British "travelled". */
export function withDoubled(word: string, ending: 'ed' | 'ing'): string {
  return `${doubled(word)}${ending}`
}

/**
 * -er and -est where the adjective is short ("bigger", "easier", "simpler", "narrower"), else "more"
 * or "most" before it. Adverbs in -ly take "more"; the few adjectives in -ly stand in the table.
 */
export function compared(word: string, ending: 'er' | 'est'): string {
  if (!isShort(word)) return `${ending === 'er' ? 'more' : 'most'} ${word}`
  if (word.endsWith('e')) return `${word}${ending.slice(1)}`
  if (afterConsonantY(word)) return `${word.slice(0, -1)}i${ending}`
  return `${doublesFinal(word) ? doubled(word) : word}${ending}`
}

function isShort(word: string): boolean {
  if (word.includes(' ')) return false
  const count = syllables(word)
  if (count === 1) return true
  if (count > 2 || word.endsWith('ly')) return false
  return afterConsonantY(word) || endsInSyllabicLe(word) || word.endsWith('ow')
}
