// The eight sliders: name, value, word, rail with marks, a field for the number and five short texts.
import { useState } from 'preact/hooks';
import type { Slider } from '../api';
import { along, bestOf, goAlong, limits, othersOf, places } from '../probe';
import { money } from '../said';
import { flipOf } from '../flip';
import { placeOf, ticks, valueAt, valueText, wordOf } from '../scale';
import { chosenNow, standsAt, standsIn } from '../stands';
import { ghost, move, moved, moveOne, set, shown, start } from '../state';
import { words } from '../words.en';
import { Changed } from './Changed';
import { Mark } from './Mark';
import { Told } from './Told';
import { AsTable } from './AsTable';

/** Places of the rail, what each gains, and the best of them. */
function AlongRail({ slider }: { slider: Slider }) {
    const a = along.value?.key === slider.key && along.value.around === set.value ? along.value : null;
    if (!a) return <button class="do" onClick={() => { void goAlong(slider); }}>{words.whereBest}</button>;
    const best = bestOf(a), gains = a.tried.map(t => t.gain ?? 0), top = Math.max(0, ...gains), low = Math.min(0, ...gains), y = (g: number) => 34 - 32 * (g - low) / Math.max(1, top - low);
    const { currency } = shown.value!.view, sum = (g: number) => money(g, currency);
    const sentence = !a.done ? words.along(a.tried.length, places) : best ? words.bestAt(valueText(slider, best.value), sum(best.gain)) : words.noneWorks;
    return (
        <div class="along">
            <svg viewBox="0 0 100 36" preserveAspectRatio="none" role="img" aria-label={sentence}>
                <desc>{sentence}</desc>
                <path d={`M0,${y(0)}H100`} class="hair" />
                {a.tried.map(t => t.gain !== null && <path d={`M${100 * placeOf(slider, t.value)},${y(0)}V${y(t.gain)}`} class={t.value === best?.value ? 'bar best' : 'bar'} />)}
            </svg>
            <p role="status"><b>{sentence}</b></p>
            {a.done && best && <button class="do" onClick={() => moveOne(slider, best.value)}>{words.setIt}</button>}
            <AsTable name={slider.label}><table><thead><tr><th scope="col">{slider.label}</th><th scope="col">{words.gain}</th></tr></thead>
                <tbody>{a.tried.map(t => <tr><th scope="row">{valueText(slider, t.value)}</th><td>{t.gain === null ? words.noPlanThere : sum(t.gain)}</td></tr>)}</tbody></table></AsTable>
        </div>
    );
}

function About({ slider }: { slider: Slider }) {
    return (
        <dl class="about">
            {Object.entries(slider.texts).map(([key, text]) => <><dt>{words.texts[key]}</dt><dd><Told text={text} /></dd></>)}
        </dl>
    );
}

function onKey(slider: Slider, value: number, e: KeyboardEvent) {
    const by: Record<string, number> = { ArrowLeft: -0.01, ArrowDown: -0.01, ArrowRight: 0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1 };
    let next: number;
    if (e.key === 'Home') next = slider.minimum;
    else if (e.key === 'End') next = slider.maximum;
    else if (e.key in by) {
        next = valueAt(slider, Math.min(1, Math.max(0, placeOf(slider, value) + by[e.key])));
        if (next === value) next = value + Math.sign(by[e.key]) * slider.step;    // a step that rounds to nothing
    } else return;
    e.preventDefault();
    moveOne(slider, Number(next.toPrecision(10)));
}

function OneSlider({ slider }: { slider: Slider }) {
    const [open, setOpen] = useState(false);
    const value = standsAt(slider), id = `slider-${slider.key}`;
    const was = ghost.value && standsIn(ghost.value, slider);
    const flip = flipOf(slider), found = limits.value[slider.key], limit = found?.others === othersOf(set.value, slider.key) ? found : null;
    const tried = along.value?.done && along.value.key === slider.key ? bestOf(along.value)?.value : undefined, best = tried ?? chosenNow(slider);
    const factor = slider.factor ?? 1;
    return (
        <div class={`sl sl-${slider.key} ${moved.value === slider.key ? 'on' : ''}`}>
            <label for={id}>{slider.label}</label>
            <button class="info" aria-label={words.about(slider.label)} aria-expanded={open} onClick={() => setOpen(!open)}>i</button>
            <output for={id}><b>{valueText(slider, value)}</b> {wordOf(slider, value)}</output>
            <div class="tr">
                <i class="rail" />
                {was !== null && was !== value && <Mark kind="gh" at={placeOf(slider, was)} />}
                <input id={id} type="range" min="0" max={ticks} value={Math.round(placeOf(slider, value) * ticks)}
                    aria-valuetext={`${valueText(slider, value)}, ${wordOf(slider, value)}`}
                    onInput={e => moveOne(slider, valueAt(slider, Number(e.currentTarget.value) / ticks), false)}
                    onChange={e => moveOne(slider, valueAt(slider, Number(e.currentTarget.value) / ticks))}
                    onKeyDown={e => onKey(slider, value, e)} onDblClick={() => moveOne(slider, slider.value)} />
                {limit && <Mark kind="li" at={placeOf(slider, limit.fails)} text={words.limit} from={placeOf(slider, value)} />}
                {best !== undefined && <Mark kind="op" at={placeOf(slider, best)} />}
                {flip !== null && flip >= slider.minimum && flip <= slider.maximum &&
                    <Mark kind="fl" at={placeOf(slider, flip)} text={words.flips} from={placeOf(slider, value)} />}
            </div>
            <div class="wd">{slider.stops.map(s => <span>{s.word}</span>)}</div>
            {open && <div class="more">
                <label>{words.number}{' '}
                    <input type="number" aria-label={words.numberOf(slider.label)} min={slider.minimum * factor} max={slider.maximum * factor} step="any" value={Number((value * factor).toPrecision(8))}
                        onChange={e => { const v = Number(e.currentTarget.value); if (Number.isFinite(v)) moveOne(slider, v / factor); }} /> {slider.unit}</label>
                <AlongRail slider={slider} />
                <About slider={slider} />
            </div>}
        </div>
    );
}

export function Sliders() {
    const { sliders, try_this } = start.value!;
    return (
        <section class="right" aria-label="Sliders">
            {sliders.map(s => <OneSlider key={s.key} slider={s} />)}
            <Changed />
            <p class="key"><span><i class="op k" /> {words.best}</span><span><i class="gh k" /> {words.before}</span>
                {sliders.some(s => flipOf(s) !== null) && <span><i class="fl k" /> {words.flips}</span>}</p>
            <div class="try"><span>{words.tryThis}</span>
                {try_this.map(t => <button onClick={() => move({ ...set.value, ...t.set }, Object.keys(t.set)[0])}>{t.label}</button>)}
                {Object.keys(set.value).length > 0 && shown.value && <button onClick={() => move({}, null)}>{words.back}</button>}
            </div>
        </section>
    );
}
