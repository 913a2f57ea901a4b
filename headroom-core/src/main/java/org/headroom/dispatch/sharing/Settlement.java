package org.headroom.dispatch.sharing;

import org.headroom.dispatch.DayProblem;
import org.headroom.dispatch.Session;

/**
 * What each payer pays for a day: its energy, and the wear of its own cars.
 *
 * <p>Where nothing is shared, a need is bought at the buy price and a surplus sold at the sell price (eq. 3b). Where the community
 * pools, energy that changes hands within it has a price between the two; what the community as a whole imports or exports keeps the
 * grid's prices, and takers share the import, givers the export, pro rata. What lines lose is paid by all, pro rata to the energy
 * through their meters. So the bills sum to the community's cost (eq. 2b), whatever the price inside.
 *
 * <p>Present value and expansion are the network's, and in nobody's bill.
 */
public final class Settlement {
    private final double[] energy_gbp;
    private final double[] wear_gbp;

    private Settlement(double[] energy_gbp, double[] wear_gbp) {
        this.energy_gbp = energy_gbp;
        this.wear_gbp = wear_gbp;
    }

    /**
     * Settles a day.
     *
     * @param priceShare where in the spread the price inside the community lies: 0 the sell price, 1 the buy price, .5 mid-market
     */
    public static Settlement of(Ledger ledger, double priceShare) {
        DayProblem problem = ledger.outcome().problem();
        double[] energy_gbp = new double[problem.homeCount()];
        for (int t = 0; t < ledger.stepCount(); t++) {
            if (ledger.isPooled()) {
                settlePool(ledger, priceShare, t, energy_gbp);
            } else {
                for (int h = 0; h < energy_gbp.length; h++) {
                    energy_gbp[h] += ledger.need_kWh(h, t) * problem.buy_gbpPerKWh(t)
                            - ledger.surplus_kWh(h, t) * problem.sell_gbpPerKWh(t);
                }
            }
        }
        return new Settlement(energy_gbp, wear_gbp(ledger));
    }

    private static void settlePool(Ledger ledger, double priceShare, int t, double[] energy_gbp) {
        DayProblem problem = ledger.outcome().problem();
        double buy = problem.buy_gbpPerKWh(t);
        double sell = problem.sell_gbpPerKWh(t);
        double inside = sell + priceShare * (buy - sell);
        double given = 0;
        double taken = ledger.lines_kWh(t);
        for (int h = 0; h < energy_gbp.length; h++) {
            given += ledger.surplus_kWh(h, t);
            taken += ledger.need_kWh(h, t);
        }
        if (given == 0 && taken == 0) {
            return;
        }
        double through = given + taken - ledger.lines_kWh(t);
        double imported = taken == 0 ? 0 : ledger.import_kWh(t) / taken;
        double exported = given == 0 ? 0 : ledger.export_kWh(t) / given;
        double takerPrice = imported * buy + (1 - imported) * inside;
        double giverPrice = exported * sell + (1 - exported) * inside;
        double lines_gbp = ledger.lines_kWh(t) * takerPrice;
        for (int h = 0; h < energy_gbp.length; h++) {
            double need = ledger.need_kWh(h, t);
            double surplus = ledger.surplus_kWh(h, t);
            energy_gbp[h] += need * takerPrice - surplus * giverPrice;
            energy_gbp[h] += through == 0 ? 0 : lines_gbp * ((need + surplus) / through);
        }
    }

    private static double[] wear_gbp(Ledger ledger) {
        DayProblem problem = ledger.outcome().problem();
        double[] wear_gbp = new double[problem.homeCount()];
        for (int s = 0; s < problem.sessions().size(); s++) {
            Session session = problem.sessions().get(s);
            double discharged_kW = 0;
            for (int k = 0; k < session.length(problem.steps()); k++) {
                discharged_kW += ledger.outcome().schedule().discharge_kW(s, k);
            }
            wear_gbp[session.home()] +=
                    discharged_kW * problem.steps().step_h() * problem.degradation_gbpPerKWh(session);
        }
        return wear_gbp;
    }

    public int payerCount() {
        return energy_gbp.length;
    }

    /** What a payer pays for energy; negative where it earns. */
    public double energy_gbp(int payer) {
        return energy_gbp[payer];
    }

    /** What a payer's own cars wear by discharging (eqs. 2e-2f). */
    public double wear_gbp(int payer) {
        return wear_gbp[payer];
    }
}
