// Every view at three widths, light and dark: axe finds nothing, nothing runs over the edge, and each chart has its sentence and its
// table. Motion is small where the reader asks for that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './browser.mjs';
import { endAll, serve } from './serve.mjs';
import { isAccessible, openTab, settled, skip } from './tab.mjs';
import { walk } from './walk.mjs';

let server, town, browser;
before(async () => { if (!skip) [server, town, browser] = await Promise.all([serve(undefined, ['--no-store', '--classroom', '127.0.0.1']), serve('examples/looped_town/scenario.yaml'), open()]); });
after(async () => {
    await browser?.close();
    for (const one of [server, town]) if (one) assert.equal(await one.close(), 0, 'it ends cleanly');
    endAll();
});
const page = (options, address = '', of = server, ready) => openTab(browser, of, { bypassCSP: true, ...options }, `#${address}&${server.token}`, ready);

/** Pictures that are seen, each with what is wrong with it: a sentence as its name, the same within a drawing, and a table one step away. */
const charts = tab => tab.evaluate(() => [...document.querySelectorAll('svg[role=img], canvas[role=img]')].filter(e => e.checkVisibility()).map(e => {
    const name = e.getAttribute('aria-label') ?? '', wrong = [];
    const around = e.closest('.hours, .flows, .mapview, .front, .along, .eco') ?? e.parentElement;
    if (!/\s.*\./.test(name)) wrong.push('no sentence');
    if (e.tagName === 'svg' && !e.querySelector('desc')?.textContent) wrong.push('no desc');
    if (!around.querySelector('table')) wrong.push('no table');
    return `${e.getAttribute('class') ?? e.tagName}: ${wrong.join(', ')}`;
}));

/** Texts on the screen that are smaller than 12 px, also within drawings. */
const small = tab => tab.evaluate(() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).flatMap(e => {
    const svg = e.closest('svg'), scale = svg?.viewBox.baseVal?.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1, size = parseFloat(getComputedStyle(e).fontSize) * scale;
    return size < 11.9 ? [`${e.textContent.trim().slice(0, 30)}: ${size.toFixed(1)} px`] : [];
}));

for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 768, 390]) {
        test(`every view is accessible and whole: ${colorScheme}, ${width} px`, { skip }, async () => {
            const tab = await page({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
            const seen = [], pictures = new Set();
            await walk(tab, async name => {
                seen.push(name);
                await isAccessible(tab, name);
                for (const c of await charts(tab)) {
                    assert.match(c, /: $/, `${name}, ${c}`);
                    pictures.add(c.split(/[ :]/)[0]);
                }
                assert.deepEqual(await small(tab), [], name);
            });
            assert.ok(seen.length >= 20, `${seen}`);
            for (const kind of ['pic', 'CANVAS', 'sankey']) assert.ok(pictures.has(kind), `${kind} of ${[...pictures]}`);
            assert.deepEqual(tab.said.filter(m => !/404/.test(m)), [], 'but that there was no class yet');
            await tab.context().close();
        });
    }
    test(`the map of a place with pipes is accessible, and every chart of it whole: ${colorScheme}`, { skip }, async () => {
        for (const width of [1440, 390]) {
            const tab = await page({ colorScheme, viewport: { width, height: 900 } }, '?tab=map', town, '.map');
            for (const layer of ['heat carried', 'speed', 'power', 'road']) {
                await tab.click(`.mapview .pick >> text="${layer}"`);
                await isAccessible(tab, layer);
            }
            assert.deepEqual((await charts(tab)).filter(c => !c.endsWith(': ')), []);
            await tab.context().close();
        }
    });
}

test('a table is saved as comma-separated values, with numbers that a program reads', { skip }, async () => {
    const tab = await page({}, '?tab=flows', server, '.sankey');
    await tab.click('.flows summary');
    const [file] = await Promise.all([tab.waitForEvent('download'), tab.click('.flows >> text=Save as CSV')]);
    assert.equal(file.suggestedFilename(), 'flows-energy.csv');
    const chunks = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk);
    const [head, ...rows] = Buffer.concat(chunks).toString().trim().split('\n');
    assert.equal(head.split(',').at(-1), 'Apart');
    for (const row of rows) assert.ok(Number(row.split(',').at(-1)) >= 0, row);
    await tab.context().close();
});

test('who asks for less motion gets none: nothing runs, and replay jumps', { skip }, async () => {
    for (const [reducedMotion, running] of [['reduce', 0], ['no-preference', 1]]) {
        const tab = await page({ reducedMotion }, '?tab=hours');
        const moving = () => tab.evaluate(() => document.getAnimations().filter(a => a.playState === 'running').length);
        assert.equal(await moving(), 0, 'nothing moves before anybody plays');
        await tab.click('.scrub >> text=Play');
        await tab.waitForTimeout(100);
        assert.ok(running ? await moving() > 0 : await moving() === 0, reducedMotion);
        await tab.click('.scrub >> text=Stop');
        assert.match(await tab.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--motion').trim()), running ? /^(180ms|0?\.18s)$/ : /^0(ms|s)?$/);
        if (!running) {
            const before = await tab.textContent('.fig b');
            await tab.click('text=Take a fifth of the heat');
            await tab.waitForFunction(was => document.querySelector('.fig b').textContent !== was, before);
            await settled(tab);
            await tab.click('[aria-label="Replay the last change"]');
            assert.equal(await tab.textContent('.fig b'), before, 'the state before is there at once');
            assert.equal(await moving(), 0);
            await tab.waitForFunction(was => document.querySelector('.fig b').textContent !== was, before);
        }
        await tab.context().close();
    }
});
