// A bar of what is used of a capacity: the most, solid, and the hour looked at, as a mark. Places are set on the elements'
// own style objects, which the page's policy allows.
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Share({ most, now, token }: { most: number; now: number; token: string }) {
    const bar = useRef<HTMLElement>(null), mark = useRef<HTMLElement>(null);
    useLayoutEffect(() => {
        if (bar.current) bar.current.style.width = `${Math.min(1, most) * 100}%`;
        if (mark.current) mark.current.style.left = `${Math.min(1, Math.max(0, now)) * 100}%`;
    }, [most, now]);
    return <span class="share" aria-hidden="true"><i ref={bar} class={`g-${token}`} /><i ref={mark} class="now1" /></span>;
}
