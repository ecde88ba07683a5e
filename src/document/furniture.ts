/**
 * Page furniture as data: what menus, share bars, notices and date lines say.
 *
 * A constant table and nothing else; `boilerplate` reads it. Everything is lower case, words parted by
 * one space, without punctuation, as the tokenizer's keys are.
 */

export interface Furniture {
  /** Phrases that, laid end to end, make up a whole block of furniture. */
  readonly phrases: readonly string[]
  /** Openings of date lines; only dates, times and names of zones may follow. */
  readonly dateOpenings: readonly string[]
  /** Openings of lines naming a writer, photographer or owner; names and dates may follow. */
  readonly creditOpenings: readonly string[]
  /** Words of dates and times. */
  readonly dateWords: readonly string[]
  /** Menu words; a block of capitalised words of which most are these is a menu. */
  readonly menuWords: readonly string[]
  /** Openings of notices up to 600 units long, whatever follows; 64 units at most. */
  readonly noticeOpenings: readonly string[]
}

const words = (list: string): string[] => list.split(' ')

export const FURNITURE: Furniture = {
  phrases: [
    'skip to content, skip to main content, skip to sidebar, skip to footer, skip to navigation',
    'skip to primary navigation, skip links, jump to content, jump to navigation, toggle navigation',
    'toggle menu, open menu, close menu, main menu, menu, search, search for, close search, read more',
    'read more at, read also, read next, continue reading, keep reading, learn more, show more',
    'see more, view more, load more, view all, see all, click here, click here to read more, tap here',
    'back to top, scroll to top, go to top, share, share this, share this article, share this post',
    'share this page, share this story, share on, share via, share it, share with friends',
    'share on facebook, share on twitter, share on linkedin, share on pinterest, share on whatsapp',
    'share on reddit, tweet, tweet this, pin it, like this, like loading, loading, facebook, twitter',
    'linkedin, pinterest, reddit, whatsapp, telegram, tumblr, instagram, youtube, email, e - mail',
    'print, print this, copy link, link copied, copied, follow us, follow us on, follow me',
    'find us on facebook, join us, like us on facebook, subscribe, subscribe now',
    'subscribe to our newsletter, sign up, sign up for our newsletter, sign up now, sign in, sign out',
    'log in, login, log out, logout, register, my account, create account, advertisement',
    'advertisements, advertise with us, ad, sponsored, sponsored content, sponsored links, promoted',
    'story continues below advertisement, article continues below advertisement',
    'article continues after advertisement, scroll to continue with content, related',
    'related articles, related posts, related stories, related content, related topics, related tags',
    'recommended for you, you may also like, you might also like, you might also be interested in',
    'more like this, more from this author, most read, most popular, popular posts, recent posts',
    'recent comments, latest news, latest posts, trending, trending now, categories, tags, archives',
    'table of contents, leave a comment, leave a reply, leave a response, post a comment',
    'post comment, add a comment, no comments, no comments yet, cancel reply, comments, comments off',
    'reply, save my name email and website in this browser for the next time i comment',
    'your email address will not be published, required fields are marked, previous post, next post',
    'previous article, next article, previous, next, home, about, about us, about me',
    'about the author, contact, contact us, faq, sitemap, site map, privacy, privacy policy',
    'cookie policy, cookie settings, cookie preferences, terms, terms of use, terms of service',
    'terms and conditions, disclaimer, legal notice, all rights reserved, accept, accept all',
    'accept cookies, accept all cookies, reject all, decline, got it, manage preferences, min read',
    'minute read, minutes read, image source, image credit, photo credit, getty images',
    'powered by wordpress, proudly powered by wordpress, add to cart, buy now, view cart, and, or',
  ].flatMap((row) => row.split(', ')),
  dateOpenings: [
    '',
    'published',
    'published on',
    'published at',
    'first published',
    'first published on',
    'originally published',
    'originally published on',
    'originally posted',
    'originally posted on',
    'posted',
    'posted on',
    'posted at',
    'updated',
    'updated on',
    'updated at',
    'last updated',
    'last updated on',
    'last modified',
    'last modified on',
    'last edited',
    'last reviewed',
    'date',
    'on',
  ],
  creditOpenings: [
    'by',
    'written by',
    'posted by',
    'published by',
    'reviewed by',
    'edited by',
    'reported by',
    'photo by',
    'photos by',
    'photograph by',
    'image by',
    'picture by',
    'image',
    'photo',
    'photo credit',
    'image credit',
    'image source',
    'credit',
    'credits',
    'source',
    'via',
    'author',
    'copyright',
    '©',
    'copyright ©',
  ],
  dateWords: words(
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun am pm a.m. p.m. noon midnight gmt utc bst cet cest ist est edt cst cdt mst mdt pst pdt pt et at on of the ago day days hour hours minute minutes mins min read week weeks month months st nd rd th updated published last',
  ),
  menuWords: words(
    'home about us contact blog news shop store cart faq faqs help support login register account search menu services products portfolio gallery careers jobs team pricing privacy policy terms sitemap sports sport politics business technology tech entertainment lifestyle health science world opinion video videos photos weather travel culture events reviews newsletter newsletters podcasts subscribe more',
  ),
  noticeOpenings: [
    'we use cookies to',
    'we use cookies and',
    'we and our partners use cookies',
    'we and our partners store',
    'this website uses cookies',
    'this site uses cookies',
    'this site uses akismet',
    'our website uses cookies',
    'our site uses cookies',
    'by continuing to use this site',
    'by continuing to use this website',
    'by continuing to browse',
    'by clicking accept',
    'by clicking “accept',
    'by clicking " accept',
    'please enable javascript',
    'javascript is disabled',
    'javascript is required',
    'you need to enable javascript',
    'your browser does not support',
    'your email address will not be published',
    'click to share on',
    'click here to subscribe',
    'save my name email and website',
    'all rights reserved',
    'copyright ©',
    '© copyright',
    'enter your email address to',
    'this post may contain affiliate links',
    'this article may contain affiliate links',
    'this page contains affiliate links',
  ],
}
