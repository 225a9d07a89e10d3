#!/usr/bin/env bats
# Upgrading heat: engines that are honest, loops with boosters, buses of a plant's own.
# SPDX-License-Identifier: Apache-2.0
load common.bash

# A hall of 1 MW beside a greenhouse for a day; what stands behind it comes under plant:
beside() {
    cat << 'END'
hearth: 1
place: {climate: odense, ground_c: 9}
horizon: {from: 2024-01-08, days: 1}
money: {currency: EUR, year: 2024}
fuel: {gas_money_kwh: 0.09}
electricity:
  data_centre: {energy_money_kwh: 0.075}
  farm: {energy_money_kwh: 0.12, party: heat_customers}
data_centre:
  - {name: hall, it_kw: 1000, load: flat, coolant_c: 50, meter: data_centre,
     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.07},
     heat_recovery: {from: coolant_return, temperature_c: 46, max_kw: 900}}
town:
  - {name: house, kind: greenhouse, floor_m2: 5000, supply_c: 70, return_c: 40, heated_by: gas_boiler, meter: farm}
END
}

@test "an engine behind a heat pump is refused with its arithmetic, at its place" {
    { beside; echo 'plant:
  lift: {kind: heat_pump, capacity_kw: choose, meter: farm}
  engine: {kind: orc, capacity_kw: choose, meter: data_centre, ports: {heat_in: house}}'; } > "$WORK/s.yaml"
    run -65 --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [[ "$stderr" == *"s.yaml:17:3: error: engine: it would run on heat that lift lifts with power: of a kWh that the heat pump takes, the engine gives back 0.3"* ]]
    [[ "$stderr" == *"lift heat for those who need heat"* ]]
}

@test "an engine on the heat as it comes is told what it makes of it: 2 to 5 %" {
    { beside; echo 'plant:
  lift: {kind: heat_pump, capacity_kw: choose, meter: farm}
  engine: {kind: orc, capacity_kw: 20, meter: data_centre}'; } > "$WORK/s.yaml"
    run -0 --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [[ "$output$stderr" == *"engine: of heat at 46.0 °C it makes 2.8 % electricity; the rest goes into the air."* ]]
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    "$HEARTH" verify "$WORK/out" > /dev/null
}

@test "a bus that a plant brings along is wired to by name, and by nobody else's" {
    { beside; echo 'plant:
  ground: {kind: borehole_store, capacity_kwh: 100000}
  charge: {kind: heat_exchanger, capacity_kw: 100, ports: {heat_out: ground}}
  lift: {kind: heat_pump, capacity_kw: choose, ports: {heat_in: ground}, meter: farm}'; } > "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    "$HEARTH" verify "$WORK/out" > /dev/null
    "$HEARTH" check "$WORK/out/plan.yaml" > /dev/null
    sed -i 's/ground: {kind/house: {kind/; s/: ground}/: house}/' "$WORK/s.yaml"
    run -65 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"the name is used twice"* ]]
    sed -i 's/house: {kind: b/gas: {kind: b/; s/: house}/: gas}/' "$WORK/s.yaml"
    run -65 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"its own bus would have the name of another"* ]]
}

@test "boosters lift what an ambient loop brings, and give the building all it needs" {
    { beside | sed 's/supply_c: 70, return_c: 40, //; s/46, max_kw/22, max_kw/; s/coolant_c: 50/coolant_c: 30/'; echo '
heat_network: {supply_c: 16, return_c: 9, length_m: 300, drop_dk: 0.5, substation: booster}
plant:
  loop: {kind: heat_exchanger, capacity_kw: choose}'; } > "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    "$HEARTH" verify "$WORK/out" > /dev/null
    python3 - "$WORK" <<'END'
import csv, sys
rows = list(csv.DictReader(open(f"{sys.argv[1]}/out/hourly.csv")))
total = lambda key: sum(float(row[key]) for row in rows)
given, power, taken = (total(f"house_substation.{port}_kw") for port in ("heat_out", "power_in", "heat_in"))
assert given > 1000 and abs(given - power - taken) < 1e-6 * given, (given, power, taken)
assert 3 < given / power < 6, given / power
END
}
