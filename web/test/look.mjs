// Pictures of the page at three widths, light and dark, to be looked at one by one.   usage: node test/look.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { open } from './browser.mjs';
import { serve } from './serve.mjs';

const folder = process.argv[2] ?? 'pictures';
mkdirSync(folder, { recursive: true });
const server = await serve();
const browser = await open();
for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 768, 390]) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        page.on('console', m => { if (m.type() === 'error') console.log(m.text()); });
        await page.goto(server.address);
        await page.waitForSelector('canvas');
        await page.screenshot({ path: `${folder}/first-${width}-${colorScheme}.png`, fullPage: true });
        if (colorScheme === 'light' || width === 1440) {
            for (const tab of ['flows', 'ledger', 'rules', 'compare']) {
                await page.click(`#tab-${tab}`);
                await page.screenshot({ path: `${folder}/${tab}-${width}-${colorScheme}.png`, fullPage: true });
            }
        }
        await page.close();
    }
}
await browser.close();
await server.close();
