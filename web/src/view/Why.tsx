// Why: the same answer in three depths. The sentence and the equation are those of `hearth explain`, the paragraph
// those of `hearth why`.
import { useEffect, useState } from 'preact/hooks';
import { getExplained, type Explained } from '../api';
import { compared } from '../figures';
import { Told } from './Told';
import { reasons, shown, wantReasons, whyFigure } from '../state';

type Depth = 'Sentence' | 'Paragraph' | 'Equations';

/** What went into a figure, line by line of the plan, each with where it came from. */
export function Inputs({ of }: { of: Explained }) {
    return <ul class="inputs">{of.inputs.map(i => { const [text, from] = i.text.split(/\s+#\s+/);
        return <li>{i.instance}: <b>{text}</b> <small>{from && `${from}, `}plan.yaml:{i.line}</small></li>; })}</ul>;
}

export function Why() {
    const [depth, setDepth] = useState<Depth>('Sentence');
    const [explained, setExplained] = useState<Explained | null>(null);
    const { hash, view } = shown.value!, key = whyFigure.value;
    const figure = compared.find(f => f.key === key)!;
    /* of a plan's own numbers the equations tell alone; what a figure means is the same for every plan */
    const of = depth === 'Equations' ? hash : '';
    useEffect(() => {
        let newest = true;
        getExplained(hash, key).then(e => { if (newest) setExplained(e); }, () => { if (newest) setExplained(null); });
        return () => { newest = false; };
    }, [of, key]);
    useEffect(() => { if (depth === 'Paragraph') void wantReasons(hash); }, [hash, depth]);
    const lines = reasons.value[hash];
    return (
        <section class="whyp" aria-label="Why">
            <h2>Why? <select aria-label="Figure to explain" value={key} onChange={e => { whyFigure.value = e.currentTarget.value; }}>
                {compared.map(f => <option value={f.key}>{f.label}</option>)}</select></h2>
            <p><b>{figure.text(figure.of(view))} {figure.unit(view)}.</b> <Told text={explained?.meaning ?? ''} /></p>
            {depth === 'Paragraph' && (!lines ? <p>Planning anew with other prices and distances…</p>
                : <ul class="reasons">{lines.map(l => <li><Told text={l.words} /></li>)}</ul>)}
            {depth === 'Equations' && explained && <>
                <p class="formula">{explained.formula}</p>
                <Inputs of={explained} /></>}
            <p class="dp" role="group" aria-label="Depth">{(['Sentence', 'Paragraph', 'Equations'] as const).map(d =>
                <button aria-pressed={d === depth} onClick={() => setDepth(d)}>{d}</button>)}</p>
        </section>
    );
}
