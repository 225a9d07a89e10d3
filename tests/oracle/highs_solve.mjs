// SPDX-License-Identifier: Apache-2.0
// node highs_solve.mjs FILE.lp  prints "STATUS OBJECTIVE" with all digits: "Optimal 2.7411522630411334", "Infeasible 0".
import { readFileSync } from "node:fs";
import loadHighs from "highs";

const highs = await loadHighs();
const result = highs.solve(readFileSync(process.argv[2], "utf8"), {
    output_flag: false,
    primal_feasibility_tolerance: 1e-9,
    dual_feasibility_tolerance: 1e-9,
});
console.log(`${result.Status.replaceAll(" ", "_")} ${result.ObjectiveValue}`);
