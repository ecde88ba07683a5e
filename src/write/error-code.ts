/**
 * What the system calls an error, for messages: "cannot be read (ENOENT)".
 *
 * In: anything that was thrown. Out: a code or a few words, on one line; never a stack.
 */
const LONGEST = 200

/** The code of a system error ("ENOENT"), else the first line of what it says. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  return line === '' ? 'an error' : line.slice(0, LONGEST)
}
