// Numbers as people read them: three significant digits, a narrow space before units, a true minus, "?" for unknown.
const narrow = '\u202f', minus = '−';

/** Three significant digits, thousands apart. */
export function digits(value: number | null | undefined, significant = 3): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return '?';
    const size = Math.abs(value);
    if (size < 1e-9) return '0';
    const rounded = Number(size.toPrecision(significant));
    const decimals = Math.max(0, significant - 1 - Math.floor(Math.log10(rounded)));
    const [whole, rest] = rounded.toFixed(Math.min(decimals, 6)).split('.');
    const apart = whole.replace(/\B(?=(\d{3})+$)/g, narrow);
    return (value < 0 ? minus : '') + apart + (rest ? `.${rest}` : '');
}

/** As `digits`, without zeros that say nothing: for values that a person sets. */
export const trimmed = (value: number | null | undefined, significant = 3) => digits(value, significant).replace(/\.0+$|(\.\d*?[1-9])0+$/, '$1');

/** As `digits`, with its sign always. */
export function signed(value: number | null | undefined, significant = 3): string {
    const said = digits(value, significant);
    return value !== null && value !== undefined && value > 1e-9 ? `+${said}` : said;
}

/** Thousands without decimals, for ledgers: whole numbers that a reader can add up. */
export function thousands(value: number): string {
    const rounded = Math.round(value / 1000);
    if (rounded === 0) return '0';
    const text = String(Math.abs(rounded)).replace(/\B(?=(\d{3})+$)/g, narrow);
    return (rounded < 0 ? minus : '+') + text;
}

export const coin: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', SGD: 'S$' };

export const withUnit = (text: string, unit: string) => (unit ? text + narrow + unit : text);
