// The page: bar, headline, parties, and behind its doors: picture, sliders and views; what to learn; what to talk about; all
// that an engineer wants.
import { useEffect } from 'preact/hooks';
import { lazy } from '../lazy';
import { door, redo, seat, keepAddress, shown, storyAt, tabName, undo, type DoorName, type TabName } from '../state';
import { words } from '../words.en';
import { Bar } from './Bar';
import { Figures, Headline, Parties } from './Head';
import { Hours } from './Hours';
import { Ledger } from './Ledger';
import { Picture } from './Picture';
import { brokenCount, Rules } from './Rules';
import { Sliders } from './Sliders';
import { Tabs } from './Tabs';
import { Three } from './Three';
import { Why } from './Why';

const panels: Record<TabName, () => preact.JSX.Element> = {
    hours: Hours, flows: lazy(() => import('./Flows').then(m => m.Flows)), map: lazy(() => import('./Map').then(m => m.Map)), ledger: Ledger, rules: Rules,
    compare: lazy(() => import('./Compare').then(m => m.Compare)),
};
const Told = lazy(() => import('./StoryPanel').then(m => m.StoryPanel));

function Explore() {
    const broken = brokenCount(shown.value!.view);
    return (
        <div class="grid">
            <section class="left" aria-label="The place and its year">
                <Picture />
                <Figures />
                <Tabs label="Views of this plan" names={words.tabs} at={tabName} panels={panels}
                    note={n => n === 'rules' && broken > 0 && <em class="rk"> ✗ {broken}</em>} />
                <Three />
            </section>
            <Sliders />
            <Why />
            {storyAt.value && <Told />}
        </div>
    );
}

const rooms: Record<DoorName, () => preact.JSX.Element> = {
    explore: Explore, learn: lazy(() => import('./Learn').then(m => m.Learn)), talk: lazy(() => import('./Talk').then(m => m.Talk)),
    engineer: lazy(() => import('./Engineer').then(m => m.Engineer)),
};

export function Page() {
    useEffect(() => {
        const onKey = (e: KeyboardEvent) => {
            if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 'z' || (e.target as HTMLElement).matches('input[type=number], input[type=text], textarea')) return;
            e.preventDefault();
            (e.shiftKey ? redo : undo)();
        };
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, []);
    useEffect(keepAddress, [seat.value]);
    const Room = rooms[door.value];
    return (
        <>
            <Bar />
            <main>
                <Headline />
                <Parties />
                <Room />
            </main>
        </>
    );
}
