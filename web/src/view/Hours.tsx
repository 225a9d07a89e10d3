// The hours of the year as a heat map, one column a day, with a scrubber.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getHours, type View } from '../api';
import { dayText, monthMarks } from '../chart/calendar';
import { paint, summary } from '../chart/heatmap';
import { digits, withUnit } from '../number';
import { scrub, shown } from '../state';
import { Mark } from './Mark';
import { Scrub } from './Scrub';

const outdoor = 'weather.outdoor_c';

/** The series that tell most, by their names: heat pumps first, then stores, then all else that has power. */
function ordered(names: string[]): string[] {
    const rank = (n: string) => ['heat_pump.heat_out_kw', 'power_out_kw', 'heat_in_kw', 'level_kwh', '_kw'].findIndex(e => n.endsWith(e));
    return names.filter(n => rank(n) >= 0 && !/_sim$|rate_/.test(n)).sort((a, b) => rank(a) - rank(b));
}
const told = (name: string) => name.replace(/_(kw|kwh)$/, '').replace(/[._]/g, ' ');

export function Hours() {
    const { hash, view } = shown.value!;
    const names = ordered(view.hours);
    const [wanted, setWanted] = useState('heat_pump.heat_out_kw');
    const name = names.includes(wanted) ? wanted : names[0];
    const [data, setData] = useState<{ name: string; values: Float64Array; air: Float64Array } | null>(null);
    const canvas = useRef<HTMLCanvasElement>(null);
    useEffect(() => {
        let newest = true;
        void getHours(hash, [name, outdoor]).then(([values, air]) => { if (newest) setData({ name, values, air }); });
        return () => { newest = false; };
    }, [hash, name]);
    useLayoutEffect(() => {
        if (!data || !canvas.current) return undefined;
        const draw = () => { if (canvas.current) paint(canvas.current, data.values, data.values.length / view.days); };
        draw();
        const watch = new MutationObserver(draw);      // the colours follow the theme
        watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
        return () => watch.disconnect();
    }, [data, view.days]);
    if (!data) return <p class="hours">Reading the hours…</p>;
    const steps = data.values.length, perDay = steps / view.days, at = Math.min(scrub.value, steps - 1);
    const unit = data.name.endsWith('_kwh') ? 'MWh' : 'MW', s = summary(data.values);
    const now = `${dayText(view, at, steps)}: ${withUnit(digits(data.values[at] / 1000), unit)}, ${withUnit(digits(data.air[at], 2), '°C')} outside`;
    const what = told(name).replace(/^./, c => c.toUpperCase());
    const sentence = s.zero > 0.999 ? `${what} is nothing all the time.`
        : `${what} is at most ${withUnit(digits(s.most / 1000), unit)}, on ${dayText(view, s.at, steps)}, and nothing in ${digits(s.zero * 100, 2)} % of the hours.`;
    return (
        <div class="hours">
            <p><b>{sentence}</b> <label>Shown: <select value={name} onChange={e => setWanted(e.currentTarget.value)}>
                {names.map(n => <option value={n}>{told(n)}</option>)}</select></label> {unit}, each hour; a column is a day, midnight on top</p>
            <p class="now">{now}</p>
            <div class="hp">
                <canvas ref={canvas} role="img" aria-label={`${told(name)} by hour and day. ${sentence}`} />
                <Mark kind="cur" at={(Math.floor(at / perDay) + 0.5) / view.days} />
                <div class="mo">{monthMarks(view).map(x => <Mark kind="mon" at={x.at} text={x.name} />)}</div>
            </div>
            <Scrub id="scrub" steps={steps} at={at} text={now} />
            <details><summary>As a table</summary><Table values={data.values} view={view} unit={unit} /></details>
        </div>
    );
}

function Table({ values, view, unit }: { values: Float64Array; view: View; unit: string }) {
    const { days } = view, perDay = values.length / days, rows = [];
    for (let from = 0; from < days; from += 7) {
        const part = values.subarray(from * perDay, Math.min(days, from + 7) * perDay), s = summary(part);
        rows.push(<tr><th scope="row">{dayText(view, from * perDay, values.length).split(',')[0]}</th><td>{digits(s.mean / 1000)}</td><td>{digits(s.most / 1000)}</td></tr>);
    }
    return <table><thead><tr><th scope="col">Week from</th><th scope="col">Mean, {unit}</th><th scope="col">Most, {unit}</th></tr></thead><tbody>{rows}</tbody></table>;
}
