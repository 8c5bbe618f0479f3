import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const catalogue = fileURLToPath(new URL('../crates/catalogue/es-EC', import.meta.url));

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  resolve: { alias: { $catalogue: catalogue, $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  clearScreen: false,
  server: { port: 5183, strictPort: true, fs: { allow: ['.', catalogue] } },
  // Everything is served from inside the program: no inlined data, which the content policy would refuse.
  build: { target: 'safari16', assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: false },
  test: { environment: 'jsdom', include: ['src/**/*.spec.ts', 'tests/**/*.spec.ts'], setupFiles: ['tests/setup.ts'] },
});
