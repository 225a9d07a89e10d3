// Why: the same answer in three depths. The sentence and the equation are those of `hearth explain`, the paragraph
// those of `hearth why`.
import { useEffect, useState } from 'preact/hooks';
import { getExplained, type Explained } from '../api';
import { compared } from '../figures';
import { reasons, shown, wantReasons, whyFigure } from '../state';

type Depth = 'Sentence' | 'Paragraph' | 'Equations';

export function Why() {
    const [depth, setDepth] = useState<Depth>('Sentence');
    const [explained, setExplained] = useState<Explained | null>(null);
    const { hash, view } = shown.value!, key = whyFigure.value;
    const figure = compared.find(f => f.key === key)!;
    useEffect(() => {
        let newest = true;
        getExplained(hash, key).then(e => { if (newest) setExplained(e); }, () => { if (newest) setExplained(null); });
        return () => { newest = false; };
    }, [hash, key]);
    useEffect(() => { if (depth === 'Paragraph') void wantReasons(hash); }, [hash, depth]);
    const lines = reasons.value[hash];
    return (
        <section class="whyp" aria-label="Why">
            <h2>Why? <select aria-label="Figure to explain" value={key} onChange={e => { whyFigure.value = e.currentTarget.value; }}>
                {compared.map(f => <option value={f.key}>{f.label}</option>)}</select></h2>
            <p><b>{figure.text(figure.of(view))} {figure.unit(view)}.</b> {explained?.meaning}</p>
            {depth === 'Paragraph' && (!lines ? <p>Planning anew with other prices and distances…</p>
                : <ul class="reasons">{lines.map(l => <li>{l.words}</li>)}</ul>)}
            {depth === 'Equations' && explained && <>
                <p class="formula">{explained.formula}</p>
                <ul class="inputs">{explained.inputs.map(i => <li><code>plan.yaml:{i.line}</code> {i.instance}: {i.text}</li>)}</ul></>}
            <p class="dp" role="group" aria-label="Depth">{(['Sentence', 'Paragraph', 'Equations'] as const).map(d =>
                <button aria-pressed={d === depth} onClick={() => setDepth(d)}>{d}</button>)}</p>
        </section>
    );
}
