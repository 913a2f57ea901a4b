package org.headroom.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.Reduction;
import org.headroom.network.format.ImportReport;
import org.headroom.network.format.ImportedNetwork;
import org.headroom.network.format.NetworkFiles;
import org.headroom.similar.EmbeddedNetworks;
import org.headroom.similar.EmbeddedStatistics;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.StatisticsJson;
import org.headroom.similar.generate.Transformer;
import org.jspecify.annotations.Nullable;

/** A network named on the command line: the name of an embedded one, a file or a folder; with the reduction asked for. */
final class NetworkArgument {
    private NetworkArgument() {}

    /**
     * A network as it will be used.
     *
     * @param remarks what was not carried over and what the reduction changed
     * @param ratingKnown false where the substation's rating is a placeholder
     */
    record Loaded(Network network, Reduction reduction, List<String> remarks, boolean ratingKnown) {}

    /**
     * Loads a network.
     *
     * @param reduction {@code none}, {@code chains} or {@code joints}; null takes joints for OpenDSS, else none
     */
    static Loaded load(String argument, @Nullable String reduction) {
        return load(argument, reduction, null);
    }

    /**
     * Loads a network.
     *
     * @param home_kW demand of a home, to count homes anew from the loads that the file states; null leaves them as read
     */
    static Loaded load(String argument, @Nullable String reduction, @Nullable Double home_kW) {
        if (home_kW != null && !(home_kW > 0 && home_kW < Double.POSITIVE_INFINITY)) {
            throw new InputException("--home-kW is %s, expected > 0.".formatted(home_kW));
        }
        Reduction asked = reduction == null ? null : Reduction.named(reduction);
        Network embedded = EmbeddedNetworks.find(argument);
        if (embedded != null) {
            ImportedNetwork whole = new ImportedNetwork(embedded, ImportReport.NOTHING);
            return reduced(
                    home_kW == null ? whole : whole.withHomesOf(home_kW), asked == null ? Reduction.NONE : asked);
        }
        Path path = path(argument);
        ImportedNetwork read = NetworkFiles.read(path);
        ImportedNetwork imported = home_kW == null ? read : read.withHomesOf(home_kW);
        Reduction usual = NetworkFiles.isOpenDss(path) ? Reduction.JOINTS : Reduction.NONE;
        return reduced(imported, asked == null ? usual : asked);
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new InputException("'%s' is not a file name.".formatted(argument), e);
        }
    }

    private static Loaded reduced(ImportedNetwork imported, Reduction reduction) {
        Reduction.Reduced reduced = reduction.reduce(imported.network());
        List<String> remarks = new ArrayList<>(imported.report().lines());
        remarks.addAll(reduced.remarks());
        return new Loaded(reduced.network(), reduction, List.copyOf(remarks), imported.ratingKnown());
    }

    /**
     * Networks to learn from.
     *
     * @param remarks of each, its name in front
     */
    record Inputs(List<NetworkStatistics> statistics, List<String> remarks) {}

    /**
     * Loads the statistics that arguments name: embedded ones, a {@code statistics.json}, or of a network. A network whose
     * transformer is a placeholder, as in OpenDSS, gets one that suits its homes.
     *
     * @param reduction as for {@link #load}
     */
    static Inputs inputs(List<String> arguments, @Nullable String reduction) {
        List<NetworkStatistics> all = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (String argument : arguments) {
            List<NetworkStatistics> embedded = EmbeddedStatistics.find(argument);
            if (embedded != null) {
                all.addAll(embedded);
            } else if (EmbeddedNetworks.find(argument) == null && StatisticsJson.recognises(path(argument))) {
                all.addAll(StatisticsJson.read(path(argument)));
            } else {
                Loaded loaded = load(argument, reduction);
                NetworkStatistics statistics = NetworkStatistics.of(loaded.network());
                String prefix = statistics.name() + ": ";
                loaded.remarks().forEach(remark -> remarks.add(prefix + remark));
                if (!loaded.ratingKnown()) {
                    statistics = statistics.with(
                            new Transformer.Sized().substation(statistics.substation(), statistics.homes()));
                    remarks.add(
                            "%stransformer of the file is a placeholder; %.0f kVA taken, the smallest standard size above 1.25 times 2.0 kW a home"
                                    .formatted(prefix, statistics.substation().capacity_kVA()));
                }
                all.add(statistics);
            }
        }
        return new Inputs(all, remarks);
    }
}
