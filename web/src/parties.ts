// Who is shown, with mark and colour, and what each party has of the plan: together against apart.
import type { View } from './api';
import { words } from './words.en';

export const marks: Record<string, string> = {
    operator: '●', heat_utility: '◆', heat_customers: '■', electric_utility: '▲', fuel_supplier: '▼', municipality: '✚',
    water_utility: '▽', suppliers: '□', society: '○', state: '✦', lenders: '◇', third_party: '◐',
};
export const token: Record<string, string> = {
    operator: 'operator', heat_utility: 'heat-utility', heat_customers: 'households', electric_utility: 'electric-utility',
    municipality: 'municipality',
};
const firstSix = ['operator', 'heat_utility', 'heat_customers', 'electric_utility', 'fuel_supplier', 'society'];
export const tokenOf = (party: string) => token[party] ?? 'society';

/** Six parties: five of the market and who breathes the air; one that moves takes the place of one that does not. */
export function six(view: View): string[] {
    const moves = (p: string) => Math.abs(view.net_money_year[p] ?? 0) > 500;
    const others = Object.keys(view.net_money_year).filter(p => !firstSix.includes(p) && moves(p));
    return firstSix.map(p => (moves(p) || others.length === 0 ? p : others.shift()!));
}

const together = ['operator', 'heat_utility', 'heat_customers'];

/** What operator, heat utility and heat customers together pay to all others in a year: what is booked, so without a shadow price. */
export function bookedOf(view: View): number {
    return view.transfers.filter(t => t.case === 'together').reduce((s, t) =>
        s + (Number(together.includes(t.payer)) - Number(together.includes(t.payee))) * t.money_year, 0);
}

export interface Change { payer: string; payee: string; kind: string; money: number }

/** Every transfer of a year as a difference, together less apart; what does not change is left out. */
export function changesOf(view: View): Change[] {
    const sums = new Map<string, Change>();
    for (const t of view.transfers) {
        if (t.case !== 'together' && t.case !== 'apart') continue;
        const key = `${t.payer}|${t.payee}|${t.kind}`;
        const c = sums.get(key) ?? { payer: t.payer, payee: t.payee, kind: t.kind, money: 0 };
        c.money += t.case === 'together' ? t.money_year : -t.money_year;
        sums.set(key, c);
    }
    return [...sums.values()].filter(c => Math.abs(c.money) >= 500).sort((a, b) => Math.abs(b.money) - Math.abs(a.money));
}

/** What changes most for a party, in a few words. What it deals with others in the same kind is one thing to it. */
export function wordsFor(view: View, party: string): string {
    const all = changesOf(view).filter(c => (c.payer === party || c.payee === party) && c.kind in words.kind);
    const among = all.filter(c => c.payer !== 'outside' && c.payee !== 'outside');
    const sums = new Map<string, { kind: string; pays: boolean; money: number }>();
    for (const c of among.length ? among : all) {      // dealings with others first; who has none bears what is outside
        const pays = c.payer === party, key = `${c.kind}${pays}`, sum = sums.get(key) ?? { kind: c.kind, pays, money: 0 };
        sum.money += c.money;
        sums.set(key, sum);
    }
    const said: string[] = [];
    for (const c of [...sums.values()].filter(x => Math.abs(x.money) >= 500).sort((a, b) => Math.abs(b.money) - Math.abs(a.money))) {
        const text = words.kind[c.kind][c.pays ? 0 : 1].replace('{}', c.money > 0 ? words.more : words.less);
        if (!said.includes(text)) said.push(text);
        if (said.length === 2) break;
    }
    return said.length ? said.join(', ') : words.unchanged;
}
