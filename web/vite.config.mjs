/** How the console's front end is built: into dist/web, which the server serves under /console. */
import { defineConfig } from 'vite';

/** The server that `vite web` passes calls on to while one works on the screens. */
const SERVER = process.env.LATCHKEY_URL ?? 'http://127.0.0.1:8787';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  // JSX without React's runtime.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // An inline script would be against the page's policy, and an inlined file is data:, which isn't 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/console/api', '/_latchkey', '/readyz', '/healthz', '/icon.svg'].map((path) => [
        path,
        SERVER,
      ]),
    ),
  },
});
