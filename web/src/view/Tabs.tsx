// A row of tabs and the panel that the chosen one opens. Arrow keys go along the row.
import type { Signal } from '@preact/signals';
import { keepAddress } from '../state';

interface Row<Name extends string> {
    label: string; names: Record<Name, string>; at: Signal<Name>; panels: Record<Name, () => preact.JSX.Element>;
    note?: (name: Name) => preact.JSX.Element | false;
}

export function Tabs<Name extends string>({ label, names, at, panels, note }: Row<Name>) {
    const all = Object.keys(names) as Name[], Panel: () => preact.JSX.Element = panels[at.value];
    const go = (name: Name) => { at.value = name; keepAddress(); };
    const onKey = (e: KeyboardEvent) => {
        const by = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
        if (!by) return;
        e.preventDefault();
        go(all[(all.indexOf(at.value) + by + all.length) % all.length]);
        document.getElementById(`tab-${at.value}`)?.focus();
    };
    return (
        <>
            <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKey}>
                {all.map(n => <button role="tab" id={`tab-${n}`} aria-selected={n === at.value} aria-controls="panel"
                    tabIndex={n === at.value ? 0 : -1} onClick={() => go(n)}>{names[n]}{note?.(n)}</button>)}
            </div>
            <div role="tabpanel" id="panel" aria-labelledby={`tab-${at.value}`} tabIndex={0}><Panel /></div>
        </>
    );
}
