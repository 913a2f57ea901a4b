package org.headroom.dispatch;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolverHelper;
import com.google.ortools.modelbuilder.SolveStatus;

/**
 * A linear or mixed-integer program given to HiGHS (through OR-Tools). Rows may be added between solves. It holds native
 * memory: close it.
 *
 * <p>Dual values are not offered: OR-Tools 9.15 returns the activity of a row in place of its dual with HiGHS.
 */
final class LinearProgram implements AutoCloseable {
    static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Relative gap at which a mixed-integer program counts as solved. */
    private static final double INTEGER_GAP = 1e-9;

    private static final String PARAMETERS = "output_flag=false\nthreads=1\nmip_rel_gap=" + INTEGER_GAP
            + "\nmip_abs_gap=1e-9\nprimal_feasibility_tolerance=1e-9\ndual_feasibility_tolerance=1e-9\nmip_feasibility_tolerance=1e-7";

    private final ModelBuilderHelper model;
    private ModelSolverHelper solver;
    private int variables;
    private String limits = "";
    private double constant;

    /** How a solve ended. */
    enum Status {
        OPTIMAL,
        INFEASIBLE,
        UNFINISHED
    }

    LinearProgram() {
        Native.load();
        model = new ModelBuilderHelper();
        solver = new ModelSolverHelper("highs");
        variable(0, 0, 0); // without any variable, a row that cannot hold is no answer but a failure
    }

    private ModelSolverHelper newSolver() {
        ModelSolverHelper solver = new ModelSolverHelper("highs");
        solver.setSolverSpecificParameters(PARAMETERS + limits);
        return solver;
    }

    /** Gives up on a mixed-integer program after so many nodes of its search: a limit that is the same on every machine. */
    void limitNodes(int nodes) {
        limits = "\nmip_max_nodes=" + nodes;
    }

    int variable(double lower, double upper, double cost) {
        int v = model.addVar();
        model.setVarLowerBound(v, lower);
        model.setVarUpperBound(v, upper);
        if (cost != 0) {
            model.setVarObjectiveCoefficient(v, cost);
        }
        variables++;
        return v;
    }

    int binary(double cost) {
        int v = variable(0, 1, cost);
        model.setVarIntegrality(v, true);
        return v;
    }

    int row(double lower, double upper) {
        int r = model.addLinearConstraint();
        model.setConstraintLowerBound(r, lower);
        model.setConstraintUpperBound(r, upper);
        return r;
    }

    void term(int row, int variable, double coefficient) {
        model.addConstraintTerm(row, variable, coefficient);
    }

    void lowerBound(int row, double bound) {
        model.setConstraintLowerBound(row, bound);
    }

    void upperBound(int row, double bound) {
        model.setConstraintUpperBound(row, bound);
    }

    /** Fixes a variable at a value; an integer one is a choice no more. */
    void fix(int variable, double value) {
        model.setVarIntegrality(variable, false);
        model.setVarLowerBound(variable, value);
        model.setVarUpperBound(variable, value);
    }

    /** Adds a cost that nothing can change. */
    void addConstant(double cost) {
        constant += cost;
    }

    /** Sets every cost to 0, for a second objective. */
    void clearCosts() {
        for (int v = 0; v < variables; v++) {
            model.setVarObjectiveCoefficient(v, 0);
        }
        constant = 0;
    }

    void cost(int variable, double cost) {
        model.setVarObjectiveCoefficient(variable, cost);
    }

    Status solve() {
        solver.delete();
        solver = newSolver();
        solver.solve(model);
        if (!solver.hasResponse()) {
            return Status.UNFINISHED;
        }
        SolveStatus status = solver.getStatus();
        if (status == SolveStatus.OPTIMAL) {
            return Status.OPTIMAL;
        }
        return status == SolveStatus.INFEASIBLE ? Status.INFEASIBLE : Status.UNFINISHED;
    }

    double value(int variable) {
        return solver.getVariableValue(variable);
    }

    double objective() {
        return solver.getObjectiveValue() + constant;
    }

    /**
     * Lower bound on the objective. HiGHS proves mixed-integer programs to within its gap, but OR-Tools does not hand the bound
     * itself over, so the gap is taken off.
     */
    double bound() {
        return solver.getObjectiveValue() - INTEGER_GAP * Math.abs(solver.getObjectiveValue()) + constant;
    }

    String statusText() {
        return String.valueOf(solver.getStatusString());
    }

    @Override
    public void close() {
        solver.delete();
        model.delete();
    }

    /** Loads the native library once a process. */
    private static final class Native {
        static {
            Loader.loadNativeLibraries();
        }

        private Native() {}

        static void load() {
            // the static initialiser does the work, once
        }
    }
}
