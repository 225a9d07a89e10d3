// What there is to learn from, in Debian's chromium: stories with figures of the plan, role cards and their briefs on paper, who
// is who; and the map of a place with pipes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './browser.mjs';
import { endAll, serve } from './serve.mjs';
import { figure, isAccessible, openTab, settled, skip } from './tab.mjs';

let server, browser;
before(async () => { if (!skip) [server, browser] = await Promise.all([serve(), open()]); });
after(async () => {
    await browser?.close();
    if (server) assert.equal(await server.close(), 0, 'it ends cleanly');
    endAll();
});
const next = tab => tab.click('.story .go button:last-child');

test('each story tells figures of the plan it shows, by keyboard, and none of its own', { skip }, async () => {
    const tab = await openTab(browser, server, { bypassCSP: true }, '#?door=learn', '.stories');
    await isAccessible(tab, 'stories');
    const count = await tab.locator('.stories .do').count();
    assert.ok(count >= 5, `${count} stories`);
    for (let i = 0; i < count; i++) {
        await tab.locator('.stories .do').nth(i).focus();
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('.story .text');
        for (let last = false; !last;) {
            await settled(tab);
            await tab.waitForFunction(() => ![...document.querySelectorAll('.story .text b')].some(b => b.textContent.includes('?')), null, { timeout: 15000 })
                .catch(async () => assert.fail(`unknown figure: ${await tab.textContent('.story .text')}`));
            const written = await tab.locator('.story .text').evaluate(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(''));
            assert.doesNotMatch(written, /\d/, 'a number that is not the plan’s');
            last = await tab.locator('.story .go button:last-child').textContent() === 'Done';
            await tab.focus('.story .go button:last-child');
            await tab.keyboard.press('Enter');
        }
        assert.equal(await tab.locator('.story').count(), 0);
        await tab.click('text=Learn');
    }
    assert.deepEqual(tab.said, []);
    await tab.context().close();
});

test('a story sets the sliders, points, goes back, and its address leads to the same screen', { skip }, async () => {
    const tab = await openTab(browser, server, { bypassCSP: true }, '#?story=heat:3', '.story');
    const before = await figure(tab, 3), value = () => tab.locator('.sl-warmth output').textContent();
    const cool = await value();
    await next(tab);
    await settled(tab);
    await tab.waitForFunction(was => document.querySelectorAll('.fig b')[3].textContent !== was, before);
    assert.match(await value(), /^35/);
    assert.ok((await tab.textContent('.story .text')).includes(await figure(tab, 3)), 'the text says the figure that the page shows');
    assert.equal(await tab.locator('.fig-heat_cost_money_kwh.lit').count(), 1);
    await isAccessible(tab, 'story');
    const other = await openTab(browser, server, {}, tab.url().slice(server.address.length), '.story');
    assert.match(await other.locator('.sl-warmth output').textContent(), /^35/);
    await tab.click('.story >> text=Back');
    await settled(tab);
    assert.equal(await value(), cool);
    await other.context().close();
    await tab.context().close();
});

test('role cards hide what only the player knows; the briefs are a page each', { skip }, async () => {
    const tab = await openTab(browser, server, { bypassCSP: true }, '#?door=learn', '.stories');
    await tab.click('#tab-roles');
    assert.equal(await tab.locator('.role').count(), 5);
    assert.equal(await tab.locator('.role .goal').first().isVisible(), false);
    await tab.click('.role >> text=Show what only you know');
    assert.match(await tab.locator('.role .goal').first().textContent(), /You want .* 92.4/);
    await tab.locator('.role >> text=Take this seat').nth(1).click();
    assert.match(await tab.textContent('h1'), /^Heat customers, you/);
    await isAccessible(tab, 'roles');
    const pages = (await tab.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b(?!s)/g).length;
    assert.equal(pages, 5);
    await tab.context().close();
});

test('who is who: choosing one tells what it gives and takes, how mature the technology is, and how sure that is', { skip }, async () => {
    const tab = await openTab(browser, server, { bypassCSP: true, viewport: { width: 768, height: 900 } }, '#?door=learn', '.stories');
    await tab.click('#tab-ecosystem');
    await tab.focus('.net5 button:has-text("Heat utility")');
    await tab.keyboard.press('Enter');
    assert.match(await tab.textContent('.detail'), /lukewarm water.*Operator/);
    const pump = tab.locator('.eco .tech tr:has-text("Heat pump")');
    const kind = await (await fetch(`${server.address}api/v1/parameters?kind=heat_pump`)).json();
    assert.ok((await pump.textContent()).startsWith(kind.title));
    assert.equal(await pump.locator('meter').evaluate(m => m.value), 9);
    await isAccessible(tab, 'who is who');
    await tab.context().close();
});

test('the map draws every pipe of the plan and says what it carries', { skip }, async () => {
    const town = await serve('examples/looped_town/scenario.yaml');
    const tab = await openTab(browser, town, { bypassCSP: true }, '#?tab=map', '.map.wid');
    const plan = (await (await fetch(`${town.address}api/v1/start`)).json()).plan;
    const net = await (await fetch(`${town.address}api/v1/plan/${plan}/network.geojson`)).json();
    const lines = net.features.filter(f => f.geometry.type === 'LineString' && !f.properties.layer);
    assert.equal(await tab.locator('.map.wid .pipe:not(.chosen)').count(), lines.length);
    await tab.selectOption('.mapview select', 'transmission');
    const trunk = lines.find(f => f.properties.name === 'transmission').properties;
    const heatMw = Math.abs(trunk.solved_flow_kg_s) * 4.186 * (trunk.solved_supply_in_c - trunk.solved_return_out_c) / 1000;
    assert.ok((await tab.textContent('.mapview .now')).includes(`${heatMw.toPrecision(3)}\u202fMW`));
    await isAccessible(tab, 'map');
    await tab.context().close();
    assert.equal(await town.close(), 0);
});
