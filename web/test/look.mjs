// Pictures of the page at three widths, light and dark, to be looked at one by one.   usage: node test/look.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { open } from './browser.mjs';
import { serve } from './serve.mjs';

const folder = process.argv[2] ?? 'pictures';
mkdirSync(folder, { recursive: true });
const server = await serve(), town = await serve('examples/looped_town/scenario.yaml');
const browser = await open();

async function look(width, colorScheme, address, of = server) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on('console', m => { if (m.type() === 'error') console.log(m.text()); });
    await page.goto(of.address + address);
    await page.waitForSelector('.tabs');
    return { page, keep: name => page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png`, fullPage: true }) };
}

for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 768, 390]) {
        const { page, keep } = await look(width, colorScheme, '');
        await page.waitForSelector('canvas');
        await keep('first');
        if (colorScheme === 'light' || width === 1440) {
            for (const tab of ['flows', 'map', 'ledger', 'rules', 'compare']) {
                await page.click(`#tab-${tab}`);
                await page.locator('.loading').waitFor({ state: 'detached' });
                await page.waitForTimeout(400);
                await keep(tab);
            }
            await page.hover('.whyp .term');
            await keep('word');
            await page.click('.doors >> text=Learn');
            await page.waitForSelector('.stories');
            for (const tab of ['stories', 'roles', 'ecosystem', 'words']) {
                await page.click(`#tab-${tab}`);
                await keep(tab);
            }
            await page.click('.doors >> text=Engineer');
            await page.waitForSelector('.params tbody tr');
            await keep('engineer');
        }
        await page.close();
    }
    for (const width of [1440, 390]) {
        const story = await look(width, colorScheme, '#?story=night:0');
        await story.page.waitForSelector('.story');
        await story.page.waitForTimeout(1500);
        await story.keep('story');
        await story.page.close();
        const map = await look(width, colorScheme, '#?tab=map', town);
        await map.page.locator('.map').locator('visible=true').waitFor();
        await map.keep('town');
        await map.page.close();
    }
}
await browser.close();
await Promise.all([server.close(), town.close()]);
