// The hours of the year as a heat map with a scrubber: one column a day; below 720 px one row a day.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { getHours, type View } from '../api';
import { dayText, monthMarks } from '../chart/calendar';
import { paint, summary } from '../chart/heatmap';
import { upper } from '../name';
import { isNarrow } from '../narrow';
import { digits, withUnit } from '../number';
import { scrub, shown } from '../state';
import { words } from '../words.en';
import { Mark } from './Mark';
import { Scrub } from './Scrub';
import { AsTable } from './AsTable';

const outdoor = 'weather.outdoor_c';

/** The series that tell most, by their names: heat pumps first, then stores, then all else that has power. */
function ordered(names: string[]): string[] {
    const rank = (n: string) => ['heat_pump.heat_out_kw', 'power_out_kw', 'heat_in_kw', 'level_kwh', '_kw'].findIndex(e => n.endsWith(e));
    return names.filter(n => rank(n) >= 0 && !/_sim$|rate_/.test(n)).sort((a, b) => rank(a) - rank(b));
}

/** `heat_pump.heat_out_kw` as people say it: "Heat from heat pump". */
function told(name: string): string {
    const [instance, port = ''] = name.replace(/_(kw|kwh)$/, '').split('.'), says = words.seriesOf[port], of = instance.replace(/_/g, ' ');
    return says ? `${says} ${of}` : upper(`${of} ${port.replace(/_/g, ' ')}`.trim());
}

export function Hours() {
    const { hash, view } = shown.value!, turned = isNarrow.value;
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
        const draw = () => { if (canvas.current) paint(canvas.current, data.values, data.values.length / view.days, turned); };
        draw();
        const watch = new MutationObserver(draw);      // the colours follow the theme
        watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
        return () => watch.disconnect();
    }, [data, view.days, turned]);
    if (!data) return <p class="hours">{words.readingHours}</p>;
    const steps = data.values.length, perDay = steps / view.days, at = Math.min(scrub.value, steps - 1);
    const unit = data.name.endsWith('_kwh') ? 'MWh' : 'MW', s = summary(data.values), what = told(data.name), most = withUnit(digits(s.most / 1000), unit);
    const now = `${dayText(view, at, steps)}: ${withUnit(digits(data.values[at] / 1000), unit)}, ${withUnit(digits(data.air[at], 2), '°C')} ${words.outside}`;
    const sentence = s.zero > 0.999 ? words.seriesNothing(what) : words.seriesSays(what, most, dayText(view, s.at, steps), s.zero > 0 ? digits(s.zero * 100, 2) : '');
    return (
        <div class="hours">
            <p><b>{sentence}</b> {turned ? words.eachHourTurned : words.eachHour}</p>
            <p class="row2"><span class="now">{now}</span><label>{words.seriesShown} <select value={name} onChange={e => setWanted(e.currentTarget.value)}>
                {names.map(n => <option value={n}>{told(n)}</option>)}</select></label></p>
            <div class={turned ? 'hp turned' : 'hp'}>
                <canvas ref={canvas} role="img" aria-label={`${what}, ${words.byHourAndDay}. ${sentence}`} />
                <Mark kind="cur" at={(Math.floor(at / perDay) + 0.5) / view.days} down={turned} />
                <div class="mo">{monthMarks(view).map(x => <Mark kind="mon" at={x.at} text={x.name} down={turned} />)}</div>
            </div>
            <p class="scale"><span>0</span><i /><span>{most}</span></p>
            <Scrub id="scrub" steps={steps} at={at} text={now} />
            <AsTable name={what}><Table values={data.values} view={view} unit={unit} /></AsTable>
        </div>
    );
}

function Table({ values, view, unit }: { values: Float64Array; view: View; unit: string }) {
    const { days } = view, perDay = values.length / days, rows = [];
    for (let from = 0; from < days; from += 7) {
        const part = values.subarray(from * perDay, Math.min(days, from + 7) * perDay), s = summary(part);
        rows.push(<tr><th scope="row">{dayText(view, from * perDay, values.length).split(',')[0]}</th><td>{digits(s.mean / 1000)}</td><td>{digits(s.most / 1000)}</td></tr>);
    }
    return <table><thead><tr><th scope="col">{words.weekFrom}</th><th scope="col">{words.mean}, {unit}</th><th scope="col">{words.most}, {unit}</th></tr></thead><tbody>{rows}</tbody></table>;
}
