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

@test "a retrofit belongs to a building, and to no more than its floor" {
    beside | sed 's/meter: farm}/meter: farm, retrofit: {capex_money_m2: 200}}/' > "$WORK/s.yaml"
    run -65 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"house: retrofit: a greenhouse is no building"* ]]
    beside | sed 's/kind: greenhouse, floor_m2: 5000, supply_c: 70, return_c: 40,/building: school, floor_m2: 5000, retrofit: {renovated_m2: 6000},/' > "$WORK/s.yaml"
    run -65 "$HEARTH" check "$WORK/s.yaml"
    [[ "$output" == *"renovated_m2 is more than house's floor"* ]]
    sed -i 's/renovated_m2: 6000/saved_frac: 0.5/' "$WORK/s.yaml"
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    "$HEARTH" verify "$WORK/out" > /dev/null
    "$HEARTH" check "$WORK/out/plan.yaml" > /dev/null
}

@test "the DOE's reference buildings as measured demand: the year's share of these days arrives, kWh for kWh" {
    need_shared heat_demand/doe_crb/Chicago_space_heating.csv.gz
    python3 - "$SHARED/heat_demand/doe_crb" "$WORK" <<'END'
import csv, gzip, json, sys
folder, work = sys.argv[1:]
rows = list(csv.DictReader(gzip.open(f"{folder}/Chicago_space_heating.csv.gz", "rt")))
assert len(rows) == 8760 and all(abs(sum(float(r[b]) for r in rows) - 1) < 1e-6 for b in rows[0] if b != "hour")
year = json.load(open(f"{folder}/space_heating_annual_mmbtu.json"))["Chicago"]
with open(f"{work}/doe.csv", "w") as out:
    out.write("hospital,flats\n")
    for row in rows:
        out.write(",".join(repr(float(row[b]) * year[b] * 293.071 * 0.8) for b in ("Hospital", "MidriseApartment")) + "\n")
END
    cat > "$WORK/s.yaml" << 'END'
hearth: 1
place: {climate: chicago}
horizon: {from: 2023-02-05, days: 3}
fuel: {gas_money_kwh: 0.04}
electricity: {town: {energy_money_kwh: 0.1, party: heat_customers}}
town:
  - {name: hospital, kind: measured_heat, heat_kw: {file: doe.csv, column: hospital, unit: kw}, heated_by: gas_boiler}
  - {name: flats, kind: measured_heat, scale_ratio: 3, heat_kw: {file: doe.csv, column: flats, unit: kw}, heated_by: gas_boiler}
END
    "$HEARTH" run "$WORK/s.yaml" -o "$WORK/out" > /dev/null
    "$HEARTH" verify "$WORK/out" > /dev/null
    python3 - "$WORK" <<'END'
import csv, sys
rows = list(csv.DictReader(open(f"{sys.argv[1]}/out/hourly_today.csv")))
doe = list(csv.DictReader(open(f"{sys.argv[1]}/doe.csv")))[35 * 24:38 * 24]
for name, times in (("hospital", 1), ("flats", 3)):
    ours = [float(row[f"{name}.heat_in_kw"]) for row in rows]
    theirs = [times * float(row[name]) for row in doe]
    assert max(ours) > 0 and all(abs(a - b) < 1e-9 * max(theirs) for a, b in zip(ours, theirs)), name
    gas = sum(float(row[f"{name}_heater.heat_out_kw"]) for row in rows)
    assert abs(gas - sum(theirs)) < 1e-6 * gas, name
END
}

@test "a refrigerant that cannot make the water wanted is refused with its arithmetic; one chosen by temperature can" {
    { beside; echo 'plant:
  lift: {kind: heat_pump, capacity_kw: choose, refrigerant: r290, meter: farm}'; } | sed 's/supply_c: 70/supply_c: 84/' > "$WORK/s.yaml"
    run -65 --separate-stderr "$HEARTH" check "$WORK/s.yaml"
    [[ "$stderr" == *"s.yaml:16:3: error: lift: R290 makes water of 81.0 degC at most, but 84.0 degC are wanted at least: 3.0 K short"* ]]
    sed 's/ refrigerant: r290,//' "$WORK/s.yaml" > "$WORK/t.yaml"
    run -0 --separate-stderr "$HEARTH" check "$WORK/t.yaml"
    sed 's/ refrigerant: r290,/ refrigerant: r744,/' "$WORK/s.yaml" > "$WORK/t.yaml"
    run -65 --separate-stderr "$HEARTH" check "$WORK/t.yaml"
    [[ "$stderr" == *"t.yaml:16:"*"R744 (carbon dioxide) gives its heat above its critical point"* ]]
    sed 's/ refrigerant: r744,/ refrigerant: r744, model: quality,/' "$WORK/t.yaml" > "$WORK/u.yaml"
    run -0 --separate-stderr "$HEARTH" check "$WORK/u.yaml"
}

@test "warmer coolant spares the heat pump in a 50/25 network and never in a 75/60 one, and the report says why" {
    for network in "50 25 low_temperature" "75 60 radiator"; do
        read -r supply back emitter <<<"$network"
        for coolant in 30 60; do
            cat >"$WORK/s.yaml" <<END
hearth: 1
place: {climate: odense, ground_c: 9}
horizon: {from: 2024-01-15, days: 1}
money: {currency: EUR, year: 2024}
fuel: {gas_money_kwh: 0.08}
electricity: {data_centre: {energy_money_kwh: 0.09}, plant: {energy_money_kwh: 0.12}}
data_centre:
  - {name: hall, it_kw: 4000, load: flat, cooling: direct_to_chip, coolant_c: $coolant,
     heat_recovery: {from: coolant_return, max_kw: 3500}}
town:
  - {name: flats, building: dwelling, floor_m2: 90000, emitter: $emitter, hot_water: local_electric, heated_by: gas_boiler}
heat_network: {supply_c: $supply, return_c: $back, length_m: 800, owner: heat_utility}
plant:
  heat_exchanger: {capacity_kw: choose}
  heat_pump: {capacity_kw: choose, owner: heat_utility, meter: plant, cycling_ratio: 0.9}
  gas_boiler: {capacity_kw: choose}
END
            "$HEARTH" run "$WORK/s.yaml" -o "$WORK/$supply-$coolant" >/dev/null 2>&1
        done
    done
    python3 - "$WORK" <<'END'
import json, sys
work = sys.argv[1]
has = {}
for supply in (50, 75):
    for coolant in (30, 60):
        summary = json.load(open(f"{work}/{supply}-{coolant}/summary.json"))
        has[supply, coolant] = summary["cases"]["together"]["heat_pump_cop"] is not None
        assert abs(summary["cases"]["together"]["simulation_gap_frac"]) <= 0.005
assert has == {(50, 30): True, (50, 60): False, (75, 30): True, (75, 60): True}, has
report = open(f"{work}/75-60/report.html").read()
assert "There is no way without a heat pump: the heat is never warm enough." in report
END
    run -0 "$HEARTH" verify "$WORK/50-30"
}
