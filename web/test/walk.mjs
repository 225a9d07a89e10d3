// A walk through every view of the page, for tests and pictures: each step opens one view and names it.
const settle = tab => tab.locator('.loading').waitFor({ state: 'detached' });

async function explore(tab, visit) {
    await tab.locator('.whyp .told').first().waitFor();
    await visit('first');
    for (const name of ['flows', 'map', 'ledger', 'rules', 'compare']) {
        await tab.click(`#tab-${name}`);
        await settle(tab);
        await tab.locator('#panel p').first().waitFor();
        if (name === 'flows') await tab.locator('.sankey').locator('visible=true').waitFor();
        if (name === 'map') await tab.locator('.bars').waitFor();
        await visit(name);
    }
    await tab.click('#tab-flows');
    for (const carrier of ['money', 'carbon', 'water']) {
        await tab.click(`.flows .pick >> text=${carrier}`);
        await visit(`flows-${carrier}`);
    }
    await tab.click('.flows >> text=one hour');
    await tab.click('.flows .pick >> text=energy');
    await visit('flows-hour');
    await tab.click('.dp >> text=Equations');
    await tab.locator('.formula').waitFor();
    await visit('why-equations');
    await tab.hover('.whyp .term');
    await visit('word');
    await tab.mouse.move(0, 0);
    await tab.click('.dp >> text=Sentence');
    await tab.click('.sl-offer .info');
    await visit('slider');
    await tab.click('.sl-offer .info');
}

async function doors(tab, visit) {
    await tab.click('.doors >> text=Learn');
    await tab.waitForSelector('.stories');
    for (const name of ['stories', 'roles', 'ecosystem', 'words']) {
        await tab.click(`#tab-${name}`);
        await visit(name);
    }
    await tab.click('.doors >> text=Talk');
    await tab.waitForSelector('.talkroom');
    for (const name of ['plans', 'comments', 'class']) {
        await tab.click(`#tab-${name}`);
        await tab.locator('#panel p, #panel form').first().waitFor();
        await visit(name);
    }
    await tab.click('.doors >> text=Engineer');
    await tab.waitForSelector('.params tbody tr');
    await tab.click('.halves >> text=heat_delivered_kwh_year');
    await tab.locator('.asked .formula').waitFor();
    await visit('engineer');
    await tab.click('.doors >> text=Learn');
    await tab.click('#tab-stories');
    await tab.locator('.stories .do').nth(3).click();
    await tab.locator('.story .text b').first().waitFor();
    await visit('story');
    await tab.click('.story >> text=Leave');
}

/** Opens every view of a page that stands on Explore and calls `visit` with its name. */
export async function walk(tab, visit) {
    await explore(tab, visit);
    await doors(tab, visit);
}
