// What is kept: saved plans, comments with their answers, what was tried. And the class, which ends with the server.
import { useEffect, useState } from 'preact/hooks';
import { get } from './api';
import type { Few } from './figures';
import { news } from './state';

export interface Saved { id: number; name: string; made: string; set: Record<string, string>; hash: string; figures: (Few & { finding: string }) | null }
export interface Tried { id: number; at: string; what: string; set: Record<string, string> }
export interface Change { path: string; text: string }
export interface Comment { id: number; made: string; who: string; about: string; text: string; answer: { made: string; text: string; change: Change | null } | null }
export interface Proposal {
    id: number; member: number; round: number; set: Record<string, string>; words: string; ready: string; figures: (Few & { finding: string }) | null;
    agreed: number[]; assent: string[];
}
export interface ClassState {
    code: string; round: number; rounds: number; phase: 'propose' | 'agree' | 'told'; state: number; roles: string[];
    members: { member: number; name: string; role: string }[]; proposals: Proposal[]; agreements: { round: number; proposal: Proposal }[];
}

/** A list of the server, read anew when it says that it has changed, and on `again`. Null: not there yet, or not for this reader. */
export function useList<T>(path: string, kind: string): { list: T | null; wrong: string; again: () => void } {
    const [list, setList] = useState<T | null>(null);
    const [wrong, setWrong] = useState('');
    const read = () => { get<T>(path).then(l => { setList(l); setWrong(''); }, (e: Error) => { setList(null); setWrong(e.message); }); };
    const said = news.value, mine = said && (said.event === kind || (said.event === 'records' && said.kind === kind)) ? said : null;
    useEffect(read, [path, mine]);
    return { list, wrong, again: read };
}

/** Does what may fail, and keeps what is wrong with it in the server's words. */
export function useTry(): { wrong: string; attempt: (what: Promise<unknown>, then?: () => void) => void } {
    const [wrong, setWrong] = useState('');
    return { wrong, attempt: (what, then) => { what.then(() => { setWrong(''); then?.(); }, (e: Error) => setWrong(e.message)); } };
}

export const when = (at: string) => at.replace('T', ' ').slice(0, 16);
