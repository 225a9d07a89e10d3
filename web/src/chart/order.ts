// Places of a Sankey in layers. A band that passes a layer gets a place in it that is not drawn, so that it runs beside what
// stands there and never behind it.
import { sankey } from 'd3-sankey';
import type { Link } from './wired';

interface Node { name: string; pass: boolean }
interface Band { token: string; link: number }
export interface DrawnNode { name: string; x: number; y0: number; y1: number; value: number; depth: number; last: boolean }
export interface DrawnBand { link: number; token: string; width: number; path: string }

function depthOf(links: Link[]): Map<string, number> {
    const depth = new Map<string, number>(), names = [...new Set(links.flatMap(l => [l.from, l.to]))];
    const at = (name: string): number => {
        const known = depth.get(name);
        if (known !== undefined) return known;
        const found = Math.max(0, ...links.filter(l => l.to === name).map(l => at(l.from) + 1));
        depth.set(name, found);
        return found;
    };
    names.forEach(at);
    const last = Math.max(...depth.values());
    for (const name of names) if (!links.some(l => l.from === name)) depth.set(name, last);      // what ends, ends at the right
    return depth;
}

export function laidOut(links: Link[], width: number, height: number): { nodes: DrawnNode[]; bands: DrawnBand[]; height: number } {
    const depth = depthOf(links), nodes: (Node & { depth: number })[] = [...depth].map(([name, d]) => ({ name, pass: false, depth: d }));
    const parts: { source: number; target: number; value: number; token: string; link: number }[] = [];
    links.forEach((l, i) => {
        let from = nodes.findIndex(n => n.name === l.from && !n.pass);
        for (let d = depth.get(l.from)! + 1; d < depth.get(l.to)!; d++) {
            nodes.push({ name: `${i} ${d}`, pass: true, depth: d });
            parts.push({ source: from, target: nodes.length - 1, value: l.value, token: l.token, link: i });
            from = nodes.length - 1;
        }
        parts.push({ source: from, target: nodes.findIndex(n => n.name === l.to && !n.pass), value: l.value, token: l.token, link: i });
    });
    const layers = new Map<number, number>();
    for (const n of nodes) layers.set(n.depth, (layers.get(n.depth) ?? 0) + 1);
    const most = Math.max(...layers.values()), tall = Math.max(height, most * 44);
    const graph = sankey<Node & { depth: number }, Band>().nodeWidth(5).nodePadding(26).iterations(48)
        .nodeAlign(n => (n as unknown as { depth: number; name: string; pass: boolean }).depth)
        .extent([[1, 18], [width - 1, tall - 6]])({ nodes, links: parts });
    const bands = new Map<number, { width: number; token: string; path: string }>();
    for (const l of [...graph.links].sort((a, b) => (a.source as { x1: number }).x1 - (b.source as { x1: number }).x1)) {
        const x0 = (l.source as { x1: number }).x1, x1 = (l.target as { x0: number }).x0, mid = (x0 + x1) / 2, [y0, y1] = [l.y0!.toFixed(1), l.y1!.toFixed(1)];
        const known = bands.get(l.link), piece = `${x0.toFixed(1)},${y0}C${mid.toFixed(1)},${y0} ${mid.toFixed(1)},${y1} ${x1.toFixed(1)},${y1}`;
        bands.set(l.link, { width: Math.max(1, l.width ?? 1), token: l.token, path: known ? `${known.path}L${piece}` : `M${piece}` });
    }
    const end = Math.max(...graph.nodes.map(n => n.x0 ?? 0));
    return {
        height: tall, bands: [...bands].map(([link, b]) => ({ link, ...b })),
        nodes: graph.nodes.filter(n => !n.pass).map(n => ({ name: n.name, x: n.x0!, y0: n.y0!, y1: n.y1!, value: n.value!, depth: (n as unknown as { depth: number }).depth, last: n.x0! >= end })),
    };
}
