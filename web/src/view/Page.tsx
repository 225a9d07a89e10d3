// The page: bar, headline, parties, picture and sliders, four figures, tabs, why; or the Engineer's door.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { keepAddress, redo, seat, shown, tabName, undo, type TabName } from '../state';
import { words } from '../words.en';
import { Bar } from './Bar';
import { Compare } from './Compare';
import { Engineer } from './Engineer';
import { Flows } from './Flows';
import { Figures, Headline, Parties } from './Head';
import { Hours } from './Hours';
import { Ledger } from './Ledger';
import { Picture } from './Picture';
import { brokenCount, Rules } from './Rules';
import { Sliders } from './Sliders';
import { Words } from './Told';
import { Why } from './Why';

export const door = signal<'explore' | 'engineer'>('explore');
const panels: Record<TabName, () => preact.JSX.Element> = { hours: Hours, flows: Flows, ledger: Ledger, rules: Rules, compare: Compare, words: Words };

function Tabs() {
    const names = Object.keys(words.tabs) as TabName[];
    const go = (name: TabName) => { tabName.value = name; keepAddress(); };
    const onKey = (e: KeyboardEvent) => {
        const by = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
        if (!by) return;
        e.preventDefault();
        go(names[(names.indexOf(tabName.value) + by + names.length) % names.length]);
        document.getElementById(`tab-${tabName.value}`)?.focus();
    };
    const Panel = panels[tabName.value], broken = brokenCount(shown.value!.view);
    return (
        <>
            <div class="tabs" role="tablist" aria-label="Views of this plan" onKeyDown={onKey}>
                {names.map(n => <button role="tab" id={`tab-${n}`} aria-selected={n === tabName.value} aria-controls="panel"
                    tabIndex={n === tabName.value ? 0 : -1} onClick={() => go(n)}>
                    {words.tabs[n]}{n === 'rules' && broken > 0 && <em class="rk"> ✗ {broken}</em>}</button>)}
            </div>
            <div role="tabpanel" id="panel" aria-labelledby={`tab-${tabName.value}`} tabIndex={0}><Panel /></div>
        </>
    );
}

export function Page() {
    useEffect(() => {
        const onKey = (e: KeyboardEvent) => {
            if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 'z' || (e.target as HTMLElement).matches('input[type=number]')) return;
            e.preventDefault();
            (e.shiftKey ? redo : undo)();
        };
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, []);
    useEffect(keepAddress, [seat.value]);
    return (
        <>
            <Bar />
            <main>
                <Headline />
                <Parties />
                {door.value === 'engineer' ? <Engineer /> : (
                    <div class="grid">
                        <section class="left" aria-label="The place and its year"><Picture /><Figures /><Tabs /></section>
                        <Sliders />
                        <Why />
                    </div>
                )}
            </main>
        </>
    );
}
