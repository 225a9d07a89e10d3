// When a step of the year is. A plan may begin anywhere in the year; hours are told in local standard time.
import type { View } from '../api';

export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const day = 864e5;

/** The first moment of the plan, as the number of a day counted in whole and parts. */
const firstOf = (view: View) => Date.parse(`${view.from}Z`) / day;

export const perDayOf = (view: View, steps: number) => steps / view.days;

export function dayText(view: View, step: number, steps: number): string {
    const at = new Date((firstOf(view) + step / perDayOf(view, steps)) * day + 1);
    return `${at.getUTCDate()} ${months[at.getUTCMonth()]}, ${at.toISOString().slice(11, 16)}`;
}

/** The months that begin within the plan, each with its place between 0 and 1; of a plan of a month or two, its weeks. */
export function monthMarks(view: View): { name: string; at: number }[] {
    const first = firstOf(view), marks = [];
    const begin = new Date(first * day);
    if (view.days <= 62) {
        for (let d = 0; d < view.days; d += 7) {
            const at = new Date((first + d) * day);
            marks.push({ name: `${at.getUTCDate()} ${months[at.getUTCMonth()]}`, at: d / view.days });
        }
        return marks;
    }
    for (let i = 0; i <= 12; i++) {
        const month = Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + i, 1) / day, at = (month - first) / view.days;
        if (i === 0 || at < 1) marks.push({ name: months[(begin.getUTCMonth() + i) % 12], at: Math.max(0, at) });
    }
    return marks;
}
