// The year as strands: one strand is one unit of energy, counted and never lost. What enters a place leaves it.
import type { Figures } from '../api';

export interface Strands {
    unitGwh: number;
    power: number; sky: number; recovered: number;         // data centre: power = sky + recovered
    liftPower: number; town: number;                       // heat pump: recovered + liftPower = town + loss
    loss: number; gas: number;
    gwh: { power: number; sky: number; recovered: number; liftPower: number; town: number; gas: number };
    sourceC: number | null; sinkC: number | null;
}

/** 1, 2 or 5 times a power of ten, so that at most 120 strands enter. */
export function unitOf(gwh: number): number {
    for (let ten = 1e-3; ten < 1e6; ten *= 10) {
        for (const step of [1, 2, 5]) if (gwh / (ten * step) <= 120) return ten * step;
    }
    return 1e6;
}

export function strandsOf(of: Figures): Strands {
    const gwh = (key: string) => (of[key] ?? 0) / 1e6;
    const entering = gwh('data_centre_kwh_year'), reused = gwh('reused_kwh_year');
    const cop = of.heat_pump_cop;
    const lift = cop && cop > 1 ? reused / (cop - 1) : 0;
    const unitGwh = unitOf(entering);
    const count = (value: number) => Math.round(value / unitGwh);
    const power = count(entering), recovered = Math.min(power, count(reused));
    const loss = Math.min(recovered, count(gwh('network_loss_kwh_year')));
    const liftPower = count(lift);
    return {
        unitGwh, power, recovered, sky: power - recovered, liftPower, loss, town: recovered + liftPower - loss,
        gas: count(gwh('fuel_kwh_year')),
        gwh: { power: entering, sky: gwh('heat_rejected_kwh_year'), recovered: reused, liftPower: lift,
            town: gwh('heat_delivered_kwh_year'), gas: gwh('fuel_kwh_year') },
        sourceC: of.heat_pump_source_c, sinkC: of.heat_pump_sink_c,
    };
}

/** The token of a temperature: one colour for each twenty degrees. */
export function heatToken(c: number | null): string {
    if (c === null) return 'heat-3';
    const at = Math.round(c * 10) / 10;
    return at < 20 ? 'heat-1' : at < 40 ? 'heat-2' : at < 60 ? 'heat-3' : at <= 80 ? 'heat-4' : 'heat-5';
}
