import { defineConfig } from 'vite';
import { content } from './content';
import { tokens } from './tokens';

// One page that the server embeds: relative addresses, nothing inline, so that the policy can forbid all else.
export default defineConfig({
    base: './',
    plugins: [tokens(), content()],
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
