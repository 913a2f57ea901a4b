package org.headroom.network.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import org.headroom.network.Line;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.Position;

/**
 * Writes a network as a MATPOWER case (format version 2). Its base power is the square of its base voltage in kV, so that the
 * base of impedance is 1 ohm and per-unit impedances are ohms. Homes are loads. Lengths, cables, asset values, homes, public
 * chargers and positions stand in fields {@code headroom_…} of our own, which MATPOWER leaves alone.
 */
final class MatpowerWriter {
    private static final int GEN_COLUMNS = 21;

    private final Network network;
    private int changed;

    private MatpowerWriter(Network network) {
        this.network = network;
    }

    static ImportReport write(Network network, Path file) {
        MatpowerWriter writer = new MatpowerWriter(network);
        String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        String function = functionName(stem);
        TextFiles.write(file, writer.text(function));
        ImportReport.Builder report = new ImportReport.Builder()
                .add(HomeLoad.REMARK)
                .add(
                        "lengths, cables, asset values, homes, public chargers and positions stand in fields headroom_…, which only Headroom reads");
        if (!stem.equals(function)) {
            report.add(
                    "MATPOWER opens a case by the name of its file, which should be letters, digits and _: rename it %s.m"
                            .formatted(function));
        }
        if (writer.changed > 0) {
            report.add("%d names with line breaks or other control characters: blanks written instead"
                    .formatted(writer.changed));
        }
        return report.build();
    }

    /** A name that MATLAB takes for a function. */
    static String functionName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.matches("[A-Za-z].*") ? plain : "case_" + plain;
    }

    private String text(String function) {
        BigDecimal base_kV = Decimals.of(network.base_V()).movePointLeft(3);
        BigDecimal base_MVA = base_kV.multiply(base_kV);
        StringBuilder out = new StringBuilder();
        out.append("function mpc = %s\n".formatted(function));
        out.append("%% %s, written by Headroom\n".formatted(network.name().replaceAll("\\p{Cntrl}", " ")));
        out.append("%% Each home draws %s kW at power factor %s (after diversity).\n"
                .formatted(HomeLoad.POWER_KW, HomeLoad.POWER_FACTOR));
        out.append("% The base power is the square of the base voltage in kV: per-unit impedances are ohms.\n");
        out.append("mpc.version = '2';\n");
        out.append("mpc.baseMVA = %s;\n\n".formatted(Decimals.text(base_MVA)));
        buses(out, Decimals.text(base_kV));
        generator(out);
        branches(out);
        ours(out);
        return out.toString();
    }

    private void buses(StringBuilder out, String base_kV) {
        out.append("% bus_i type Pd Qd Gs Bs area Vm Va baseKV zone Vmax Vmin\nmpc.bus = [\n");
        for (int n = 0; n < network.nodeCount(); n++) {
            BigDecimal homes = BigDecimal.valueOf(network.node(n).homes());
            out.append("\t%d\t%d\t%s\t%s\t0\t0\t1\t%s\t0\t%s\t1\t%s\t%s;\n"
                    .formatted(
                            n + 1,
                            n == 0 ? 3 : 1,
                            Decimals.text(homes.multiply(Decimals.of(HomeLoad.POWER_KW))
                                    .movePointLeft(3)),
                            Decimals.text(homes.multiply(Decimals.of(HomeLoad.REACTIVE_KVAR))
                                    .movePointLeft(3)),
                            Decimals.text(network.voltage().source_pu()),
                            base_kV,
                            Decimals.text(network.voltage().upper_pu()),
                            Decimals.text(network.voltage().lower_pu())));
        }
        out.append("];\n\n");
    }

    private void generator(StringBuilder out) {
        String capacity_MVA =
                Decimals.text(Decimals.of(network.substation().capacity_kVA()).movePointLeft(3));
        out.append("% bus Pg Qg Qmax Qmin Vg mBase status Pmax Pmin …\nmpc.gen = [\n");
        out.append("\t1\t0\t0\t%s\t-%s\t%s\t%s\t1\t%s\t-%s"
                .formatted(
                        capacity_MVA,
                        capacity_MVA,
                        Decimals.text(network.voltage().source_pu()),
                        capacity_MVA,
                        capacity_MVA,
                        capacity_MVA));
        out.append("\t0".repeat(GEN_COLUMNS - 10)).append(";\n];\n\n");
    }

    private void branches(StringBuilder out) {
        out.append("% fbus tbus r x b rateA rateB rateC ratio angle status angmin angmax\nmpc.branch = [\n");
        for (int l = 0; l < network.lineCount(); l++) {
            Line line = network.line(l);
            out.append("\t%d\t%d\t%s\t%s\t0\t%s\t0\t0\t0\t0\t1\t-360\t360;\n"
                    .formatted(
                            network.parentNode(l) + 1,
                            l + 2,
                            Decimals.text(line.resistance_ohm()),
                            Decimals.text(line.reactance_ohm()),
                            Decimals.text(Decimals.of(line.capacity_kVA()).movePointLeft(3))));
        }
        out.append("];\n\n");
    }

    private void ours(StringBuilder out) {
        out.append("mpc.bus_name = {\n");
        network.nodes()
                .forEach(node -> out.append("\t").append(quoted(node.id())).append(";\n"));
        out.append("};\n\n% What follows only Headroom reads.\nmpc.headroom_name = ")
                .append(quoted(network.name()))
                .append(";\n% annualised replacement cost of the substation, GBP/year\nmpc.headroom_substation = ")
                .append(Decimals.text(network.substation().asset_gbpPerYear()))
                .append(";\n% homes, public chargers, x and y in m, by bus\nmpc.headroom_node = [\n");
        for (Node node : network.nodes()) {
            Position position = node.position();
            out.append(String.format(
                    Locale.ROOT,
                    "\t%d\t%d\t%s\t%s;\n",
                    node.homes(),
                    node.publicChargers(),
                    position == null ? "NaN" : Double.toString(position.x_m()),
                    position == null ? "NaN" : Double.toString(position.y_m())));
        }
        out.append("];\n% length in m, annualised replacement cost in GBP/year, by branch\nmpc.headroom_branch = [\n");
        for (Line line : network.lines()) {
            out.append("\t%s\t%s;\n".formatted(Decimals.text(line.length_m()), Decimals.text(line.asset_gbpPerYear())));
        }
        out.append("];\n% name and cable, by branch\nmpc.headroom_line = {\n");
        for (Line line : network.lines()) {
            out.append("\t%s, %s;\n".formatted(quoted(line.id()), quoted(line.type())));
        }
        out.append("};\n");
    }

    private String quoted(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        changed += plain.equals(text) ? 0 : 1;
        return "'" + plain.replace("'", "''") + "'";
    }
}
