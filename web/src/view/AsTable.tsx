// The numbers of a chart, one step away: as a table, and as a file of comma-separated values.
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../words.en';

/** What a table says, as the rows of a CSV file; thin spaces and true minus signs are for readers alone. */
function csvOf(table: HTMLTableElement): string {
    const cell = (c: HTMLTableCellElement) => {
        const text = (c.textContent ?? '').trim().replace(/[\u202f\u00a0]/g, ' ').replace(/^\u2212(?=\d)/, '-').replace(/(?<=\d) (?=\d{3})/g, '');
        return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    return [...table.rows].map(r => [...r.cells].map(cell).join(',')).join('\n') + '\n';
}

export function save(text: string, type: string, name: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}

export function AsTable({ name, children }: { name: string; children: ComponentChildren }) {
    const own = useRef<HTMLDetailsElement>(null);
    return (
        <details ref={own} class="astable"><summary>{words.asTable}<span class="off">: {name}</span></summary>
            <div class="scroll" role="region" aria-label={name} tabIndex={0}>{children}</div>
            <button class="do" onClick={() => save(csvOf(own.current!.querySelector('table')!), 'text/csv', `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.csv`)}>{words.asCsv}<span class="off">: {name}</span></button>
        </details>
    );
}
