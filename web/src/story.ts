// A story under way: which screen is shown, and what it does to the page.
import { effect, signal } from '@preact/signals';
import type { Screen, Story } from './learn';
import { beyond, isTold, lookBeyond } from './said';
import { base, carrier, door, flowHour, keepAddress, move, scrub, set, shown, start, storyAt, tabName, type Set } from './state';

export const running = signal<Story | null>(null);

/** A screen is left out where the place has not its sliders, or its plan not its figures. */
function fits(screen: Screen): boolean {
    const keys = [...Object.keys(screen.set ?? {}), ...(screen.highlight?.startsWith('slider:') ? [screen.highlight.slice(7)] : [])];
    return keys.every(k => start.value!.sliders.some(s => s.key === k)) && (!base.value || isTold(screen.text, base.value));
}
export const screensOf = (story: Story) => story.screens.filter(fits);

function held(of: Record<string, number>): Set {
    const out: Set = {};
    for (const slider of start.value!.sliders) {
        if (slider.key in of) out[slider.key] = Math.min(slider.maximum, Math.max(slider.minimum, of[slider.key]));
    }
    return out;
}

const same = (a: Set, b: Set) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

export function tell(story: Story, at: number): void {
    const screen = screensOf(story)[at];
    if (!screen) return;
    running.value = story;
    storyAt.value = `${story.id}:${at}`;
    door.value = 'explore';
    tabName.value = screen.view as typeof tabName.value;
    flowHour.value = screen.hour === 'peak';
    if (screen.carrier) carrier.value = screen.carrier as typeof carrier.value;
    /* a screen stands on what the ones before it have set, so that Back comes back to it */
    const before = screensOf(story).slice(0, at + 1).reduce<Record<string, number>>((sum, s) => (s.set ? { ...(Object.keys(s.set).length ? sum : {}), ...s.set } : sum), {});
    if (!same(held(before), set.value)) move(held(before), Object.keys(before)[0] ?? null);
    keepAddress();
}

export function leave(): void {
    running.value = null;
    storyAt.value = '';
    keepAddress();
}

/** Keeps what a running story tells of the plan at hand, and the hour it looks at. */
effect(() => {
    const story = running.value, now = shown.value;
    if (!story || !now) return;
    void lookBeyond(now.hash, now.view);
    const screen = screensOf(story)[Number(storyAt.value.split(':')[1])], step = beyond.value[now.hash]?.peakStep;
    if (screen?.hour === 'peak' && step !== undefined) scrub.value = step;
});
