// A mark on a rail, along it or, where the rail stands upright, down it. Its place is set on the element's own style object,
// which the page's policy allows; a style in the markup it would refuse.
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Mark({ kind, at, text, after, down }: { kind: string; at: number; text?: string; after?: boolean; down?: boolean }) {
    const own = useRef<HTMLElement>(null);
    useLayoutEffect(() => {
        if (!own.current) return;
        own.current.style.left = down ? '' : `${at * 100}%`;
        own.current.style.top = down ? `${at * 100}%` : '';
    }, [at, down]);
    return <i ref={own} class={kind}>{text && <em class={at < 0.22 || (at < 0.78 && (after ?? false)) || (down ?? false) ? 'after' : 'before'}>{text}</em>}</i>;
}
