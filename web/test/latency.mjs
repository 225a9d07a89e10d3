// How long after a slider's input event its answers are painted, in Debian's chromium against the real program: the first (≈, typical
// weeks), the exact year, and the checked plan. Tables for docs/explorer/checked.md: all sliders, and each.
// The next move comes when the exact year is painted, every sixth waits for the checked plan; with --drag each move is the last of five
// input events, 30 ms apart. Moves add up; with --one each is taken back before the next. A move that has no plan is told, taken back
// and counted apart; one whose exact year is late counts as later than all.
//   usage: node test/latency.mjs [--moves N] [--days N] [--sliders KEY,KEY] [--wait S] [--drag] [--one] [SCENARIO]
//   (24 moves, all sliders, the year of examples/seattle, at most 60 s for a move)
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from './browser.mjs';
import { serve } from './serve.mjs';

const house = join(dirname(fileURLToPath(import.meta.url)), '../..');
const given = process.argv.slice(2), option = (name, other) => { const i = given.indexOf(name); return i < 0 ? other : given.splice(i, 2)[1]; };
const flag = name => { const i = given.indexOf(name); if (i >= 0) given.splice(i, 1); return i >= 0; };
const moves = Number(option('--moves', 24)), days = Number(option('--days', 0)), wait = Number(option('--wait', 60)), drag = flag('--drag'), one = flag('--one');
const some = option('--sliders', '').split(',').filter(Boolean), scenario = resolve(given[0] ?? join(house, 'examples/seattle/scenario.yaml'));

/* the same place over its whole year, or the days asked for; files that it names are looked for beside it */
const folder = mkdtempSync(join(tmpdir(), 'hearth-latency-')), file = join(folder, 'scenario.yaml');
const text = readFileSync(scenario, 'utf8').replace(/^horizon:.*\n/m, days ? `horizon: {from: 2024-01-01, days: ${days}}\n` : '')
    .replace(/\b(pipes|weather|file): (?!\/)([\w./-]+)/g, (_, key, name) => `${key}: ${join(dirname(scenario), name)}`);
writeFileSync(file, text);

const server = await serve(file), browser = await open();
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })).newPage();
let end = null;     // what ended it before its time
page.on('crash', () => { end ??= 'the page has crashed'; });
browser.on('disconnected', () => { end ??= 'the browser has gone'; });
/* when the page is asked, and when each event reaches it */
await page.addInitScript(() => {
    window.arrived = {};
    const add = EventSource.prototype.addEventListener, ask = window.fetch;
    EventSource.prototype.addEventListener = function (name, then) {
        add.call(this, name, e => { const { seq } = JSON.parse(e.data ?? '{}'); window.arrived[`${name} ${seq}`] ??= performance.now(); then(e); });
    };
    window.fetch = (where, how) => {
        if (how?.method === 'POST' && String(where).endsWith('/plan')) window.asked = JSON.parse(how.body).seq;
        return ask(where, how);
    };
});
await page.goto(server.address);
await page.locator('.hours canvas').waitFor({ timeout: 300000 });

/** Moves a slider by its input events and says when, in ms after the last, each answer stood on the screen; null: it did not come. */
const timed = (key, places, whole) => page.evaluate(async ([k, at, all, most]) => {
    const input = document.getElementById(`slider-${k}`), said = { approx: null, exact: null, plan: null, approxHere: null, exactHere: null };
    const pause = ms => new Promise(done => { setTimeout(done, ms); });
    const move = value => { input.value = String(value); input.dispatchEvent(new InputEvent('input', { bubbles: true })); };
    for (const value of at.slice(0, -1)) { move(value); await pause(30); }
    return new Promise(done => {
        const begun = performance.now(), tooLate = `nothing more within ${most} s`;
        /* after the next frame is painted: a message that follows it */
        const painted = what => { said[what] = 0; requestAnimationFrame(() => { const port = new MessageChannel(); port.port1.onmessage = () => { said[what] = performance.now() - begun; finish(); }; port.port2.postMessage(0); }); };
        const stop = wrong => {
            watch.disconnect();
            clearTimeout(late);
            for (const what of ['approx', 'exact']) said[`${what}Here`] = window.arrived[`${what} ${window.asked}`] - begun || null;
            done({ ...said, wrong, late: wrong === tooLate });
        };
        const finish = () => { if (said.plan || (!all && said.exact)) stop(); };
        const look = () => {
            const { depth, seq } = document.querySelector('.four').dataset, alert = document.querySelector('[role=alert]');
            if (Number(seq) === window.asked) {
                if (depth === 'typical' && said.approx === null) painted('approx');
                if (depth === 'exact' && said.exact === null) painted('exact');
                if (depth === 'full' && said.plan === null) { if (said.exact === null) painted('exact'); painted('plan'); }
            }
            if (alert && !document.querySelector('.busy')) stop(alert.textContent);
        };
        const watch = new MutationObserver(look), late = setTimeout(() => stop(tooLate), most * 1000);
        watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
        move(at.at(-1));
        input.dispatchEvent(new Event('change', { bubbles: true }));
    });
}, [key, places, whole, wait]);

const sliders = await page.locator('.sl input[type=range]').evaluateAll(all => all.map(e => ({ key: e.id.slice(7), max: Number(e.max), value: Number(e.value) }))).then(all => all.filter(s => !some.length || some.includes(s.key)));
const rows = [], none = [];
const undo = async () => { await page.click('[aria-label="Undo"]'); await page.waitForFunction(() => !document.querySelector('.busy'), null, { timeout: 300000 }); };
const show = x => (x === null ? '–' : x === Infinity ? 'late' : x.toFixed(0));
for (let i = 0; rows.length + none.length < moves && i < 3 * moves; i++) {
    const s = sliders[i % sliders.length], turn = Math.floor(i / sliders.length), share = 0.04 + 0.03 * (turn % 4), up = (turn + i) % 2 === 0;
    const at = Math.round(Math.min(s.max, Math.max(0, s.value + (up ? share : -share) * s.max)));
    if (at === s.value || end) continue;
    try {
        const path = drag ? [1, 2, 3, 4, 5].map(n => Math.round(s.value + (at - s.value) * n / 5)) : [at];
        const got = await timed(s.key, path, rows.length % 6 === 5);
        console.error(`${s.key} ${at}: ≈ ${show(got.approx)} ms (in the page after ${show(got.approxHere)}), exact ${show(got.exact)} ms (${show(got.exactHere)}), checked ${show(got.plan)} ms${got.wrong ? `; ${got.wrong.slice(0, 100)}` : ''}`);
        if (got.late) got.exact ??= Infinity;
        (got.wrong && !got.late ? none : rows).push({ key: s.key, ...got });
        if (got.wrong || one) await undo(); else s.value = at;
    } catch (e) {
        end ??= String(e.message ?? e).split('\n')[0];
        break;
    }
}
const quantile = (of, q) => { const all = of.filter(x => x !== null).sort((a, b) => a - b), x = all[Math.min(all.length - 1, Math.ceil(q * all.length) - 1)]; return x === undefined ? '–' : x === Infinity ? `above ${wait} s` : x.toFixed(0); };
const told = (of, what) => `${quantile(of.map(r => r[what]), 0.5)} / ${quantile(of.map(r => r[what]), 0.95)}`;
console.log(`${rows.length} moves${drag ? ', each the last of five' : ''}${one ? ', each alone' : ', one on the other'}, ${days || 'year'}; without a plan: ${none.length}; ${cpus().length} cores, ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}${end ? `; ended early: ${end}` : ''}\n`);
console.log('| slider | moves | ≈ painted, ms (median / p95) | ≈ in the page | exact painted | exact in the page | checked painted | no ≈ |');
console.log('|---|---|---|---|---|---|---|---|');
for (const [name, of] of [['all', rows], ...sliders.map(s => [s.key, rows.filter(r => r.key === s.key)])])
    if (of.length) console.log(`| ${name} | ${of.length} | ${told(of, 'approx')} | ${told(of, 'approxHere')} | ${told(of, 'exact')} | ${told(of, 'exactHere')} | ${told(of, 'plan')} | ${of.filter(r => r.approx === null).length} |`);
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
process.exitCode = end ? 1 : 0;
