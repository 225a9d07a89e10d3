// Energy along the plan's own wiring, in one hour or in the year: every link is the sum of hourly columns, so each place closes.
// What belongs together is one place: a hall with its cooling, a building with its house station, many of a kind.
import type { View, Wired } from '../api';
import { heatToken } from './strands';
import { words } from '../words.en';

export interface Link { from: string; to: string; value: number; token: string }
/** kW of a column at the hour looked at, or its mean over the year. */
export type Column = (name: string) => number;

const ports = (i: Wired, view: View) => Object.entries(i.ports).flatMap(([port, bus]) => {
    const column = `${i.name}.${port}_kw`;
    return view.hours.includes(column) ? [{ port, bus, column }] : [];
});

/** All columns that a picture of energy needs. */
export function columnsOf(view: View): string[] {
    const flows = view.wiring.instances.flatMap(i => ports(i, view).map(p => p.column));
    return [...flows, ...view.wiring.buses.map(b => `${b.name}.supply_c`).filter(c => view.hours.includes(c))];
}

interface Place { name: string; hall: boolean; user: boolean }

/** The place that an instance belongs to. */
export function placesOf(view: View): Map<string, Place> {
    const all = view.wiring.instances, byName = new Map(all.map(i => [i.name, i])), count = new Map<string, number>();
    for (const i of all) count.set(i.kind, (count.get(i.kind) ?? 0) + 1);
    const places = new Map<string, Place>();
    for (const i of all) {
        const stem = i.name.replace(/_(cooling|room_cooling|recovery|substation)$/, ''), owner = byName.get(stem) ?? i;
        const many = (count.get(owner.kind) ?? 0) > 2 && owner.kind !== 'data_hall';
        const name = owner.kind === 'grid' ? words.flowPlace.grid : owner.kind === 'building' && many ? words.flowPlace.town
            : many ? `${owner.kind.replace(/_/g, ' ')}s` : owner.name.replace(/^supply_/, '').replace(/_/g, ' ');
        const outs = Object.keys(owner.ports).some(p => /_out$/.test(p) || p === 'town' || p === 'store');
        places.set(i.name, { name: name.replace(/^./, c => c.toUpperCase()), hall: owner.kind === 'data_hall', user: !outs });
    }
    return places;
}

/** What an instance gives to a bus (negative: takes from it). */
function given(port: string, kw: number): number {
    return /_in$/.test(port) || port === 'plant' || port === 'store' || port === 'from' ? -kw : kw;
}

function tokenOf(view: View, bus: string, column: Column): string {
    const carrier = view.wiring.buses.find(b => b.name === bus)?.carrier ?? 'heat';
    if (carrier !== 'heat') return carrier;
    return view.hours.includes(`${bus}.supply_c`) ? heatToken(column(`${bus}.supply_c`)) : 'heat-3';
}

/** From those that give to those that take; where many meet many, over the network that begins there or a place of its own. */
function overBus(name: string, nets: Map<string, number>, token: string, network: string | undefined): Link[] {
    const gives = [...nets].filter(([, kw]) => kw > 0), takes = [...nets].filter(([, kw]) => kw < 0);
    if (gives.length === 1) return takes.map(([to, kw]) => ({ from: gives[0][0], to, value: -kw, token }));
    if (takes.length === 1) return gives.map(([from, kw]) => ({ from, to: takes[0][0], value: kw, token }));
    const middle = network ?? name.replace(/[._]/g, ' ').replace(/^./, c => c.toUpperCase());
    return [...gives.map(([from, kw]) => ({ from, to: middle, value: kw, token })), ...takes.map(([to, kw]) => ({ from: middle, to, value: -kw, token }))];
}

export function wiredFlows(view: View, column: Column): Link[] {
    const places = placesOf(view), links: Link[] = [], sums = new Map<string, { place: Place; in: number; out: number; burns: boolean }>();
    for (const bus of view.wiring.buses) {
        const nets = new Map<string, number>(), token = tokenOf(view, bus.name, column);
        if (bus.carrier === 'water') continue;
        for (const i of view.wiring.instances) {
            for (const p of ports(i, view).filter(x => x.bus === bus.name)) {
                const kw = given(p.port, column(p.column)), place = places.get(i.name)!;
                const name = p.port === 'store' ? `${place.name} ${kw > 0 ? words.flowPlace.emptied : words.flowPlace.filled}` : place.name;
                nets.set(name, (nets.get(name) ?? 0) + kw);
                const sum = sums.get(name) ?? { place, in: 0, out: 0, burns: false };
                if (bus.carrier === 'fuel') sum.burns = true;
                if (p.port === 'store') sum.place = { ...place, user: true };
                if (kw > 0) sum.out += kw; else sum.in -= kw;
                sums.set(name, sum);
            }
        }
        const network = view.wiring.instances.find(i => i.ports.plant === bus.name);
        links.push(...overBus(bus.name, nets, token, network && places.get(network.name)!.name));
    }
    for (const [name, { place, in: taken, out, burns }] of sums) {
        const rest = taken - out;
        if (place.user || (taken === 0 && out > 0)) continue;
        if (rest > 0) links.push({ from: name, to: place.hall ? words.flowPlace.sky : words.flowPlace.lost, value: rest, token: 'heat-1' });
        else if (rest < 0) links.push({ from: burns ? words.flowPlace.steam : words.flowPlace.air, to: name, value: -rest, token: 'heat-1' });
    }
    return merged(links);
}

/** Links of the same ends and colour are one; a link that would close a circle ends at the place told a second time. */
export function merged(links: Link[]): Link[] {
    const sums = new Map<string, Link>();
    for (const l of links) {
        if (l.value < 1e-9 || l.from === l.to) continue;
        const key = `${l.from}|${l.to}|${l.token}`, sum = sums.get(key);
        if (sum) sum.value += l.value; else sums.set(key, { ...l });
    }
    const all: Link[] = [], reaches = (from: string, to: string): boolean => from === to || all.some(l => l.from === from && reaches(l.to, to));
    for (const l of [...sums.values()].sort((a, b) => b.value - a.value)) all.push(reaches(l.to, l.from) ? { ...l, to: `${l.to} ` } : l);
    return all;
}
