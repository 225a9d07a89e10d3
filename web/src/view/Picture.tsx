// The section through data centre, street and town, drawn from the plan. Wide and narrow are two geometries of one drawing.
import { heatToken, strandsOf, type Strands } from '../chart/strands';
import { digits, trimmed, withUnit } from '../number';
import { playing } from '../play';
import { drawn } from '../state';
import { words } from '../words.en';
import { AsTable } from './AsTable';

interface Geometry {
    w: number; h: number; ground: number; hallX: number; hallW: number; hallY: number; riser: number; pumpX: number; pumpY: number;
    tankX: number; town: { x: number; w: number; y: number }[]; gasX: number; gasPitch: number; narrow: boolean;
}
const wide: Geometry = {
    w: 780, h: 440, ground: 270, hallX: 120, hallW: 142, hallY: 120, riser: 290, pumpX: 392, pumpY: 319, tankX: 465,
    town: [{ x: 594, w: 46, y: 150 }, { x: 652, w: 44, y: 176 }, { x: 706, w: 48, y: 134 }], gasX: 748, gasPitch: 2.2, narrow: false,
};
const narrow: Geometry = {
    w: 358, h: 440, ground: 270, hallX: 62, hallW: 142, hallY: 120, riser: 214, pumpX: 250, pumpY: 330, tankX: 0,
    town: [{ x: 288, w: 22, y: 160 }, { x: 314, w: 14, y: 186 }, { x: 331, w: 22, y: 150 }], gasX: 349, gasPitch: 1.2, narrow: true,
};
const rackY = 196;
const gasDrawn = (s: Strands) => Math.min(s.gas, 24);

/** `part`: what of the picture it is, for stories to point at. */
function Strand({ d, token, part, width }: { d: string; token: string; part: string; width: number }) {
    return <path d={d} class={`st c-${token} p-${part}`} stroke-width={width} />;
}

/** Power enters low on the left, rises through the racks, and leaves to the sky or, on the right, to recovery. */
function hallStrands(s: Strands, g: Geometry) {
    const out = [];
    const pitch = Math.min(3, 104 / s.power), across = (g.hallW - 34) / Math.max(1, s.power - 1);
    const top = g.ground + 28, width = Math.min(1.9, across * 0.75);
    const turn = Math.min(g.riser, s.recovered), step = s.recovered > 1 ? Math.min(2.3, 26 / (s.recovered - 1)) : 0;
    const middle = g.hallX + g.hallW / 2;
    for (let i = 0; i < s.power; i++) {
        const x = g.hallX + 17 + i * across, y = top + i * pitch;
        out.push(<Strand token="electricity" part="power" width={width} d={`M0,${y}H${x - 22}Q${x},${y} ${x},${y - 30}V${rackY}`} />);
        if (i < s.sky) {
            const waist = middle + (x - middle) * 0.62, flare = middle + (x - middle) * 1.02;
            out.push(<Strand token="heat-1" part="sky" width={width}
                d={`M${x},${rackY}C${x},150 ${waist},140 ${waist},104C${waist},66 ${flare},50 ${flare},${2 + (i * 7) % 12}`} />);
        } else {
            const j = i - s.sky, rx = g.riser + (turn - 1 - j) * step, py = g.pumpY + (j - (s.recovered - 1) / 2) * Math.min(step, 34 / s.recovered);
            out.push(<Strand token={heatToken(s.sourceC)} part="recovered" width={Math.min(1.9, Math.max(width, step * 0.75))}
                d={`M${x},${rackY}C${x},168 ${rx},164 ${rx},206V${py - 20}Q${rx},${py} ${rx + 20},${py}H${g.pumpX - 22}`} />);
        }
    }
    return out;
}

function pumpStrands(s: Strands, g: Geometry) {
    const out = [];
    const step = s.town > 1 ? Math.min(2.6, 34 / (s.town - 1)) : 0, width = Math.min(2, Math.max(0.8, step * 0.72));
    for (let i = 0; i < s.liftPower; i++) {
        const x = g.pumpX + (i - (s.liftPower - 1) / 2) * 2.4, y = g.h - 8 - i * 2.4;
        out.push(<Strand token="electricity" part="lift" width={1.6} d={`M0,${y}H${x - 20}Q${x},${y} ${x},${y - 20}V${g.pumpY + 20}`} />);
    }
    const spots = g.town.flatMap(b => [0.18, 0.82].map(f => ({ x: b.x + b.w * f, y: b.y })));
    for (let i = 0; i < s.town; i++) {
        const y = g.pumpY + (i - (s.town - 1) / 2) * step;
        const at = (i + 0.5) / s.town * spots.length, spot = spots[Math.floor(at)];
        const x = spot.x + (at - Math.floor(at) - 0.5) * Math.min(9, g.town[1].w * 0.3);
        out.push(<Strand token={heatToken(s.sinkC)} part="town" width={width}
            d={`M${g.pumpX + 22},${y}H${x - 10}Q${x},${y} ${x},${y - 10}V${spot.y + 26 + (i * 17) % 38}`} />);
    }
    for (let i = 0; i < gasDrawn(s); i++) {
        const x = g.gasX - i * g.gasPitch, y = g.ground + (g.narrow ? 152 : 112) + i * g.gasPitch;
        out.push(<Strand token="fuel" part="gas" width={g.gasPitch * 0.73} d={`M${g.w},${y}H${x + 10}Q${x},${y} ${x},${y - 10}V${g.ground - 34}`} />);
    }
    return out;
}

function tree(x: number, ground: number) {
    return <><path d={`M${x},${ground}V${ground - 10}`} class="fine" /><circle cx={x} cy={ground - 17} r="7.5" class="fine" /></>;
}

function Buildings({ g, racks, sun }: { g: Geometry; racks: number; sun: boolean }) {
    const floors = [164, 202, 240], right = g.hallX + g.hallW;
    return (
        <g class="ink">
            <path d={`M0,${g.ground}H${g.w}`} />
            <rect x={g.hallX} y={g.hallY} width={g.hallW} height={g.ground - g.hallY} />
            {[158, 196, 234].map(y => <path d={`M${g.hallX},${y}H${right}`} />)}
            {floors.map((y, f) => Array.from({ length: 12 }, (_, i) => f * 12 + i < racks &&
                <rect x={g.hallX + 8 + i * 10.6} y={y} width="8.6" height="26" class="rack" />))}
            <path d={`M${g.hallX + 30},${g.hallY}v-14H${right - 30}v14`} />
            {!g.narrow && <path d="M26,270L37,150L48,270M19,176H55M22,196H52M29,232L43,206M45,232L31,206M19,176v5M55,176v5" />}
            {!g.narrow && <path d="M0,168Q10,182 19,181M55,181Q90,205 112,270" class="fine" />}
            {g.town.map(b => (
                <>
                    <rect x={b.x} y={b.y} width={b.w} height={g.ground - b.y} />
                    {Array.from({ length: Math.floor((g.ground - b.y - 12) / 13) }, (_, i) =>
                        <path d={`M${b.x + 5},${b.y + 11 + i * 13}H${b.x + b.w - 5}`} class="win" />)}
                    {sun && <path d={`M${b.x + 6},${b.y}l6,-9h${b.w - 22}l6,9`} class="sun" />}
                </>
            ))}
            {!g.narrow && <path d={`M524,${g.ground}v-18l11,-9l11,9v18M552,${g.ground}v-18l11,-9l11,9v18`} />}
            {!g.narrow && [326, 352, 500, 770].map(x => tree(x, g.ground))}
        </g>
    );
}

function Section({ g, racks, hallKw, tankKwh, pumpKw, sun, s, metres }: {
    g: Geometry; racks: number; hallKw: number; tankKwh: number; pumpKw: number; sun: boolean; s: Strands; metres: number | null;
}) {
    const { gwh } = s, c = (v: number | null) => (v === null ? '' : withUnit(digits(v, 2), '°C'));
    const tank = g.tankX > 0 && tankKwh > 1, tankH = Math.min(70, 14 + Math.sqrt(tankKwh) / 5);
    const heats = s.town > 0 || gwh.town > 0, small = g.narrow, besideGas = g.gasX - gasDrawn(s) * g.gasPitch - 8;
    return (
        <svg class={`pic ${small ? 'nar' : 'wid'} ${playing.value ? 'living' : ''}`} viewBox={`0 0 ${g.w} ${g.h}`} role="img" aria-label={sentence(s)}>
            <desc>{sentence(s)}</desc>
            <path d={`M0,${g.ground}H${g.w}V${g.h}H0Z`} class="earth" />
            {hallStrands(s, g)}
            {heats && pumpStrands(s, g)}
            <Buildings g={g} racks={racks} sun={sun} />
            {heats && <g><rect x={g.pumpX - 22} y={g.pumpY - 21} width="44" height="42" class="box" /><circle cx={g.pumpX} cy={g.pumpY} r="13" class="ring" />
                <path d={`M${g.pumpX - 9},${g.pumpY + 9}l9,-22l9,22`} class="ring" /></g>}
            {tank && <g><path d={`M${g.tankX - 7},${g.ground}V${g.pumpY - 10}M${g.tankX + 7},${g.ground}V${g.pumpY - 10}`} class="tank" />
                <rect x={g.tankX - 15} y={g.ground - tankH} width="30" height={tankH} class="box" rx="2" />
                <rect x={g.tankX - 15} y={g.ground - tankH * 0.6} width="30" height={tankH * 0.6} class="fill" />
                <text x={g.tankX} y={g.ground - tankH - 8} text-anchor="middle">Tank {withUnit(trimmed(tankKwh / 1000), 'MWh')}</text></g>}
            <text x={g.hallX + g.hallW + (small ? 6 : 30)} y="22"><tspan class="b">{digits(gwh.sky)}</tspan> to the sky</text>
            {!small && <text x="272" y="134">Data centre, {withUnit(trimmed(hallKw / 1000), 'MW')}</text>}
            <text x="12" y={g.ground + 18} class="halo">Power <tspan class="b">{digits(gwh.power)}</tspan></text>
            {heats && <>
                <text x={g.riser + (small ? -2 : 42)} y={small ? 150 : 196}><tspan class="b">{digits(gwh.recovered)}</tspan> recovered{small ? '' : ','}</text>
                <text x={g.riser + (small ? -2 : 42)} y={small ? 167 : 214}>{c(s.sourceC)}</text>
                <text x={small ? besideGas : g.pumpX - 8 - s.liftPower * 1.2} y={g.pumpY + 39} text-anchor="end" class="halo">Heat pump</text>
                {!small && <text x={g.pumpX - 8 - s.liftPower * 1.2} y={g.pumpY + 56} text-anchor="end" class="halo">{withUnit(trimmed(pumpKw / 1000), 'MW')}</text>}
                <text x={small ? besideGas : 478} y={g.pumpY + (small ? 60 : 36)} text-anchor={small ? 'end' : 'start'} class="halo">
                    <tspan class="b">{digits(gwh.town)}</tspan> {small ? words.toTown : words.toTheTown}{small ? '' : `, ${c(s.sinkC)}${metres ? `, ${withUnit(digits(metres), 'm')}` : ''}`}</text>
                <text x="12" y={g.h - 10 - s.liftPower * 2.4 - 4} class="halo">{small ? 'For the pump ' : 'Power for the heat pump '}<tspan class="b">{digits(gwh.liftPower)}</tspan></text>
            </>}
            <text x={g.town[2].x + g.town[2].w} y={g.town[2].y - (sun ? 18 : 10)} text-anchor="end">Town</text>
            {s.gas > 0 && <text x={besideGas} y={g.ground + (small ? 142 : 118)} text-anchor="end" class="halo">Gas <tspan class="b">{digits(gwh.gas)}</tspan></text>}
        </svg>
    );
}

/** Each kind of strand, with what it carries and how warm it is. */
function flowsOf({ gwh, sourceC, sinkC }: Strands): [string, number, number | null][] {
    const [power, sky, recovered, lift, town, gas] = words.strandsAre;
    return [[power, gwh.power, null], [sky, gwh.sky, null], [recovered, gwh.recovered, sourceC], [lift, gwh.liftPower, null], [town, gwh.town, sinkC], [gas, gwh.gas, null]];
}

/** The picture in one sentence, for those who do not see it. */
export function sentence(s: Strands): string {
    const { gwh } = s, unit = 'GWh a year';
    const reuse = gwh.recovered > 0
        ? `${digits(gwh.recovered)} are recovered; with ${digits(gwh.liftPower)} of power, ${digits(gwh.town)} reach the town.`
        : 'none reaches the town.';
    return `Of ${digits(gwh.power)} ${unit} of power that enter the data centre, ${digits(gwh.sky)} leave as heat to the sky and ${reuse}`;
}

export function Picture() {
    const now = drawn.value.now!;
    const s = strandsOf(now.view.cases.together), instances = now.view.record.together.instances;
    const capacity = (part: string) => Object.entries(instances).filter(([k]) => k.includes(part))
        .reduce((sum, [, v]) => sum + (v.capacity ?? 0), 0);
    const halls = Object.keys(instances).filter(k => `${k}_cooling` in instances).reduce((sum, k) => sum + (instances[k].capacity ?? 0), 0);
    const common = { s, hallKw: halls, racks: Math.max(3, Math.min(36, Math.round(36 * halls / 11000))), tankKwh: capacity('tank'),
        pumpKw: capacity('heat_pump'), sun: capacity('pv') > 1, metres: 'distance' in now.set ? Number(now.set.distance) : null };
    return (
        <div class={drawn.value.estimate ? 'estimate' : ''}>
            <div class="caps"><p class="cap">{now.view.days >= 365 ? words.wholeYear : words.fewDays(now.view.days)}{' '}
                {words.strand(withUnit(digits(s.unitGwh, 1), 'GWh'))} {s.recovered === 0 && s.gwh.recovered > 0 ? words.lessThanStrand : ''}</p>
            <AsTable name={words.picture}><table><thead><tr><th scope="col">{words.flow}</th><th scope="col">GWh/a</th><th scope="col">°C</th></tr></thead><tbody>{flowsOf(s).map(([name, gwh, warm]) =>
                <tr><th scope="row">{name}</th><td>{digits(gwh)}</td><td>{warm === null ? '–' : digits(warm, 2)}</td></tr>)}</tbody></table></AsTable></div>
            <Section g={wide} {...common} />
            <Section g={narrow} {...common} />
        </div>
    );
}
