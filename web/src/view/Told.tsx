// Text whose words of the field say what they mean, on hover and on focus; and the list of all of them.
import { computed } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Word } from '../api';
import { glossary } from '../state';
import { words } from '../words.en';

const letters = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** One pattern of all forms, the longest first, and the word of each. Abbreviations are written in capitals alone. */
const forms = computed(() => {
    const by = new Map<string, Word>();
    for (const word of glossary.value) for (const form of [word.term, ...word.also ?? []]) by.set(form.toLowerCase(), word);
    const all = [...by.keys()].sort((a, b) => b.length - a.length).map(letters);
    return { by, pattern: all.length ? new RegExp(`(?<![\\w-])(${all.join('|')})(?![\\w-])`, 'gi') : null };
});
const isWritten = (found: string, word: Word) => ![word.term, ...word.also ?? []].some(f => f === f.toUpperCase() && f === found.toUpperCase() && f !== found);

function Term({ text, word }: { text: string; word: Word }) {
    const id = useId();
    return <><button type="button" class="term" aria-describedby={id} onKeyDown={e => { if (e.key === 'Escape') e.currentTarget.blur(); }}>{text}</button>
        <span role="tooltip" id={id} class="tip"><b>{word.term}</b> {word.says} <small>{word.source}</small></span></>;
}

/** Each word is marked where it comes first. */
export function Told({ text }: { text: string }) {
    const { by, pattern } = forms.value, parts = [], seen = new Set<Word>();
    let from = 0;
    for (const found of pattern ? text.matchAll(pattern) : []) {
        const word = by.get(found[0].toLowerCase())!;
        if (seen.has(word) || !isWritten(found[0], word)) continue;
        seen.add(word);
        parts.push(text.slice(from, found.index), <Term text={found[0]} word={word} />);
        from = found.index + found[0].length;
    }
    return <span class="told">{parts}{text.slice(from)}</span>;
}

export function Words() {
    return (
        <div class="words" role="region" aria-label={words.learn.words} tabIndex={0}><p><b>{words.glossary(glossary.value.length)}</b> {words.glossarySources}</p>
            <dl>{[...glossary.value].sort((a, b) => a.term.localeCompare(b.term, 'en')).map(w => <div><dt>{w.term}</dt>
                <dd>{w.says} <small>{w.source}</small></dd></div>)}</dl></div>
    );
}
