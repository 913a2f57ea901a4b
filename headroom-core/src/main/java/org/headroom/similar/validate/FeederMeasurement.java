package org.headroom.similar.validate;

import java.util.Arrays;
import org.headroom.network.AssetCosts;
import org.headroom.powerflow.AcPowerFlow;
import org.headroom.similar.measure.NetworkShape;
import org.hipparchus.stat.correlation.PearsonsCorrelation;

/**
 * All {@link Feature}s of a feeder. Voltages, losses and loadings are those of an AC power flow at after-diversity demand, 2.0 kW
 * a home at power factor .95, from a substation at 1 per unit.
 */
final class FeederMeasurement {
    /** Highest loading of a feeder within flow limits. */
    static final double MOST_LOADING = 1;
    /** Largest drop of a feeder within flow limits, per unit. */
    static final double MOST_DROP_PU = 0.08;

    private static final double HOME_KW = 2.0;
    private static final double HOME_KVAR = HOME_KW * StrictMath.tan(StrictMath.acos(0.95));

    private final NetworkShape shape;
    private final int nodes;
    private final double base_V;
    private final double[] values = new double[Feature.ALL.size()];
    private final double[] path_m;
    private final double[] path_ohm;
    private final double[] pathReactance_ohm;
    private boolean solved;
    private double loading;
    private double drop_pu;

    private FeederMeasurement(NetworkShape shape, double base_V) {
        this.shape = shape;
        this.nodes = shape.nodes();
        this.base_V = base_V;
        this.path_m = new double[nodes];
        this.path_ohm = new double[nodes];
        this.pathReactance_ohm = new double[nodes];
    }

    /**
     * Measures a feeder.
     *
     * @param base_V its line-to-line voltage
     */
    static FeederMeasurement of(NetworkShape shape, double base_V) {
        FeederMeasurement measurement = new FeederMeasurement(shape, base_V);
        measurement.walk();
        measurement.distances();
        measurement.branchings();
        measurement.homesBelow();
        measurement.cables();
        measurement.flow();
        return measurement;
    }

    /** Whether the power flow has a solution. */
    boolean solved() {
        return solved;
    }

    /** Whether no line is overloaded and no voltage too low at after-diversity demand. */
    boolean withinFlowLimits() {
        return solved && loading <= MOST_LOADING && drop_pu <= MOST_DROP_PU;
    }

    /** The values, in the order of {@link Feature}. */
    double[] values() {
        return values.clone();
    }

    private void set(Feature feature, double value) {
        values[feature.index()] = value;
    }

    private void walk() {
        for (int n = 0; n < nodes; n++) {
            int above = shape.parent(n);
            path_m[n] = shape.length_m(n) + (above < 0 ? 0 : path_m[above]);
            path_ohm[n] = shape.resistance_ohm(n) + (above < 0 ? 0 : path_ohm[above]);
            pathReactance_ohm[n] = shape.reactance_ohm(n) + (above < 0 ? 0 : pathReactance_ohm[above]);
        }
    }

    private void distances() {
        double[] depth = new double[nodes];
        double[] one = new double[nodes];
        double[] leaf = new double[nodes];
        double[] homes = new double[nodes];
        int farthest = 0;
        double farthest_m = 0;
        for (int n = 0; n < nodes; n++) {
            depth[n] = shape.depth(n);
            leaf[n] = shape.children(n) == 0 ? 1 : 0;
            homes[n] = shape.homes(n);
            one[n] = 1;
            if (homes[n] > 0) {
                farthest_m = Math.max(farthest_m, path_m[n]);
                if (shape.homes(farthest) == 0 || path_ohm[n] > path_ohm[farthest]) {
                    farthest = n;
                }
            }
        }
        set(Feature.HOME_DISTANCE, mean(path_m, homes));
        set(Feature.FARTHEST_HOME, farthest_m);
        set(Feature.HOME_DISTANCE_SPREAD, spread(path_m, homes));
        set(Feature.HOME_RESISTANCE, mean(path_ohm, homes));
        set(Feature.GREATEST_RESISTANCE, path_ohm[farthest]);
        set(Feature.HOME_RESISTANCE_SPREAD, spread(path_ohm, homes));
        set(Feature.HOME_DEPTH, mean(depth, homes));
        set(Feature.LEAF_DEPTH_SPREAD, spread(depth, leaf));
        set(Feature.REACTANCE_RATIO, pathReactance_ohm[farthest] / path_ohm[farthest]);
        double outer = 0;
        for (int n = 0; n < nodes; n++) {
            outer += path_m[n] > farthest_m / 2 ? homes[n] : 0;
        }
        set(Feature.OUTER_HOMES, 100 * outer / sum(homes));
    }

    private void branchings() {
        int[] order = new int[nodes + 1]; // Strahler numbers; the last is the substation's
        int[] ties = new int[nodes + 1];
        int[] largest = new int[nodes + 1];
        int deepest = 0;
        int most = 0;
        for (int n = nodes - 1; n >= 0; n--) {
            order[n] = shape.children(n) == 0 ? 1 : order[n] + (ties[n] > 1 ? 1 : 0);
            int above = shape.parent(n) < 0 ? nodes : shape.parent(n);
            if (order[n] > order[above]) {
                order[above] = order[n];
                ties[above] = 1;
            } else if (order[n] == order[above]) {
                ties[above]++;
            }
            largest[above] = Math.max(largest[above], shape.homesBelow(n));
            deepest = Math.max(deepest, shape.depth(n));
            most = Math.max(most, shape.children(n));
        }
        double depths = 0;
        double shares = 0;
        int branchings = 0;
        int shared = 0;
        for (int n = 0; n < nodes; n++) {
            if (shape.children(n) > 1) {
                branchings++;
                depths += (double) shape.depth(n) / deepest;
                int below = shape.homesBelow(n) - shape.homes(n);
                if (below > 0) {
                    shared++;
                    shares += (double) largest[n] / below;
                }
            }
        }
        set(Feature.BRANCH_DEPTH, branchings == 0 ? 0 : depths / branchings);
        set(Feature.IMBALANCE, shared == 0 ? 1 : shares / shared);
        set(Feature.MOST_CHILDREN, most);
        set(Feature.STRAHLER, order[nodes] + (ties[nodes] > 1 ? 1 : 0));
    }

    private void homesBelow() {
        double[] below = new double[nodes];
        double[] length_m = new double[nodes];
        double all = shape.totalHomes() - shape.homesAtSubstation();
        double homeMetres = 0;
        double apart_m = 0;
        for (int n = 0; n < nodes; n++) {
            below[n] = shape.homesBelow(n);
            length_m[n] = shape.length_m(n);
            homeMetres += below[n] * length_m[n];
            apart_m += 2 * length_m[n] * below[n] * (all - below[n]);
        }
        set(Feature.HOMES_BELOW, sum(below) / nodes / all);
        set(Feature.SHARED_LENGTH, homeMetres / all / sum(length_m));
        set(Feature.BETWEEN_HOMES, all < 2 ? 0 : apart_m / (all * (all - 1)));
        Arrays.sort(below);
        double ranked = 0;
        for (int i = 0; i < nodes; i++) {
            ranked += (2.0 * (i + 1) - nodes - 1) * below[i];
        }
        set(Feature.HOMES_BELOW_GINI, ranked / (nodes * sum(below)));
    }

    private void cables() {
        double[] rating = new double[nodes];
        double[] homesBelow = new double[nodes];
        double[] length_m = new double[nodes];
        double[] depth = new double[nodes];
        double[] homes = new double[nodes];
        double[] changes = new double[nodes];
        double[] run_m = new double[nodes];
        double mains_m = 0;
        double longest_m = 0;
        int inner = 0;
        int wider = 0;
        int[] runTop = new int[nodes];
        for (int n = 0; n < nodes; n++) {
            int above = shape.parent(n);
            rating[n] = StrictMath.log(shape.rating_A(n));
            homesBelow[n] = StrictMath.log1p(shape.homesBelow(n));
            length_m[n] = shape.length_m(n);
            depth[n] = shape.depth(n);
            homes[n] = shape.homes(n);
            mains_m += AssetCosts.isService(shape.rating_A(n)) ? 0 : length_m[n];
            boolean goesOn = above >= 0
                    && NetworkShape.ratingClass(shape.rating_A(n)) == NetworkShape.ratingClass(shape.rating_A(above));
            changes[n] = above < 0 ? 0 : changes[above] + (goesOn ? 0 : 1);
            runTop[n] = goesOn ? runTop[above] : n;
            run_m[runTop[n]] += length_m[n];
            if (above >= 0) {
                inner++;
                wider += shape.rating_A(n) > shape.rating_A(above) * (1 + 1e-9) ? 1 : 0;
            }
        }
        for (double each_m : run_m) {
            longest_m = Math.max(longest_m, each_m);
        }
        set(Feature.CLASS_CHANGES, mean(changes, homes));
        set(Feature.WIDENING, inner == 0 ? 0 : 100.0 * wider / inner);
        set(Feature.RATING_CORRELATION, correlation(rating, homesBelow));
        set(Feature.LENGTH_CORRELATION, correlation(length_m, depth));
        set(Feature.LONGEST_RUN, longest_m / sum(length_m));
        set(Feature.MAINS_PER_HOME, mains_m / sum(homes));
    }

    private void flow() {
        int[] parentNode = new int[nodes];
        double[] perKW_pu = new double[nodes];
        double[] perKvar_pu = new double[nodes];
        double[] nodal_kW = new double[nodes + 1];
        double[] nodal_kvar = new double[nodes + 1];
        for (int n = 0; n < nodes; n++) {
            parentNode[n] = shape.parent(n) + 1;
            perKW_pu[n] = 1000 * shape.resistance_ohm(n) / (base_V * base_V);
            perKvar_pu[n] = 1000 * shape.reactance_ohm(n) / (base_V * base_V);
            nodal_kW[n + 1] = shape.homes(n) * HOME_KW;
            nodal_kvar[n + 1] = shape.homes(n) * HOME_KVAR;
        }
        AcPowerFlow flow = new AcPowerFlow(parentNode, perKW_pu, perKvar_pu, 1, 1);
        solved = flow.solve(nodal_kW, nodal_kvar);
        if (!solved) {
            return;
        }
        double lowest_pu = 1;
        double drops = 0;
        double loadings = 0;
        double length_m = 0;
        double homes = 0;
        for (int n = 0; n < nodes; n++) {
            double p = flow.delivered_kW(n, 0) + flow.loss_kW(n, 0);
            double q = flow.delivered_kvar(n, 0) + flow.loss_kvar(n, 0);
            double capacity_kVA = Math.sqrt(3) * base_V / 1000 * shape.rating_A(n);
            double loaded = Math.sqrt(p * p + q * q) / capacity_kVA;
            loading = Math.max(loading, loaded);
            loadings += loaded * shape.length_m(n);
            length_m += shape.length_m(n);
            double voltage_pu = flow.voltage_pu(n + 1, 0);
            lowest_pu = Math.min(lowest_pu, voltage_pu);
            drops += (1 - voltage_pu) * shape.homes(n);
            homes += shape.homes(n);
        }
        drop_pu = 1 - lowest_pu;
        set(Feature.LARGEST_DROP, 100 * drop_pu);
        set(Feature.MEAN_DROP, 100 * drops / homes);
        set(Feature.LOSSES, 100 * flow.losses_kW(0) / (homes * HOME_KW));
        set(Feature.HIGHEST_LOADING, 100 * loading);
        set(Feature.MEAN_LOADING, 100 * loadings / length_m);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double mean(double[] values, double[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return sum / sum(weights);
    }

    /** Standard deviation over mean. */
    private static double spread(double[] values, double[] weights) {
        double mean = mean(values, weights);
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += weights[i] * (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / sum(weights)) / mean;
    }

    /** Pearson's correlation; 0 where one of the two does not vary. */
    private static double correlation(double[] a, double[] b) {
        double correlation = a.length < 2 ? 0 : new PearsonsCorrelation().correlation(a, b);
        return Double.isNaN(correlation) ? 0 : correlation;
    }
}
