package org.headroom.app.report;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.headroom.network.Network;
import org.headroom.network.TreeLayout;
import org.headroom.similar.NetworkStatistics;
import org.headroom.similar.NetworkStatistics.Edge;
import org.headroom.similar.NetworkStatistics.Level;
import org.headroom.similar.NetworkStatistics.Spread;

/** The page of {@code networks inspect}: each network's tree drawn by height and level, with its distributions beside it. */
public final class NetworkPicture {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1b2430;--quiet:#55606e;--rule:#d5dae1;--paper:#fff;--tint:#f3f5f8;
              --l1:#00507f;--l2:#c94f00;--l3:#007a58}
            @media (prefers-color-scheme:dark){:root{--ink:#e8ecf1;--quiet:#a9b3c0;--rule:#343c47;--paper:#14181e;--tint:#1f252d;
              --l1:#7cc4f2;--l2:#ff9248;--l3:#3fc79b}}
            body{font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:1180px;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem} h2{font-size:1.2rem;margin:2rem 0 .2rem} p{margin:.2rem 0 .8rem;color:var(--quiet)}
            .row{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start} svg{display:block} svg text{fill:var(--ink);font-size:11px}
            svg .quiet{fill:var(--quiet)} .k1{fill:var(--l1)} .k2{fill:var(--l2)} .k3{fill:var(--l3)}
            .s1{stroke:var(--l1)} .s2{stroke:var(--l2)} .s3{stroke:var(--l3)} .line{fill:none;stroke-width:1.4}
            .band{fill:var(--tint)} .axis{stroke:var(--rule);stroke-width:1} figure{margin:0} figcaption{font-weight:600;margin-bottom:.3rem}
            """;

    private static final int TREE_WIDTH = 700;
    private static final int TREE_HEIGHT = 420;
    private static final int CHART_WIDTH = 210;
    private static final int CHART_HEIGHT = 120;
    private static final int SHOWN = 10;

    private final StringBuilder out = new StringBuilder();
    private final Formatter formatted = new Formatter(out, Locale.ROOT);

    private NetworkPicture() {}

    /** The page as one file that opens from disk. */
    public static String html(List<NetworkStatistics> networks) {
        NetworkPicture picture = new NetworkPicture();
        picture.out
                .append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Networks</title><style>")
                .append(STYLE)
                .append("</style><h1>What these networks are made of</h1>")
                .append(
                        "<p>Levels: 1 near the substation, 2 intermediate, 3 near a terminal, by the height of a node: the")
                .append(" lines on the longest path down to a leaf (paper, Sec. 5.1).</p>");
        networks.forEach(picture::network);
        return picture.out.append("</html>\n").toString();
    }

    private void network(NetworkStatistics s) {
        formatted.format(
                "<h2>%s</h2><p>%,d nodes, %,d homes, %d feeder%s, height %d, %,d leaves, %.2f km, substation %.0f kVA</p><div class=\"row\">",
                escaped(s.name()),
                s.nodes(),
                s.homes(),
                s.feeders(),
                s.feeders() == 1 ? "" : "s",
                s.height(),
                s.leaves(),
                s.length_m() / 1000,
                s.substation().capacity_kVA());
        tree(s);
        out.append("<div class=\"row\" style=\"max-width:450px\">");
        bars("Degree of a node", s, Level::degree);
        bars("Height of a node", s, Level::heights);
        bars("Homes at a node", s, Level::homes);
        if (!s.edges().isEmpty()) {
            types(s);
            spreads("Length of a line, m", s, Level::length_m);
            spreads("Rating of a line, kVA", s, Level::capacity_kVA);
        }
        out.append("</div></div>");
    }

    /** The tree with the height of a node as its place from the bottom, so that levels are bands. */
    private void tree(NetworkStatistics s) {
        Network network = s.network();
        TreeLayout layout = TreeLayout.of(network);
        int[] heights = network.heights();
        double most = 1;
        for (int n = 0; n < network.nodeCount(); n++) {
            most = Math.max(most, layout.x(n));
        }
        double across = (TREE_WIDTH - 60) / most;
        double up = (TREE_HEIGHT - 30.0) / Math.max(1, s.height());
        formatted.format(
                "<figure><figcaption>Tree by height: a dot is a node, larger with more homes</figcaption><svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"Tree of %s\">",
                TREE_WIDTH, TREE_HEIGHT, TREE_WIDTH, escaped(s.name()));
        for (Level level : s.levels()) {
            if (level.nodes() > 0 && level.level() != 2) {
                continue;
            }
            if (level.nodes() > 0) {
                double top = y(level.heights().lastKey() + 0.5, up);
                double bottom = y(level.heights().firstKey() - 0.5, up);
                formatted.format(
                        "<rect class=\"band\" x=\"0\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
                        top, TREE_WIDTH, bottom - top);
            }
        }
        for (Level level : s.levels()) {
            if (level.nodes() > 0) {
                double middle = y((level.heights().firstKey() + level.heights().lastKey()) / 2.0, up);
                formatted.format(
                        "<text class=\"k%d\" x=\"4\" y=\"%.1f\">level %d</text>",
                        level.level(), middle + 4, level.level());
            }
        }
        for (int l = 0; l < network.lineCount(); l++) {
            int above = network.parentNode(l);
            formatted.format(
                    "<path class=\"line s%d\" d=\"M%.1f %.1fH%.1fV%.1f\"/>",
                    s.edges().get(l).level(),
                    x(layout.x(above), across),
                    y(heights[above], up),
                    x(layout.x(l + 1), across),
                    y(heights[l + 1], up));
        }
        formatted.format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\" fill=\"var(--ink)\"/>",
                x(layout.x(0), across) - 4.5, y(heights[0], up) - 4.5);
        for (int l = 0; l < network.lineCount(); l++) {
            Edge edge = s.edges().get(l);
            formatted.format(
                    "<circle class=\"k%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
                    edge.level(),
                    x(layout.x(l + 1), across),
                    y(heights[l + 1], up),
                    1.2 + 0.9 * Math.sqrt(edge.homes()));
        }
        out.append("</svg></figure>");
    }

    private static double x(double leaf, double across) {
        return 50 + leaf * across;
    }

    private static double y(double height, double up) {
        return TREE_HEIGHT - 15 - height * up;
    }

    private void chart(String title, int height) {
        formatted.format(
                "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" width=\"%d\">",
                title, CHART_WIDTH, height, CHART_WIDTH);
    }

    /** Shares of a level's nodes, three bars a value; a long tail stands in the last ones together. */
    private void bars(String title, NetworkStatistics s, Function<Level, SortedMap<Integer, Double>> what) {
        TreeSet<Integer> values = new TreeSet<>();
        s.levels().forEach(level -> values.addAll(what.apply(level).keySet()));
        List<Integer> all = new ArrayList<>(values);
        int bins = Math.min(all.size(), SHOWN);
        int each = (int) Math.ceil(all.size() / (double) bins);
        List<double[]> shares = new ArrayList<>();
        List<String> names = new ArrayList<>();
        double most = 0;
        for (int from = 0; from < all.size(); from += each) {
            int first = all.get(from);
            int last = all.get(Math.min(from + each, all.size()) - 1);
            names.add(first == last ? Integer.toString(first) : first + "-" + last);
            double[] bin = s.levels().stream()
                    .mapToDouble(level -> what.apply(level).subMap(first, last + 1).values().stream()
                            .mapToDouble(share -> share)
                            .sum())
                    .toArray();
            for (double share : bin) {
                most = Math.max(most, share);
            }
            shares.add(bin);
        }
        chart(title, CHART_HEIGHT);
        double width = (CHART_WIDTH - 30.0) / shares.size();
        double full = CHART_HEIGHT - 28;
        formatted.format("<text class=\"quiet\" x=\"0\" y=\"10\">%.0f %%</text>", 100 * most);
        for (int b = 0; b < shares.size(); b++) {
            for (int l = 0; l < 3; l++) {
                double tall = full * shares.get(b)[l] / most;
                formatted.format(
                        "<rect class=\"k%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        l + 1, 30 + b * width + l * width * 0.27, 12 + full - tall, width * 0.25, tall);
            }
            if (shares.size() <= 6 || b % 2 == 0) {
                formatted.format(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                        30 + (b + 0.4) * width, CHART_HEIGHT - 3, names.get(b));
            }
        }
        formatted.format(
                "<line class=\"axis\" x1=\"28\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/></svg></figure>",
                CHART_WIDTH, 12 + full, 12 + full);
    }

    /** The commonest types, a bar of lines each, by level. */
    private void types(NetworkStatistics s) {
        Map<String, long[]> counts = s.edges().stream()
                .collect(Collectors.toMap(
                        Edge::type,
                        edge -> new long[] {
                            edge.level() == 1 ? 1 : 0, edge.level() == 2 ? 1 : 0, edge.level() == 3 ? 1 : 0
                        },
                        (a, b) -> new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]}));
        List<Map.Entry<String, long[]>> sorted = counts.entrySet().stream()
                .sorted((a, b) -> {
                    int byLines = Long.compare(total(b.getValue()), total(a.getValue()));
                    return byLines != 0 ? byLines : a.getKey().compareTo(b.getKey());
                })
                .toList();
        int shown = Math.min(sorted.size(), 8);
        chart(
                shown < sorted.size() ? "Commonest types, %d of %d".formatted(shown, sorted.size()) : "Lines by type",
                shown * 14 + 4);
        double most = total(sorted.getFirst().getValue());
        for (int i = 0; i < shown; i++) {
            long[] lines = sorted.get(i).getValue();
            String name = sorted.get(i).getKey();
            formatted.format(
                    "<text x=\"0\" y=\"%d\">%s<title>%s</title></text>",
                    i * 14 + 11, escaped(name.length() > 12 ? name.substring(0, 11) + "…" : name), escaped(name));
            double left = 84;
            for (int l = 0; l < 3; l++) {
                double width = (CHART_WIDTH - 112) * lines[l] / most;
                formatted.format(
                        "<rect class=\"k%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"9\"/>",
                        l + 1, left, i * 14 + 3, width);
                left += width;
            }
            formatted.format(
                    "<text class=\"quiet\" x=\"%.1f\" y=\"%d\">%d</text>", left + 3, i * 14 + 11, total(lines));
        }
        out.append("</svg></figure>");
    }

    private static long total(long[] counts) {
        return counts[0] + counts[1] + counts[2];
    }

    /** A box from quartile to quartile for each level, the median marked, whiskers to the extremes; logarithmic. */
    private void spreads(String title, NetworkStatistics s, Function<Level, Spread> what) {
        chart(title, 76);
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Level level : s.levels()) {
            if (level.nodes() > 0) {
                least = Math.min(least, what.apply(level).min());
                most = Math.max(most, what.apply(level).max());
            }
        }
        double from = Math.log(least) - 0.05;
        double scale = (CHART_WIDTH - 20) / (Math.log(most) + 0.05 - from);
        for (Level level : s.levels()) {
            if (level.nodes() == 0) {
                continue;
            }
            Spread spread = what.apply(level);
            int top = 4 + (level.level() - 1) * 18;
            double[] at = new double[] {
                spread.min(), spread.lowerQuartile(), spread.median(), spread.upperQuartile(), spread.max()
            };
            for (int i = 0; i < at.length; i++) {
                at[i] = 10 + (Math.log(at[i]) - from) * scale;
            }
            formatted.format(
                    "<line class=\"s%d\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                    level.level(), at[0], at[4], top + 6, top + 6);
            formatted.format(
                    "<rect class=\"k%d\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"12\"/>",
                    level.level(), at[1], top, Math.max(1.5, at[3] - at[1]));
            formatted.format(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"var(--paper)\" stroke-width=\"2\"/>",
                    at[2], at[2], top, top + 12);
        }
        formatted.format("<text class=\"quiet\" x=\"0\" y=\"74\">%s</text>", number(least));
        formatted.format(
                "<text class=\"quiet\" x=\"%d\" y=\"74\" text-anchor=\"end\">%s</text></svg></figure>",
                CHART_WIDTH, number(most));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%,.0f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
