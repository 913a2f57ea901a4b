package org.headroom.study;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.headroom.dispatch.ChargingMode;
import org.headroom.dispatch.DayOutcome;
import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.HighsSolver;
import org.headroom.dispatch.tree.TreeSolver;
import org.headroom.household.HomesDay;
import org.headroom.household.Tariff;
import org.headroom.mobility.ChargingCurve;
import org.headroom.mobility.GuzzleHomeShares;
import org.headroom.mobility.HouseholdKind;
import org.headroom.mobility.HouseholdSimulator;
import org.headroom.mobility.MeasuredWeeks;
import org.headroom.mobility.MobilityParameters;
import org.headroom.mobility.Weeks;
import org.headroom.random.StudySeed;
import org.headroom.similar.Levels;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.TrialResult.ModeResult;
import org.headroom.study.TrialResult.TrialKey;

/**
 * The trials of a study: each a pure function of the study and its key.
 */
final class Trials {
    private static final int CURVE_HOUSEHOLDS = 118;
    private static final int CURVE_WEEKS = 4;
    /** Key of households that live in no network of the study. */
    private static final long CURVE_NETWORK = -1;

    private final Study study;
    private final StudySeed seed;
    private final List<StudyDay> days;
    private final List<Community> communities;
    private final Tariff tariff;
    private final MobilityParameters mobility;
    private final GuzzleHomeShares homeShares;
    private final StudySessions sessions;
    private final TripSafety safety;

    Trials(
            Study study,
            List<Community> communities,
            Tariff tariff,
            MobilityParameters mobility,
            GuzzleHomeShares homeShares,
            List<MeasuredWeeks> measured) {
        this.study = study;
        this.seed = new StudySeed(study.seed());
        this.days = study.calendar().days();
        this.communities = communities;
        this.tariff = tariff;
        this.mobility = mobility;
        this.homeShares = homeShares;
        this.sessions = new StudySessions(study, communities, mobility, homeShares, measured);
        this.safety = new TripSafety(study.cars().unexpectedTrips(), mobility);
    }

    StudySessions sessions() {
        return sessions;
    }

    /** Every trial of the study, in order: network by network, scenario by scenario, day by day. */
    List<TrialKey> keys() {
        int perNetwork = study.scenarios().size() * days.size();
        return new AbstractList<>() {
            @Override
            public TrialKey get(int i) {
                Objects.checkIndex(i, size());
                return new TrialKey(i / perNetwork, i % perNetwork / days.size(), i % days.size());
            }

            @Override
            public int size() {
                return study.trialCount();
            }
        };
    }

    /** Runs a trial: the day's problem under every mode. */
    TrialResult run(TrialKey key) {
        return run(key, study.modes());
    }

    /** Runs a trial under some modes only. */
    TrialResult run(TrialKey key, List<ChargingMode> under) {
        DayProblem problem = problem(key);
        List<ModeResult> modes = new ArrayList<>();
        for (ChargingMode mode : under) {
            modes.add(ModeResult.of(mode, TreeSolver.solve(problem, mode)));
        }
        return new TrialResult(
                key,
                problem.sessions().size(),
                HighsSolver.immediate(problem.withoutSessions()),
                modes,
                DayDetails.of(study.sharing(), days.get(key.day()), problem, modes));
    }

    /** Peak of the substation under immediate charging, for sizing its transformer. */
    double immediatePeak_kVA(TrialKey key) {
        return HighsSolver.immediate(problem(key)).assetPeak_kVA(0);
    }

    /** Whether a payer of a day's problem is a public lot rather than a home: lots come after the homes. */
    boolean isLot(TrialKey key, int payer) {
        return payer >= communities.get(key.network()).homeCount();
    }

    /** The day's problem, the same for every mode. */
    DayProblem problem(TrialKey key) {
        Community community = communities.get(key.network());
        StudyDay day = days.get(key.day());
        HomesDay homes = community.households().day(day.season(), day.type(), day.ofSeason(), study.steps());
        int steps = study.steps().count();
        int payers = community.payerIds().size(); // lots have neither demand nor PV of their own
        double[][] demand_kW = new double[payers][steps];
        double[][] demand_kvar = new double[payers][steps];
        double[][] pv_kW = new double[payers][steps];
        for (int h = 0; h < community.homeCount(); h++) {
            for (int t = 0; t < steps; t++) {
                demand_kW[h][t] = homes.demand_kW(h, t);
                demand_kvar[h][t] = homes.demand_kvar(h, t);
                pv_kW[h][t] = homes.pv_kW(h, t);
            }
        }
        double[] buy = new double[steps];
        double[] sell = new double[steps];
        for (int t = 0; t < steps; t++) {
            buy[t] = tariff.buy_gbpPerKWh(t);
            sell[t] = tariff.sell_gbpPerKWh(t);
        }
        return new DayProblem(
                community.network(),
                study.steps(),
                study.dispatch(),
                community.payerIds(),
                community.nodesOfPayers(),
                demand_kW,
                demand_kvar,
                pv_kW,
                buy,
                sell,
                sessions.of(key, day).stream()
                        .map(StudySessions.Plugged::session)
                        .toList());
    }

    /** What the cars do under an outcome of a trial, added up by archetype and place. */
    List<CarDays> carDays(TrialKey key, DayOutcome outcome) {
        StudyDay day = days.get(key.day());
        return CarDays.of(outcome, sessions.of(key, day), safety, day.season());
    }

    /** Mean active flow over the lines of a level (1 to 3), {@code [step]}. */
    double[] levelFlow_kW(TrialKey key, DayOutcome outcome, int level) {
        Levels levels = communities.get(key.network()).levels();
        double[] sum = new double[outcome.problem().stepCount()];
        int lines = 0;
        for (int l = 0; l < outcome.problem().network().lineCount(); l++) {
            if (levels.level(l) == level) {
                lines++;
                for (int t = 0; t < sum.length; t++) {
                    sum[t] += outcome.assetFlow_kW(l + 1, t);
                }
            }
        }
        for (int t = 0; t < sum.length; t++) {
            sum[t] /= Math.max(1, lines);
        }
        return sum;
    }

    /** Figs. 7-9: immediate charging of households of one kind, as many as the paper's network has nodes. */
    ChargingCurves chargingCurves(HouseholdKind kind, Scenario scenario) {
        HouseholdSimulator simulator =
                new HouseholdSimulator(mobility, homeShares, scenario.habit(), scenario.charger_kW(), study.steps());
        ChargingCurve curve = new ChargingCurve(mobility.efficiency(), study.steps(), CURVE_WEEKS);
        for (int household = 0; household < CURVE_HOUSEHOLDS; household++) {
            curve.add(simulator.simulate(seed, CURVE_NETWORK, household, kind, Weeks.of(CURVE_WEEKS)));
        }
        return new ChargingCurves(
                kind.label(),
                CURVE_HOUSEHOLDS,
                scenario.charger_kW(),
                scenario.habit().label(),
                curve.mean_kW());
    }
}
