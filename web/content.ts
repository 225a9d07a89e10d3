// The content of the page that is data: YAML becomes a module when the page is built. What a technology is called and how
// mature it is stands in its component's table (src/components/KIND.c) and is read from there.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Technology { kind?: string; title?: string; maturity?: number }

/** The facts of a component's descriptor. */
function component(kind: string): { title: string; maturity: number } {
    const text = readFileSync(new URL(`../src/components/${kind}.c`, import.meta.url), 'utf8');
    const title = /\.title = "([^"]+)"/.exec(text), maturity = /\.maturity = (\d)/.exec(text);
    if (!title || !maturity) throw new Error(`${kind}.c: no title or no maturity`);
    return { title: title[1], maturity: Number(maturity[1]) };
}

export function content() {
    return {
        name: 'content',
        load(id: string) {
            if (!id.endsWith('.yaml')) return undefined;
            const data = parse(readFileSync(id, 'utf8')) as { technologies?: Technology[] };
            for (const t of data.technologies ?? []) if (t.kind) Object.assign(t, component(t.kind));
            return { code: `export default ${JSON.stringify(data)};` };
        },
    };
}
