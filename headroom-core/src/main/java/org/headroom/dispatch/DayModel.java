package org.headroom.dispatch;

import org.headroom.dispatch.LinearProgram.Status;
import org.jspecify.annotations.Nullable;

/**
 * The day's problem as a linear program, eqs. 4-40 with the cones replaced by tangent cuts: homes and cars ({@link HomeRows}),
 * flows ({@link FlowRows}), assets ({@link AssetRows}) and voltages ({@link VoltageRows}).
 */
final class DayModel implements AutoCloseable {
    private static final int MAX_ROUNDS = 60;

    /** What the model is to hold beside homes and cars. */
    enum Scope {
        /** Homes and cars alone: the network sets no limit. */
        HOMES,
        /** Homes and cars within the limits of the network. */
        NETWORK,
        /** Limits of the network may be broken, at a price far above that of any energy. */
        ELASTIC
    }

    /** Whether the expansion of assets is a decision, and of what kind. */
    enum Expanding {
        NO,
        /** Relaxed to the convex hull of the two choices: a bound. */
        RELAXED,
        INTEGER
    }

    /** How far the search over directions goes. */
    private static final int MAX_NODES = 500;

    /** What is done about lines that burn energy where they lose a share of their flow. */
    enum Directions {
        /** They may: a relaxation, exact where energy has its price. */
        RELAXED,
        /** They may not: the direction of a line that would is a choice of one. */
        EXACT
    }

    private final DayProblem problem;
    private final Scope scope;
    private final Directions directions;
    private final LinearProgram lp = new LinearProgram();
    private final HomeRows homes;
    private final @Nullable FlowRows flows;
    private final @Nullable AssetRows assets;
    private final @Nullable VoltageRows voltages;

    /**
     * Builds the model.
     *
     * @param curtailAlways whether PV may be curtailed at every step, or only where the sell price is negative
     */
    DayModel(
            DayProblem problem,
            ChargingMode mode,
            Scope scope,
            boolean curtailAlways,
            Expanding expanding,
            Directions directions) {
        this.problem = problem;
        this.directions = directions;
        this.scope = scope;
        boolean community = mode instanceof ChargingMode.VirtualVehicleToVehicle;
        boolean elastic = scope == Scope.ELASTIC;
        this.homes = new HomeRows(lp, problem, mode.mayDischarge(), curtailAlways);
        if (!community) {
            homes.addBills();
        }
        if (scope == Scope.HOMES) {
            this.flows = null;
            this.assets = null;
            this.voltages = null;
            return;
        }
        this.flows = new FlowRows(lp, problem, homes);
        this.assets = new AssetRows(lp, problem, flows);
        this.voltages = new VoltageRows(lp, problem, flows, elastic);
        if (expanding != Expanding.NO) {
            assets.addExpansions(expanding == Expanding.INTEGER);
        }
        if (elastic) {
            assets.addBreaches();
        } else {
            assets.addCapacities();
        }
        if (community) {
            flows.addCommunityBill();
            assets.addPeaks();
        }
        if (directions == Directions.EXACT) {
            lp.limitNodes(MAX_NODES);
        }
    }

    /** Solves, adding tangents and voltage rows until all that is left out holds. */
    Status solve() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Status status = lp.solve();
            if (status != Status.OPTIMAL) {
                return status;
            }
            if (addMissing() == 0) {
                return Status.OPTIMAL;
            }
        }
        return Status.UNFINISHED;
    }

    /** Adds what the last solve breaks and the model leaves out; returns how many rows. */
    private int addMissing() {
        if (flows == null || assets == null || voltages == null) {
            return 0;
        }
        int chosen = directions == Directions.EXACT ? flows.addDirections() : 0;
        return chosen + assets.addCuts() + voltages.addViolated();
    }

    /** Objective of the model, including the costs that nothing can change. */
    double objective_gbp() {
        return lp.objective();
    }

    /** Lower bound on the objective. */
    double bound_gbp() {
        return lp.bound();
    }

    String statusText() {
        return lp.statusText();
    }

    /** Among the schedules as cheap as the one found, asks for the one that the tie-break prefers. */
    Status breakTies() {
        if (assets != null) {
            assets.fixExpansions();
        }
        new TieBreaking(lp, problem, homes).prepare(scope == Scope.NETWORK);
        return solve();
    }

    /** Leaves no choice of expansion but that of a schedule. */
    void expandAs(Schedule schedule) {
        if (assets != null) {
            assets.fixExpansions(schedule);
        }
    }

    /** Holds the costs of the last solve, and leaves what the substation carries in each step as the only objective. */
    SubstationRows holdCosts() {
        new TieBreaking(lp, problem, homes).holdCosts(scope == Scope.NETWORK);
        return new SubstationRows(lp, problem, homes);
    }

    /** The schedule of the last solve. */
    Schedule schedule() {
        return homes.schedule(assets == null ? new boolean[problem.assetCount()] : assets.expanded());
    }

    @Override
    public void close() {
        lp.close();
    }
}
