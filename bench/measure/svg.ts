/**
 * Elements to SVG text. In: names, attributes, children already rendered. Out: well-formed XML; all
 * text and attribute values pass through `escapeXml`, so a set may be called anything.
 */

const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Markup characters as references; control characters, which XML 1.0 forbids, dropped. */
export function escapeXml(text: string): string {
  let out = ''
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) continue
    out += REFERENCES.get(char) ?? char
  }
  return out
}

export type Attributes = Readonly<Record<string, string | number>>

/** Coordinates are rounded to a tenth of a unit, so that equal figures give equal files. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === 'number' ? String(Math.round(value * 10) / 10) : escapeXml(value)}"`,
    )
    .join('')
  return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`
}

export const text = (x: number, y: number, content: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeXml(content))

export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string =>
  element('line', { x1, y1, x2, y2, ...attributes })

/** A whole picture on a white ground, with a title and a description for those who cannot see it. */
export function svg(
  size: { readonly width: number; readonly height: number },
  words: { readonly title: string; readonly description: string },
  children: readonly string[],
): string {
  const body = [
    element('title', {}, escapeXml(words.title)),
    element('desc', {}, escapeXml(words.description)),
    element('rect', { ...size, fill: '#ffffff' }),
    ...children,
  ].join('\n')
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...size,
    viewBox: `0 0 ${size.width} ${size.height}`,
    role: 'img',
    'font-family': 'sans-serif',
    'font-size': 12,
    fill: '#222222',
  }
  return `${element('svg', root, `\n${body}\n`)}\n`
}
