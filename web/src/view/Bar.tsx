// The bar on top: the place, two doors, undo, redo, replay, share, light or dark.
import { useState } from 'preact/hooks';
import { canRedo, canUndo, door, ghost, keepAddress, redo, replay, shown, undo, type DoorName } from '../state';
import { words } from '../words.en';

function Icon({ d }: { d: string }) {
    return <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d={d} class="icon" /></svg>;
}

export function Brand() {
    return <span class="brand"><svg class="logo" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M3 21V10l9-7 9 7v11" class="roof" /><path d="M8 21a4 4 0 0 1 8 0" class="fire" /></svg>Hearth</span>;
}

function otherTheme() {
    const root = document.documentElement;
    const now = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    root.dataset.theme = now === 'dark' ? 'light' : 'dark';
}

export function Bar() {
    const [copied, setCopied] = useState(false);
    const share = async () => {
        await navigator.clipboard?.writeText(location.href).catch(() => undefined);
        setCopied(true);
        setTimeout(() => setCopied(false), 2000);
    };
    return (
        <header class="top">
            <Brand />
            <span class="place">{shown.value!.view.name}</span>
            <nav class="doors" aria-label="Doors">
                {(Object.keys(words.doors) as DoorName[]).map(d => <button aria-current={door.value === d ? 'page' : undefined}
                    onClick={() => { door.value = d; keepAddress(); }}>{words.doors[d]}</button>)}
            </nav>
            <span class="acts">
                <button aria-label={words.undo} disabled={!canUndo.value} onClick={undo}><Icon d="M7 4L3 8l4 4M3 8h8a5 5 0 0 1 0 10H8" /></button>
                <button aria-label={words.redo} disabled={!canRedo.value} onClick={redo}><Icon d="M13 4l4 4-4 4M17 8H9a5 5 0 0 0 0 10h3" /></button>
                <button aria-label={words.replay} disabled={!ghost.value} onClick={replay}><Icon d="M4 10a6 6 0 1 1 2 4.5M4 15v-4h4M9 7.5l4 2.5-4 2.5z" /></button>
                <button class="tx" onClick={() => { void share(); }}>{copied ? words.copied : words.share}</button>
                <button aria-label={words.theme} onClick={otherTheme}><Icon d="M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14" /></button>
            </span>
        </header>
    );
}
