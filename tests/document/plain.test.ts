import { describe, expect, test } from 'vitest'
import { boilerplate } from '../../src/document/boilerplate.ts'
import { document } from '../../src/document/document.ts'
import { passages } from '../../src/document/passages.ts'

/** "h: text" and "b: text" for headings and boilerplate, the text alone for prose. */
const read = (text: string): string[] =>
  passages(document(text, { format: 'text' })).map(({ kind, text: words }) =>
    kind === 'prose' ? words : `${kind.charAt(0)}: ${words}`,
  )

describe('plain text', () => {
  test.each([
    { why: 'blank lines part', text: 'One ends.\n\nTwo ends.', passages: ['One ends.', 'Two ends.'] },
    { why: 'blank lines may hold spaces', text: 'One ends.\r\n \t\r\nTwo.', passages: ['One ends.', 'Two.'] },
    {
      why: 'a lower-case line goes on',
      text: 'He well-liked Huawei for 5G\nlast month.',
      passages: ['He well-liked Huawei for 5G\nlast month.'],
    },
    {
      why: 'a full line goes on, even before a name',
      text: 'The message was brought to the court by\nPresident Smith, who had written it with\nhis own hand.',
      passages: [
        'The message was brought to the court by\nPresident Smith, who had written it with\nhis own hand.',
      ],
    },
    {
      why: 'a short line before a capital was ended on purpose',
      text: 'The first point\nThis paragraph is a good deal wider than the line above it.',
      passages: ['h: The first point', 'This paragraph is a good deal wider than the line above it.'],
    },
    {
      why: 'list items part',
      text: 'We need:\n- flour\n- water\n2. salt\n(c) yeast',
      passages: ['We need:', '- flour', '- water', '2. salt', '(c) yeast'],
    },
    {
      why: 'a year at a line start is no list number',
      text: 'It was built in the spring of\n1987. Nobody saw it at the time.',
      passages: ['It was built in the spring of\n1987. Nobody saw it at the time.'],
    },
    {
      why: 'verse is read through its line ends',
      text: 'The hills are grey,\nAnd no bird sings,\nThe lake is dry\nUnder the moon.',
      passages: ['The hills are grey,\nAnd no bird sings,\nThe lake is dry\nUnder the moon.'],
    },
    {
      why: 'a sentence torn apart by a blank line is one',
      text: 'The company was put on the list\n\n in May of that year.',
      passages: ['The company was put on the list\n\n in May of that year.'],
    },
    {
      why: 'one line alone is read, not headed',
      text: 'A title of some kind',
      passages: ['A title of some kind'],
    },
    { why: 'white space only', text: ' \n\n\t ', passages: [] },
  ])('$why', ({ text, passages: expected }) => {
    expect(read(text)).toEqual(expected)
  })
})

describe('boilerplate', () => {
  const isFurniture = boilerplate()
  test.each([
    'Skip to content Skip to sidebar Skip to footer',
    'Share this:',
    'Read more »',
    'Read More: 3 min read',
    'Originally published Feb. 11, 2:35 p.m. PT.',
    'Posted on 12 March 2021 at 10:05',
    'Last updated: Tuesday, 4 May 2023',
    'By Jane Q. Doe and John Roe',
    'Photo by Jane Doe, 2019',
    'Copyright © 2021 Example Media. All rights reserved.',
    'Home | About | Contact Us',
    'Home News Sport Business More',
    'We use cookies to give you the best experience on our site and to measure its use.',
    'Leave a Reply',
    '12 Comments',
  ])('furniture: %s', (text) => {
    expect(isFurniture(text)).toBe(true)
  })

  test.each([
    'Share prices fell again on Monday.',
    'Read more books and you will write better.',
    'Updated figures show that 3 in 4 agreed.',
    'Update, 4:22 p.m.: Adds a quote from the report.',
    'By Monday the town had been evacuated.',
    'By John Smith the play was considered a failure.',
    'China Bans Bitcoin Mining',
    'Home is where the heart is',
    'Contact with the enemy was lost.',
    'The menu was short and the wine was warm.',
    'Cookies are small files that a site stores.',
    'World Health Organization Warns Of Virus',
    '2019',
    '',
  ])('text to read: %s', (text) => {
    expect(isFurniture(text)).toBe(false)
  })
})
