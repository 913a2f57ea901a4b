package org.headroom.dispatch;

import java.nio.file.*;
import java.util.*;

class Quick {
    public static void main(String[] a) throws Exception {
        Path cases = Path.of("/work/shared/cases");
        List<Path> l;
        try (var s = Files.list(cases)) {
            l = s.sorted().toList();
        }
        for (Path c : l) {
            if (a.length > 0 && !c.toString().contains(a[0])) continue;
            var exp = new tools.jackson.databind.json.JsonMapper()
                    .readTree(c.resolve("expected.json").toFile());
            var cs = CaseFolder.read(c, false);
            for (ChargingMode m : ChargingMode.all()) {
                if (a.length > 1 && !m.label().equals(a[1])) continue;
                var r = HighsSolver.solve(cs.problem(), m);
                var e = exp.get(m.label());
                double want = e == null || e.get("objective_gbp").isNull()
                        ? Double.NaN
                        : e.get("objective_gbp").asDouble();
                switch (r) {
                    case DispatchResult.Solved s ->
                        System.out.printf(
                                "%s %s %.6f want %.6f rel %.2e gap %.2e ms %.0f peak %.4f viol %d%n",
                                c.getFileName(),
                                m.label(),
                                s.outcome().objective_gbp(),
                                want,
                                (s.outcome().objective_gbp() - want) / want,
                                s.relativeGap(),
                                s.solve_ms(),
                                s.outcome().assetPeak_kVA(0),
                                s.outcome().violations().size());
                    case DispatchResult.Infeasible s ->
                        System.out.printf(
                                "%s %s infeasible want %s ms %.0f %s%n",
                                c.getFileName(), m.label(), want, s.solve_ms(), s.violations());
                    case DispatchResult.Limit s ->
                        System.out.printf(
                                "%s %s LIMIT want %s ms %.0f %s%n",
                                c.getFileName(), m.label(), want, s.solve_ms(), s.reason());
                }
            }
        }
    }
}
