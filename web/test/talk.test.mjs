// What is talked about, in Debian's chromium: plans are saved and shown again, a comment is answered by a change that one click
// sets, and a class of three browsers plays a round to its agreement.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open } from './browser.mjs';
import { endAll, serve } from './serve.mjs';
import { figure, isAccessible, openTab, settled, skip } from './tab.mjs';

let browser;
const folder = mkdtempSync(join(tmpdir(), 'hearth-web-')), store = join(folder, 'store.sqlite');
before(async () => { if (!skip) browser = await open(); });
after(async () => {
    await browser?.close();
    endAll();
    rmSync(folder, { recursive: true });
});

test('a plan is saved, outlives the server, and is shown again; what was tried can be gone back to', { skip }, async () => {
    const first = await serve(undefined, ['--store', store]);
    const tab = await openTab(browser, first, { bypassCSP: true }, `#${first.token}`);
    assert.ok(!tab.url().includes('token'), 'the address that is shared has no token');
    const start = await figure(tab, 0);
    await tab.click('text=Take a fifth of the heat');
    await tab.waitForFunction(was => document.querySelector('.fig b').textContent !== was, start);
    await settled(tab);
    const fifth = await figure(tab, 0);
    await tab.click('text=Talk');
    await tab.fill('.plans input', 'A fifth');
    await tab.keyboard.press('Enter');
    await tab.locator('.plans tbody tr:has-text("A fifth")').waitFor();
    await tab.locator('.tried li:has-text("1 MW")').waitFor();
    await isAccessible(tab, 'plans');
    await tab.setViewportSize({ width: 390, height: 900 });
    await isAccessible(tab, 'plans on a telephone');
    await tab.context().close();
    assert.equal(await first.close(), 0);

    const second = await serve(undefined, ['--store', store]);
    const other = await openTab(browser, second, {}, '#?door=talk', '.plans tbody tr');
    assert.equal(await other.locator('.plans input').count(), 0, 'without the token nothing can be saved');
    assert.ok((await other.textContent('.plans tbody tr')).includes(fifth));
    await other.click('.plans tbody >> text=Show');
    await settled(other);
    await other.waitForFunction(is => document.querySelector('.fig b')?.textContent === is, fifth);
    await other.context().close();
    assert.equal(await second.close(), 0);
});

test('a comment on a criterion is answered with a change, and one click sets it', { skip }, async () => {
    const server = await serve(undefined, ['--store', store]);
    const tab = await openTab(browser, server, { bypassCSP: true, viewport: { width: 768, height: 900 } }, `#?door=talk&${server.token}`, '.talkroom');
    await tab.click('#tab-comments');
    await tab.fill('.write >> nth=0 >> label:has-text("Who says it") input', 'Ada, Third Street');
    await tab.selectOption('.write select', 'net.heat_customers');
    await tab.fill('.write textarea', 'Can our bill not fall more?');
    await tab.click('.write >> text=Send');
    await tab.locator('.comments li:has-text("Ada")').waitFor();
    await tab.click('.comments li summary');
    await tab.fill('.comments li textarea', 'A little, with warmer water.');
    await tab.selectOption('.comments li select', 'data_centre.0.heat_recovery.temperature_c');
    await tab.fill('.comments li label:has-text("Value") input', '30');
    await isAccessible(tab, 'comments');
    await tab.click('.comments li >> text=Send');
    await tab.click('.comments .reply >> text=Set it');
    await settled(tab);
    assert.match(await tab.locator('.sl-warmth output').textContent(), /^30/);
    await tab.context().close();
    assert.equal(await server.close(), 0);
});

test('a class of three browsers: join by code, propose, agree, told, and the agreement is everyone’s', { skip }, async () => {
    const server = await serve(undefined, ['--no-store', '--classroom', '127.0.0.1']);
    const teacher = await openTab(browser, server, { bypassCSP: true }, `#?door=talk&${server.token}`, '.talkroom');
    await teacher.click('#tab-class');
    await teacher.fill('.class input', '1');
    await teacher.click('text=Begin a class');
    const code = await teacher.textContent('.class b.code');
    const enter = async (name, role, viewport) => {
        const tab = await openTab(browser, server, { bypassCSP: true, viewport }, '', 'input.code');
        await isAccessible(tab, 'join');
        await tab.fill('input.code', code.toLowerCase());
        await tab.fill('label:has-text("Your name") input', name);
        await tab.selectOption('select', role);
        await tab.keyboard.press('Enter');
        await tab.waitForSelector('.talkroom');
        await tab.click('#tab-class');
        await tab.waitForSelector('.class .role');
        return tab;
    };
    const ada = await enter('Ada', 'resident', { width: 390, height: 800 }), ben = await enter('Ben', 'operator', { width: 1440, height: 900 });
    assert.match(await ada.textContent('.class .role .goal'), /42.5\s\$\/MWh/, 'her private goal, with a figure of the plan');
    await ben.click('text=Explore');
    await ben.click('text=Take a fifth of the heat');
    await settled(ben);
    await ben.click('text=Talk');
    await ben.fill('.class textarea', 'Begin with a fifth');
    await ben.click('.class >> text=Send');
    await ada.locator('.class li:has-text("Begin with a fifth") .sums').waitFor();
    await isAccessible(ada, 'class');
    await teacher.click('text=Close the proposals');
    await ada.click('.class li:has-text("Begin with a fifth") button:has-text("Agree")');
    await teacher.locator('.class li:has-text("Resident, Data-centre operator"), .class li:has-text("Data-centre operator, Resident")').waitFor();
    await isAccessible(teacher, 'teacher');
    await teacher.click('text=Close the round');
    for (const tab of [teacher, ada, ben]) await tab.locator('.class li:has-text("Round 1: Begin with a fifth")').waitFor();
    const [file] = await Promise.all([teacher.waitForEvent('download'), teacher.click('text=Export the class')]);
    assert.equal(file.suggestedFilename(), 'class.json');
    for (const tab of [teacher, ada, ben]) {
        assert.deepEqual(tab.said.filter(m => tab !== teacher || !m.includes('404')), [], 'but that there was no class yet');
        await tab.context().close();
    }
    assert.equal(await server.close(), 0);
});
