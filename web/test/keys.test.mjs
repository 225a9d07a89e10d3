// All by keyboard, without one touch of a mouse: doors, views, sliders, undo, redo, replay, compare, why, a story, the map, the
// engineer's parameters, a saved plan, a class. Wherever the focus stands it is seen, and it goes through the page in its order.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open } from './browser.mjs';
import { endAll, serve } from './serve.mjs';
import { figure, openTab, settled, skip } from './tab.mjs';

let browser;
const folder = mkdtempSync(join(tmpdir(), 'hearth-keys-'));
before(async () => { if (!skip) browser = await open(); });
after(async () => {
    await browser?.close();
    endAll();
    rmSync(folder, { recursive: true });
});

/** Presses Tab until what has the focus fits; every stop on the way is seen and has a mark around it. */
async function tabTo(tab, selector, key = 'Tab') {
    for (let i = 0; i < 400; i++) {
        const stop = await tab.evaluate(wanted => {
            const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
            if (e === document.body) return { body: true };
            return { fits: e.matches(wanted), name: `${e.tagName} ${e.id} ${e.className} ${e.textContent.slice(0, 20)}`, seen: box.width > 0 && box.height > 0 && e.checkVisibility(),
                marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || e.matches('.tr input') || e.matches('section.story') };
        }, selector);
        if (!stop.body) {
            assert.ok(stop.seen, `the focus is on what is not seen: ${stop.name}`);
            assert.ok(stop.marked, `the focus is not marked: ${stop.name}`);
            if (stop.fits) return;
        }
        await tab.keyboard.press(key);
    }
    assert.fail(`Tab does not lead to ${selector}`);
}
const go = async (tab, selector) => { await tabTo(tab, selector); await tab.keyboard.press('Enter'); };
const other = (tab, was) => tab.waitForFunction(w => document.querySelector('.fig b').textContent !== w, was);
const back = (tab, is) => tab.waitForFunction(w => document.querySelector('.fig b').textContent === w, is);
const named = (tag, text) => `${tag}[data-key="${text}"]`;
/** Marks buttons by their words, which a selector of style sheets cannot ask for. */
const name = (tab, selector) => tab.evaluate(s => document.querySelectorAll(s).forEach(e => { e.dataset.key = e.textContent.trim(); }), selector);

test('sliders, undo, redo, replay, views, compare and why, by keys alone', { skip }, async () => {
    const server = await serve(), tab = await openTab(browser, server, {});
    const start = await figure(tab, 0);
    const keys = await tab.locator('.sl input[type=range]').evaluateAll(all => all.map(e => e.id));
    for (const id of keys) {
        await settled(tab);         // a size that is left to the plan stands where the plan has it
        await tabTo(tab, `#${id}`);
        const value = () => tab.getAttribute(`#${id}`, 'aria-valuetext'), was = await value();
        await tab.keyboard.press('PageUp');
        assert.notEqual(await value(), was, id);
        await tab.keyboard.press('Control+z');
        assert.equal(await value(), was, id);
    }
    const look = async selector => (await tab.locator(selector).screenshot()).toString('base64'), marked = await look('.sl-gas .tr, .sl:last-of-type .tr >> nth=0').catch(() => null);
    await tab.keyboard.press('Tab');
    if (marked) assert.notEqual(await look('.sl-gas .tr, .sl:last-of-type .tr >> nth=0'), marked, 'the thumb shows that it has the focus');
    await settled(tab);
    await tabTo(tab, '#slider-offer', 'Shift+Tab');
    for (let i = 0; i < 4; i++) await tab.keyboard.press('PageDown');
    await other(tab, start);
    await settled(tab);
    const less = await figure(tab, 0);
    for (let i = 0; i < 4; i++) await tab.keyboard.press('Control+z');
    await back(tab, start);
    for (let i = 0; i < 4; i++) await tab.keyboard.press('Control+Shift+z');
    await back(tab, less);
    await settled(tab);
    await go(tab, '[aria-label="Undo"]');
    await settled(tab);
    await go(tab, '[aria-label="Redo"]');
    await back(tab, less);
    await settled(tab);
    await go(tab, '[aria-label="Replay the last change"]');
    await tab.waitForFunction(is => document.querySelector('.fig b').textContent === is, less);
    await tabTo(tab, '[role=tab][aria-selected=true]');
    for (const view of ['flows', 'map', 'ledger', 'rules', 'compare']) {
        await tab.keyboard.press('ArrowRight');
        assert.equal(await tab.evaluate(() => document.activeElement.id), `tab-${view}`);
    }
    await tab.locator('.compare button').first().waitFor(); // the view is loaded when it is first wanted
    await name(tab, '.compare button');
    await go(tab, named('button', 'Pin this plan'));
    await tab.locator('.compare thead th').nth(1).waitFor();
    await tabTo(tab, '.whyp select');
    await tab.keyboard.press('ArrowDown');
    assert.match(await tab.textContent('.whyp p b'), /MW/);
    await name(tab, '.dp button');
    await go(tab, named('.dp button', 'Equations'));
    await tab.locator('.formula').waitFor();
    await tab.context().close();
    assert.equal(await server.close(), 0);
});

test('the focus goes through the page as it is read', { skip }, async () => {
    const server = await serve(), tab = await openTab(browser, server, {});
    const order = [];
    for (let i = 0; i < 120; i++) {
        await tab.keyboard.press('Tab');
        const part = await tab.evaluate(() => { const e = document.activeElement; return e === document.body ? '' : ['top', 'head', 'parties', 'caps', 'four', 'tabs', '#panel', 'three', 'right', 'whyp'].find(p => e.closest(p.startsWith('#') ? p : `.${p}`)) ?? e.className; });
        if (part === '') break;
        if (order.at(-1) !== part) order.push(part);
    }
    assert.deepEqual(order.filter((p, i) => order.indexOf(p) === i).slice(0, 10), ['top', 'head', 'parties', 'caps', 'four', 'tabs', '#panel', 'three', 'right', 'whyp']);
    assert.equal(await tab.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count(), 0, 'no order of its own');
    await tab.context().close();
    assert.equal(await server.close(), 0);
});

test('a story, who is who, the words and the engineer’s parameters, by keys alone', { skip }, async () => {
    const server = await serve(), tab = await openTab(browser, server, {});
    await name(tab, '.doors button');
    await go(tab, named('.doors button', 'Learn'));
    await tab.waitForSelector('.stories');
    await go(tab, '.stories .do');
    await tab.waitForSelector('.story .text');
    assert.ok(await tab.evaluate(() => document.activeElement.matches('.story')), 'the story has the focus');
    const text = await tab.textContent('.story .cap');
    await tab.keyboard.press('ArrowRight');
    await tab.waitForFunction(was => document.querySelector('.story .cap').textContent !== was, text);
    await tab.keyboard.press('ArrowLeft');
    await tab.waitForFunction(was => document.querySelector('.story .cap').textContent === was, text);
    await go(tab, '.story .go button:last-child');
    await tab.waitForFunction(was => document.querySelector('.story .cap').textContent !== was, text);
    await tab.keyboard.press('Escape');
    assert.equal(await tab.locator('.story').count(), 0);
    assert.ok(await tab.evaluate(() => document.activeElement.matches('[role=tab]')), 'the focus is not lost');
    await settled(tab);
    await name(tab, '.doors button');
    await tabTo(tab, named('.doors button', 'Learn'), 'Shift+Tab');
    await tab.keyboard.press('Enter');
    await tabTo(tab, '[role=tab][aria-selected=true]');
    await tab.keyboard.press('ArrowRight');
    await name(tab, '.role button');
    await go(tab, '.role button.do');
    assert.ok(await tab.locator('.role .goal').first().isVisible());
    await tabTo(tab, '[role=tab][aria-selected=true]', 'Shift+Tab');
    await tab.keyboard.press('ArrowRight');
    await go(tab, '.net5 .at:nth-of-type(4)');
    assert.equal(await tab.locator('.at[aria-pressed=true]').count(), 1);
    await name(tab, '.doors button');
    await tabTo(tab, named('.doors button', 'Engineer'), 'Shift+Tab');
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('.params tbody tr');
    assert.equal(await tab.locator('.fig').count(), 0, 'the figures are those of all');
    await tabTo(tab, '.params form label:nth-of-type(2) select');
    await tab.keyboard.type('quality_frac');
    await tabTo(tab, '.params form input');
    await tab.keyboard.type('0.6');
    await tab.keyboard.press('Enter');
    await tab.locator('.beside li:has-text("plant.heat_pump.quality_frac 0.6")').waitFor();
    await settled(tab);
    await go(tab, '.beside button');
    assert.equal(await tab.locator('.beside').count(), 0);
    await tab.context().close();
    assert.equal(await server.close(), 0);
});

test('a pipe is forbidden, left to the optimum, required: by a key and by a button, and the plan follows', { skip }, async () => {
    const server = await serve('examples/looped_town/scenario.yaml'), tab = await openTab(browser, server, {}, '#?tab=map', '.map');
    const line = async () => (await tab.textContent('.mapview .now')).trim();
    await tabTo(tab, '[role=application]');
    const first = await line();
    await tab.keyboard.press('ArrowDown');
    await tab.waitForFunction(was => document.querySelector('.mapview .now').textContent.trim() !== was, first);
    await tab.keyboard.press('ArrowUp');
    await tab.keyboard.press('f');                                     // the trunk: nobody would be reached
    await tab.locator('[role=alert]').waitFor();
    assert.match(await tab.textContent('[role=alert]'), /no pipe that is not forbidden leads to old houses 1\./i);
    await tab.keyboard.press('o');
    await tab.locator('[role=alert]').waitFor({ state: 'detached' });
    await settled(tab);
    for (let i = 0; i < 12 && !/^m\d+:/.test(await line()); i++) await tab.keyboard.press('ArrowDown');
    const pipe = (await line()).split(':')[0];
    assert.match(pipe, /^m\d+$/, 'a pipe of a loop');
    await tab.keyboard.press('f');
    await settled(tab);
    await tab.waitForFunction(() => document.querySelectorAll('.map.wid .pipe.forbidden').length === 1);
    assert.match(tab.url(), new RegExp(`heat_network\\.pipe_choice\\.${pipe}=forbidden`));
    assert.match(await line(), /forbidden/);
    await name(tab, '.mapview .pick button');
    await go(tab, named('.mapview .pick button', 'required (r)'));
    await settled(tab);
    await tab.waitForFunction(() => document.querySelectorAll('.map.wid .pipe.must').length === 1);
    await tabTo(tab, '[role=application]', 'Shift+Tab');
    await tab.keyboard.press('+');
    await tab.waitForFunction(() => !document.querySelector('.zoom button:last-child').disabled);
    await tab.keyboard.press('-');
    assert.deepEqual(tab.said.filter(m => !/400|422/.test(m)), []);
    await tab.context().close();
    assert.equal(await server.close(), 0);
});

test('a plan is saved, a comment written, a class joined and a proposal made, by keys alone', { skip }, async () => {
    const server = await serve(undefined, ['--store', join(folder, 'store.sqlite'), '--classroom', '127.0.0.1']);
    const teacher = await openTab(browser, server, {}, `#?door=talk&${server.token}`, '.talkroom');
    await tabTo(teacher, '.plans input');
    await teacher.keyboard.type('By keys');
    await teacher.keyboard.press('Enter');
    await teacher.locator('.plans tbody tr:has-text("By keys")').waitFor();
    await tabTo(teacher, '[role=tab][aria-selected=true]', 'Shift+Tab');
    await teacher.keyboard.press('ArrowRight');
    await tabTo(teacher, '.write input');
    await teacher.keyboard.type('Ada');
    await tabTo(teacher, '.write textarea');
    await teacher.keyboard.type('By keys, too');
    await go(teacher, '.write button');
    await teacher.locator('.comments li:has-text("By keys, too")').waitFor();
    await tabTo(teacher, '[role=tab][aria-selected=true]', 'Shift+Tab');
    await teacher.keyboard.press('ArrowRight');
    await teacher.waitForSelector('.class input');
    await tabTo(teacher, '.class input');
    await teacher.keyboard.press('Enter');
    const code = await teacher.textContent('.class b.code');
    const ada = await openTab(browser, server, {}, '', 'input.code');
    await tabTo(ada, 'input.code');
    await ada.keyboard.type(code);
    await ada.keyboard.press('Tab');
    await ada.keyboard.type('Ada');
    await ada.keyboard.press('Enter');
    await ada.waitForSelector('.talkroom');
    await tabTo(ada, '[role=tab][aria-selected=true]');
    for (let i = 0; i < 2; i++) await ada.keyboard.press('ArrowRight');
    await ada.waitForSelector('.class textarea');
    await tabTo(ada, '.class textarea');
    await ada.keyboard.type('As it stands');
    await go(ada, '.class form button');
    await ada.locator('.class li:has-text("As it stands") .sums').waitFor();
    await name(teacher, '.class button');
    await go(teacher, named('.class button', 'Close the proposals'));
    await ada.locator('.class .phase:has-text("agree")').waitFor();
    for (const tab of [teacher, ada]) await tab.context().close();
    assert.equal(await server.close(), 0);
});
