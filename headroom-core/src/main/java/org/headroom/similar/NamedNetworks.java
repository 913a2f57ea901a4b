package org.headroom.similar;

import java.nio.file.Files;
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
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for, on the command line and in a study: an embedded network, a file or folder of any format that can be read, or
 * the figures of networks.
 */
public sealed interface NamedNetworks {
    /**
     * A network as it will be used.
     *
     * @param remarks what was not carried over and what the reduction changed
     * @param ratingKnown false where the substation's rating is a placeholder
     */
    record Whole(Network network, Reduction reduction, List<String> remarks, boolean ratingKnown)
            implements NamedNetworks {
        public Whole {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The figures of networks: an embedded set, or a {@code statistics.json}.
     *
     * @param name as given
     */
    record Figures(String name, List<NetworkStatistics> statistics) implements NamedNetworks {
        public Figures {
            statistics = List.copyOf(statistics);
        }
    }

    /**
     * Finds what a name stands for.
     *
     * @param reduction null takes joints for OpenDSS, else none
     * @param home_kW demand of a home, to count homes anew from the loads that the file states; null leaves them as read
     * @throws InputException where there is nothing of that name, or nothing that can be read
     */
    static NamedNetworks find(String name, @Nullable Reduction reduction, @Nullable Double home_kW) {
        List<NetworkStatistics> figures = EmbeddedStatistics.find(name);
        if (figures != null) {
            return new Figures(name, figures);
        }
        Network embedded = EmbeddedNetworks.find(name);
        if (embedded != null) {
            return whole(new ImportedNetwork(embedded, ImportReport.NOTHING), reduction, Reduction.NONE, home_kW);
        }
        Path path = path(name);
        if (!Files.exists(path)) {
            throw new InputException(
                    "%s: no such file or folder.\nMaybe a name was meant: %s, %s, or %s-01 for the first of its networks."
                            .formatted(
                                    name,
                                    String.join(", ", EmbeddedNetworks.names()),
                                    String.join(", ", EmbeddedStatistics.names()),
                                    EmbeddedStatistics.UK_LV));
        }
        if (StatisticsJson.recognises(path)) {
            return new Figures(name, StatisticsJson.read(path));
        }
        return whole(
                NetworkFiles.read(path),
                reduction,
                NetworkFiles.isOpenDss(path) ? Reduction.JOINTS : Reduction.NONE,
                home_kW);
    }

    /**
     * The network of a name.
     *
     * @throws InputException also where the name stands for figures alone
     */
    static Whole network(String name, @Nullable Reduction reduction, @Nullable Double home_kW) {
        return switch (find(name, reduction, home_kW)) {
            case Whole whole -> whole;
            case Figures figures ->
                throw new InputException(
                        "%s holds the figures of %d network%s, not a network.\nMaybe make networks like them first: headroom networks generate --from %s --out FOLDER (in a study: similar: true)."
                                .formatted(
                                        name,
                                        figures.statistics().size(),
                                        figures.statistics().size() == 1 ? "" : "s",
                                        name));
        };
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new InputException("'%s' is not a file name.".formatted(name), e);
        }
    }

    private static Whole whole(
            ImportedNetwork read, @Nullable Reduction asked, Reduction usual, @Nullable Double home_kW) {
        ImportedNetwork imported = home_kW == null ? read : read.withHomesOf(home_kW);
        Reduction reduction = asked == null ? usual : asked;
        Reduction.Reduced reduced = reduction.reduce(imported.network());
        List<String> remarks = new ArrayList<>(imported.report().lines());
        remarks.addAll(reduced.remarks());
        return new Whole(reduced.network(), reduction, remarks, imported.ratingKnown());
    }
}
