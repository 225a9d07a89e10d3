import { defineConfig } from 'vite';

// One page that the server embeds: relative addresses, nothing inline, so that the policy can forbid all else.
export default defineConfig({
    base: './',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
