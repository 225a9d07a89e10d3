// Pictures of the page at three widths, light and dark, to be looked at one by one.   usage: node test/look.mjs FOLDER [NAME...]
// With names only the pictures that begin with one of them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { serve } from './serve.mjs';

const folder = process.argv[2] ?? 'pictures', names = process.argv.slice(3);
mkdirSync(folder, { recursive: true });
const wanted = name => names.length === 0 || names.some(n => name.startsWith(n));
const store = mkdtempSync(join(tmpdir(), 'hearth-look-'));
const [server, town] = await Promise.all([serve(undefined, ['--store', join(store, 'store.sqlite'), '--classroom', '127.0.0.1']), serve('examples/looped_town/scenario.yaml')]);
const browser = await open();

async function look(width, colorScheme, address, of = server) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    page.on('console', m => { if (m.type() === 'error' && !/404/.test(m.text())) console.log(m.text()); });
    await page.goto(of.address + address);
    const keep = async name => { if (wanted(name)) await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true }); };
    return { page, keep };
}
const owner = tail => `#${tail}&${server.token}`;

/** All views of the first screen and behind the doors. */
async function views(width, colorScheme) {
    const { page, keep } = await look(width, colorScheme, owner('?'));
    await page.waitForSelector('canvas');
    await page.locator('.whyp .term').first().waitFor();
    await keep('first');
    for (const tab of ['flows', 'map', 'ledger', 'rules', 'compare']) {
        await page.click(`#tab-${tab}`);
        await page.locator('.loading').waitFor({ state: 'detached' });
        await page.waitForTimeout(400);
        await keep(tab);
    }
    await page.hover('.whyp .term');
    await keep('word');
    await page.mouse.move(0, 0);
    for (const depth of ['Paragraph', 'Equations']) {
        await page.click(`.dp >> text=${depth}`);
        if (depth === 'Paragraph') await page.locator('.reasons').waitFor({ timeout: 400000 });
        await keep(`why-${depth.toLowerCase()}`);
    }
    await page.click('#tab-flows');
    for (const carrier of ['money', 'carbon', 'water']) {
        await page.click(`.flows .pick >> text=${carrier}`);
        await keep(`flows-${carrier}`);
    }
    await page.click('.doors >> text=Learn');
    await page.waitForSelector('.stories');
    for (const tab of ['stories', 'roles', 'ecosystem', 'words']) {
        await page.click(`#tab-${tab}`);
        await keep(tab);
    }
    await page.click('.doors >> text=Engineer');
    await page.waitForSelector('.params tbody tr');
    await keep('engineer');
    await page.close();
}

/** Moved sliders, pinned plans, cost against carbon, a position without a plan. */
async function moved(width, colorScheme) {
    const { page, keep } = await look(width, colorScheme, owner('?tab=compare'));
    await page.click('text=Pin this plan');
    await page.click('text=Take a fifth of the heat');
    await page.waitForFunction(() => document.querySelector('.four s'));
    await page.waitForFunction(() => !document.querySelector('.busy'));
    await page.click('text=Pin this plan');
    await page.click('text=Plan along the price of carbon');
    await page.waitForFunction(() => document.querySelectorAll('.front tbody tr').length === 6, null, { timeout: 300000 });
    await keep('frontier');
    await page.click('.sl-offer .info');
    await keep('slider');
    await page.focus('#slider-offer');
    await page.keyboard.press('Home');
    await page.locator('[role=alert]').waitFor();
    await keep('noplan');
    await page.close();
}

async function others(width, colorScheme) {
    const story = await look(width, colorScheme, owner('?story=night:0'));
    await story.page.waitForSelector('.story');
    await story.page.waitForTimeout(1500);
    await story.keep('story');
    await story.page.close();
    const map = await look(width, colorScheme, '#?tab=map', town);
    await map.page.locator('.map').locator('visible=true').waitFor();
    await map.keep('town');
    await map.page.close();
    const talk = await look(width, colorScheme, owner('?door=talk'));
    await talk.page.waitForSelector('.talkroom');
    for (const tab of ['plans', 'comments', 'class']) {
        await talk.page.click(`#tab-${tab}`);
        await talk.page.waitForTimeout(300);
        await talk.keep(tab);
    }
    await talk.page.close();
    const join1 = await look(width, colorScheme, '');
    await join1.page.waitForSelector('input.code');
    await join1.keep('join');
    await join1.page.close();
}

/** What there is to see in a class and a talk: a plan saved, a comment answered, two members, a proposal. */
async function people() {
    const owns = { 'Content-Type': 'application/json', 'X-Hearth': '1', Authorization: `Bearer ${server.token.replace('token=', '')}` };
    const send = async (path, body, headers = owns) => {
        const answer = await fetch(`${server.address}api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        if (!answer.ok) console.log(path, answer.status, await answer.text());
        return answer.json().catch(() => ({}));
    };
    const { plan } = await (await fetch(`${server.address}api/v1/start`, { headers: owns })).json();
    await send('saved', { name: 'As it stands', set: {}, hash: plan });
    const said = await send('comments', { who: 'Ada, Third Street', about: 'net.heat_customers', text: 'Can our bill not fall more? The winter is long.' });
    await send(`comments/${said.id}/answer`, { text: 'A little, with warmer water from the hall.', change: { path: 'data_centre.0.heat_recovery.temperature_c', text: '30' } });
    const { code } = await send('class', { rounds: 2 });
    for (const [name, role, text] of [['Ada', 'resident', 'Warm homes first'], ['Ben', 'operator', 'Begin with what we have']]) {
        const { key } = await send('class/join', { code, name, role }, { 'Content-Type': 'application/json', 'X-Hearth': '1' });
        await send('class/propose', { set: {}, words: text }, { ...owns, Authorization: `Bearer ${key}` });
    }
}

await (await look(1440, 'light', owner('?'))).page.waitForSelector('canvas');
await people();
for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 768, 390]) {
        await views(width, colorScheme);
        await others(width, colorScheme);
        if (width !== 768) await moved(width, colorScheme);
    }
}
await browser.close();
await Promise.all([server.close(), town.close()]);
rmSync(store, { recursive: true });
