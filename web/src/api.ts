// What the server says, and how it is asked. All requests go to the page's own host.
import { key } from './key';

export interface Stop { at: number; word: string }
export interface Slider {
    key: string; label: string; unit: string; paths: string[]; instance?: string; also?: Record<string, string>; lever?: string;
    minimum: number; maximum: number; value: number; step: number; factor?: number; best?: number;
    scale: 'linear' | 'log' | 'root'; stops: Stop[]; texts: Record<string, string>;
}
export interface Start {
    version: string; base: string; scenario: string; plan: string; ready: string; sliders: Slider[];
    try_this: { label: string; set: Record<string, number> }[]; classroom: boolean; keeps: boolean;
}
export type Figures = Record<string, number | null>;
export type CaseName = 'today' | 'apart' | 'together';
export interface Transfer {
    case: CaseName | 'together_less_apart'; payer: string; payee: string; kind: string; instance: string; money_year: number;
    quantity_kwh_year: number | null;
}
export interface Rule { id: string; pack: string; title: string; sign: string; result: string; says: string; source: string; status: string }
export interface Wired { name: string; kind: string; owner: string; ports: Record<string, string> }
export interface View {
    name: string; headline: string; currency: string; days: number; seconds: number; year_frac: number; from: string;
    wiring: { buses: { name: string; carrier: string }[]; instances: Wired[] }; certificate: { proven: boolean; gap_ratio: number };
    cases: Record<CaseName, Figures>; net_money_year: Record<string, number>;
    record: Record<CaseName, { instances: Record<string, { capacity: number | null }> }>;
    transfers: Transfer[]; rules: Rule[]; hours: string[]; files: Record<string, string>;
}
export interface Reason {
    lever: string; instance: string | null; now: number; turns?: boolean; last_as_now?: number; first_other?: number; words: string;
}
export interface Explained {
    figure: string; meaning: string; formula: string; values: Figures; parts: Record<string, Figures>;
    inputs: { instance: string; line: number; text: string }[];
}
export interface Word { term: string; also?: string[]; says: string; source: string }
export interface Kind {
    name: string; title: string; summary: string; validity: string;
    parameters: { key: string; default: string; min: number | null; max: number | null; unit: string; source: string; meaning: string }[];
}
export type Said =
    | { event: 'plan'; seq: number; hash: string }
    /* before the plan: its typical weeks, and then every hour of it, both without transfers, rules and hours */
    | { event: 'approx'; seq: number; hash: string; depth: 'typical'; view: View; error?: Record<CaseName, Figures> }
    | { event: 'exact'; seq: number; hash: string; depth: 'exact'; view: View; error?: undefined }
    | { event: 'infeasible' | 'error'; seq: number; words: string; messages: { text: string }[] }
    | { event: 'progress'; seq: number; words: string }
    | { event: 'reasons'; hash: string }
    | { event: 'records'; kind: 'saved' | 'comments' | 'history' }
    | { event: 'class'; state: number };

const root = './api/v1/';

const credential = (): Record<string, string> => (key() ? { Authorization: `Bearer ${key()}` } : {});

export async function get<T>(path: string): Promise<T> {
    const answer = await fetch(root + path, { headers: credential() });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json() as Promise<T>;
}

/** Sends a change; what is wrong with it is said in the server's words. */
export async function send<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const answer = await fetch(root + path, {
        method, headers: { 'Content-Type': 'application/json', 'X-Hearth': '1', ...credential() }, body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error((JSON.parse(text || '{}') as { error?: string }).error ?? `${path}: ${answer.status}`);
    return (text ? JSON.parse(text) : {}) as T;
}

export const getStart = () => get<Start>('start');
export const getView = (hash: string) => get<View>(`plan/${hash}/view`);
/** What would have to change for another plan. Null: it is being sought, and the event `reasons` says when it is there. */
export async function getReasons(hash: string): Promise<Reason[] | null> {
    const answer = await fetch(`${root}plan/${hash}/reasons`);
    if (answer.status === 202) return null;
    return answer.ok ? ((await answer.json()) as { lines: Reason[] }).lines : [];
}
export const getExplained = (hash: string, figure: string) => get<Explained>(`plan/${hash}/why?figure=${figure}`);
export const getGlossary = () => get<Word[]>('glossary');
export const getKinds = () => get<string[]>('parameters');
export const getKind = (kind: string) => get<Kind>(`parameters?kind=${kind}`);
export const fileOf = (hash: string, name: string) => `${root}plan/${hash}/${name}`;

const seriesMost = 60;      // the server gives 64 at once

/** The named hourly series of a plan, each of the same length. */
export async function getHours(hash: string, series: string[], of: CaseName = 'together'): Promise<Float64Array[]> {
    if (series.length > seriesMost) return [...await getHours(hash, series.slice(0, seriesMost), of), ...await getHours(hash, series.slice(seriesMost), of)];
    const answer = await fetch(`${root}plan/${hash}/hours?case=${of}&series=${series.join(',')}`);
    if (!answer.ok) throw new Error(`hours: ${answer.status}`);
    const steps = Number(answer.headers.get('X-Hearth-Steps'));
    const all = new Float64Array(await answer.arrayBuffer());
    return series.map((_, i) => all.subarray(i * steps, (i + 1) * steps));
}

export const askPlan = (set: Record<string, string>, tab: string, seq: number) => send<{ hash: string }>('POST', 'plan', { set, tab, seq });

/** Listens to the one stream of this tab; the answer to the first plan cannot come before it is open. */
export function listen(tab: string, said: (what: Said) => void): Promise<void> {
    return new Promise(resolve => {
        const stream = new EventSource(`${root}events?tab=${tab}${key() ? `&key=${key()}` : ''}`);
        stream.onopen = () => resolve();
        for (const event of ['plan', 'approx', 'exact', 'infeasible', 'error', 'progress', 'reasons', 'records', 'class'] as const) {
            stream.addEventListener(event, e => {
                if (e instanceof MessageEvent) said({ event, ...JSON.parse(e.data as string) } as Said);
            });
        }
    });
}
