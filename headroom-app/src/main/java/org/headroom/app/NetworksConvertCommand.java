package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.format.ImportReport;
import org.headroom.network.format.NetworkFormat;
import org.headroom.similar.NamedNetworks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom networks convert}: from any readable format to one that can be written. */
@Command(
        name = "convert",
        description = "Converts a network and says what could not be carried over.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples: headroom networks convert feeders/network_1 network.json --reduce chains",
            "          headroom networks convert british-118 british-118-opendss --to dss",
            "          headroom networks convert case33bw.m case33bw.json --home-kW 2"
        })
final class NetworksConvertCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "A network in any format that can be read.")
    private String in = "";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description =
                    "What to write: its ending says the format (*.json, *.dss, *.pandapower.json, *.m, *.geojson), or else --to.")
    private String target = "";

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            description =
                    "json (Headroom's network.json), dss (OpenDSS: a folder, or a master file *.dss with others beside it), pandapower (JSON), matpower (a case *.m), csv (a folder) or geojson.")
    private @Nullable String to;

    @Option(
            names = "--reduce",
            paramLabel = "HOW",
            defaultValue = "none",
            description = "none, chains or joints, as for inspect (default: ${DEFAULT-VALUE}).")
    private String reduce = "none";

    @Option(
            names = "--home-kW",
            paramLabel = "KW",
            description =
                    "Counts homes from the loads that the file states, at this demand of a home; without it a load is a home up to 1 kV and none above.")
    private @Nullable Double home_kW;

    @Override
    public void run() {
        Path file;
        try {
            file = Path.of(target);
        } catch (InvalidPathException e) {
            throw new InputException("'%s' is not a file name.".formatted(target), e);
        }
        NetworkFormat format = format(file);
        NamedNetworks.Whole loaded = NetworkArgument.network(in, reduce, home_kW);
        Network network = loaded.network();
        ImportReport written = format.write(network, file);
        PrintWriter out = NetworksCommand.out(spec);
        List<String> remarks = new ArrayList<>(loaded.remarks());
        remarks.addAll(written.lines());
        NetworksCommand.remarks(out, remarks);
        out.printf(
                Locale.ROOT,
                "Wrote %s: %s, %s, %.2f km%n",
                file,
                NetworksCommand.count(network.nodeCount(), "node"),
                NetworksCommand.count(network.homeCount(), "home"),
                network.length_m() / 1000);
        out.flush();
    }

    private NetworkFormat format(Path file) {
        if (to != null) {
            return NetworkFormat.named(to);
        }
        NetworkFormat format = NetworkFormat.findByEnding(file);
        if (format == null) {
            throw new InputException(
                    "%s: the ending stands for no format that can be written, expected --to with one of %s.\nMaybe %s.json."
                            .formatted(target, NetworkFormat.labels(), target));
        }
        return format;
    }
}
