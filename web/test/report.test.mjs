// The report as a browser shows it: nothing runs over the edge, no column is squeezed, axe finds nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './browser.mjs';
import { endAll, serve } from './serve.mjs';
import { isAccessible, openTab, skip } from './tab.mjs';

let browser;
before(async () => { if (!skip) browser = await open(); });
after(async () => {
    await browser?.close();
    endAll();
});

/** Cells whose words stand below one another letter by letter. */
const squeezed = tab => tab.evaluate(() => [...document.querySelectorAll('th, td')].filter(c => c.checkVisibility() && c.textContent.trim().length > 12 && c.getBoundingClientRect().width < 48)
    .map(c => c.textContent.trim().slice(0, 40)));

for (const scenario of ['examples/seattle/scenario.yaml', 'examples/looped_town/scenario.yaml']) {
    test(`the report of ${scenario} is whole and accessible at three widths, light and dark`, { skip }, async () => {
        const server = await serve(scenario);
        await (await openTab(browser, server)).context().close();      // its plan is there
        const { plan } = await (await fetch(`${server.address}api/v1/start`)).json();
        for (const [width, colorScheme] of [[1440, 'light'], [768, 'dark'], [390, 'light'], [390, 'dark']]) {
            const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true }), tab = await context.newPage();
            await tab.goto(`${server.address}api/v1/plan/${plan}/report.html`);
            await tab.locator('#life').waitFor();
            await isAccessible(tab, `report, ${width} px, ${colorScheme}`);
            assert.deepEqual(await squeezed(tab), [], `${width} px`);
            if (width === 390) assert.equal(await tab.locator('#stress td[data-h]').first().evaluate(c => getComputedStyle(c, '::before').content.includes('leaves')), true, 'each cell with its column’s head');
            await context.close();
        }
        assert.equal(await server.close(), 0);
    });
}
