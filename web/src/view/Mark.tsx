// A mark on a rail. Its place is set on the element's own style object, which the page's policy allows; a style in the
// markup it would refuse.
import { useLayoutEffect, useRef } from 'preact/hooks';

export function Mark({ kind, at, text, after }: { kind: string; at: number; text?: string; after?: boolean }) {
    const own = useRef<HTMLElement>(null);
    useLayoutEffect(() => { if (own.current) own.current.style.left = `${at * 100}%`; }, [at]);
    return <i ref={own} class={kind}>{text && <em class={after ?? at < 0.12 ? 'after' : 'before'}>{text}</em>}</i>;
}
