package org.headroom.dispatch.sharing;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Energy from each kind of source to each kind of sink, by step. */
public final class EnergyByKind {
    private final Map<Source, Map<Sink, double[]>> cells = new EnumMap<>(Source.class);

    /** Nothing yet, in any of so many steps. */
    public EnergyByKind(int steps) {
        for (Source from : Source.values()) {
            Map<Sink, double[]> row = new EnumMap<>(Sink.class);
            for (Sink to : Sink.values()) {
                row.put(to, new double[steps]);
            }
            cells.put(from, row);
        }
    }

    private double[] cell(Source from, Sink to) {
        Map<Sink, double[]> row = cells.get(from);
        double[] cell = row == null ? null : row.get(to);
        if (cell == null) {
            throw new IllegalStateException("no cell from " + from + " to " + to);
        }
        return cell;
    }

    /** Adds energy in a step. */
    public void add(Source from, Sink to, int step, double energy_kWh) {
        cell(from, to)[step] += energy_kWh;
    }

    public double energy_kWh(Source from, Sink to, int step) {
        return cell(from, to)[step];
    }

    /** Over all steps. */
    public double sum_kWh(Source from, Sink to) {
        return Arrays.stream(cell(from, to)).sum();
    }
}
