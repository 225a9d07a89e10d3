// Who asks: the owner by the token of the printed address, a member of the class by the key got when joining. It is kept for this
// tab alone, and never in the address, which may be shared.
const place = 'hearth.key', memberPlace = 'hearth.member';

export const key = () => sessionStorage.getItem(place);
/** The number of a member of the class; 0: the owner, or nobody. */
export const member = () => Number(sessionStorage.getItem(memberPlace) ?? 0);
export const owns = () => key() !== null && member() === 0;

export function keepKey(text: string, number = 0): void {
    sessionStorage.setItem(place, text);
    sessionStorage.setItem(memberPlace, String(number));
}
export function dropKey(): void {
    sessionStorage.removeItem(place);
    sessionStorage.removeItem(memberPlace);
}

/** Takes the token out of the address. */
export function takeToken(): void {
    const found = /(^#|&)token=([0-9a-f]{64})/.exec(location.hash);
    if (!found) return;
    keepKey(found[2]);
    history.replaceState(null, '', location.pathname + location.hash.replace(found[0], found[1]).replace(/^#$/, ''));
}
