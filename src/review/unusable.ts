/** Why model files cannot be used, as fact and fix: what the library throws carries both. */

export function unusable(error: unknown): { readonly message: string; readonly fix: string } {
  const text = error instanceof Error ? error.message : String(error)
  const [fact = '', fix = 'check --model; reinstall the package, or in a checkout run: npm run build'] =
    text.split('\n  fix: ')
  return { message: `the model cannot be loaded: ${fact}`, fix }
}
