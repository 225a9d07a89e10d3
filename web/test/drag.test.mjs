// What a hand on a slider asks of the server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './browser.mjs';
import { endAll, serve } from './serve.mjs';
import { openTab, settled, skip } from './tab.mjs';

let browser, server;
before(async () => { if (!skip) [server, browser] = await Promise.all([serve(), open()]); });
after(async () => { await browser?.close(); await server?.close(); endAll(); });

test('a drag asks for a position once the one before has its first answer, and letting go asks for the last, once', { skip }, async () => {
    const tab = await openTab(browser, server);
    const asked = [];
    tab.on('request', r => { if (r.method() === 'POST' && r.url().endsWith('/plan')) asked.push(JSON.parse(r.postData())); });
    const last = await tab.evaluate(async () => {
        const input = document.getElementById('slider-gas'), from = Number(input.value);
        for (let k = 1; k <= 30; k++) {
            input.value = String(from + k);
            input.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await new Promise(done => { setTimeout(done, 5); });
        }
        input.dispatchEvent(new Event('change', { bubbles: true }));
        return input.getAttribute('aria-valuetext');
    });
    await settled(tab);
    assert.ok(asked.length >= 2 && asked.length <= 12, `${asked.length} of 30 positions were asked for`);
    assert.deepEqual(asked.map(a => a.seq), asked.map((_, k) => asked[0].seq + k));
    const places = asked.map(a => JSON.stringify(a.set));
    assert.equal(new Set(places).size, places.length, 'no position twice');
    assert.equal(await tab.getAttribute('#slider-gas', 'aria-valuetext'), last);
    assert.match(tab.url(), /gas=/);
    assert.equal(await tab.getAttribute('.four', 'data-seq'), String(asked.at(-1).seq), 'the last is what is shown');
    assert.equal(await tab.getAttribute('.four', 'data-depth'), 'full');
    /* back where it stood: known at once */
    await tab.click('[aria-label="Undo"]');
    await settled(tab);
    assert.doesNotMatch(tab.url(), /gas=/);
    await tab.context().close();
});

test('what is said of an answer is of where the sliders stand', { skip }, async () => {
    const tab = await openTab(browser, server);
    const busy = tab.locator('.busy');
    await tab.focus('#slider-gas');
    await tab.keyboard.press('PageUp');
    await tab.waitForFunction(() => /every hour/.test(document.querySelector('.busy')?.textContent ?? ''));
    const said = await tab.evaluate(() => {
        document.getElementById('slider-gas').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageUp', bubbles: true }));
        return new Promise(done => { requestAnimationFrame(() => { done(document.querySelector('.busy').textContent); }); });
    });
    assert.doesNotMatch(said, /every hour/);
    await busy.waitFor();
    await settled(tab);
    await tab.context().close();
});
