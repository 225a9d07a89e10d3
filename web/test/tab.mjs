// A page of its own in the browser, and what tests ask of it again and again.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { program } from './browser.mjs';
import { hearth } from './serve.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const missing = [[program, 'chromium'], [hearth, 'the program hearth']]
    .filter(([path]) => !existsSync(path)).map(([, name]) => name);
export const skip = missing.length ? `SKIP: ${missing.join(', ')} absent` : false;

/** Opens the page at an address; what it complains of and whom it asks outside is kept. */
export async function openTab(browser, server, options = {}, address = '', ready = '.hours canvas') {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: false, ...options });
    const tab = await context.newPage();
    tab.setDefaultTimeout(240000);
    tab.said = [];
    tab.outside = [];
    tab.on('console', m => { if (m.type() === 'error') tab.said.push(m.text()); });
    tab.on('pageerror', e => tab.said.push(e.message));
    tab.on('request', r => { if (!r.url().startsWith(server.address) && !r.url().startsWith('data:')) tab.outside.push(r.url()); });
    await tab.goto(server.address + address);
    await tab.locator(ready).locator('visible=true').first().waitFor();
    return tab;
}

export const settled = tab => tab.waitForFunction(() => !document.querySelector('.busy'));
export const figure = (tab, n) => tab.locator('.fig b').nth(n).textContent();

/** Axe finds nothing, and nothing runs over the edge. The page needs `bypassCSP`. */
export async function isAccessible(tab, name) {
    if (!await tab.evaluate(() => 'axe' in globalThis)) await tab.evaluate(axe);
    const found = await tab.evaluate(() => globalThis.axe.run());
    assert.deepEqual(found.violations.map(v => `${name}: ${v.id} ${v.nodes[0].html}`), []);
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: sideways scrolling`);
}

/** For a page before it opens: the stream says an estimate first, as a server may that has a plan alike, and goes on at `next()`. */
export function estimateFirst() {
    const add = EventSource.prototype.addEventListener;
    const heard = {};
    EventSource.prototype.addEventListener = function (kind, listener) {
        heard[kind] = listener;
        add.call(this, kind, kind !== 'plan' ? listener : async event => {
            const plan = JSON.parse(event.data);
            if (plan.seq === 0) return listener(event);
            const view = { ...await (await fetch(`./api/v1/plan/${plan.hash}/view`)).json(), hours: [], transfers: [], rules: [] };
            const tell = (name, more) => heard[name](new MessageEvent(name, { data: JSON.stringify({ ...plan, view, ...more }) }));
            tell('approx', { depth: 'typical', error: { together: { heat_delivered_kwh_year: 0.018 } } });
            globalThis.next = () => { tell('exact', { depth: 'exact' }); globalThis.next = () => listener(event); };
        });
    };
}
