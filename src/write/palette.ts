/**
 * Colours as functions from text to text: ANSI sequences, or nothing at all.
 *
 * Whether colour is wanted is decided once, at the edge, from flag, environment and terminal; what
 * prints knows only the palette it was given. Text must be made `visible` before it is painted.
 */

export type Paint = (text: string) => string

export interface Palette {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly cyan: Paint
}

const ansi =
  (on: number, off: number): Paint =>
  (text) =>
    `\u001b[${on}m${text}\u001b[${off}m`

const bare: Paint = (text) => text

/** The palette of a coloured terminal, or the one that leaves text alone. */
export function palette(colour: 'ansi' | 'none'): Palette {
  if (colour === 'none') return { bold: bare, dim: bare, red: bare, green: bare, yellow: bare, cyan: bare }
  return {
    bold: ansi(1, 22),
    dim: ansi(2, 22),
    red: ansi(31, 39),
    green: ansi(32, 39),
    yellow: ansi(33, 39),
    cyan: ansi(36, 39),
  }
}
