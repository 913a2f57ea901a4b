package org.headroom.app;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.headroom.input.InputException;
import org.headroom.network.Network;
import org.headroom.network.format.NetworkJson;
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
        footer = {"", "Example: headroom networks convert feeders/network_1 network.json --reduce chains"})
final class NetworksConvertCommand implements Runnable {
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
            NetworksCommand.makeFolder(parent);
        }
        Network network = loaded.network();
        NetworkJson.write(network, file);
        PrintWriter out = NetworksCommand.out(spec);
        NetworksCommand.remarks(out, loaded.remarks());
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
