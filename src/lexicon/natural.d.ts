/** `natural` types only its root, which is never imported: it loads every part of the package. */
declare module 'natural/lib/natural/inflectors/noun_inflector.js' {
  export default class NounInflector {
    pluralize(token: string): string
  }
}
