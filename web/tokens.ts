// The report's look (src/tell/report.css) holds the tokens; here they become the page's, where the reader's choice of
// light or dark (data-theme) wins over the system's.
import { readFileSync } from 'node:fs';

const report = new URL('../src/tell/report.css', import.meta.url);
const name = 'virtual:tokens.css', resolved = '\0tokens.css';

/** What stands between the braces of the first :root at or after a place. */
function root(css: string, from: number): string {
    const open = css.indexOf(':root{', from) + ':root{'.length, close = css.indexOf('}', open);
    if (from < 0 || open < ':root{'.length || close < 0) throw new Error('report.css: no :root where the tokens stand');
    return css.slice(open, close);
}

export function tokens() {
    return {
        name: 'tokens',
        resolveId: (id: string) => (id === name ? resolved : undefined),
        load(id: string) {
            if (id !== resolved) return undefined;
            const css = readFileSync(report, 'utf8');
            const light = root(css, 0), dark = root(css, css.indexOf('@media screen and (prefers-color-scheme: dark)'));
            const print = root(css, css.indexOf('@media print{:root{'));
            return `:root{${light}}
@media screen and (prefers-color-scheme: dark){:root:not([data-theme="light"]){${dark}}}
@media screen{:root[data-theme="dark"]{${dark}}}
@media print{:root{${print}}}`;
        },
    };
}
