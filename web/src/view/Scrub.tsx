// The hour looked at: one for all views. Arrow keys go by hours, Page keys by days.
import { play, playing } from '../play';
import { scrub } from '../state';
import { words } from '../words.en';

export function Scrub({ id, steps, at, text }: { id: string; steps: number; at: number; text: string }) {
    const onKey = (e: KeyboardEvent) => {
        const by = e.key === 'PageUp' ? 24 : e.key === 'PageDown' ? -24 : 0;
        if (!by) return;
        e.preventDefault();
        scrub.value = Math.min(steps - 1, Math.max(0, at + by));
    };
    return (
        <p class="scrub"><label for={id}>{words.hour}</label><input id={id} type="range" min="0" max={steps - 1} value={at} aria-valuetext={text}
            onInput={e => { scrub.value = Number(e.currentTarget.value); }} onKeyDown={onKey} />
            <button class="do" onClick={() => play(steps)}>{playing.value ? words.stop : words.play}</button></p>
    );
}
