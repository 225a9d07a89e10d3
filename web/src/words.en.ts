// All words of the page in English. A second language is a second file of this form.
export const words = {
    explore: 'Explore', engineer: 'Engineer', undo: 'Undo', redo: 'Redo', replay: 'Replay the last change', share: 'Share',
    copied: 'Address copied', theme: 'Light or dark', exact: 'Exact', solving: 'planning…', first: 'Planning this place as it stands…',
    noBase: 'This place cannot be planned.', otherBase: 'This address was made for another scenario: what it has in common with this one is set.',
    hoursIn: (hours: string, seconds: string) => `${hours} hours in ${seconds} s`, against: 'against', apart: 'apart',
    iAm: 'I am', everyone: 'everyone', wholeYear: 'One year.',
    fewDays: (days: number) => `${days} days, told as a year.`,
    strand: (unit: string) => `One strand is ${unit}; colour is temperature.`,
    best: 'best for this place', before: 'before your change', flips: 'plan flips', tryThis: 'Try this:', was: 'was', back: 'Back to the start',
    number: (label: string) => `${label}, as a number`, about: (label: string) => `About: ${label}`,
    partiesLabel: 'Better or worse off, thousand a year', perYear: 'thousand a year',
    parameters: 'Every parameter of', kindOf: 'Kind of plant or load',
    infeasible: 'This cannot be planned.', lastStands: 'The picture shows the last plan that stands.', pinned: 'Pin this plan', unpin: 'Remove', noPins: 'Pin a plan, move a slider, pin the next: up to four stand side by side.',
    tabs: { hours: 'Hours', flows: 'Flows', ledger: 'Who pays', rules: 'Rules', compare: 'Compare', words: 'Words' },
    glossary: (count: number) => `${count} words of the field. In the texts they are dotted: point at one, or reach it by Tab.`,
    texts: { example: 'Example', big_message: 'Big message', how_it_works: 'How it works', side_benefits: 'Side benefits',
        who_gains_or_loses: 'Who gains or loses' } as Record<string, string>,
    party: {
        operator: 'Operator', heat_utility: 'Heat utility', heat_customers: 'Heat customers', electric_utility: 'Electric utility',
        fuel_supplier: 'Gas supplier', water_utility: 'Water utility', municipality: 'City', state: 'State', suppliers: 'Suppliers',
        lenders: 'Lenders', third_party: 'Third party', society: 'Climate', outside: 'Outside',
    } as Record<string, string>,
    /* what a party's largest change is, as payer and as payee; "more" or "less" is put in */
    kind: {
        electricity_energy: ['buys {} power', 'sells {} power'], electricity_demand: ['pays {} for peaks', 'earns {} from peaks'],
        fuel: ['buys {} gas', 'sells {} gas'], water: ['buys {} water', 'sells {} water'], heat_sold: ['buys heat', 'sells heat'],
        source_heat: ['buys warm water', 'sells warm water'], plant_capital: ['builds {} plant', 'builds {} plant'],
        plant_fixed: ['pays {} upkeep', 'does {} upkeep'], plant_running: ['pays {} wear', 'does {} upkeep'],
        power_resold: ['buys power', 'passes power on'], power_generated: ['makes {} power', 'makes {} power'],
        carbon_damage: ['bears {} damage', 'bears {} damage'], fuel_extracted: ['needs {} gas', 'needs {} gas'],
        water_supplied: ['supplies {} water', 'supplies {} water'], plant_built: ['builds {} plant', 'builds {} plant'],
    } as Record<string, [string, string]>,
    kindTitle: {
        electricity_energy: 'Power', electricity_demand: 'Peak charge', fuel: 'Gas', water: 'Water', heat_sold: 'Heat',
        source_heat: 'Warm water', plant_capital: 'Plant', plant_fixed: 'Upkeep', plant_running: 'Wear', power_resold: 'Power passed on',
    } as Record<string, string>,
    outsideTitle: {
        power_generated: 'Making the power', fuel_extracted: 'Bringing the gas', water_supplied: 'Bringing the water',
        plant_built: 'Making the plant', carbon_damage: 'Damage by carbon',
    } as Record<string, string>,
    more: 'more', less: 'less', unchanged: 'nothing changes',
    sign: { pass: '✓ met', risk: '! close', fail: '✗ broken', unknown: '? not judged', informs: 'i for information', none: '· no rule here' } as Record<string, string>,
};
