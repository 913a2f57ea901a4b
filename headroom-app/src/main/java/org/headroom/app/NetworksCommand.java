package org.headroom.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkJson;
import org.headroom.similar.Levels;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.StatisticsJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom networks}: what a network is made of, and its conversion. */
@Command(
        name = "networks",
        description = "Reads, describes and converts low-voltage networks.",
        mixinStandardHelpOptions = true,
        subcommands = {NetworksCommand.Inspect.class, NetworksCommand.Convert.class},
        footer = {"", "Example: headroom networks inspect british-118"})
final class NetworksCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    /** {@code headroom networks inspect}: levels, distributions and the import report. */
    @Command(
            name = "inspect",
            description = "Prints levels and distributions of networks and writes statistics.json.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: headroom networks inspect feeders/network_1 --reduce joints --out statistics"})
    static final class Inspect implements Runnable {
        private static final int TYPES_SHOWN = 6;

        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(
                arity = "1..*",
                paramLabel = "NETWORK",
                description =
                        "british-118, a network.json, an OpenDSS master file or folder, or a folder of feeder folders.")
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
                description = "Folder for statistics.json; it is made if it is not there (default: the current one).")
        private Path folder = Path.of(".");

        @Override
        public void run() {
            PrintWriter out = out(spec);
            List<NetworkStatistics> all = new ArrayList<>();
            for (String argument : networks) {
                NetworkArgument.Loaded loaded = NetworkArgument.load(argument, reduce);
                NetworkStatistics statistics = NetworkStatistics.of(loaded.network());
                all.add(statistics);
                show(out, loaded, statistics);
            }
            Path file = folder.resolve("statistics.json");
            makeFolder(folder);
            StatisticsJson.write(all, file);
            out.println("Wrote " + file);
            out.flush();
        }

        private static void show(PrintWriter out, NetworkArgument.Loaded loaded, NetworkStatistics statistics) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d nodes, %d homes, %d feeder%s, height %d, %d leaves, %.2f km, substation %.0f kVA (reduced: %s)%n",
                    statistics.name(),
                    statistics.nodes(),
                    statistics.homes(),
                    statistics.feeders(),
                    statistics.feeders() == 1 ? "" : "s",
                    statistics.height(),
                    statistics.leaves(),
                    statistics.length_m() / 1000,
                    statistics.substation().capacity_kVA(),
                    loaded.reduction().label());
            out.println("Heights of the levels, from the leaves up: " + Levels.of(loaded.network()));
            out.println();
            out.printf(
                    Locale.ROOT,
                    "%-28s %22s %22s %22s%n",
                    "",
                    "1 near-substation",
                    "2 intermediate",
                    "3 near-terminal");
            List<NetworkStatistics.Level> levels = statistics.levels();
            row(
                    out,
                    "nodes",
                    levels.stream()
                            .map(level -> Integer.toString(level.nodes()))
                            .toList());
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
                List<String> cells =
                        types.stream().map(map -> ranked(map, rank)).toList();
                if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                    row(out, i == 0 ? "line types" : "", cells);
                }
            }
            out.println();
            remarks(out, loaded.remarks());
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

    /** {@code headroom networks convert}: from any readable format to one that can be written. */
    @Command(
            name = "convert",
            description = "Converts a network and says what could not be carried over.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: headroom networks convert feeders/network_1 network.json --reduce chains"})
    static final class Convert implements Runnable {
        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(index = "0", paramLabel = "IN", description = "A network in any format that can be read.")
        private String in = "";

        @Parameters(index = "1", paramLabel = "OUT", description = "The file to write: *.json for network.json.")
        private String target = "";

        @Option(
                names = "--reduce",
                paramLabel = "HOW",
                defaultValue = "none",
                description = "none, chains or joints, as for inspect (default: ${DEFAULT-VALUE}).")
        private String reduce = "none";

        @Override
        public void run() {
            if (!target.toLowerCase(Locale.ROOT).endsWith(".json")) {
                throw new InputException(
                        "%s: this format cannot be written, expected a name that ends in .json (%s).\nMaybe %s.json."
                                .formatted(target, NetworkJson.FORMAT, target));
            }
            Path file;
            try {
                file = Path.of(target);
            } catch (InvalidPathException e) {
                throw new InputException("'%s' is not a file name.".formatted(target), e);
            }
            NetworkArgument.Loaded loaded = NetworkArgument.load(in, reduce);
            Path parent = file.getParent();
            if (parent != null) {
                makeFolder(parent);
            }
            Network network = loaded.network();
            NetworkJson.write(network, file);
            PrintWriter out = out(spec);
            remarks(out, loaded.remarks());
            out.printf(
                    Locale.ROOT,
                    "Wrote %s: %d nodes, %d homes, %.2f km%n",
                    file,
                    network.nodeCount(),
                    network.homeCount(),
                    network.length_m() / 1000);
            out.flush();
        }
    }

    private static void remarks(PrintWriter out, List<String> remarks) {
        if (remarks.isEmpty()) {
            out.println("Carried over whole.");
        } else {
            out.println("Not carried over, or approximated:");
            remarks.forEach(remark -> out.println("  " + remark));
        }
        out.println();
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintWriter out(@Nullable CommandSpec spec) {
        CommandLine line = spec == null ? new CommandLine(new NetworksCommand()) : spec.commandLine();
        return line.getOut();
    }
}
