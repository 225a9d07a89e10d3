// How long after a slider's input event its answers are painted, in Debian's chromium against the real program: the first (≈, typical
// weeks), the exact year, and the checked plan. One row of a table, as docs/validation/typical.md has it.
// The next move comes when the exact year is there, every sixth waits for the checked plan.
//   usage: node test/latency.mjs [--moves N] [--days N] [SCENARIO]     (24 moves, the whole year of examples/seattle)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from './browser.mjs';
import { serve } from './serve.mjs';

const house = join(dirname(fileURLToPath(import.meta.url)), '../..');
const given = process.argv.slice(2), option = (name, other) => { const i = given.indexOf(name); return i < 0 ? other : Number(given.splice(i, 2)[1]); };
const moves = option('--moves', 24), days = option('--days', 0), scenario = resolve(given[0] ?? join(house, 'examples/seattle/scenario.yaml'));

/* the same place over its whole year, or the days asked for; files that it names are looked for beside it */
const folder = mkdtempSync(join(tmpdir(), 'hearth-latency-')), file = join(folder, 'scenario.yaml');
const text = readFileSync(scenario, 'utf8').replace(/^horizon:.*\n/m, days ? `horizon: {from: 2024-01-01, days: ${days}}\n` : '')
    .replace(/\b(pipes|weather|file): (?!\/)([\w./-]+)/g, (_, key, name) => `${key}: ${join(dirname(scenario), name)}`);
writeFileSync(file, text);

const server = await serve(file), browser = await open();
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })).newPage();
await page.goto(server.address);
await page.locator('.hours canvas').waitFor({ timeout: 300000 });

/** Moves a slider by its input event and says when, in ms after it, each answer stood on the screen; null: it did not come. */
const timed = (key, place, whole) => page.evaluate(([k, at, all]) => new Promise(done => {
    const input = document.getElementById(`slider-${k}`), said = { approx: null, exact: null, plan: null };
    const text = () => document.querySelector('.four').textContent, before = text();
    const begun = performance.now();
    let pending = false;
    /* after the next frame is painted: a message that follows it */
    const painted = what => { said[what] = 0; requestAnimationFrame(() => { const port = new MessageChannel(); port.port1.onmessage = () => { said[what] = performance.now() - begun; finish(); }; port.port2.postMessage(0); }); };
    const finish = () => { if (said.plan || (!all && said.exact)) { watch.disconnect(); clearTimeout(late); done(said); } };
    const look = () => {
        const four = document.querySelector('.four'), estimate = four.classList.contains('estimate'), busy = !!document.querySelector('.busy'), alert = document.querySelector('[role=alert]');
        if (busy) pending = true;
        if (estimate && said.approx === null) painted('approx');
        if (!estimate && pending && busy && said.approx !== null && said.exact === null) painted('exact');
        if (pending && !busy && !alert && said.plan === null) { if (said.exact === null && text() !== before) painted('exact'); painted('plan'); }
        if (alert && !busy) { watch.disconnect(); clearTimeout(late); done({ ...said, wrong: alert.textContent }); }
    };
    const watch = new MutationObserver(look), late = setTimeout(() => { watch.disconnect(); done({ ...said, wrong: 'nothing within two minutes' }); }, 120000);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    input.value = String(at);
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    input.dispatchEvent(new Event('change', { bubbles: true }));
}), [key, place, whole]);

const sliders = await page.locator('.sl input[type=range]').evaluateAll(all => all.map(e => ({ key: e.id.slice(7), max: Number(e.max), value: Number(e.value) })));
const rows = [];
for (let i = 0; rows.length < moves && i < 3 * moves; i++) {
    const s = sliders[i % sliders.length], turn = Math.floor(i / sliders.length), share = 0.04 + 0.03 * (turn % 4), up = (turn + i) % 2 === 0;
    const at = Math.round(Math.min(s.max, Math.max(0, s.value + (up ? share : -share) * s.max)));
    if (at === s.value) continue;
    const got = await timed(s.key, at, rows.length % 6 === 5);
    if (got.wrong) { console.error(`${s.key} ${at}: ${got.wrong.slice(0, 100)}`); await page.click('[aria-label="Undo"]'); await page.waitForFunction(() => !document.querySelector('.busy')); continue; }
    s.value = at;
    rows.push(got);
    console.error(`${s.key} ${at}: ≈ ${got.approx?.toFixed(0) ?? '–'} ms, exact ${got.exact?.toFixed(0) ?? '–'} ms, checked ${got.plan?.toFixed(0) ?? '–'} ms`);
}
const quantile = (of, q) => { const all = of.filter(x => x !== null).sort((a, b) => a - b); return all.length ? all[Math.min(all.length - 1, Math.ceil(q * all.length) - 1)].toFixed(0) : '–'; };
const told = what => `${quantile(rows.map(r => r[what]), 0.5)} / ${quantile(rows.map(r => r[what]), 0.95)}`;
console.log('| moves | days | ≈ painted, ms (median / p95) | exact painted, ms | checked plan painted, ms | cores, load |');
console.log('|---|---|---|---|---|---|');
console.log(`| ${rows.length} | ${days || 'year'} | ${told('approx')} | ${told('exact')} | ${told('plan')} | ${cpus().length}, ${loadavg()[0].toFixed(1)} |`);
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
