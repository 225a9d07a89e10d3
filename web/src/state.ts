// The one state of the page: where the sliders stand, which plan answers, what came before. Everything shown follows
// from it, and the address holds it.
import { batch, computed, signal } from '@preact/signals';
import { askPlan, getGlossary, getReasons, getStart, getView, listen, type CaseName, type Figures, type Reason, type Said, type Slider, type Start, type View, type Word } from './api';
import { dropKey, key, member, takeToken } from './key';
import type { Carrier } from './chart/flows';
import { changesOf, isPlace, isText, positionOf, type Set } from './paths';
import { words } from './words.en';

export type { Set };      // a slider that stands as in the base is left out
export type TabName = keyof typeof words.tabs;
export type DoorName = keyof typeof words.doors;
export interface Shown { hash: string; view: View; set: Set }
/** What is known of a plan before it is whole; `error`: how far its figures may be off, where it is an estimate. */
export interface Early extends Shown { depth: 'typical' | 'exact'; error?: Record<CaseName, Figures> }

export const start = signal<Start | null>(null);
export const set = signal<Set>({});
export const base = signal<Shown | null>(null);     // the plan of the scenario as it stands
export const shown = signal<Shown | null>(null);
export const early = signal<Early | null>(null);
export const seen = computed(() => early.value ?? shown.value);      // headline, parties, figures and picture; all else waits for the plan
export const ghost = signal<Shown | null>(null);
export const solving = signal(false);
export const trouble = signal<string | null>(null);
export const noPlan = signal<Set | null>(null);     // the position that has none
export const door = signal<DoorName>('explore');
export const tabName = signal<TabName>('hours');
export const learnTab = signal<keyof typeof words.learn>('stories');
export const talkTab = signal<keyof typeof words.talk>('plans');
export const carrier = signal<Carrier>('energy');
export const flowHour = signal(false);              // flows of the hour looked at, not of the year
export const news = signal<Said | null>(null);       // that a list of the store or the class has changed
export const storyAt = signal('');                  // story:screen while one is told
export const seat = signal('everyone');
export const whyParty = signal<string | null>(null);    // the party whose sum is asked why
export const pinned = signal<Shown[]>([]);
export const reasons = signal<Record<string, Reason[]>>({});      // by plan, as they are found
export const progress = signal('');
export const note = signal('');
export const glossary = signal<Word[]>([]);
export const moved = signal<string | null>(null);
export const replaying = signal(false);
export const whyFigure = signal('heat_delivered_kwh_year');
export const scrub = signal(0);

const past = signal<Set[]>([]), future = signal<Set[]>([]);
export const canUndo = computed(() => past.value.length > 0);
export const canRedo = computed(() => future.value.length > 0);

const tab = crypto.randomUUID();
let seq = 0, asked: Set = {};

export const valueIn = (of: Set, slider: Slider) => Number(of[slider.key] ?? slider.value);
export const valueOf = (slider: Slider) => valueIn(set.value, slider);
export const changes = (of: Set) => changesOf(of, start.value?.sliders ?? []);
export const position = (of: Record<string, string>) => positionOf(of, start.value?.sliders ?? []);

function address(): string {
    const parts = Object.entries(set.value).map(([k, v]) => `${k}=${v}`);
    if (tabName.value !== 'hours') parts.push(`tab=${tabName.value}`);
    if (seat.value !== 'everyone') parts.push(`seat=${seat.value}`);
    if (door.value !== 'explore') parts.push(`door=${door.value}`);
    if (storyAt.value) parts.push(`story=${storyAt.value}`);
    return parts.length ? `#${start.value?.base}@${start.value?.version}?${parts.join('&')}` : '#';
}

/** Reads the address; unknown keys and values outside a slider's range are left out. */
function fromAddress(): Set {
    const [place, query] = location.hash.slice(1).split('?'), read = new URLSearchParams(query ?? '');
    const [from, version] = place.split('@');
    if (from && from !== start.value?.base) note.value = words.otherBase;
    else if (version && version !== start.value?.version) note.value = words.otherVersion(version, start.value!.version);
    const got: Set = {};
    for (const slider of start.value?.sliders ?? []) {
        const text = read.get(slider.key);
        const value = Number(text);
        if (text && value >= slider.minimum && value <= slider.maximum) got[slider.key] = value;
    }
    for (const [place, text] of read) if (isPlace(place) && isText(text)) got[place] = text;
    const name = read.get('tab');
    if (name && name in words.tabs) tabName.value = name as TabName;
    const who = read.get('seat'), at = read.get('door');
    if (who && who in words.party) seat.value = who;
    if (at && at in words.doors) door.value = at as DoorName;
    storyAt.value = /^[a-z]+:\d+$/.exec(read.get('story') ?? '')?.[0] ?? '';
    return got;
}

export function keepAddress(): void {
    history.replaceState(null, '', address());
}

async function ask(): Promise<void> {
    solving.value = true;
    progress.value = '';
    trouble.value = null;
    noPlan.value = null;
    asked = set.value;
    keepAddress();
    const mine = ++seq;
    try {
        await askPlan(changes(set.value), tab, mine);
    } catch (e) {
        if (mine === seq) batch(() => { solving.value = false; trouble.value = (e as Error).message; });
    }
}

/** Asks what would have to change for another plan; the answer may come minutes later. */
export async function wantReasons(hash: string): Promise<void> {
    const lines = reasons.value[hash] ? null : await getReasons(hash).catch(() => null);
    if (lines) reasons.value = { ...reasons.value, [hash]: lines };
}

/** What is wrong, as sentences. */
const wordsOf = (said: { words: string; messages: { text: string }[] }) => (said.messages.length ? said.messages.map(m => m.text) : [said.words])
    .map(t => t.replace(/^(together|apart|today): /, '').replace(/^require /, '').replace(/\.?$/, '.')).join(' ');

async function heard(said: Said): Promise<void> {
    if (said.event === 'records' || said.event === 'class') {
        news.value = { ...said };
        return;
    }
    if (said.event === 'reasons') {
        await wantReasons(said.hash);
        return;
    }
    if (said.seq !== seq) return;                       // an older position: the newest wins
    if (said.event === 'progress') {
        progress.value = said.words;
        return;
    }
    if (!start.value) {
        if (said.event === 'plan') firstPlan.resolve();
        else if (said.event === 'infeasible' || said.event === 'error') firstPlan.reject(new Error(wordsOf(said)));
        return;
    }
    if (said.event === 'approx' || said.event === 'exact') {
        batch(() => {
            if (early.value?.hash !== said.hash && shown.value?.hash !== said.hash) ghost.value = shown.value;
            early.value = { hash: said.hash, view: { ...shown.value!.view, ...said.view }, set: asked, depth: said.depth, error: said.error };
        });
        return;
    }
    if (said.event !== 'plan') {
        batch(() => { early.value = null; solving.value = false; trouble.value = wordsOf(said); });
        if (said.event === 'infeasible') noPlan.value = set.value;
        return;
    }
    const view = await getView(said.hash);
    if (said.seq !== seq) return;
    batch(() => {
        if (shown.value && shown.value.hash !== said.hash) ghost.value = shown.value;
        shown.value = { hash: said.hash, view, set: asked };
        early.value = null;
        solving.value = false;
    });
}

const firstPlan = (() => {
    let resolve!: () => void, reject!: (e: Error) => void;
    const done = new Promise<void>((yes, no) => { resolve = yes; reject = no; });
    return { done, resolve, reject };
})();

/** Waits for the plan of the scenario as it stands, then for that of the address. False: this is a class, and one has to join. */
export async function begin(): Promise<boolean> {
    takeToken();
    if ((await getStart()).classroom && !key()) return false;
    await listen(tab, said => { void heard(said); });
    try {
        await askPlan({}, tab, seq);
    } catch (e) {
        if (member() === 0) throw e;
        dropKey();                          // of a class that is over
        return false;
    }
    await firstPlan.done;
    const got = await getStart(), view = await getView(got.plan);
    batch(() => {
        start.value = got;
        shown.value = base.value = { hash: got.plan, view, set: {} };
        set.value = fromAddress();
    });
    if (Object.keys(set.value).length) await ask();
    void getGlossary().then(list => { glossary.value = list; });
    void wantReasons(got.plan);
    return true;
}

/** Moves sliders; `settled` is false while the hand is still on one, so that a drag is one step of history. */
let dragging = false;
export function move(next: Set, key: string | null, settled = true): void {
    if (!dragging) {
        past.value = [...past.value.slice(-99), set.value];
        future.value = [];
    }
    dragging = !settled;
    batch(() => { set.value = next; moved.value = key; });
    void ask();
}

export function moveOne(slider: Slider, value: number, settled = true): void {
    const held = Math.min(slider.maximum, Math.max(slider.minimum, value));
    const next = { ...set.value, [slider.key]: held };
    if (held === slider.value) delete next[slider.key];
    move(next, slider.key, settled);
}

function step(from: typeof past, to: typeof past): void {
    const last = from.value[from.value.length - 1];
    if (!last) return;
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, set.value];
    set.value = last;
    void ask();
}
export const undo = () => step(past, future);
export const redo = () => step(future, past);

/** Shows the state before the last change and, after a while, the one now again. */
export function replay(): void {
    const before = ghost.value, now = shown.value;
    if (!before || !now || replaying.value) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    batch(() => { replaying.value = true; shown.value = before; ghost.value = null; });
    setTimeout(() => {
        batch(() => { replaying.value = false; shown.value = now; ghost.value = before; });
    }, still ? 400 : 900);
}

export function pinPlan(plan: Shown): void {
    if (pinned.value.length < 4 && !pinned.value.some(p => p.hash === plan.hash)) pinned.value = [...pinned.value, plan];
}
export const pin = () => { if (shown.value) pinPlan(shown.value); };
export function unpin(hash: string): void {
    pinned.value = pinned.value.filter(p => p.hash !== hash);
}
