package org.headroom.study;

import java.nio.file.Path;
import java.util.List;
import org.headroom.network.Network;

/**
 * Writer of {@code metrics.parquet}, a row for each scenario, network, day and mode, and of {@code flows.parquet}, a row for each of its
 * assets; both in this order.
 */
final class StudyParquet {
    private StudyParquet() {}

    static void write(TrialStore store, List<Community> communities, Path folder) {
        store.execute(
                "COPY (SELECT * EXCLUDE (day), day FROM metrics ORDER BY scenario, network, day, mode) TO %s (FORMAT parquet)"
                        .formatted(TrialStore.literal(folder.resolve("metrics.parquet"))));
        writeFlows(store, communities, folder.resolve("flows.parquet"));
    }

    /** Sorts days, which are few, and only then makes a row of every asset. */
    private static void writeFlows(TrialStore store, List<Community> communities, Path file) {
        store.execute(
                "CREATE OR REPLACE TABLE assets(network INTEGER, asset INTEGER, id VARCHAR, level INTEGER, capacity_kVA DOUBLE)");
        store.append("assets", rows -> {
            for (Community community : communities) {
                Network network = community.network();
                for (int a = 0; a <= network.lineCount(); a++) {
                    rows.beginRow();
                    rows.append(community.index());
                    rows.append(a);
                    rows.append(a == 0 ? "substation" : network.line(a - 1).id());
                    rows.append(a == 0 ? 0 : community.levels().level(a - 1));
                    rows.append(StudyYears.capacity_kVA(network, a));
                    rows.endRow();
                }
            }
        });
        store.execute("""
                COPY (
                  SELECT scenario, network, day, mode, unnest(ids) AS asset, unnest(levels) AS level,
                         unnest(capacities_kVA) AS capacity_kVA, unnest(peak_kVA) AS peak_kVA, unnest(peak_kW) AS peak_kW,
                         unnest(expanded) AS expanded, unnest([flow_kW]) AS flow_kW
                  FROM (SELECT * FROM peaks JOIN (
                          SELECT network, list(id ORDER BY asset) AS ids, list(level ORDER BY asset) AS levels,
                                 list(capacity_kVA ORDER BY asset) AS capacities_kVA
                          FROM assets GROUP BY network) USING (network)
                        ORDER BY scenario, network, day, mode))
                TO %s (FORMAT parquet)
                """.formatted(TrialStore.literal(file)));
        store.execute("DROP TABLE assets");
    }
}
