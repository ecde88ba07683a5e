/**
 * Builds the review page into dist/web: files of its own origin only, no inline script or style, as the
 * Content-Security-Policy of the server asks. `vite build --config web/vite.config.ts`
 */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// Vite reads its settings from the default export.
export default defineConfig({
  root: here('.'),
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A data: address would be needless: there is one style sheet and one icon.
    assetsInlineLimit: 0,
  },
})
