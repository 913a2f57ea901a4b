package org.headroom.network;

import java.util.ArrayList;
import java.util.List;
import org.headroom.input.InputException;

/**
 * What the assets of a whole network are worth a year, where that is known rather than what each costs: the paper's Asset_i of the
 * substation, and the sum of Asset_ij over all lines, which have their shares by length (GBP/year).
 */
public record AssetValues(double substation_gbpPerYear, double lines_gbpPerYear) {
    public AssetValues {
        check("substation", substation_gbpPerYear);
        check("lines", lines_gbpPerYear);
    }

    private static void check(String what, double value_gbpPerYear) {
        if (!(value_gbpPerYear >= 0 && value_gbpPerYear <= 1e9)) {
            throw new InputException("asset value of the %s is %s GBP a year, expected 0 to 1,000,000,000."
                    .formatted(what, value_gbpPerYear));
        }
    }

    /** The same network with these values, those of lines to whole pence; they sum up to the pence of the whole. */
    public Network of(Network network) {
        double all_m = network.length_m();
        double laid_m = 0;
        double before_pence = 0;
        List<Line> lines = new ArrayList<>(network.lineCount());
        for (Line line : network.lines()) {
            laid_m += line.length_m();
            double pence = Math.rint(lines_gbpPerYear * 100 * (laid_m / all_m));
            lines.add(new Line(
                    line.id(),
                    line.from(),
                    line.to(),
                    line.length_m(),
                    line.type(),
                    line.resistance_ohm(),
                    line.reactance_ohm(),
                    line.capacity_kVA(),
                    (pence - before_pence) / 100));
            before_pence = pence;
        }
        Substation substation =
                new Substation(network.substation().node(), network.substation().capacity_kVA(), substation_gbpPerYear);
        return new Network(network.name(), network.base_V(), network.voltage(), substation, network.nodes(), lines);
    }
}
