// A story under way: its text over the foot of the page, while the page above shows what it speaks of.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { said } from '../said';
import { base, solving, storyAt, shown } from '../state';
import { leave, running, screensOf, tell } from '../story';
import { stories } from '../learn';
import { words } from '../words.en';

const places: Record<string, (key: string) => string> = {
    slider: key => `.sl-${key}`, figure: key => `.fig-${key}`, party: key => `.party-${key}`, strand: key => `.p-${key}`, panel: () => '#panel',
};

/** Marks what a screen speaks of and brings it into view. */
function point(highlight: string | undefined): () => void {
    const [kind, key] = (highlight ?? '').split(':'), selector = places[kind]?.(key ?? '');
    const found = selector ? [...document.querySelectorAll(selector)] : [];
    const pictures = kind === 'strand' && found.length ? [...document.querySelectorAll('.pic')] : [];
    found.forEach(e => e.classList.add('lit'));
    pictures.forEach(e => e.classList.add('dim'));
    const seen = found.find(e => e.getClientRects().length > 0), still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    seen?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
    return () => { found.forEach(e => e.classList.remove('lit')); pictures.forEach(e => e.classList.remove('dim')); };
}

export function StoryPanel() {
    const [id, number] = storyAt.value.split(':'), at = Number(number);
    const story = running.value ?? stories.find(s => s.id === id), screens = story ? screensOf(story) : [], screen = screens[at];
    const own = useRef<HTMLElement>(null);
    useLayoutEffect(() => own.current?.focus({ preventScroll: true }), [story]);      // whoever reads by keyboard goes on here
    useLayoutEffect(() => { if (story && !running.value) tell(story, at); }, [story]);
    useLayoutEffect(() => point(screen?.highlight), [screen, shown.value!.hash]);
    if (!story || !screen || !base.value) return <></>;
    const onKey = (e: KeyboardEvent) => {
        if (e.key === 'ArrowRight' && at + 1 < screens.length) tell(story, at + 1);
        else if (e.key === 'ArrowLeft' && at > 0) tell(story, at - 1);
        else if (e.key === 'Escape') end();
        else return;
        e.preventDefault();
    };
    const end = () => { leave(); document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(); };
    return (
        <section ref={own} class="story" tabIndex={-1} onKeyDown={onKey} aria-label={`${words.story}: ${story.title}`}>
            <p class="cap"><b>{story.title}</b> {words.ofAll(at + 1, screens.length)}</p>
            <p class={`text ${solving.value ? 'late' : ''}`} aria-live="polite">
                {said(screen.text, base.value).map(p => (p.figure ? <b>{p.text}</b> : p.text))}</p>
            {screen.ask && <p class="ask">{screen.ask}</p>}
            <p class="go">
                <button class="do" onClick={end}>{words.leave}</button>
                <button class="do" disabled={at === 0} onClick={() => tell(story, at - 1)}>{words.back1}</button>
                {at + 1 < screens.length ? <button class="do strong" onClick={() => tell(story, at + 1)}>{words.next}</button>
                    : <button class="do strong" onClick={end}>{words.finish}</button>}
            </p>
        </section>
    );
}
