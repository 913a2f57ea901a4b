package org.headroom.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.headroom.input.CsvTable;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.format.ImportReport;
import org.headroom.network.format.ImportedNetwork;
import org.headroom.network.format.NetworkFiles;
import org.headroom.network.format.NetworkJson;
import org.headroom.time.DaySteps;

/** Reader and writer of a case folder: one day to dispatch (file formats: a case folder). */
public final class CaseFolder {
    /** Beyond any power, energy, price or value of a real day; a solver could not keep such numbers apart. */
    private static final double ANY = 1e9;

    private static final String NO_HOME = "";
    private static final String LOT = "lot at ";
    private static final List<String> SESSION_COLUMNS = List.of(
            "id",
            "node",
            "charger_kW",
            "capacity_kWh",
            "arrive_step",
            "depart_step",
            "arrive_kWh",
            "depart_kWh",
            "battery_gbp");

    private CaseFolder() {}

    /**
     * A case as read.
     *
     * @param lowered departure energies that were out of reach and lowered, one sentence each
     * @param report what was ignored or approximated
     * @param lots payers that are public lots rather than homes, by their index in the problem
     */
    public record Case(DayProblem problem, List<String> lowered, ImportReport report, Set<Integer> lots) {
        public Case {
            lowered = List.copyOf(lowered);
            lots = Set.copyOf(lots);
        }
    }

    /**
     * Reads a case.
     *
     * @param bestEffort whether departure energies out of reach are lowered to what can be reached, rather than refused
     */
    public static Case read(Path folder, boolean bestEffort) {
        if (!Files.isDirectory(folder)) {
            throw InputException.in(
                    folder,
                    "no such folder; a case is a folder with case.yaml, profiles.csv, sessions.csv and tariff.csv.");
        }
        Document yaml = Document.read(folder.resolve("case.yaml"));
        DaySteps steps = steps(yaml);
        DispatchSettings settings = settings(yaml);
        Path networkFile = folder.resolve(yaml.text("network", "network.json")).normalize();
        yaml.refuseUnknownKeys();
        ImportedNetwork imported = NetworkFiles.read(networkFile);
        Network network = imported.network();

        ImportReport.Builder notes = new ImportReport.Builder();
        double[][] tariff = tariff(folder.resolve("tariff.csv"), steps, notes);
        Homes homes = new Homes(network, steps.count());
        homes.readProfiles(folder.resolve("profiles.csv"), notes);
        List<String> lowered = new ArrayList<>();
        List<Session> sessions =
                homes.readSessions(folder.resolve("sessions.csv"), steps, settings, bestEffort, lowered, notes);
        try {
            DayProblem problem = new DayProblem(
                    network,
                    steps,
                    settings,
                    homes.ids(),
                    homes.nodes(),
                    homes.demand_kW(),
                    homes.demand_kvar(),
                    homes.pv_kW(),
                    tariff[0],
                    tariff[1],
                    sessions);
            return new Case(problem, lowered, imported.report().and(notes.build()), homes.lots());
        } catch (IllegalArgumentException e) {
            throw new InputException(folder + ": " + e.getMessage() + ".", e);
        }
    }

    /** Writes a day as a case folder that reads back as the same problem; made where it is absent. */
    public static void write(DayProblem problem, Path folder) {
        Network network = problem.network();
        try {
            Files.createDirectories(folder);
            NetworkJson.write(network, folder.resolve("network.json"));
            Files.writeString(folder.resolve("case.yaml"), caseYaml(problem));
            OutcomeFiles.table(
                    folder.resolve("tariff.csv"), List.of("step", "buy_gbpPerKWh", "sell_gbpPerKWh"), csv -> {
                        for (int t = 0; t < problem.stepCount(); t++) {
                            csv.writeRecord(
                                    Integer.toString(t),
                                    Double.toString(problem.buy_gbpPerKWh(t)),
                                    Double.toString(problem.sell_gbpPerKWh(t)));
                        }
                    });
            OutcomeFiles.table(
                    folder.resolve("profiles.csv"),
                    List.of("node", "home", "step", "demand_kW", "demand_kvar", "pv_kW"),
                    csv -> {
                        for (int h = 0; h < problem.homeCount(); h++) {
                            for (int t = 0; t < problem.stepCount(); t++) {
                                csv.writeRecord(
                                        network.node(problem.homeNode(h)).id(),
                                        problem.homeId(h),
                                        Integer.toString(t),
                                        Double.toString(problem.demand_kW(h, t)),
                                        Double.toString(problem.demand_kvar(h, t)),
                                        Double.toString(problem.pv_kW(h, t)));
                            }
                        }
                    });
            List<String> columns = new ArrayList<>(SESSION_COLUMNS);
            columns.add("home");
            OutcomeFiles.table(folder.resolve("sessions.csv"), columns, csv -> {
                for (Session session : problem.sessions()) {
                    csv.writeRecord(
                            session.id(),
                            network.node(session.node()).id(),
                            Double.toString(session.charger_kW()),
                            Double.toString(session.capacity_kWh()),
                            Integer.toString(session.arriveStep()),
                            Integer.toString(session.departStep()),
                            Double.toString(session.arrive_kWh()),
                            Double.toString(session.depart_kWh()),
                            Double.toString(session.battery_gbp()),
                            problem.homeId(session.home()));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String caseYaml(DayProblem problem) {
        DispatchSettings s = problem.settings();
        return """
                stepsPerDay: %d
                efficiency: %s
                degradationPercentPerCycle: %s
                discountRate: %s
                loadGrowthRate: %s
                apvSegments: %d
                expansion: %s
                tieBreak: %s
                presentValueDays: %s
                reserveShare: %s
                %s
                """.formatted(
                        problem.stepCount(),
                        s.efficiency(),
                        s.degradationPercentPerCycle(),
                        s.discountRate(),
                        s.loadGrowthRate(),
                        s.apvSegments(),
                        s.expansion().label(),
                        s.tieBreak().label(),
                        s.presentValueDays(),
                        s.reserveShare(),
                        lossKeys(s.losses()));
    }

    private static String lossKeys(Losses losses) {
        return losses.keys().entrySet().stream()
                .map(key -> key.getKey() + ": " + key.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static DaySteps steps(Document yaml) {
        int count = yaml.integer("stepsPerDay", 24, 1, 1440);
        if (1440 % count != 0) {
            throw yaml.fault(
                    "stepsPerDay",
                    "is %d, expected a number of steps that divides a day into whole minutes.\nMaybe 24, 48 or 96."
                            .formatted(count));
        }
        return new DaySteps(count);
    }

    private static DispatchSettings settings(Document yaml) {
        DispatchSettings defaults = DispatchSettings.DEFAULT;
        List<String> tieBreaks =
                Arrays.stream(TieBreak.values()).map(TieBreak::label).toList();
        double efficiency = yaml.number("efficiency", defaults.efficiency(), 0, 1);
        double degradation = yaml.number("degradationPercentPerCycle", defaults.degradationPercentPerCycle(), 0, 100);
        double discountRate = yaml.number("discountRate", defaults.discountRate(), 0, 1);
        double loadGrowthRate = yaml.number("loadGrowthRate", defaults.loadGrowthRate(), 0, 1);
        int segments = yaml.integer("apvSegments", defaults.apvSegments(), 1, 1000);
        Expansion allowed = yaml.flag("allowExpansion", false) ? Expansion.OPTIMAL : Expansion.NEVER;
        String expansion = yaml.choice(
                "expansion",
                allowed.label(),
                Arrays.stream(Expansion.values()).map(Expansion::label).toList());
        String tieBreak = yaml.choice("tieBreak", defaults.tieBreak().label(), tieBreaks);
        double presentValueDays = yaml.number("presentValueDays", defaults.presentValueDays(), 1, 366);
        double reserveShare = yaml.number("reserveShare", defaults.reserveShare(), 0, 1);
        Losses losses = Losses.read(yaml);
        try {
            return new DispatchSettings(
                    efficiency,
                    degradation,
                    discountRate,
                    loadGrowthRate,
                    segments,
                    Expansion.valueOf(expansion.toUpperCase(Locale.ROOT)),
                    TieBreak.valueOf(tieBreak.toUpperCase(Locale.ROOT)),
                    presentValueDays,
                    losses,
                    reserveShare);
        } catch (IllegalArgumentException e) {
            throw new InputException(yaml.source() + ": " + e.getMessage() + ".", e);
        }
    }

    /** Buy and sell prices of every step. */
    private static double[][] tariff(Path file, DaySteps steps, ImportReport.Builder notes) {
        CsvTable table = CsvTable.read(file, List.of("step", "buy_gbpPerKWh", "sell_gbpPerKWh"), List.of());
        noteIgnored(table, notes);
        double[][] prices = new double[2][steps.count()];
        boolean[] seen = new boolean[steps.count()];
        for (CsvTable.Row row : table.rows()) {
            int t = row.integer("step", 0, steps.count() - 1);
            if (seen[t]) {
                throw row.fault("step %d has a price already.".formatted(t));
            }
            seen[t] = true;
            CsvTable.Row step = row.named("step " + t);
            prices[0][t] = step.number("buy_gbpPerKWh", -ANY, ANY);
            prices[1][t] = step.number("sell_gbpPerKWh", -ANY, ANY);
            if (prices[1][t] > prices[0][t]) {
                throw row.fault(
                        "step %d sells at %s GBP/kWh, above its buy price of %s GBP/kWh: buying and selling at once would make money from nothing.\nMaybe the two columns are swapped."
                                .formatted(t, prices[1][t], prices[0][t]));
            }
        }
        for (int t = 0; t < seen.length; t++) {
            if (!seen[t]) {
                throw InputException.in(
                        file,
                        "step %d has no price; expected a row for every step 0 to %d.".formatted(t, steps.count() - 1));
            }
        }
        return prices;
    }

    private static void noteIgnored(CsvTable table, ImportReport.Builder notes) {
        if (!table.ignoredColumns().isEmpty()) {
            notes.add("%s: columns not used: %s".formatted(table.file(), String.join(", ", table.ignoredColumns())));
        }
    }

    /** Homes as the rows of the tables name them: one a node unless a column {@code home} says otherwise. */
    private static final class Homes {
        private final Network network;
        private final int steps;
        private final Map<String, Integer> indexByKey = new LinkedHashMap<>();
        private final List<String> ids = new ArrayList<>();
        private final List<Integer> nodes = new ArrayList<>();
        private final List<double[][]> profiles = new ArrayList<>();
        private final Set<Integer> lots = new HashSet<>();

        Homes(Network network, int steps) {
            this.network = network;
            this.steps = steps;
        }

        /** Index of a home, made on first mention. The same name at two nodes is two homes. */
        private int index(int node, String home) {
            return indexByKey.computeIfAbsent(node + "\t" + home, key -> {
                ids.add(home.isEmpty() ? network.node(node).id() : home);
                nodes.add(node);
                profiles.add(new double[3][steps]);
                return ids.size() - 1;
            });
        }

        private int node(CsvTable.Row row) {
            if (row.text("node").isEmpty()) {
                throw row.fault("node is '', expected a node of the network %s.".formatted(network.name()));
            }
            Integer node = network.findNode(row.text("node"));
            if (node == null) {
                throw row.fault("node '%s' is not in the network %s.%s"
                        .formatted(row.text("node"), network.name(), nearestNode(row.text("node"))));
            }
            return node;
        }

        private String nearestNode(String name) {
            String nearest = Document.findNearest(
                    name, network.nodes().stream().map(n -> n.id()).limit(5000).toList());
            return nearest == null ? "" : "\nMaybe " + nearest + ".";
        }

        void readProfiles(Path file, ImportReport.Builder notes) {
            CsvTable table =
                    CsvTable.read(file, List.of("node", "step", "demand_kW", "demand_kvar", "pv_kW"), List.of("home"));
            noteIgnored(table, notes);
            Set<Long> seen = new HashSet<>();
            for (CsvTable.Row row : table.rows()) {
                int home = index(node(row), table.hasColumn("home") ? row.text("home") : NO_HOME);
                CsvTable.Row named = row.named("home " + ids.get(home));
                int t = named.integer("step", 0, steps - 1);
                if (!seen.add((long) home * steps + t)) {
                    throw row.fault(
                            "home %s has a row for step %d already.\nMaybe two homes at this node need a column 'home'."
                                    .formatted(ids.get(home), t));
                }
                double[][] profile = profiles.get(home);
                profile[0][t] = named.number("demand_kW", -ANY, ANY);
                profile[1][t] = named.number("demand_kvar", -ANY, ANY);
                profile[2][t] = named.number("pv_kW", 0, ANY);
            }
        }

        List<Session> readSessions(
                Path file,
                DaySteps steps,
                DispatchSettings settings,
                boolean bestEffort,
                List<String> lowered,
                ImportReport.Builder notes) {
            CsvTable table = CsvTable.read(file, SESSION_COLUMNS, List.of("home"));
            noteIgnored(table, notes);
            List<Session> sessions = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (CsvTable.Row row : table.rows()) {
                if (row.text("id").isEmpty()) {
                    throw row.fault("the session has no id.");
                }
                if (!ids.add(row.text("id"))) {
                    throw row.fault("session %s is listed twice.".formatted(row.text("id")));
                }
                CsvTable.Row named = row.named("session " + row.text("id"));
                int node = node(named);
                String lot = LOT + row.text("node");
                String payer = table.hasColumn("home") ? row.text("home").isEmpty() ? lot : row.text("home") : NO_HOME;
                if (payer.equals(lot)) {
                    lots.add(index(node, payer));
                }
                Session session;
                try {
                    session = new Session(
                            row.text("id"),
                            node,
                            index(node, payer),
                            named.number("charger_kW", 0, ANY),
                            named.number("capacity_kWh", 0, ANY),
                            named.integer("arrive_step", 0, steps.count() - 1),
                            named.integer("depart_step", 0, steps.count() - 1),
                            named.number("arrive_kWh", 0, ANY),
                            named.number("depart_kWh", 0, ANY),
                            named.number("battery_gbp", 0, ANY));
                } catch (IllegalArgumentException e) {
                    throw row.fault(e.getMessage() + ".");
                }
                sessions.add(reachable(row, session, steps, settings, bestEffort, lowered));
            }
            return sessions;
        }

        private static Session reachable(
                CsvTable.Row row,
                Session session,
                DaySteps steps,
                DispatchSettings settings,
                boolean bestEffort,
                List<String> lowered) {
            String fault = session.findReserveFault(settings.reserveShare());
            if (fault != null) {
                throw row.fault(fault);
            }
            double least = session.leastReachable_kWh(steps, settings);
            if (session.depart_kWh() < least - 1e-9 * Math.max(1, least)) {
                throw row.fault(String.format(
                        Locale.ROOT,
                        "session %s cannot leave with as little as %.3f kWh: %.3f kWh is the least it can discharge to.\nMaybe raise depart_kWh to arrive_kWh.",
                        session.id(),
                        session.depart_kWh(),
                        least));
            }
            double reachable = session.reachable_kWh(steps, settings.efficiency());
            if (session.depart_kWh() <= reachable + 1e-9 * Math.max(1, reachable)) {
                return session.depart_kWh() <= reachable ? session : session.departingWith(reachable);
            }
            String shortfall = String.format(
                    Locale.ROOT,
                    "session %s cannot leave with %.3f kWh: %.3f kWh is the most that %d step(s) at %s kW reach, %.3f kWh short",
                    session.id(),
                    session.depart_kWh(),
                    reachable,
                    session.length(steps),
                    session.charger_kW(),
                    session.depart_kWh() - reachable);
            if (!bestEffort) {
                throw row.fault(shortfall + ".\nMaybe lower depart_kWh, or ask for --best-effort.");
            }
            lowered.add(shortfall + "; lowered");
            return session.departingWith(reachable);
        }

        List<String> ids() {
            return ids;
        }

        Set<Integer> lots() {
            return lots;
        }

        int[] nodes() {
            return nodes.stream().mapToInt(Integer::intValue).toArray();
        }

        double[][] demand_kW() {
            return profiles.stream().map(p -> p[0]).toArray(double[][]::new);
        }

        double[][] demand_kvar() {
            return profiles.stream().map(p -> p[1]).toArray(double[][]::new);
        }

        double[][] pv_kW() {
            return profiles.stream().map(p -> p[2]).toArray(double[][]::new);
        }
    }
}
