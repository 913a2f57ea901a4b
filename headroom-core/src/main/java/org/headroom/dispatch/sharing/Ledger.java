package org.headroom.dispatch.sharing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Session;

/**
 * Where the energy of a dispatched day comes from and where it goes, step by step.
 *
 * <p>A payer (a home, or a public lot) first uses what it has itself: its PV and its discharging cars serve its own demand and
 * charging cars. What it has left over or still needs is pooled. Under V-V2V the pool is the community: every taker gets the same
 * mixture of the homes' surplus and the grid's import, pro rata. In the other modes nothing is shared: a surplus is sold to the grid
 * and a need bought from it, which is what those modes' bills say, even where the energy physically stays in the street.
 *
 * <p>Within a payer, too, sources and sinks meet pro rata. A negative demand counts as PV. In every step what comes in is what goes
 * out. Losses of batteries lie between what a car takes and gives later and are no flow of a step; losses of lines are one, where
 * dispatch counts them, and take from the pool like everyone (from the grid, where nothing is pooled).
 */
public final class Ledger {
    private static final String NOBODY = "";

    private final DayOutcome outcome;
    private final boolean pooled;
    private final int steps;
    /** Accounts by payer. */
    private final List<List<SourceAccount>> sources = new ArrayList<>();

    private final List<List<SinkAccount>> sinks = new ArrayList<>();
    /** Sums over a payer's accounts, {@code [payer][step]}. */
    private final double[][] given_kWh;

    private final double[][] taken_kWh;
    private final double[] import_kWh;
    private final double[] export_kWh;
    private final double[] lines_kWh;
    private final EnergyByKind own;
    private final EnergyByKind between;
    private final double batteryLosses_kWh;

    /** A source of a payer: its PV, or a car. */
    private static final class SourceAccount {
        private final String id;
        private final Source kind;
        private final double[] energy_kWh;

        SourceAccount(String id, Source kind, double[] energy_kWh) {
            this.id = id;
            this.kind = kind;
            this.energy_kWh = energy_kWh;
        }
    }

    /** A sink of a payer: its demand, or a car. */
    private static final class SinkAccount {
        private final String id;
        private final Sink kind;
        private final double[] energy_kWh;

        SinkAccount(String id, Sink kind, double[] energy_kWh) {
            this.id = id;
            this.kind = kind;
            this.energy_kWh = energy_kWh;
        }
    }

    /**
     * One flow of a step.
     *
     * @param from the home whose PV, or the session whose car it is; the grid has the name of its kind
     * @param fromPayer home or lot; empty for the grid
     * @param to the home whose demand, or the session whose car it is; grid and lines have the names of their kinds
     * @param toPayer home or lot; empty for the grid and lines
     */
    public record Flow(
            int step,
            String from,
            Source fromKind,
            String fromPayer,
            String to,
            Sink toKind,
            String toPayer,
            double energy_kWh) {}

    /** Takes the flows of a ledger, one by one. */
    public interface FlowReader {
        void read(Flow flow);
    }

    private Ledger(DayOutcome outcome, IntPredicate isLot) {
        DayProblem problem = outcome.problem();
        int payers = problem.homeCount();
        this.outcome = outcome;
        this.pooled = isPooled(outcome.mode());
        this.steps = problem.stepCount();
        this.given_kWh = new double[payers][steps];
        this.taken_kWh = new double[payers][steps];
        this.import_kWh = new double[steps];
        this.export_kWh = new double[steps];
        this.lines_kWh = new double[steps];
        this.own = new EnergyByKind(steps);
        this.between = new EnergyByKind(steps);
        addHomes(isLot);
        this.batteryLosses_kWh = addSessions(isLot);
        addGrid();
        addOwnUse();
        addSharing();
    }

    /**
     * The ledger of a day.
     *
     * @param isLot which payers are public lots rather than homes, by their index in the day's problem
     */
    public static Ledger of(DayOutcome outcome, IntPredicate isLot) {
        return new Ledger(outcome, isLot);
    }

    private static boolean isPooled(ChargingMode mode) {
        return switch (mode) {
            case ChargingMode.Immediate _, ChargingMode.Smart _, ChargingMode.VehicleToGrid _ -> false;
            case ChargingMode.VirtualVehicleToVehicle _ -> true;
        };
    }

    private void addHomes(IntPredicate isLot) {
        DayProblem problem = outcome.problem();
        double step_h = problem.steps().step_h();
        for (int h = 0; h < problem.homeCount(); h++) {
            double[] given = new double[steps];
            double[] taken = new double[steps];
            for (int t = 0; t < steps; t++) {
                double demand_kW = problem.demand_kW(h, t);
                given[t] = (outcome.schedule().pvUsed_kW(h, t) + Math.max(0, -demand_kW)) * step_h;
                taken[t] = Math.max(0, demand_kW) * step_h;
            }
            boolean lot = isLot.test(h);
            sources.add(new ArrayList<>());
            sinks.add(new ArrayList<>());
            addSource(h, new SourceAccount(problem.homeId(h), lot ? Source.LOT : Source.PV, given));
            addSink(h, new SinkAccount(problem.homeId(h), lot ? Sink.LOT : Sink.DEMAND, taken));
        }
    }

    /** Adds all cars; returns what their batteries lose. */
    private double addSessions(IntPredicate isLot) {
        DayProblem problem = outcome.problem();
        double step_h = problem.steps().step_h();
        double eta = problem.settings().efficiency();
        double lost = 0;
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            double[] given = new double[steps];
            double[] taken = new double[steps];
            for (int k = 0; k < session.length(problem.steps()); k++) {
                int t = session.stepOfDay(k, problem.steps());
                given[t] = outcome.schedule().discharge_kW(s, k) * step_h;
                taken[t] = outcome.schedule().charge_kW(s, k) * step_h;
                lost += taken[t] * (1 - eta) + given[t] * (1 / eta - 1);
            }
            boolean lot = isLot.test(session.home());
            addSource(session.home(), new SourceAccount(session.id(), lot ? Source.LOT : Source.CAR, given));
            addSink(session.home(), new SinkAccount(session.id(), lot ? Sink.LOT : Sink.CAR, taken));
        }
        return lost;
    }

    private void addSource(int payer, SourceAccount account) {
        if (add(account.energy_kWh, given_kWh[payer])) {
            sources.get(payer).add(account);
        }
    }

    private void addSink(int payer, SinkAccount account) {
        if (add(account.energy_kWh, taken_kWh[payer])) {
            sinks.get(payer).add(account);
        }
    }

    /** Adds an account's energy to its payer's; returns whether there is any. */
    private static boolean add(double[] energy_kWh, double[] payer_kWh) {
        boolean any = false;
        for (int t = 0; t < energy_kWh.length; t++) {
            payer_kWh[t] += energy_kWh[t];
            any |= energy_kWh[t] != 0;
        }
        return any;
    }

    /** What the grid gives and takes: once for the community where it pools, for each payer where not. */
    private void addGrid() {
        DayProblem problem = outcome.problem();
        double share = problem.settings().losses().share();
        for (int t = 0; t < steps; t++) {
            double lost_kW = 0;
            for (int l = 0; share > 0 && l < problem.network().lineCount(); l++) {
                lost_kW += share * Math.abs(outcome.delivered_kW(l, t));
            }
            lines_kWh[t] = lost_kW * problem.steps().step_h();
            double surplus = 0;
            double need = lines_kWh[t];
            for (int h = 0; h < given_kWh.length; h++) {
                surplus += surplus_kWh(h, t);
                need += need_kWh(h, t);
            }
            import_kWh[t] = pooled ? Math.max(0, need - surplus) : need;
            export_kWh[t] = pooled ? Math.max(0, surplus - need) : surplus;
        }
    }

    private void addOwnUse() {
        for (int h = 0; h < given_kWh.length; h++) {
            for (SourceAccount source : sources.get(h)) {
                for (SinkAccount sink : sinks.get(h)) {
                    for (int t = 0; t < steps; t++) {
                        own.add(source.kind, sink.kind, t, own_kWh(h, source, sink, t));
                    }
                }
            }
        }
    }

    private void addSharing() {
        for (int t = 0; t < steps; t++) {
            Map<Source, Double> surplus = new EnumMap<>(Source.class);
            Map<Sink, Double> need = new EnumMap<>(Sink.class);
            for (int h = 0; h < given_kWh.length; h++) {
                for (SourceAccount source : sources.get(h)) {
                    surplus.merge(source.kind, left_kWh(h, source, t), Double::sum);
                }
                for (SinkAccount sink : sinks.get(h)) {
                    need.merge(sink.kind, open_kWh(h, sink, t), Double::sum);
                }
            }
            surplus.put(Source.GRID, import_kWh[t]);
            need.put(Sink.GRID, export_kWh[t]);
            need.put(Sink.LINES, lines_kWh[t]);
            double pool = pool_kWh(t);
            for (Map.Entry<Source, Double> from : surplus.entrySet()) {
                for (Map.Entry<Sink, Double> to : need.entrySet()) {
                    between.add(
                            from.getKey(),
                            to.getKey(),
                            t,
                            between_kWh(from.getKey(), from.getValue(), to.getKey(), to.getValue(), pool));
                }
            }
        }
    }

    /** All that is pooled in a step: what payers have left over, and what the grid gives. */
    private double pool_kWh(int t) {
        double pool = import_kWh[t];
        for (int h = 0; h < given_kWh.length; h++) {
            pool += surplus_kWh(h, t);
        }
        return pool;
    }

    /** What goes from an account to another of the same payer. */
    private double own_kWh(int payer, SourceAccount source, SinkAccount sink, int t) {
        double given = given_kWh[payer][t];
        double taken = taken_kWh[payer][t];
        double most = Math.max(given, taken); // the lesser is used in full: its own sum cancels
        return most == 0 ? 0 : source.energy_kWh[t] * (sink.energy_kWh[t] / most);
    }

    /** What a source has left over for others. */
    private double left_kWh(int payer, SourceAccount source, int t) {
        double given = given_kWh[payer][t];
        return given == 0 ? 0 : source.energy_kWh[t] * (surplus_kWh(payer, t) / given);
    }

    /** What a sink still needs from others. */
    private double open_kWh(int payer, SinkAccount sink, int t) {
        double taken = taken_kWh[payer][t];
        return taken == 0 ? 0 : sink.energy_kWh[t] * (need_kWh(payer, t) / taken);
    }

    /** What goes between a surplus and a need: their share of the pool, or all of it where the grid is the only partner. */
    private double between_kWh(Source source, double surplus, Sink sink, double need, double pool) {
        if (pooled) {
            return pool == 0 ? 0 : surplus * (need / pool);
        }
        boolean fromGrid = source == Source.GRID;
        boolean toGrid = sink == Sink.GRID;
        return fromGrid == toGrid ? 0 : fromGrid ? need : surplus;
    }

    public int stepCount() {
        return steps;
    }

    public DayOutcome outcome() {
        return outcome;
    }

    /** True where homes share: under V-V2V. */
    public boolean isPooled() {
        return pooled;
    }

    /** What a payer has left over in a step once its own needs are met. */
    public double surplus_kWh(int payer, int step) {
        return Math.max(0, given_kWh[payer][step] - taken_kWh[payer][step]);
    }

    /** What a payer still needs in a step once its own PV and cars have given what they give. */
    public double need_kWh(int payer, int step) {
        return Math.max(0, taken_kWh[payer][step] - given_kWh[payer][step]);
    }

    /** What the grid gives in a step: to the community where it pools, to all payers one by one where not. */
    public double import_kWh(int step) {
        return import_kWh[step];
    }

    /** What the grid takes in a step. */
    public double export_kWh(int step) {
        return export_kWh[step];
    }

    /** What lines lose in a step, where dispatch counts it. */
    public double lines_kWh(int step) {
        return lines_kWh[step];
    }

    /** What batteries lose over the day, charging and discharging. */
    public double batteryLosses_kWh() {
        return batteryLosses_kWh;
    }

    /** What goes from a kind of source to a kind of sink of the same payer in a step. */
    public double own_kWh(Source from, Sink to, int step) {
        return own.energy_kWh(from, to, step);
    }

    /** What goes from a kind of source to a kind of sink of another payer, or from or to the grid, in a step. */
    public double between_kWh(Source from, Sink to, int step) {
        return between.energy_kWh(from, to, step);
    }

    EnergyByKind own() {
        return own;
    }

    EnergyByKind between() {
        return between;
    }

    /** Reads every flow that is not 0, by step. */
    public void forEachFlow(FlowReader reader) {
        for (int t = 0; t < steps; t++) {
            double pool = pool_kWh(t);
            for (int h = 0; h < given_kWh.length; h++) {
                for (SourceAccount source : sources.get(h)) {
                    for (SinkAccount sink : sinks.get(h)) {
                        read(reader, t, h, source, h, sink, own_kWh(h, source, sink, t));
                    }
                    forEachTaker(reader, t, h, source, left_kWh(h, source, t), pool);
                }
            }
            forEachTaker(reader, t, -1, account(Source.GRID), import_kWh[t], pool);
        }
    }

    private void forEachTaker(FlowReader reader, int t, int payer, SourceAccount source, double surplus, double pool) {
        for (int h = 0; h < taken_kWh.length; h++) {
            for (SinkAccount sink : sinks.get(h)) {
                double need = open_kWh(h, sink, t);
                read(reader, t, payer, source, h, sink, between_kWh(source.kind, surplus, sink.kind, need, pool));
            }
        }
        double toGrid = between_kWh(source.kind, surplus, Sink.GRID, export_kWh[t], pool);
        read(reader, t, payer, source, -1, account(Sink.GRID), toGrid);
        double toLines = between_kWh(source.kind, surplus, Sink.LINES, lines_kWh[t], pool);
        read(reader, t, payer, source, -1, account(Sink.LINES), toLines);
    }

    private static SourceAccount account(Source kind) {
        return new SourceAccount(kind.label(), kind, new double[0]);
    }

    private static SinkAccount account(Sink kind) {
        return new SinkAccount(kind.label(), kind, new double[0]);
    }

    private void read(
            FlowReader reader, int t, int from, SourceAccount source, int to, SinkAccount sink, double energy_kWh) {
        if (energy_kWh != 0) {
            reader.read(new Flow(
                    t,
                    source.id,
                    source.kind,
                    from < 0 ? NOBODY : outcome.problem().homeId(from),
                    sink.id,
                    sink.kind,
                    to < 0 ? NOBODY : outcome.problem().homeId(to),
                    energy_kWh));
        }
    }
}
