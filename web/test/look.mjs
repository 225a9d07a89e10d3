// Pictures of the page at three widths, light and dark, to be looked at one by one.
//   usage: node test/look.mjs FOLDER [WIDTH...] [light|dark] [NAME...]      with names only the pictures that begin with one of them
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './browser.mjs';
import { serve } from './serve.mjs';
import { estimateFirst } from './tab.mjs';
import { walk } from './walk.mjs';

const [folder = 'pictures', ...rest] = process.argv.slice(2);
const some = (all, of) => { const found = all.filter(a => rest.includes(a)); return found.length ? found.map(of) : all.map(of); };
const themes = some(['light', 'dark'], String), widths = some(['1440', '768', '390'], Number), names = rest.filter(r => !/^(\d+|light|dark)$/.test(r));
mkdirSync(folder, { recursive: true });
const wanted = name => names.length === 0 || names.some(n => name.startsWith(n));
const store = mkdtempSync(join(tmpdir(), 'hearth-look-'));
const [server, town] = await Promise.all([serve(undefined, ['--store', join(store, 'store.sqlite'), '--classroom', '127.0.0.1']), serve('examples/looped_town/scenario.yaml')]);
const browser = await open();

async function look(width, colorScheme, address, of = server, first) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    if (first) await page.addInitScript(first);
    page.on('console', m => { if (m.type() === 'error' && !/404/.test(m.text())) console.log(m.text()); });
    await page.goto(of.address + address);
    const keep = async name => { if (wanted(name)) await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true }); };
    return { page, keep };
}
const owner = tail => `#${tail}&${server.token}`;

/** Every view of the walk that the tests go, and what would have to change, which takes a while. */
async function views(width, colorScheme) {
    const { page, keep } = await look(width, colorScheme, owner('?'));
    await page.waitForSelector('canvas');
    await walk(page, keep);
    if (wanted('why-paragraph')) {
        await page.click('.dp >> text=Paragraph');
        await page.locator('.reasons').waitFor({ timeout: 400000 });
        await keep('why-paragraph');
    }
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

/** What a window shows at once, for the README. */
async function screen() {
    const { page } = await look(1280, 'light', owner('?'));
    await page.waitForSelector('canvas');
    await page.locator('.whyp .told').first().waitFor();
    await page.screenshot({ path: `${folder}/screen.png` });
    await page.close();
}

/** What stands there before the plan. */
async function estimate(width, colorScheme) {
    const { page, keep } = await look(width, colorScheme, owner('?'), server, estimateFirst);
    await page.waitForSelector('canvas');
    await page.click('text=Take a fifth of the heat');
    await page.locator('.four.estimate').waitFor();
    await keep('estimate');
    await page.close();
}

async function others(width, colorScheme) {
    const map = await look(width, colorScheme, '#?tab=map', town);
    await map.page.locator('.map').locator('visible=true').waitFor();
    await map.keep('town');
    await map.page.click('.mapview .pick >> text="power"');
    await map.keep('town-power');
    await map.page.click('.mapview .pick >> text="heat carried"');
    await map.page.selectOption('.mapview select', 'm1');
    await map.page.click('.mapview .pick >> text=forbidden');
    await map.page.waitForFunction(() => document.querySelector('.pipe.forbidden'), null, { timeout: 300000 });
    for (let i = 0; i < 2; i++) await map.page.click('[aria-label="Look closer"]');
    await map.keep('town-forbidden');
    await map.page.close();
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

const inWalk = () => names.length === 0 || names.some(n => !/^(town|join|frontier|noplan|estimate|screen)/.test(n)), anyOf = list => list.some(wanted);
await (await look(1440, 'light', owner('?'))).page.waitForSelector('canvas');
await people();
if (names.includes('screen')) await screen();
for (const colorScheme of themes) {
    for (const width of widths) {
        if (inWalk()) await views(width, colorScheme);
        if (anyOf(['estimate'])) await estimate(width, colorScheme);
        if (anyOf(['town', 'town-power', 'town-forbidden', 'join'])) await others(width, colorScheme);
        if (anyOf(['frontier', 'slider', 'noplan']) && width !== 768) await moved(width, colorScheme);
    }
}
await browser.close();
await Promise.all([server.close(), town.close()]);
rmSync(store, { recursive: true });
