// A heat map on a canvas: one pixel an hour, one column a day, or turned, one row a day; the style sheet makes it large,
// without smoothing.
const ramp = ['--raised', '--heat-2', '--heat-3', '--heat-4', '--heat-5'];

function channels(colour: string): [number, number, number] {
    const hex = colour.trim().slice(1);
    return [0, 2, 4].map(i => parseInt(hex.slice(i, i + 2), 16)) as [number, number, number];
}

export function paint(canvas: HTMLCanvasElement, values: Float64Array, perDay: number, turned: boolean): void {
    const days = Math.ceil(values.length / perDay), width = turned ? perDay : days;
    canvas.width = width;
    canvas.height = turned ? days : perDay;
    const context = canvas.getContext('2d')!, image = context.createImageData(canvas.width, canvas.height);
    const style = getComputedStyle(document.documentElement), colours = ramp.map(name => channels(style.getPropertyValue(name)));
    const most = Math.max(summary(values).most, 1e-9);
    for (let t = 0; t < values.length; t++) {
        const place = Math.max(0, Math.min(0.9999, values[t] / most)) * (ramp.length - 1), low = Math.floor(place), part = place - low;
        const [day, hour] = [Math.floor(t / perDay), t % perDay], pixel = 4 * (turned ? day * width + hour : hour * width + day);
        for (let c = 0; c < 3; c++) image.data[pixel + c] = colours[low][c] + (colours[low + 1][c] - colours[low][c]) * part;
        image.data[pixel + 3] = 255;
    }
    context.putImageData(image, 0, 0);
}

export interface Summary { most: number; at: number; mean: number; zero: number }

/** Largest value and its step, the mean, and the share of steps in which nothing flows. */
export function summary(values: Float64Array): Summary {
    let most = -Infinity, at = 0, sum = 0, zero = 0;
    for (let t = 0; t < values.length; t++) {
        if (values[t] > most) { most = values[t]; at = t; }
        sum += values[t];
        if (Math.abs(values[t]) < 0.5) zero++;
    }
    return { most, at, mean: sum / values.length, zero: zero / values.length };
}
