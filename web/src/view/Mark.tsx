// A mark on a rail, along it or, where the rail stands upright, down it. Its place is set on the element's own style object,
// which the page's policy allows; a style in the markup it would refuse.
import { useLayoutEffect, useRef } from 'preact/hooks';

const thumb = 0.03;      // its half, of a rail
/** The side on which a word has room: away from the thumb, `from`, if it can be; else where the thumb does not stand in it; else the word is not seen. */
function sideOf(at: number, from: number, text: string): 'before' | 'after' | 'off' {
    const word = 0.019 * text.length, room = { before: at > word && (from > at || from < at - word - thumb), after: at < 1 - word && (from < at || from > at + word + thumb) };
    const [first, second] = from > at ? ['before', 'after'] as const : ['after', 'before'] as const;
    return room[first] ? first : room[second] ? second : 'off';
}

export function Mark({ kind, at, text, from, down }: { kind: string; at: number; text?: string; from?: number; down?: boolean }) {
    const own = useRef<HTMLElement>(null);
    useLayoutEffect(() => {
        if (!own.current) return;
        own.current.style.left = down ? '' : `${at * 100}%`;
        own.current.style.top = down ? `${at * 100}%` : '';
    }, [at, down]);
    return <i ref={own} class={kind}>{text && <em class={from === undefined ? 'after' : sideOf(at, from, text)}>{text}</em>}</i>;
}
