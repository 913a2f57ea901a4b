package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.headroom.app.report.NetworkPicture;
import org.headroom.input.InputException;
import org.headroom.similar.Levels;
import org.headroom.similar.NamedNetworks;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.StatisticsJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom networks inspect}: levels, distributions and the import report. */
@Command(
        name = "inspect",
        description =
                "Prints levels and distributions of networks; writes statistics.json and a picture, networks.html.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: headroom networks inspect feeders/network_1 --reduce joints --out statistics"})
final class NetworksInspectCommand implements Runnable {
    private static final int TYPES_SHOWN = 6;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "NETWORK",
            description =
                    "british-118, uk-lv (figures of 20 British networks), a statistics.json, a network.json, an OpenDSS master file or folder, a folder of feeder folders, pandapower JSON, a MATPOWER case (*.m), a SimBench or CSV folder.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = "--reduce",
            paramLabel = "HOW",
            description =
                    "none, chains (contract pass-through nodes) or joints (merge services into their joint as well); joints by default for OpenDSS, otherwise none.")
    private @Nullable String reduce;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder for the two files; it is made if it is not there (default: the current one).")
    private Path folder = Path.of(".");

    @Option(
            names = "--home-kW",
            paramLabel = "KW",
            description =
                    "Counts homes from the loads that the file states, at this demand of a home; without it a load is a home up to 1 kV and none above.")
    private @Nullable Double home_kW;

    @Override
    public void run() {
        PrintWriter out = NetworksCommand.out(spec);
        List<NetworkStatistics> all = new ArrayList<>();
        for (String argument : networks) {
            switch (NetworkArgument.find(argument, reduce, home_kW)) {
                case NamedNetworks.Whole whole -> {
                    NetworkStatistics statistics = NetworkStatistics.of(whole.network());
                    all.add(statistics);
                    show(
                            out,
                            statistics,
                            " (reduced: %s)".formatted(whole.reduction().label()));
                    NetworksCommand.remarks(out, whole.remarks());
                }
                case NamedNetworks.Figures figures -> {
                    refuseOptions(figures);
                    all.addAll(figures.statistics());
                    figures.statistics().forEach(statistics -> show(out, statistics, ""));
                }
            }
        }
        Path file = folder.resolve("statistics.json");
        NetworksCommand.makeFolder(folder);
        StatisticsJson.write(all, file);
        Path picture = folder.resolve("networks.html");
        NetworksCommand.writeText(picture, NetworkPicture.html(all));
        out.println("Wrote " + file + " and " + picture);
        out.flush();
    }

    private void refuseOptions(NamedNetworks.Figures figures) {
        String option = reduce != null && !reduce.equals("none") ? "--reduce" : home_kW != null ? "--home-kW" : null;
        if (option != null) {
            throw new InputException(
                    "%s holds figures of networks, which %s cannot change.\nMaybe leave the option out, or inspect the networks themselves."
                            .formatted(figures.name(), option));
        }
    }

    private static void show(PrintWriter out, NetworkStatistics statistics, String reduced) {
        out.printf(
                Locale.ROOT,
                "%s: %s, %s, %s, height %d, %d %s, %.2f km, substation %.0f kVA%s%n",
                statistics.name(),
                NetworksCommand.count(statistics.nodes(), "node"),
                NetworksCommand.count(statistics.homes(), "home"),
                NetworksCommand.count(statistics.feeders(), "feeder"),
                statistics.height(),
                statistics.leaves(),
                statistics.leaves() == 1 ? "leaf" : "leaves",
                statistics.length_m() / 1000,
                statistics.substation().capacity_kVA(),
                reduced);
        out.println("Heights of the levels, from the leaves up: " + Levels.of(statistics.network()));
        out.println();
        out.printf(Locale.ROOT, "%-28s %22s %22s %22s%n", "", "1 near-substation", "2 intermediate", "3 near-terminal");
        List<NetworkStatistics.Level> levels = statistics.levels();
        row(
                out,
                "nodes",
                levels.stream().map(level -> Integer.toString(level.nodes())).toList());
        row(
                out,
                "line length m, quartiles",
                levels.stream().map(level -> spread(level.length_m())).toList());
        row(
                out,
                "line rating kVA, quartiles",
                levels.stream().map(level -> spread(level.capacity_kVA())).toList());
        shares(
                out,
                "degree",
                levels.stream().map(NetworkStatistics.Level::degree).toList());
        shares(
                out,
                "height",
                levels.stream().map(NetworkStatistics.Level::heights).toList());
        shares(
                out,
                "homes at a node",
                levels.stream().map(NetworkStatistics.Level::homes).toList());
        List<SortedMap<String, Double>> types =
                levels.stream().map(NetworkStatistics.Level::lineTypes).toList();
        for (int i = 0; i < TYPES_SHOWN; i++) {
            int rank = i;
            List<String> cells = types.stream().map(map -> ranked(map, rank)).toList();
            if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                row(out, i == 0 ? "line types" : "", cells);
            }
        }
        out.println();
    }

    private static void row(PrintWriter out, String title, List<String> cells) {
        out.printf(Locale.ROOT, "%-28s %22s %22s %22s%n", title, cells.get(0), cells.get(1), cells.get(2));
    }

    private static String spread(NetworkStatistics.Spread spread) {
        return String.format(
                Locale.ROOT, "%.0f / %.0f / %.0f", spread.lowerQuartile(), spread.median(), spread.upperQuartile());
    }

    /** One row a value, as long as some level has it; the rest of a long tail in one row. */
    private static void shares(PrintWriter out, String title, List<SortedMap<Integer, Double>> levels) {
        List<Integer> values = levels.stream()
                .flatMap(map -> map.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        int shown = values.size() <= 8 ? values.size() : 7;
        for (int i = 0; i < shown; i++) {
            int value = values.get(i);
            row(
                    out,
                    "%s %d".formatted(title, value),
                    levels.stream()
                            .map(map -> share(map.getOrDefault(value, 0.0)))
                            .toList());
        }
        if (shown < values.size()) {
            int from = values.get(shown);
            row(
                    out,
                    "%s %d to %d".formatted(title, from, values.getLast()),
                    levels.stream()
                            .map(map -> share(map.tailMap(from).values().stream()
                                    .mapToDouble(share -> share)
                                    .sum()))
                            .toList());
        }
    }

    private static String share(double share) {
        return share == 0 ? "-" : String.format(Locale.ROOT, "%.3f", share);
    }

    private static String ranked(SortedMap<String, Double> types, int rank) {
        return types.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .skip(rank)
                .limit(1)
                .map(entry -> entry.getKey() + " " + share(entry.getValue()))
                .collect(Collectors.joining());
    }
}
