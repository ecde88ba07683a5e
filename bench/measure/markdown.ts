/** Rows to a Markdown table, and numbers to cells. A figure that could not be measured is an en dash. */

export type Cell = string | number

/** A head cell that ends in ":" stands over a column of numbers. Ends with a line break. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = (name: string): boolean => name.endsWith(':')
  const line = (cells: readonly Cell[]): string =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [
    line(head.map((name) => (isNumeric(name) ? name.slice(0, -1) : name))),
    `|${head.map((name) => (isNumeric(name) ? '--:' : '---')).join('|')}|`,
    ...rows.map(line),
    '',
  ].join('\n')
}

/** Fixed decimals; an en dash for what was not measured. */
export const decimal = (value: number | undefined, digits = 2): string =>
  value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits)

/** "12 (34 %)". */
export const share = (part: number, whole: number): string =>
  whole === 0 ? `${part}` : `${part} (${((100 * part) / whole).toFixed(0)} %)`
