// Parts of the page that are loaded when they are first wanted.
import { useEffect, useState } from 'preact/hooks';
import { words } from './words.en';

type Part = () => preact.JSX.Element;

export function lazy(load: () => Promise<Part>): Part {
    let part: Part | null = null;
    return function Lazy() {
        const [, again] = useState(0);
        useEffect(() => { if (!part) void load().then(p => { part = p; again(n => n + 1); }); }, []);
        const Loaded = part;
        return Loaded ? <Loaded /> : <p class="loading" role="status">{words.loading}</p>;
    };
}
