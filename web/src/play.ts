// Playing the year: the hour moves on by itself while a person wants it to.
import { signal } from '@preact/signals';
import { scrub } from './state';

export const playing = signal(false);
let timer = 0;

export function play(steps: number): void {
    playing.value = !playing.value;
    clearInterval(timer);
    if (!playing.value) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    timer = window.setInterval(() => { scrub.value = (scrub.value + (still ? 24 : 1)) % steps; }, still ? 1000 : 80);
}
